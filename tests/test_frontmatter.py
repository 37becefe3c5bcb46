"""Front matter and the text below it, both of which still know their lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.readers import frontmatter


def test_front_matter_and_text_are_cut_and_keep_their_lines() -> None:
    matter, body, problems = frontmatter.split("---\ntitle: A\n---\n\nOne.\n\nTwo.\n\n", "x.md")
    assert (matter, problems) == (("title: A\n", 2), [])
    assert (body.source, body.path, body.line) == ("One.\n\nTwo.", "x.md", 5)
    assert body.at(body.source.index("Two")) == ("x.md", 7, 1)


@pytest.mark.parametrize("text", ["One.\n", "\n---\na: b\n---\n", "----\na: b\n---\n", "--- a\n---\n", "***\n", ""])
def test_a_text_that_does_not_begin_with_three_hyphens_has_none(text: str) -> None:
    matter, body, problems = frontmatter.split(text, "x.md")
    assert (matter, problems) == (None, [])
    assert body.source == text.strip()


@pytest.mark.parametrize("end", ["---", "--- ", "...", "---\t"])
def test_spaces_after_the_hyphens_and_full_stops_are_taken(end: str) -> None:
    matter, body, _ = frontmatter.split(f"--- \na: b\n{end}\nText.", "x.md")
    assert matter == ("a: b\n", 2)
    assert body.source == "Text."


def test_the_first_closing_line_closes_and_a_later_one_is_text() -> None:
    matter, body, _ = frontmatter.split("---\na: b\n---\nOne.\n\n---\n\nTwo.\n", "x.md")
    assert matter == ("a: b\n", 2)
    assert body.source == "One.\n\n---\n\nTwo."


def test_an_indented_line_of_hyphens_does_not_close() -> None:
    matter, _, _ = frontmatter.split("---\na: |\n  ---\nb: c\n---\n", "x.md")
    assert matter == ("a: |\n  ---\nb: c\n", 2)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\na: b\n\nText.\n", 3),
        ("---\na: b\nText.\n", 3),
        ("---\na: b\n", 3),
        ("---\n", 2),
        ("---\na:\n  - b\n\n\nText.\n\n---\n\nMore.\n", 4),
        ("---\na: b\n\nc: d\n\nText.\n", 5),
        ("---\na: b\n----\n\nText.\n", 3),
        ("---\na: b\n--\n\nText.\n", 3),
        ("---\na: b\n—\n\nText.\n", 3),
        ("---\na: b\n ---\n\nText.\n", 3),
        ("---\na: b\n***\n\nText.\n\n---\n", 3),
    ],
)
def test_front_matter_that_is_not_closed_is_reported_where_its_end_is_missing(text: str, line: int) -> None:
    matter, body, (problem,) = frontmatter.split(text, "x.md")
    assert (matter, body.source) == (None, "")
    assert (problem.code, problem.path, problem.line, problem.column) == ("front-matter", "x.md", line, 1)
    assert '"---"' in problem.hint


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n---\ntitle: b\n---\nText\n", 2),
        ("\n\n  \n---\ntitle: b\n---\n", 4),
        (" ---\ntitle: b\n---\n", 1),
        ("----\ntitle: b\n---\n", 1),
        ("—\ntitle: b\n—\n", 1),
        ("–-\nname: b\n---\n", 1),
        ("***\nname: b\n***\n", 1),
        ("name: b\n---\nText\n", 1),
        ("\nconsent: 2026-01-01\ntitle: c\n---\n\nText\n", 2),
    ],
)
def test_front_matter_that_does_not_begin_as_it_must_is_reported_where_it_begins(text: str, line: int) -> None:
    matter, body, (problem,) = frontmatter.split(text, "x.md")
    assert (matter, body.source) == (None, "")
    assert (problem.code, problem.line, problem.column) == ("front-matter", line, 1)


def test_empty_front_matter_is_front_matter() -> None:
    matter, body, problems = frontmatter.split("---\n---\nText.", "x.md")
    assert (matter, body.source, problems) == (("", 2), "Text.", [])


def test_a_text_may_begin_with_indented_code() -> None:
    body = frontmatter.body("\n\n    code\n\nText.\n", "x.md", 0)
    assert (body.source, body.line) == ("    code\n\nText.", 3)


@given(st.text("-a \n", max_size=40))
def test_the_text_stands_at_the_line_it_names(text: str) -> None:
    _, body, _ = frontmatter.split(text, "x.md")
    if body.source.strip():
        lines = text.split("\n")[body.line - 1 :]
        assert "\n".join(lines).startswith(body.source)


@pytest.mark.parametrize(
    ("text", "is_reported"),
    [
        ('+++\nperson = "ada-byrne"\n+++\n\nText.\n', True),
        ("\n+++ \n\n# a comment\n  [params]\nx = 1\n+++\n", True),
        ("+++\n\nText.\n", False),
        ("+++ added lines\nx = 1\n", False),
    ],
)
def test_front_matter_of_programs_that_write_toml_is_not_printed(text: str, is_reported: bool) -> None:  # noqa: FBT001 - a table
    _, body, problems = frontmatter.split(text, "x.md")
    assert [(problem.code, "a colon" in problem.hint) for problem in problems] == [("front-matter", True)] * is_reported
    assert bool(body.source) is not is_reported


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\ntitle: A trial\nread-more: x\ntags: [[a, b]]\n---\n\nWords.", 5),
        ('+++\ntitle = "A trial"\n+++\nWords.', 3),
        ("\n---\nlayout: post\n---\nWords.", 4),
        ("---\n\nA rule stands above this post, and one below.\n\n---\n\nWords.", 0),
        ("---\nA rule stands above this post.\n\n---\n", 0),
        ("---\ntitle: not closed\n\nWords.", 0),
        ("Title: A trial\n\nWords.\n\n---\n", 0),
        ("Title: A trial\nSlug: a-trial\nStatus: published\n\nWords.", 3),
        ("Title: A trial\nAuthors: J. Doe\nDate: 2026\n\nWords.", 0),
        ("Status: asthma.\n\nWords.", 0),
        ("Title: A trial\nStatus: stable, he says,\nand goes on.\n", 0),
        ("", 0),
    ],
)
def test_front_matter_of_a_blog_is_told_from_a_rule(text: str, lines: int) -> None:
    assert frontmatter.of_another_program(text) == lines
