"""The search for phrases that readers stumble over finds them, and its list of exceptions stays short and true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from phrasing.__main__ import LIMIT, PHRASES, ROOT, Allowed, complaints, exceptions, hits_in

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = (
    "mending a file",
    "what was told to us",
    "below nought",
    "a folder that is none",
    "a date which is none",
    "nothing if there is no paper",
    "it is no slip of the pen",
    "the rule by which it is found",
    "a list of which the head is kept",
    "one error stands in the way",
    "what word is narrowed by",
    "so that nobody’s name is shown",
    "printed as it is",
    "a page is read back",
    "not one of the words",
    "what comes of a wish",
    "a file is made anew",
    "a comment is none of them",
    "not printed for want of a font",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        (tmp_path / name).write_text("Plain words.\n")
    for folder in ("src", "docs"):
        (tmp_path / folder).mkdir()
    return tmp_path


def test_each_phrase_is_found_and_plain_words_are_not() -> None:
    assert len(SAMPLES) == len(PHRASES)
    for sample in SAMPLES:
        assert len(list(hits_in("a.md", f"First line.\n{sample.capitalize()}.\n"))) == 1, sample
    plain = "Recommended amendments: fix the file. If there is nothing, the list is empty. A total of three."
    assert not list(hits_in("a.md", plain))


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("# A comment that ends as it\n# is.\n", 1),
        ("#: A list of\n#: which the head is kept.\n", 1),
        ('x = 1\nMESSAGE = (\n    "the file is printed as "\n    f"it is"\n)\n', 3),
        ("/* One error stands in\n * the way */\n", 1),
        ("Words of a page, as it\nis.\n", 1),
    ],
)
def test_a_phrase_that_goes_on_in_the_next_line_is_found(source: str, line: int) -> None:
    assert [hit.line for hit in hits_in("a", source)] == [line]


def test_a_hit_names_its_place_and_what_to_write_instead(root: Path) -> None:
    (root / "src/reader.py").write_text('"""Reads."""\n\n# The value as it is.\n')
    assert list(complaints(root, ())) == ['src/reader.py:3: "as it is": unchanged']


def test_an_exception_covers_its_hit_alone(root: Path) -> None:
    (root / "docs/page.md").write_text("The letter as it is read.\n\nThe folder as it is.\n")
    allowed = (Allowed("docs/page.md", "letter as it is read", "the passive of to read"),)
    assert list(complaints(root, allowed)) == ['docs/page.md:3: "as it is": unchanged']


def test_an_exception_without_use_or_reason_is_a_complaint(root: Path) -> None:
    (root / "docs/page.md").write_text("The letter as it is read.\n")
    allowed = (Allowed("docs/page.md", "as it is read", " "), Allowed("docs/page.md", "told", "a story"))
    assert list(complaints(root, allowed)) == [
        'phrasing/allowed.toml: "as it is read" has no reason',
        'phrasing/allowed.toml: "told" is no longer in docs/page.md: delete the entry',
    ]


def test_too_many_exceptions_are_a_complaint(root: Path) -> None:
    (root / "docs/page.md").write_text("He told her.\n")
    allowed = (Allowed("docs/page.md", "told", "a story"),) * (LIMIT + 1)
    assert list(complaints(root, allowed)) == [f"phrasing/allowed.toml: {LIMIT + 1} entries, at most {LIMIT}"]


def test_a_story_may_use_any_words(root: Path) -> None:
    story = root / "src/casebuilder/editorial/scaffold/templates/series/cases/EXAMPLE/scenario.md"
    story.parent.mkdir(parents=True)
    story.write_text("Her mother told her to mend it.\n")
    assert list(complaints(root, ())) == []


def test_the_exceptions_of_this_project_can_be_read() -> None:
    assert len(exceptions(ROOT / "phrasing" / "allowed.toml")) <= LIMIT
