"""A file's bytes are a text, or one problem at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.decoding import decoded
from casebuilder.readers.profiles import read_collection
from examples import drawn


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("case.yml", "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> main\n", 2),
        ("case.yml", "a: b\n=======\nc: e\n>>>>>>> main\n", 2),
        ("case.yml", "a: b\n=======\nc: e\n", 2),
        ("case.yml", "a: b\n>>>>>>> patch-1\n", 2),
        ("x.md", "One.\n\n<<<<<<< HEAD\nTwo.\n=======\nThree.\n>>>>>>> main\n", 3),
        ("x.md", "One.\n=======\nThree.\n>>>>>>> main\n", 2),
        ("x.md", "One.\n\n=======\n\nThree.\n", 3),
        ("x.md", "=======\n", 1),
        ("x.md", "---\ntitle: One\n=======\ntitle: Two\n---\nText\n", 3),
        ("x.md", "One\n||||||| base\nTwo\n", 2),
        ("x.jsonl", '{"id": "c1"}\n<<<<<<< HEAD\n{"id": "c2"}\n=======\n{"id": "c3"}\n>>>>>>> main\n', 2),
        ("x.jsonl", '{"id": "c1"}\n=======\n', 2),
        ("x.md", "One\r\n<<<<<<< HEAD\r\nTwo\r\n", 2),
    ],
)
def test_a_merge_that_was_not_finished_is_reported_at_its_first_mark(name: str, text: str, line: int) -> None:
    _, problem = decoded(text.encode(), name)
    assert problem
    assert (problem.code, problem.line, problem.column) == ("merge-conflict", line, 1)


@pytest.mark.parametrize(
    "text",
    ["A heading\n=======\n\nText.", "A\n======\n", "\n========\n", "a <<<<<<< b", ">>>>>>>quoted", "<<<<<<<<\n"],
)
def test_what_markdown_takes_for_a_heading_is_no_conflict(text: str) -> None:
    assert decoded(text.encode(), "x.md") == (text, None)


@pytest.mark.parametrize(("name", "most"), [("x.md", 20_000), ("x.yml", 20_000), ("x.jsonl", 100_000)])
def test_a_line_that_is_too_long_is_reported_where_it_goes_on(name: str, most: int) -> None:
    text, problem = decoded(b"one\n" + b"a" * most, name)
    assert (len(text), problem) == (most + 4, None)
    _, problem = decoded(b"one\n" + b"a" * (most + 1), name)
    assert problem
    assert (problem.code, problem.line, problem.column) == ("line-too-long", 2, most + 1)


def test_a_text_that_is_too_long_is_reported_where_it_goes_on_and_a_record_may_be_longer() -> None:
    long = b"a" * 99 + b"\n"
    _, problem = decoded(long * 2_000 + b"b", "x.md")
    assert problem
    assert (problem.code, problem.line, problem.column) == ("file-too-large", 2_001, 1)
    assert decoded(long * 3_000, "x.jsonl")[1] is None


def test_a_text_of_too_many_lines_is_reported_where_it_goes_on() -> None:
    assert decoded(b"a\n" * 10_000, "x.md")[1] is decoded(b"a\n" * 10_001, "x.yml")[1] is None
    _, problem = decoded(b"a\n" * 10_001, "x.md")
    assert problem
    assert (problem.code, problem.line) == ("file-too-large", 10_001)


@pytest.mark.parametrize("begun", ["- " * 20 + "a", "> " * 10 + "1. " * 10, ">" * 20 + "x", " 1)\t* + > " * 5])
def test_a_text_with_too_many_items_is_reported_at_the_first_too_many(begun: str) -> None:
    line = f"{begun}\n"
    assert decoded(line.encode() * 1_000, "x.md")[1] is None
    _, problem = decoded(line.encode() * 1_001, "x.md")
    assert problem
    assert (problem.code, problem.line, problem.column) == ("file-too-large", 1_001, 1)
    assert decoded(line.encode() * 1_001, "x.yml")[1] is None
    assert decoded(b"-----\n-5 > 3\n**a**\n1.5\n*a*\n" * 1_900, "x.md")[1] is None


def test_a_text_in_a_field_has_no_more_lines_than_a_file() -> None:
    """In quotation marks, one line of a file may begin thousands of headings."""
    lines = "\n".join("  " + "# a\\n" * 3_000 for _ in range(4))
    fields = 'title: A\nintroduction: "\n{}"\ncases:\n  - {{case: 2026-03-a, why: b}}\n'
    assert decoded(fields.format(lines).encode(), "collections/a.yml")[1] is None
    found, problems = read_collection(fields.format(lines), "collections/a.yml")
    assert [(problem.code, problem.line) for problem in problems] == [("file-too-large", 2)]
    assert found
    assert found.text.source == "…"
    assert read_collection(fields.format("  # a\\n"), "collections/a.yml")[1] == []


def test_byte_order_marks_are_dropped_however_many() -> None:
    assert decoded(b"\xef\xbb\xbf\xef\xbb\xbfa", "x.md") == ("a", None)


@drawn(200)
@given(st.binary(max_size=40))
def test_any_bytes_give_a_text_or_a_place_within_it(content: bytes) -> None:
    text, problem = decoded(content, "x.md")
    if problem:
        lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    else:
        assert text == content.decode().lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
