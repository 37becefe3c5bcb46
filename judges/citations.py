"""Citations in Vancouver and APA style, by citation-js: what the site prints, and hostile names, titles and numbers.

`REWRITES` are the differences that are right wherever they occur, `NAMES` those of single names, each with its reason;
a row that is not needed any more is a finding. Sources: Citing Medicine, 2nd edition (US National Library of Medicine),
and the Publication Manual of the American Psychological Association, 7th edition.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from casebuilder.model import PartialDate, Prose
from casebuilder.outputs.citationfiles import csl
from casebuilder.published import CitedName, PublishedPerson, Work
from casebuilder.published.citations import citation
from judges.verdict import INSTALLED, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_FORMATTER = "judges/cite.mjs"
_PRINTED = re.compile(
    r'<p class="cb-citation">(?P<vancouver>.*?)</p>\s*'
    r'<p class="cb-citation"><span class="cb-meta">[^<]*</span>(?P<apa>.*?)</p>.*?href="(?P<file>[^"]*\.json)"',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")

#: An item of CSL-JSON.
Item: TypeAlias = "Mapping[str, object]"


@dataclass(frozen=True)
class Citation:
    """How a work is cited.

    Attributes:
        where: the page, or what is tried.
        item: the work in CSL-JSON.
        vancouver, apa: how we cite it.
        reason: why it may differ from how citation-js cites it, or nothing.
    """

    where: str
    item: Item
    vancouver: str
    apa: str
    reason: str = ""


@dataclass(frozen=True)
class Rewrite:
    """A difference that is right wherever it occurs: what citation-js writes, what we write in its place, and why."""

    style: str
    theirs: str
    ours: str
    reason: str


REWRITES = (
    Rewrite("vancouver", r"^1\. ", "", "a number belongs to a list, not to a work"),
    Rewrite("vancouver", r" \[Internet\]", "", "the address says so"),
    Rewrite(
        "vancouver",
        r"\. doi:(\S+)$",
        r". Available from: https://doi.org/\1",
        "an address can be followed, on paper too",
    ),
    Rewrite(
        "apa",
        r"\((?P<year>\d{4})\)\. (?!.*BOOK$)",
        "(DATE). ",
        "section 9.14: what appears on the web on a day has its day",
    ),
)

#: Names that citation-js must write like us: family name, given names, suffix.
ALIKE = (
    ("Lafrenière", "Marie", ""),
    ("King", "Martin Luther", "Jr."),
    ("van der Berg", "Johanna", ""),
    ("Tan", "Mei Ling", ""),
    ("Nguyễn", "Thị Mai", ""),
    ("Sartre", "Jean-Paul", ""),
    ("Quispe Mamani", "Rosa", ""),
    ("Ortega y Gasset", "José", ""),
    ("Ó Súilleabháin", "Niamh", ""),
    ("O’Neill", "Ann", ""),
    ("Ben-David", "Yael", ""),
    ("Doe", "J. M.", ""),
    ("Łukasiewicz", "Łucja", ""),
    ("Мельник", "Оксана", ""),
    ("Παπαδοπούλου", "Ελένη", ""),
    ("Sukarno", "", ""),
    ("", "Tan Mei Ling", ""),
    ("Smith & Wesson", "Ann", ""),
)
#: Names that we write otherwise: family name, given names, suffix; Vancouver, APA, and why.
NAMES = (
    ("Smith", "James Q.", "III", "Smith JQ 3rd", "Smith, J. Q., III",
     "Citing Medicine, chapter 2: a Roman numeral becomes an Arabic ordinal"),
    ("Sartre", "Jean-Paul Charles Aymard", "", "Sartre JP", "Sartre, J.-P. C. A.",
     "Citing Medicine, chapter 2: at most two initials"),
    ("Beethoven", "Ludwig van", "", "Beethoven L", "Beethoven, L. van",
     "Citing Medicine, chapter 2: particles among given names are left out"),
    ("hooks", "bell", "", "hooks b", "hooks, b.",
     "a given name that is written small is a name; citation-js takes it for a particle"),
    ("Doe", "JM", "", "Doe JM", "Doe, J. M.", "capitals that stand together are initials"),
    ("李", "小龙", "", "李 小龙", "李, 小龙", "the family name stays apart, so that it can be searched"),
)  # fmt: skip
#: Titles that end in signs of their own, or hold signs of formats.
TITLES = ("Who asks?", "Stop!", "“Lucky” night", "A full stop.", "R&D at 100%: $5 #1", "One: two, three; four (five)")
_COUNTS = (0, 1, 2, 3, 6, 7, 8, 20, 21, 25)


def judge(site: Path) -> Verdict:
    """Ask citation-js about every citation of the site, and about hostile ones."""
    printed, tried = list(_printed(site)), list(_tried())
    rewritten, findings = set[Rewrite](), list[str]()
    for ours, theirs in zip([*printed, *tried], _asked([each.item for each in (*printed, *tried)]), strict=True):
        findings += _compared(ours, theirs, rewritten)
    findings += [f"no longer needed: {row.theirs} ({row.reason})" for row in REWRITES if row not in rewritten]
    if not printed:
        findings.append("the site cites nothing")
    return Verdict(f"{len(printed)} citations, {len(tried)} hostile ones", tuple(findings))


def _compared(ours: Citation, theirs: Mapping[str, str], rewritten: set[Rewrite]) -> Iterator[str]:
    found = {}
    for style in ("vancouver", "apa"):
        text = " ".join(theirs[style].split())
        for row in REWRITES:
            if row.style == style and not (row.ours == "(DATE). " and ours.item["type"] == "book"):
                text, count = re.subn(row.theirs, row.ours.replace("DATE", _day(ours.item)), text)
                rewritten |= {row} if count else set()
        found[style] = text
    said = {"vancouver": ours.vancouver, "apa": ours.apa}
    if ours.reason and found == said:
        yield f"{ours.where}: no longer differs ({ours.reason})"
    if not ours.reason:
        yield from (
            f"{ours.where}: {said[each]} | citation-js: {found[each]}" for each in said if said[each] != found[each]
        )


def _day(item: Item) -> str:
    issued = item["issued"]
    if not isinstance(issued, dict):
        raise TypeError(issued)
    ((year, month, day),) = issued["date-parts"]
    return f"{year}, {date(year, month, day):%B} {day}"


def _asked(items: Sequence[Item]) -> list[dict[str, str]]:
    command = ("node", _FORMATTER, INSTALLED / "node_modules")
    done = subprocess.run(command, input=json.dumps(items), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"citation-js said nothing (exit {done.returncode})\n{done.stderr}")
    answer: list[dict[str, str]] = json.loads(done.stdout)
    return answer


def _printed(site: Path) -> Iterator[Citation]:
    """Every citation in English that a page prints: citation-js has few other languages, and its own words in them."""
    for page in sorted(site.rglob("*.html")):
        for match in _PRINTED.finditer(page.read_text(encoding="utf-8")):
            (item,) = json.loads((page.parent / match["file"]).read_text(encoding="utf-8"))
            if item.get("language", "en").partition("-")[0] == "en":
                vancouver, apa = (html.unescape(_TAG.sub("", match[style])).strip() for style in ("vancouver", "apa"))
                yield Citation(str(page.relative_to(site)), item, vancouver, apa)


def _tried() -> Iterator[Citation]:
    """Citations that are hard to write."""
    one = CitedName("Ada Byrne", "Byrne", "Ada")
    for family, given, suffix in ALIKE:
        name = CitedName(family or given, family, given if family else "", suffix)
        yield _cited(f"{family} {given}".strip(), _work(name))
    for family, given, suffix, vancouver, apa, reason in NAMES:
        found = _cited(f"{family} {given}", _work(CitedName(family, family, given, suffix)), reason)
        if not (found.vancouver.startswith(f"{vancouver}. ") and found.apa.startswith(f"{apa.rstrip('.')}. (")):
            found = replace(found, reason="")  # not what the row says: let it be a finding
        yield found
    british = "British punctuation: a full stop that is not of the quotation follows it"
    yield _cited("a quotation", replace(_work(one), title="“Lucky night”"), british)
    for title in TITLES:
        yield _cited(title, replace(_work(one), title=title))
    several = [CitedName(f"N{number}", f"N{number}", "Ada") for number in range(max(_COUNTS))]
    for count in _COUNTS:
        yield _cited(f"{count} authors", _work(*several[:count]))
        yield _cited(f"{count} editors", replace(_work(*several[:count]), is_book=True, volume="", issue=""))
    yield _cited("no issue", replace(_work(one), issue=""))
    yield _cited("no volume", replace(_work(one), volume="", issue=""))
    yield _cited("no address", replace(_work(one), address=""))
    yield _cited("a DOI", replace(_work(one), doi="10.5555/12345"))


def _cited(where: str, work: Work, reason: str = "") -> Citation:
    ours = citation(work)
    return Citation(where, csl(work), ours.vancouver, ours.apa, reason)


def _work(*names: CitedName) -> Work:
    authors = tuple(PublishedPerson(name.whole, name.whole, name, name.whole, "", "", Prose("")) for name in names)
    return Work(
        key="case-pager", authors=authors, title="The Case of the Quiet Pager", container="Quiet Dilemmas",
        issued=PartialDate(2025, 5, 23), volume="1", issue="3", doi="", address="https://example.org/pager/",
        language="en", words_in="en",
    )  # fmt: skip
