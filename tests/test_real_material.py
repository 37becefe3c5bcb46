"""What people write in GitHub's editor, through everything: page, feed, book and packs show it, each link leads on."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pypdf
import pytest

import zoo_keeper
from casebuilder import pipeline, published
from casebuilder.outputs import epub, feeds
from casebuilder.outputs.packs import views
from casebuilder.outputs.site import pages
from pack_reader import printed
from pack_reader import text as pdf_text

if TYPE_CHECKING:
    from casebuilder.model.series import Series

SLUG = "2026-03-late-handover"
OTHER = "2026-04-paper-club"
SCENARIO = f"""
## The tea room

She had three worries:
- the result
  - an inner one
- the round

3. third
4. fourth

The doses were these:
| Drug | Dose |
|---|---:|
| Insulin | 4 units |

The drug was new.[^drug] It was ~~late~~ early. Dear <name of patient>, your result is <value>. Na<K and Cl>100.

first line of the poem\\
second line of the poem

- [x] rang the laboratory
- [ ] wrote it down

> [!NOTE]
> Six minutes remain.

1. Give this, with the print-out:

   ```
   K 3.1
   ```

2. Wait.

Look back at [the tea room](#the-tea-room), at [the first question](#question-the-bus), read [the rules][rules], see
[the paper club](../{OTHER}/paper.md), [the next one](../2026-12-next/), [the people](/experts/) and https://example.org/bare.
ICU means little here. \\[@starmer] stays.

[^drug]: It had been on the ward for a week [@starmer].

[rules]: https://example.org/rules

*[ICU]: intensive care unit
"""
#: Words that stand in every output, in this order.
WORDS = (
    "The tea room",
    "the result",
    "an inner one",
    "the round",
    "third",
    "Insulin",
    "4 units",
    "The drug was new",
    "late",
    "Dear <name of patient>, your result is <value>.",
    "Na<K and Cl>100.",
    "first line of the poem",
    "second line of the poem",
    "rang the laboratory",
    "wrote it down",
    "Note",
    "Six minutes remain.",
    "K 3.1",
    "Wait.",
    "the rules",
    "the paper club",
    "the next one",
    "https://example.org/bare",
    "ICU means little",
    "[@starmer] stays.",
    "It had been on the ward for a week",
)


@cache
def made() -> tuple[pipeline.Reading, Series]:
    """The sound series of the zoo with this text in it, and a case that opens in December."""
    with TemporaryDirectory() as folder:
        series = zoo_keeper.lay_out("_sound", Path(folder))
        story = series / "cases" / SLUG / "scenario.md"
        story.write_text(story.read_text(encoding="utf-8") + SCENARIO, encoding="utf-8")
        for path in sorted((series / "cases" / OTHER).iterdir()):
            copied = series / "cases" / "2026-12-next" / path.name
            copied.parent.mkdir(exist_ok=True)
            text = path.read_text(encoding="utf-8").replace("2026-04-06T18:00", "2026-12-06T18:00")
            copied.write_text(re.sub(r"(?m)^(?:season|episode|closes|releases):.*\n", "", text), encoding="utf-8")
        reading = pipeline.read(series)
        assert [problem for problem in reading.problems if problem.severity == "error"] == []
        return reading, published.publish(reading.series, reading.as_of)


def in_order(text: str, words: tuple[str, ...] = WORDS) -> None:
    """Each of the words stands after the one before it."""
    at = 0
    for word in words:
        found = text.find(word, at)
        assert found >= 0, f"{word!r} is missing after {text[max(0, at - 60) : at]!r}"
        at = found + len(word)


def bare(html: str) -> str:
    return re.sub(
        r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", re.sub(r"</?(?:p|li|td|th|h\d|br|pre|div)\b[^>]*>", " ", html)))
    )


def test_check_names_what_github_would_hide_and_nothing_else() -> None:
    reading, _ = made()
    assert sorted({problem.code for problem in reading.problems}) == ["bare-link", "stray-tag"]


def test_a_page_shows_every_word_and_each_link_leads_on() -> None:
    _, public = made()
    page = next(page for page in pages.render(public, ()) if page.path == f"cases/{SLUG}/index.md").text
    in_order(bare(page))
    assert '<ol start="3">' in page
    for address in ("https://example.org/rules", f"../../cases/{OTHER}/", "../../experts/", "https://example.org/bare"):
        assert f'<a href="{address}"' in page
    names = set(re.findall(r'\bid="([^"]+)"', page))
    assert {name for name in re.findall(r'href="#([^"]+)"', page) if name} <= names
    assert "2026-12-next" not in page


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "feed.json"])
def test_a_feed_shows_every_word_and_each_address_is_full(name: str) -> None:
    _, public = made()
    content = next(file.content for file in feeds.render(public, ()) if file.path == name).decode()
    told = content.replace('\\"', '"').replace("\\n", "\n") if name.endswith("json") else unescape(content)
    opened = told[told.index("The tea room") :]
    in_order(bare(opened))
    assert f'href="https://example.org/small/cases/{OTHER}/"' in opened
    assert f'href="https://example.org/small/cases/{SLUG}/#question-the-bus"' in opened
    assert "2026-12-next" not in content


def test_a_book_shows_every_word_and_each_link_leads_on() -> None:
    reading, public = made()
    pictures = dict.fromkeys(
        (f"cases/{SLUG}/lamp.svg", f"cases/{OTHER}/lamp.svg"), b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    )
    books = {file.path: file.content for file in epub.render(public, lambda path: pictures[path])}
    archive = ZipFile(BytesIO(books[f"packs/{SLUG}.epub"]))
    story = next(name for name in archive.namelist() if name.endswith(f"{SLUG}/story.xhtml"))
    page = archive.read(story).decode()
    assert reading.series
    in_order(bare(page))
    root = ET.fromstring(page)  # noqa: S314 - our own file
    links = [link.get("href", "") for link in root.iter("{http://www.w3.org/1999/xhtml}a")]
    assert f"https://example.org/small/cases/{OTHER}/" in links
    assert any(link.endswith("questions.xhtml#question-the-bus") for link in links)
    names = {element.get("id") for element in root.iter()}
    assert {link[1:] for link in links if link.startswith("#")} <= names
    assert b"2026-12-next" not in b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("edition", ["handout", "case", "slides"])
def test_a_pack_shows_every_word_and_its_notes(edition: str) -> None:
    reading, public = made()
    job = next(
        job for job in views.jobs(public) if (job.subject, job.edition) == (SLUG, edition) and job.paper in {"a4", ""}
    )
    pictures = dict.fromkeys(job.pictures, b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    read = pypdf.PdfReader(BytesIO(printed(job, pictures)))
    text = pdf_text(read)
    assert reading.series
    in_order(text, tuple(word for word in WORDS if word not in {"The tea room", "https://example.org/bare"}))
    assert {"3.", "4."} <= set(text.split())
    assert "2026-12-next" not in text
