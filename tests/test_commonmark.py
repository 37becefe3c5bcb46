"""CommonMark's own examples through everything: refused by `check`, or every word on page, in feed, book and pack."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from casebuilder import markdown
from casebuilder.markdown import Kind, prose
from casebuilder.model import Prose
from casebuilder.outputs import epub
from casebuilder.outputs.site import pages
from casebuilder.problems import CODES, Severity
from commonmark import Seen, examples
from feed_reader import items
from pack_reader import job_of, reader
from series_factory import SLUG, make_case, make_series, part

if TYPE_CHECKING:
    from casebuilder.model.series import Series

PATH = f"cases/{SLUG}/scenario.md"


def refused(source: str) -> bool:
    """Whether `check` refuses a text, by what the parser finds, by a link or by a picture."""
    text = Prose(source, PATH)
    facts = markdown.facts(text)
    leads = {markdown.resolve(PATH, link.address).kind for link in facts.links}
    errors = [found for found in markdown.findings(text) if CODES[found.code].severity is Severity.ERROR]
    return bool(errors or leads & {Kind.REFUSED, Kind.NOWHERE, Kind.SEALED} or facts.pictures)


@cache
def kept() -> tuple[dict[str, str], ...]:
    return tuple(example for example in examples() if not refused(example["markdown"]))


@cache
def series() -> Series:
    """A case whose story has each of the examples that `check` lets pass as a part of its own."""
    return make_series(make_case(story=tuple(part(example["markdown"]) for example in kept())))


def lost(words: list[str]) -> list[str]:
    """The examples that lose a word, or its place, in what an output shows."""
    remaining_words = iter(words)
    return [
        example["markdown"]
        for example in kept()
        if not all(word in remaining_words for word in Seen(example["html"]).words)
    ]


def test_few_examples_are_refused() -> None:
    assert len(examples()) > 640
    assert len(kept()) > 0.8 * len(examples())


def test_no_example_loses_a_word_by_itself() -> None:
    for one in kept():
        rest = iter(Seen(prose.html(Prose(one["markdown"], PATH))).words)
        assert all(word in rest for word in Seen(one["html"]).words), one["markdown"]


def test_every_word_is_on_the_page() -> None:
    page = next(page for page in pages.render(series(), ()) if page.path == f"cases/{SLUG}/index.md")
    assert lost(Seen(page.text).words) == []


@pytest.mark.parametrize("name", ["feed.xml", "feed.json"])
def test_every_word_is_in_the_feed(name: str) -> None:
    opened = next(entry for entry in items(series(), name) if "Should Rhona" in entry["html"])
    assert lost(Seen(opened["html"]).words) == []


def test_every_word_is_in_the_book() -> None:
    (content,) = (file.content for file in epub.render(series(), lambda _: b"") if file.path == f"packs/{SLUG}.epub")
    archive = ZipFile(io.BytesIO(content))
    story = next(name for name in archive.namelist() if name.endswith("story.xhtml"))
    assert lost(Seen(archive.read(story).decode()).words) == []


@pytest.mark.parametrize("edition", ["handout", "guide", "slides"])
def test_every_word_is_in_every_edition(edition: str) -> None:
    assert lost(Seen(job_of(series(), edition).html).words) == []


def test_every_word_is_on_paper() -> None:
    """The check of a printed PDF compares every character of what was to be printed with what the file holds."""
    assert lost(Seen(job_of(series(), "case").html).words) == []
    assert len(reader(series(), "case").pages) > 20
