"""A problem within a value of YAML is at its own line and column, however the value is written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebuilder.readers.yamltext import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Origin
    from casebuilder.readers.yamltext.building import Plain

SOUND = Path(__file__).parent / "zoo" / "_sound"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: one *two*", (1, 8)),
        ("a: one\n  and *two*", (2, 7)),
        ("a: one\n\n  *two*", (3, 3)),
        ('a: "one *two*"', (1, 9)),
        ('a: "one \\"x\\" \\u00e9\\t*two*"', (1, 23)),
        ('a: "one\n  \\\n  and *two*"', (3, 7)),
        ("a: 'it''s one *two*'", (1, 15)),
        ("a: >-\n  one\n  and *two*", (3, 7)),
        ("a: >\n  one\n\n\n  and\n    *two*", (6, 5)),
        ("a: |2-\n  one\n    *two*", (3, 5)),
        ("a: |   # why\n  *two*", (2, 3)),
        ("a: &b one *two*\nc: *b", (1, 11)),
        ("a: [x, one *two*]", (1, 12)),
        ("a:\n  - x\n  - one *two*", (3, 9)),
        ("a:\n  - {b: 'x', c: \"one *two*\"}", (2, 22)),
        ("a: 'one\n\n  é *two*'", (3, 5)),
    ],
)
def test_the_place_of_a_word(text: str, place: tuple[int, int]) -> None:
    document, problems = read(text, "x.yml")
    assert document
    assert not problems
    steps, value = next(each for each in strings(document.value) if "*two*" in each[1])
    assert document.origin.within(steps, value, value.index("*two*"))[1:] == place


def test_each_word_of_each_value_of_a_series_is_where_it_is_said_to_be() -> None:
    count = 0
    for path in sorted(SOUND.rglob("*")):
        if path.suffix not in {".yml", ".md"}:
            continue
        text = path.read_text(encoding="utf-8")
        parts = text.split("---\n", 2) if text.startswith("---\n") else ["", "", ""]
        matter, first = (parts[1], 2) if path.suffix == ".md" else (text, 1)
        document, _ = read(matter, path.name, first_line=first)
        lines = text.split("\n")
        assert document
        for steps, value in strings(document.value):
            for word in re.finditer(r"\S+", value):
                _, line, column = document.origin.within(steps, value, word.start())
                assert lines[line - 1].startswith(word[0], column - 1), (path, value)
                count += 1
    assert count > 300


def test_a_value_that_is_not_what_is_written_has_the_place_of_its_start() -> None:
    document, _ = read("a: one two", "x.yml")
    assert document
    origin: Origin = document.origin
    assert origin.within(("a",), "another", 3) == origin.within(("a",), "one", 9) == ("x.yml", 1, 4)
    assert origin.within(("b",), "another", 3) == ("x.yml", 1, 1)


def strings(value: Plain, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each text in a value, with the path to it."""
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, (list, dict)):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from strings(inner, (*steps, step))
