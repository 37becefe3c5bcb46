"""One slip is one problem: of each change of one line or one sign to a sound series, at most one thing is reported.

`make test` tries a seventh of the slips in the zoo's sound series, always the same; `make fuzz` tries a third of them,
and of those in two cases of the sample series: another third each time.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import randrange
from zlib import crc32

import pytest

import one_slip
import zoo_keeper
from casebuilder import checks, readers
from casebuilder.decoding import decoded
from casebuilder.pipeline import problemreport, sourcetexts
from casebuilder.problems import Problem, in_order
from examples import FUZZ

SAMPLE = Path(__file__).parent.parent
CASES = ("2025-09-stale-sandwich", "2025-10-journal-club-on-twitter")
SHARE, CHOSEN = (3, randrange(3)) if FUZZ else (7, 0)  # noqa: S311 - nothing secret
ROOTS = [zoo_keeper.SOUND, *([SAMPLE] if FUZZ else [])]


@cache
def tree(root: Path) -> sourcetexts.Tree:
    """The files of a series; of the sample series only what two of its cases need."""
    found = sourcetexts.read_tree(root)
    if root != zoo_keeper.SOUND:
        for path in list(found.texts):
            if path.split("/")[0] in {"cases", "commentary", "collections"} and path.split("/")[1] not in CASES:
                del found.texts[path]
    return found


def reported(root: Path, path: str = "", text: str = "") -> tuple[Problem, ...]:
    """The report on a series after one file was changed."""
    texts = dict(tree(root).texts)
    unread = []
    if path:
        decoded_, problem = decoded(text.encode(), path)
        texts[path] = decoded_
        if problem:
            del texts[path]
            unread = [problem]
    series, found = readers.read(texts, tree(root).pictures, unread=[problem.path for problem in unread])
    return in_order(checks.left_out([*unread, *found, *checks.run(series)], series))


def slips(root: Path) -> list[one_slip.Change]:
    texts = tree(root).texts
    files = [path for path in texts if root == zoo_keeper.SOUND or path.split("/")[0] in {"cases", "commentary"}]
    made = [change for path in files for change in one_slip.changes(path, texts[path])]
    return [change for change in made if crc32(f"{change.path}{change.line}{change.what}".encode()) % SHARE == CHOSEN]


@pytest.mark.fuzz
@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.name)
def test_two_problems_never_follow_from_one_slip(root: Path) -> None:
    before = {(problem.path, problem.code, problem.message) for problem in reported(root)}
    assert root != zoo_keeper.SOUND or not before
    wrong, caught = [], 0
    for slip in slips(root):
        found = [
            problem
            for problem in reported(root, slip.path, slip.text)
            if (problem.path, problem.code, problem.message) not in before
        ]
        caught += bool(found)
        if len(found) > 1:
            wrong.append(f"{slip.path}:{slip.line + 1}: {slip.what}\n{problemreport.text(found)}")
    assert not wrong, "\n".join(wrong)
    assert caught > len(slips(root)) / 3


def test_a_list_that_is_gone_is_one_problem_whatever_uses_it() -> None:
    """Quotes that the commentary places, and references that texts cite: none of them is given any more."""
    slug = "2026-03-late-handover"
    texts = dict(tree(zoo_keeper.SOUND).texts)
    del texts[f"cases/{slug}/quotes.yml"]
    texts[f"commentary/{slug}/commentary.md"] += "\n::quote[q2]\n\n::quote[q3]\n"
    case = texts[f"cases/{slug}/case.yml"]
    texts[f"cases/{slug}/case.yml"] = case.replace(case[case.index("references:") : case.index("discussion:")], "")
    texts[f"cases/{slug}/scenario.md"] += "\nSo it was found later, too [@later].\n"
    series, found = readers.read(texts, tree(zoo_keeper.SOUND).pictures)
    left = in_order(checks.left_out([*found, *checks.run(series)], series))
    assert [problem.code for problem in left] == ["unknown-reference", "unknown-quote"]
    assert [problem.message.partition(": ")[2] for problem in left] == [
        "the case has no references at all",
        "the case has no quotes at all",
    ]
