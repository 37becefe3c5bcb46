"""One slip of an editor is one problem, at its own line, in words that need no programmer.

Each file of `tests/slips` holds slips of one kind, found by folder; a block of it is a slip:

    == what happened
    @ the file of the sound series, tests/zoo/_sound, by the end of its path
    - the lines as they were (none: the whole file)
    + the lines as they are, in which \\t, \\u00a0 and \\xe9 (a byte) are what they are in Python
    > the one problem, and its hint

With UPDATE_ZOO=1 in the environment the problems are written instead of compared; then somebody reads each.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zoo_keeper
from casebuilder import checks, readers
from casebuilder.decoding import decoded
from casebuilder.pipeline import problemreport, sourcetexts
from casebuilder.problems import CODES, in_order
from examples import drawn

SLIPS = Path(__file__).parent / "slips"
#: Words of parsers, which say nothing to a clinician.
DIALECT = re.compile(r"\b(mapping|node|document|key|token|stream|scalar|delimiter|parse|no such file|in the way)s?\b")


@dataclass
class Slip:
    name: str
    path: str = ""
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    report: list[str] = field(default_factory=list)


def read(text: str) -> list[Slip]:
    slips: list[Slip] = []
    for line in text.splitlines():
        sign, words = line[:1], line[2:]
        if line.startswith("== "):
            slips.append(Slip(line[3:]))
        elif sign == "@":
            slips[-1].path = words
        elif sign in {"-", "+", ">"}:
            {"-": slips[-1].before, "+": slips[-1].after, ">": slips[-1].report}[sign].append(words)
        else:
            assert not line or sign == "#", line
    return slips


def written(slips: list[Slip]) -> str:
    blocks = []
    for slip in slips:
        lines = [f"== {slip.name}", f"@ {slip.path}"]
        for sign, many in (("-", slip.before), ("+", slip.after), (">", slip.report)):
            lines += [f"{sign} {line}".rstrip() for line in many]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


@cache
def sound() -> sourcetexts.Tree:
    return sourcetexts.read_tree(zoo_keeper.SOUND)


def report_on_slip(slip: Slip) -> list[str]:
    """The report on the sound series with this slip in it."""
    tree = sound()
    texts = dict(tree.texts)
    (path,) = [path for path in texts if path.endswith(slip.path)] or [slip.path]
    after = as_bytes("\n".join(slip.after))
    if slip.before:
        before = "\n".join(slip.before).encode()
        was = texts[path].encode()
        assert was.count(before) == 1, f"{path} holds {before!r} {was.count(before)} times"
        content = was.replace(before, after)
    else:
        content = after + b"\n"
    text, problem = decoded(content, path)
    unread = []
    if problem:
        del texts[path]
        unread = [problem]
    else:
        texts[path] = text
    series, found = readers.read(texts, tree.pictures, unread=[problem.path for problem in unread])
    return problemreport.text(in_order(checks.left_out([*unread, *found, *checks.run(series)], series))).splitlines()


def as_bytes(words: str) -> bytes:
    escaped = re.sub(r"\\(t|u[0-9a-f]{4})", lambda found: found[0].encode().decode("unicode_escape"), words)
    return re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), escaped.encode())


FILES = {path.stem: read(path.read_text(encoding="utf-8")) for path in sorted(SLIPS.glob("*.txt"))}


@pytest.mark.parametrize("kind", FILES)
def test_one_slip_is_one_problem_at_its_line_in_plain_words(kind: str) -> None:
    wrong = []
    for slip in FILES[kind]:
        found = report_on_slip(slip)
        if "UPDATE_ZOO" in os.environ:
            slip.report = found
        if (
            found != slip.report
            or len(found) != 2
            or DIALECT.search(re.sub(r'"[^"]*"|\[[a-z-]+\]$', "", "\n".join(found), flags=re.MULTILINE))
        ):
            wrong.append("\n".join([f"{slip.name}:", *found]))
    if "UPDATE_ZOO" in os.environ:
        (SLIPS / f"{kind}.txt").write_text(written(FILES[kind]), encoding="utf-8")
    assert not wrong, "\n\n".join(wrong)


#: What mistyping, word processors and programs put into a line, or remove from it.
PIECES = (
    *"\t:-#\"'“”[]{}<>|&*!%@`\\,;. 0x\n",
    *("\u00a0", "\u200b", "\ufeff", "\u2028", "– ", "• ", "- ", ": ", " #", "---\n", "\n\n", "  ", "\n  "),
    *("<<<<<<< HEAD\n", "NULL", "yes", "2/3/2026", "a@b.example", "1,200", "[x", "{y: ", "z}"),
)
TEXTS = sorted(path for path in zoo_keeper.SOUND.rglob("*") if path.suffix in {".md", ".yml", ".jsonl"})


@drawn(150)
@given(st.sampled_from(TEXTS), st.floats(0, 1), st.integers(0, 12), st.sampled_from(["", *PIECES]))
def test_any_slip_anywhere_is_a_report_with_places_in_the_files(path: Path, where: float, gone: int, put: str) -> None:
    name = path.relative_to(zoo_keeper.SOUND).as_posix()
    texts = dict(sound().texts)
    was = texts.pop(name)
    place = int(where * len(was))
    written = was[:place] + put + was[place + gone :]
    text, unread = decoded(written.encode(), name)
    if not unread:
        texts[name] = text
    series, found = readers.read(texts, sound().pictures, unread=[name] if unread else [])
    for problem in (*([unread] if unread else []), *found, *checks.run(series)):
        lines = (written if problem.path == name else texts.get(problem.path, "")).split("\n")
        assert 1 <= problem.line <= len(lines) + 1, problem
        assert not DIALECT.search(re.sub(r'"[^"]*"', "", f"{problem.message} {problem.hint}")), problem


@pytest.mark.parametrize("name", zoo_keeper.names())
def test_no_report_of_the_zoo_has_a_word_of_a_parser(name: str) -> None:
    report_ = zoo_keeper.ZOO / name / "expected.txt"
    text = report_.read_text(encoding="utf-8") if report_.exists() else ""
    assert not DIALECT.search(re.sub(r'"[^"]*"|\[[a-z-]+\]$|^\S+: ', "", text, flags=re.MULTILINE)), text


@pytest.mark.parametrize("code", CODES)
def test_no_summary_of_a_code_has_a_word_of_a_parser(code: str) -> None:
    assert not DIALECT.search(CODES[code].summary)
