"""One fact, several ways to print it: problems for people, for a pull request, and for programs."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
from typing import TYPE_CHECKING
from urllib.parse import quote

from casebuilder import __version__
from casebuilder.handbook import UNKNOWN, Handbook
from casebuilder.problems import CODES, Severity, errors
from casebuilder.text import and_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from casebuilder.problems import Problem

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def line(problem: Problem, handbook: Handbook = UNKNOWN) -> str:
    """Return a problem in one line, without its hint.

    Its code is a link if a handbook is given (OSC 8, for terminals).
    """
    place = f"{problem.path}:{problem.line}:{problem.column}"
    address = handbook.code(problem.code)
    code = f"\x1b]8;;{address}\x1b\\{problem.code}\x1b]8;;\x1b\\" if address else problem.code
    return f"{place}: {problem.severity}: {problem.message} [{code}]"


def text(problems: Sequence[Problem], handbook: Handbook = UNKNOWN) -> str:
    """Return problems for people: a line each, and a hint below it; codes are links if a handbook is given."""
    lines = []
    for problem in problems:
        lines.append(line(problem, handbook))
        if problem.hint:
            lines.append(f"    hint: {problem.hint}")
    return "\n".join(lines)


#: The beginning of the paragraph with problems that a build with --keep-going tolerates.
TOLERATED = "The series is strict, so these problems stop every build without --keep-going. They left nothing out:"


def left_out(problems: Sequence[Problem]) -> list[str]:
    """Return what a build with --keep-going says of the problems that would stop another: a paragraph for each kind.

    Errors leave their parts out. Other problems stop only a strict series, and leave nothing out.
    """
    tolerated = [problem for problem in problems if problem.severity is not Severity.ERROR]
    paragraphs = [f"{TOLERATED}\n{text(tolerated)}"] if tolerated else []
    return [*paragraphs, *([text(errors_found)] if (errors_found := errors(problems)) else [])]


#: How many problems are shown on the lines of a pull request.
_ANNOTATIONS = 10
#: GitHub's name for a severity, where it differs from ours.
_COMMANDS = {Severity.NOTE: "notice"}


def github(problems: Sequence[Problem], handbook: Handbook = UNKNOWN) -> str:
    """Return workflow commands, which GitHub shows on the lines of a pull request.

    The worst ten, so that they are read.

    The whole report follows as plain text, for which commands are stopped: authors' own words stand in it, and the
    runner would obey "::" at the beginning of a line and "##[" anywhere. What starts them again is a digest of the
    text, which no text can hold.
    """
    commands = [
        f"::{_COMMANDS.get(problem.severity, problem.severity)} file={_escape_property(problem.path)},"
        f"line={problem.line},col={problem.column},title={_escape_property(problem.code)}"
        f"::{_escape_data(_explain(problem, handbook))}"
        for problem in worst(problems)[:_ANNOTATIONS]
    ]
    report = "\n".join(filter(None, (text(problems), explanation(handbook))))
    token = hashlib.sha256(report.encode()).hexdigest()
    return "\n".join([*commands, f"::stop-commands::{token}", report, f"::{token}::"]) if problems else ""


def worst(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems with errors first, then warnings; each group in its order."""
    return sorted(problems, key=lambda problem: list(Severity).index(problem.severity))


def explanation(handbook: Handbook) -> str:
    """Return where each code is explained, as a line for people; empty if it is not known."""
    address = handbook.page("problems")
    return f"Every code is explained in the handbook: {address}" if address else ""


def _explain(problem: Problem, handbook: Handbook) -> str:
    """Return message, hint and, on a line of its own, the address that explains the code."""
    description = f"{problem.message}. {problem.hint}".strip()
    return "\n".join(filter(None, (description, handbook.code(problem.code))))


def _escape_data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(value: str) -> str:
    return _escape_data(value).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: Sequence[Problem], handbook: Handbook = UNKNOWN) -> str:
    """Return a JSON object with the problems as a list of objects."""
    entries = [
        {
            "path": problem.path,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
            **({"help": address} if (address := handbook.code(problem.code)) else {}),
        }
        for problem in problems
    ]
    return json.dumps({"problems": entries}, indent=2)


def sarif(problems: Sequence[Problem], handbook: Handbook = UNKNOWN) -> str:
    """Return a SARIF 2.1.0 log (OASIS), for code scanning and editors."""
    codes = sorted({problem.code for problem in problems})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].summary},
            "defaultConfiguration": {"level": CODES[code].severity},
            **({"helpUri": address} if (address := handbook.code(code)) else {}),
        }
        for code in codes
    ]
    driver = {"name": "casebuilder", "version": __version__, "rules": rules}
    results = [_sarif_result(problem, codes.index(problem.code)) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, indent=2)


def _sarif_result(problem: Problem, rule: int) -> dict[str, object]:
    description = f"{problem.message}. {problem.hint}" if problem.hint else problem.message
    place = {
        "artifactLocation": {"uri": quote(problem.path)},
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": description},
        "locations": [{"physicalLocation": place}],
    }


def summary(problems: Sequence[Problem], cases: int) -> str:
    """Return the number of problems, in one line."""
    checked = f"{cases} case{'s' * (cases != 1)} checked"
    counts = [(severity, sum(problem.severity is severity for problem in problems)) for severity in Severity]
    counts_in_words = [f"{count} {severity}{'s' * (count != 1)}" for severity, count in counts if count]
    return f"{checked}: {and_list(counts_in_words) if counts_in_words else 'no problem'}"


def withdrawal(  # noqa: PLR0913 - what a withdrawal is
    touched: Sequence[str],
    slug: str,
    *,
    tracked: Sequence[str],
    stays: bool,
    copies: Sequence[str] = (),
    ignored: Sequence[str] = (),
    elsewhere: Sequence[str] = (),
) -> str:
    """Return the report of a withdrawal.

    What it changed, how to undo it, what to do next, and which copies it cannot reach.

    Args:
        touched: the files that were changed or deleted.
        slug: the case.
        tracked: those that Git has; empty if none is in a commit, or Git is not installed.
        stays: whether the texts of a withdrawn case are still in its folders.
        copies: other files in the series' folder that contain the words.
        ignored: those of the changed files that the next `git add` leaves out.
        elsewhere: what to do where another copy of the record is, in sentences.
    """
    packs = [path for path in touched if _is_pack(path)]
    changed_files = "\n".join(
        f"  {path}" for path in (*(path for path in touched if path not in packs), *_sum_up(packs))
    )
    notes = ""
    if stays:
        notes = f"""
  - The texts of the case are still in cases/{slug}/ and commentary/{slug}/, unpublished;
    whoever can see the repository can read them. To delete them too, run this again with --delete."""
    if copies:
        names = "\n".join(f"      {path}" for path in copies)
        notes += f"""
  - These files contain the words, too. Delete each of them, or the words in it, before you commit:
{names}"""
    if elsewhere:
        notes += "\n  - " + "\n    ".join(elsewhere)
    return f"""Changed or deleted:
{changed_files}

{_how_to_undo(touched, tracked)}

{_how_to_publish(touched, slug, ignored)}

What stays, and what to do about it:{notes}
  - Git keeps the old text in its history, and so does every clone and fork. To purge it, install git-filter-repo,
    write the text into a file words.txt as the line: literal:THE TEXT==>(withdrawn)
    and run: git filter-repo --replace-text words.txt
    and then: git push --force --all
    Then ask the host's support to delete cached views and pull requests that show it.
  - Copies that others made stay: feed readers, search engines, printed packs. Ask search engines to read again."""


def _is_pack(path: str) -> bool:
    return path.endswith((".pdf", ".part"))


def _sum_up(packs: Sequence[str]) -> Iterator[str]:
    """Yield one line for the deleted packs: their names in the cache say nothing to anybody."""
    if packs:
        folder = packs[0].replace("\\", "/").rpartition("/")[0]
        yield f"{folder}/ ({len(packs)} {'packs' if len(packs) > 1 else 'pack'}, printed again when they are needed)"


def _how_to_publish(touched: Sequence[str], slug: str, ignored: Sequence[str]) -> str:
    """Return how a withdrawal is published: which files Git takes, if it leaves some out."""
    taken_paths = [path for path in touched if path not in ignored]
    if not taken_paths:
        return (
            "Git takes none of these files, so there is nothing to commit. Build and publish again on this computer.\n"
            f"If builds elsewhere print figures of this case, run first: casebuilder stats {slug} --write"
        )
    left_paths = [path for path in ignored if not _is_pack(path)]
    note = f"\nGit takes {and_list(taken_paths)}. It leaves out {and_list(left_paths)}." if left_paths else ""
    return f"""Now build and publish again: the text is then in no page, feed, pack, volume or collection of the site.
  git add -A
  git commit -m "Withdraw a text of {slug}"
  git push{note}"""


def _how_to_undo(touched: Sequence[str], tracked: Sequence[str]) -> str:
    """Return how a withdrawal is undone before anybody else has it."""
    if not tracked:
        return "No commit of Git has these files, so the withdrawal cannot be undone, except from a copy of your own."
    import subprocess

    names = subprocess.list2cmdline(tracked) if os.name == "nt" else " ".join(map(shlex.quote, tracked))
    not_in_git = [path for path in touched if path not in tracked and not _is_pack(path)]
    lines = [
        "Was it a mistake? Undo it before you push, in the series' folder:",
        f"  git restore --source=HEAD --staged --worktree -- {names}",
        "  This brings back these files as they were in the last commit. If you have committed the withdrawal already,",
        "  run first: git reset --soft HEAD~1",
    ]
    if not_in_git:
        lines.append(
            f"  Git does not have {and_list(not_in_git)}: only a copy of your own can bring back what was there."
        )
    return "\n".join(lines)


#: Every form of the report, by the name that `--format` takes.
FORMATS: dict[str, Callable[[Sequence[Problem], Handbook], str]] = {
    "text": text,
    "github": github,
    "json": as_json,
    "sarif": sarif,
}
