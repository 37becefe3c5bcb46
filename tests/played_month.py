"""A month of a series, played once by its commands with a clock that stands still: what `test_month` looks at.

An editor begins a series in a fresh clone, writes a case, makes three mistakes, opens it, imports its discussion,
curates it while one author never answers, releases it, corrects it, and withdraws what its author takes back while
another case is broken. After each step the bytes of the site and the editors' board are kept.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from casebuilder.cli import main
from casebuilder.published import instants
from sealing.canaries import seen_in, word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

SLUG = "2027-04-night-bell"
EXAMPLE = "2027-03-spare-chair"
#: Words that may be seen from the opening on, and from the release on; and what is never seen.
OPEN = ("storybody", "questiontitle", "writername")
SEALED = ("notebody", "responsebody", "responsetitle", "expertname", "quotetext", "commentarybody", "themetitle")
NEVER = ("pendingtext", "pendingname", "unusedpost")


@dataclass(frozen=True)
class Day:
    """What there is after a step.

    Attributes:
        site: the bytes of each file of the site.
        board: what `casebuilder status --format json` says.
        check: what `casebuilder check` says.
        said: what the command of the step said.
    """

    site: Mapping[str, bytes]
    board: Mapping[str, Any]
    check: str
    said: str

    def text(self, path: str) -> str:
        """A file of the site."""
        return self.site[path].decode()

    def seen(self, *names: str) -> set[str]:
        """Which of these words are in any byte of the site."""
        everything = seen_in(iter(self.site.items()))
        return {name for name in names if word(name) in everything}

    def case(self, slug: str = SLUG) -> Mapping[str, Any]:
        """A case's row of the board."""
        return next(row for row in self.board["cases"] if row["case"] == slug)


@dataclass
class Desk:
    """An editor's computer: the series' folder, and what the clock shows.

    Attributes:
        root: the series.
        beside: a folder outside of it.
        days: what was kept after each step.
    """

    root: Path
    beside: Path
    days: dict[str, Day] = field(default_factory=dict)

    @property
    def site(self) -> Path:
        """The folder of the site, as the host has it: a build that fails leaves it."""
        return self.root / "site"

    def run(self, *arguments: str, code: int = 0, **options: str) -> str:
        """Run a command of casebuilder in the series; its exit status must be `code`."""
        result = CliRunner().invoke(main, [*arguments, "--series", str(self.root)], **options)
        assert result.exit_code == code, (arguments, result.output)
        return result.output

    def build(self, *arguments: str, code: int = 0) -> str:
        """Build the site, as the workflow `publish` does, without packs."""
        return self.run("build", "--site", str(self.site), *(arguments or ("--publish", "--no-packs")), code=code)

    def keep(self, name: str, output: str = "", code: int = 0) -> None:
        """Keep what there is now."""
        files = (path for path in self.site.rglob("*") if path.is_file())
        site = {path.relative_to(self.site).as_posix(): path.read_bytes() for path in files}
        board = json.loads(CliRunner().invoke(main, ["status", "--format", "json", "--series", str(self.root)]).stdout)
        self.days[name] = Day(site, board, self.run("check", code=code), output)

    def write(self, path: str, text: str) -> None:
        """Write a file, as an editor does in a browser."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Change one place of a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, (path, old)
        self.write(path, text.replace(old, new))

    def git(self, *arguments: str) -> None:
        """Run Git in the series."""
        order = ["git", "-C", str(self.root), "-c", "user.name=E", "-c", "user.email=e@example.org", *arguments]
        subprocess.run(order, check=True, capture_output=True)


class Clock(datetime):
    """The computer's clock, which shows what a test has set."""

    shown = datetime.now(tz=UTC)

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]  # noqa: ANN401 - datetime's own
        return cls.shown.astimezone(tz)

    @classmethod
    def set(cls, day: str) -> None:
        """Set it to an instant of Dublin's summer."""
        cls.shown = datetime.fromisoformat(f"{day}+01:00")


def play(folder: Path, patch: pytest.MonkeyPatch) -> Desk:
    """Play the month; returns the desk at its end, with what was kept after each step."""
    patch.setattr(instants, "datetime", Clock)
    Clock.set("2027-03-22T09:00")
    desk = Desk(folder / "ours", folder)
    for step in (_begin, _write, _slip, _open, _discuss, _curate, _release, _correct, _break, _withdraw):
        step(desk)
    return desk


def _begin(desk: Desk) -> None:
    """A fresh clone, as GitHub makes it with a README, becomes a series, with a board and a cadence."""
    desk.root.mkdir()
    desk.git("init", "--quiet", "--initial-branch=main")
    desk.write("README.md", "# Our cases\n")
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message", "First")
    order = ["init", str(desk.root), "--name", "Our cases", "--timezone", "Europe/Dublin"]
    result = CliRunner().invoke(main, [*order, "--source", "https://example.org/casebuilder.git"])
    assert result.exit_code == 0, result.output
    desk.change("mkdocs.yml", "      licence: CC-BY-4.0", f"{_SETTINGS}      licence: CC-BY-4.0")
    desk.change("mkdocs.yml", "#site_url: https://example.org/our-series/", "site_url: https://example.org/ours/")
    for name, canary in (("wim-writer", "writername"), ("ed-moran", ""), ("noor-new", ""), ("grace-obi", "expertname")):
        first, last = name.title().split("-")
        family = word(canary) if canary else last
        desk.write(f"experts/{name}.md", _PERSON.format(given=first, family=family))
    desk.build()
    desk.keep("begun", result.output)
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message", "Begin the series")


def _write(desk: Desk) -> None:
    """A draft on a branch, its preview, and the merge."""
    desk.git("switch", "--quiet", "--create", "night-bell")
    desk.run("new", "The Case of the Night Bell", "--writer", "wim-writer", "--editor", "ed-moran")
    desk.keep("new")
    folder = f"cases/{SLUG}"
    for path, text in _CASE.items():
        desk.write(f"{folder}/{path}", text)
    (desk.root / folder / "responses/_example.md").unlink()
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message", "The night bell")
    output = desk.run("preview", "--since", "main", "--out", str(desk.beside / "preview"))
    desk.build()
    desk.keep("draft", output)
    desk.git("switch", "--quiet", "main")
    desk.git("merge", "--quiet", "night-bell")


def _slip(desk: Desk) -> None:
    """Three mistakes in one edit, which `check` reports, and their repair by its hints."""
    case = f"cases/{SLUG}/case.yml"
    desk.change(case, "status: draft\n", "")
    slips = (("teaser:", "teasr:"), (": wim-writer", ": wim-writr"), ("10, activity: Read", "15, activity: Read"))
    for right, mistyped in slips:
        desk.change(case, right, mistyped)
    desk.keep("slips", code=1)
    for right, mistyped in slips:
        desk.change(case, mistyped, right)
    desk.git("commit", "--quiet", "--all", "--message", "Ready")
    Clock.set("2027-04-22T23:59")
    desk.build()
    desk.keep("eve")


def _open(desk: Desk) -> None:
    """The day on which it opens."""
    Clock.set("2027-04-23T04:05")
    output = desk.run("due", "--since", "2027-04-22T23:59")
    desk.build()
    desk.keep("open", output)


def _discuss(desk: Desk) -> None:
    """The week is over: its discussion is imported."""
    Clock.set("2027-04-30T09:00")
    table = desk.beside / "week.csv"
    table.write_text(_WEEK, encoding="utf-8")
    output = desk.run("discussion", "import", SLUG, str(table), "--channel", "site")
    desk.build()
    desk.keep("discussed", output)


def _curate(desk: Desk) -> None:
    """Themes and quotes; one author has agreed, another does not answer."""
    desk.write(f"commentary/{SLUG}/commentary.md", _COMMENTARY)
    quote_options = ("--mode", "named", "--name", "Ida Holm")
    desk.run("quote", "add", SLUG, "c1", "--words", _WORDS["quotetext"], "--theme", "owners", *quote_options)
    desk.run("quote", "add", SLUG, "c2", "--words", _WORDS["pendingtext"], "--theme", "owners")
    desk.run("consent", "set", SLUG, "q1", "granted", "--on", "2027-04-30", "--how", "by e-mail")
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message", "Commentary")
    desk.build()
    desk.keep("curated", desk.run("discussion", "verify"))


def _release(desk: Desk) -> None:
    """The day of the release, with packs; a month later the answer that never came is written down."""
    Clock.set("2027-05-07T04:05")
    output = desk.run("due", "--since", "2027-05-06T04:05")
    desk.build("--only", SLUG)
    desk.keep("released", output)
    Clock.set("2027-06-07T09:00")
    desk.change(f"cases/{SLUG}/quotes.yml", "state: pending", "state: refused")
    desk.keep("no answer")


def _correct(desk: Desk) -> None:
    """A correction, which must be recorded."""
    desk.git("commit", "--quiet", "--all", "--message", "No answer came")
    desk.change(f"cases/{SLUG}/scenario.md", "at two", "at half past two")
    output = desk.run("check", "--since", "HEAD", code=1)
    changes = "changes:\n  - {date: 2027-06-08, kind: correction, note: The bell rang half an hour later.}\n"
    desk.change(f"cases/{SLUG}/case.yml", "basis: fictional\n", f"basis: fictional\n{changes}")
    Clock.set("2027-06-08T09:00")
    desk.run("check", "--since", "HEAD")
    desk.build()
    desk.keep("corrected", output)
    desk.git("commit", "--quiet", "--all", "--message", "Correct the hour")


def _break(desk: Desk) -> None:
    """An author takes back what was quoted, while another case is broken."""
    Clock.set("2027-06-21T09:00")
    desk.change(f"cases/{EXAMPLE}/case.yml", "\nteaser:", "\nteasr:")
    output = desk.run("withdraw", SLUG, "--quote", "q1")
    desk.build(code=1)
    desk.keep("broken", code=1)
    desk.build("--publish", "--no-packs", "--keep-going", code=3)
    desk.keep("taken back", output, code=1)
    desk.git("checkout", "--quiet", "HEAD", "--", f"cases/{EXAMPLE}")


def _withdraw(desk: Desk) -> None:
    """At last the whole case is withdrawn."""
    Clock.set("2027-07-01T09:00")
    refused = desk.run("withdraw", SLUG, "--reason", "A reader was recognised.", "--delete", code=1, input="n\n")
    output = desk.run("withdraw", SLUG, "--reason", "A reader was recognised.", "--delete", "--yes")
    desk.build()
    desk.keep("withdrawn", refused + output)


_SETTINGS = """      cadence: fourth friday
      team:
        - title: Editors
          people: [ed-moran, noor-new]
"""
_PERSON = """---
name: {given} {family}
given: {given}
family: {family}
post: Registrar
country: IE
disclosure: {{text: None., on: 2027-03-01}}
---
Works at night.
"""
_CASE = {
    "case.yml": """status: draft
title: The Case of the Night Bell
teaser: The bell rings, and nobody gets up.
opens: 2027-04-23
closes: 2027-04-30
releases: 2027-05-07
topics: [night work]
competencies: ["acgme:ICS"]
objectives: [Say who gets up., Ask why the bell was silent.]
basis: fictional
credits:
  - person: wim-writer
    roles: [writer]
  - person: ed-moran
    roles: [editor, curator]
sessions:
  - minutes: 20
    steps:
      - {minutes: 10, activity: Read the story aloud., section: story}
      - {minutes: 10, activity: Answer in pairs., section: gets-up}
""",
    "scenario.md": f"The bell rang at two, and {word('storybody')} slept on. " + "Nobody asked why. " * 110 + "\n",
    "questions.md": (
        f"## Who gets up for {word('questiontitle')}? {{#gets-up}}\n\n## What do you say in the morning? {{#morning}}\n"
    ),
    "facilitation.md": f"## In brief {{#brief}}\n\nThe room will speak of {word('notebody')}.\n",
    "responses/grace-obi.md": (
        f"---\ntitle: On {word('responsetitle')}\nperspective: faculty\nconsent: 2027-03-20\n---\n"
        f"I would get up for {word('responsebody')}. " + "A bell is a question. " * 40 + "\n"
    ),
}
_WORDS = {
    "quotetext": f"I got up for {word('quotetext')} and found nobody there.",
    "pendingtext": f"We never heard {word('pendingtext')} ring at all.",
}
_WEEK = f"""id,author,posted,text,role
c1,Ida Holm,2027-04-24 10:00,{_WORDS["quotetext"]},nurse
c2,{word("pendingname")},2027-04-25 11:00,{_WORDS["pendingtext"]},{word("unusedpost")}
c3,Li Wei,2027-04-26 12:00,Somebody should own the bell.,resident
"""
_COMMENTARY = f"""---
curators: [ed-moran]
method: One of us read all three contributions twice.
themes:
  - id: owners
    title: On {word("themetitle")}
---
## On {word("themetitle")} {{#owners}}

Most spoke of {word("commentarybody")}.

::quote[q1]

::quote[q2]
"""
