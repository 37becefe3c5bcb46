"""The list of naughty strings through every field of text: refused at its line, or read back from every output.

`make test` tries a few, `make fuzz` all of them.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import icalendar
import pytest

import naughty_series
import test_citation_formats
from casebuilder import pipeline, published
from casebuilder.outputs import calendar, epub, feeds
from casebuilder.outputs.packs import views
from casebuilder.outputs.packs.press.task import print_job, used_fonts
from casebuilder.outputs.site import pages
from examples import FUZZ
from test_pages import Reader, as_mkdocs, front

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.series import Series
    from casebuilder.problems import Problem

LIST = json.loads((Path(__file__).parent / "naughty/blns.json").read_text("utf-8"))
EVERY = [words for words in dict.fromkeys(LIST) if words.strip()]
#: A few of each chapter of the list, and what fell before.
FEW = [
    *EVERY[::90],
    "<script>alert(123)</script>",
    '"><script>alert(123);</script x="',
    "{{ 7*7 }}{% raw %}",
    "1;DROP TABLE users",
    EVERY[99],
    "one\ntwo",
    "one\u2028two",
    "one\x85two",
    "%s%n{0}$HOME `id`",
    "::error file=x::y ##[add-mask]z",
    "}},title={x} \\end{document}",
]  # fmt: skip
WORDS = EVERY if FUZZ else FEW
#: What may be wrong with naughty words in plain text, and in Markdown: each is a problem with its place. A figure
#: that is called "$USER" counts people, and is compared with the record; an author with many commas is several.
PLAIN = {"control-character", "unprintable-character", "figure-contradicts-record", "unsupported-syntax", "bad-value"}
SLUG = naughty_series.SLUG
XHTML = "{http://www.w3.org/1999/xhtml}"


def line(words: str) -> str:
    return " ".join(words.split())


def read(series: Path) -> tuple[Series | None, list[Problem]]:
    """What is published of a series; None and its errors if it has any."""
    reading = pipeline.read(series)
    for problem in reading.problems:
        assert (series / problem.path).exists()
        assert problem.line >= 1
    if reading.errors():
        return None, list(reading.errors())
    return published.publish(reading.series, reading.as_of), []


def files(found: Iterator[object]) -> dict[str, bytes]:
    return {file.path: file.read() for file in found}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The tags and attributes of each page of the series without naughty words."""
    public, _ = read(naughty_series.plain(tmp_path_factory.mktemp("usual"), lambda field: f"Some {field}"))
    assert public
    seen = {page.path: Reader(as_mkdocs(page.text)) for page in pages.render(public)}
    return {path: {*page.tags, *page.attributes} for path, page in seen.items()}


@pytest.mark.fuzz
@pytest.mark.parametrize("words", WORDS)
def test_every_plain_field_is_read_back_from_every_output(
    words: str, usual: dict[str, set[str]], tmp_path: Path
) -> None:
    public, errors = read(naughty_series.plain(tmp_path, lambda _: words))
    if public is None:
        assert {problem.code for problem in errors} <= PLAIN
        return
    check_pages(public, words, usual)
    check_feeds(public, words)
    check_calendar(public, words)
    check_books(public, words, tmp_path / "series")
    for check in test_citation_formats.CHECKS:
        check(words)


def check_pages(public: Series, words: str, usual: dict[str, set[str]]) -> None:
    """A page says the words, and has no tag and no attribute that it would not have without them."""
    made = {page.path: page for page in pages.render(public)}
    case = made[f"cases/{SLUG}/index.md"]
    assert front(case.text)["title"] == line(words)
    document = Reader(as_mkdocs(case.text))
    assert document.text.count(line(words)) >= 10
    for path, page in made.items():
        document = Reader(as_mkdocs(page.text))
        known = usual.get(path) or set().union(*usual.values())
        assert {*document.tags, *document.attributes} <= known, path


def check_feeds(public: Series, words: str) -> None:
    """Each feed is well formed, and gives the title and the name of the series back."""
    made = files(feeds.render(public, ()))
    for path, content in made.items():
        if path.endswith(".json"):
            assert any(line(words) in line(item["title"]) for item in json.loads(content)["items"])
        elif path.endswith(".xml"):
            titles = [line(found.text or "") for found in ET.fromstring(content).iter() if found.tag.endswith("title")]  # noqa: S314 - our own
            assert sum(line(words) in title for title in titles) >= 2, path


def check_calendar(public: Series, words: str) -> None:
    """A program that reads calendars finds the title in every event."""
    (content,) = [
        content for path, content in files(calendar.render(public)).items() if path == f"cases/{SLUG}/calendar.ics"
    ]
    read_back = icalendar.Calendar.from_ical(content)
    assert not read_back.errors
    events = list(read_back.walk("VEVENT"))
    assert len(events) == 3
    assert all(line(words) in line(str(event["summary"])) for event in events)


def check_books(public: Series, words: str, series: Path) -> None:
    """Each document of each book is well formed, holds no script, and its case's book says the words."""
    for path, content in files(epub.render(public, lambda picture: (series / picture).read_bytes())).items():
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            texts = []
            for name in book.namelist():
                if name.endswith((".xhtml", ".opf", ".xml", ".ncx")):
                    root = ET.fromstring(book.read(name))  # noqa: S314 - our own
                    assert not [found for found in root.iter() if found.tag in {f"{XHTML}script", f"{XHTML}iframe"}]
                    texts.append("".join(root.itertext()))
        if SLUG in path:
            assert line(words) in line(" ".join(texts))


@pytest.mark.fuzz
@pytest.mark.parametrize("words", WORDS)
def test_naughty_markdown_is_refused_at_its_line_or_harmless(words: str, tmp_path: Path) -> None:
    series = naughty_series.marked(tmp_path, words)
    public, errors = read(series)
    if public is None:
        assert {Path(problem.path).suffix for problem in errors} <= {".md", ".yml"}
        return
    for page in pages.render(public):
        document = Reader(as_mkdocs(page.text))
        assert not {"script", "iframe", "object", "embed", "form", "style", "svg", "math", "base", "link", "meta"} & (
            set(document.tags)
        ) - {"form", "svg"}, page.path
        assert not [name for name in document.attributes if name.startswith("on")], page.path
        assert not [link for link in document.links if re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE)]
    for path, content in files(feeds.render(public, ())).items():
        if path.endswith(".xml"):
            ET.fromstring(content)  # noqa: S314 - our own
    check_books(public, "", series)


@pytest.mark.fuzz
@pytest.mark.parametrize("number", range(0, len(WORDS), 40))
def test_packs_are_printed_whole_with_whatever_passes_the_check(number: int, tmp_path: Path) -> None:
    """Each field says another string; the press reads the PDF back, and fails if a word is missing."""
    chosen = [words for words in WORDS[number : number + 40] if passes(words, tmp_path / str(WORDS.index(words)))]
    fields: dict[str, str] = {}

    def other(field: str) -> str:
        return fields.setdefault(field, chosen[len(fields) % len(chosen)])

    public, errors = read(naughty_series.plain(tmp_path / "whole", other))
    assert public, errors
    wanted = [job for job in views.jobs(public, "") if job.paper != "letter" and not job.parts]
    for job in wanted if FUZZ else wanted[:1]:
        pictures = {address: (tmp_path / "whole/series" / path).read_bytes() for address, path in job.addresses.items()}
        assert print_job(job.html, job.style, pictures, used_fonts(job.html), job.page_numbering)[0].startswith(b"%PDF")


def passes(words: str, folder: Path) -> bool:
    """Whether a series may say the words."""
    return not read(naughty_series.plain(folder, lambda _: words))[1]
