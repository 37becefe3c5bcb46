"""A book written as EPUB 3: the package document, the contents, the cover, and everything in its place."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder.outputs.epub import archive, cover
from casebuilder.outputs.epub.book import Chapter, Entry
from casebuilder.outputs.epub.languagemarks import LanguageMarker
from casebuilder.outputs.epub.xhtml import Place, legal, page
from casebuilder.published import doi_address
from casebuilder.wording import direction, spoken
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.outputs.epub.book import Book
    from casebuilder.published import PublishedSeries

_XHTML = "application/xhtml+xml"
#: The accessibility features of every book (Schema.org Accessibility Properties for Discoverability).
_FEATURES = ("displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents")


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the manifest."""

    path: str
    media_type: str
    content: bytes
    properties: str = ""

    @property
    def id(self) -> str:
        """Its name in the package document, which must not begin with a digit."""
        return "item-" + re.sub(r"[^A-Za-z0-9]+", "-", self.path)


def build(book: Book, series: PublishedSeries) -> bytes:
    """Return a book as the bytes of its file.

    Args:
        book: the book.
        series: what it belongs to.
    """
    chapters = [_cover_page(book), *book.front, _contents_page(book, series), *book.chapters]
    items = [
        *(Item(chapter.path, _XHTML, chapter.content, _manifest_property(chapter)) for chapter in chapters),
        Item("cover.svg", "image/svg+xml", cover.svg(book), "cover-image"),
        Item("style.css", "text/css", _render_plain("style.css")),
        *(Item(picture.path, picture.media_type, picture.content) for picture in book.illustrations),
    ]
    members = {f"EPUB/{item.path}": item.content for item in items}
    members["EPUB/package.opf"] = _write_package(book, series, items, [item.id for item in items[: len(chapters)]])
    members["META-INF/container.xml"] = _render_plain("container.xml").rstrip()
    return archive.build_zip(members, book.modified)


def identifier(series: PublishedSeries, name: str) -> str:
    """Return the identifier of a book: the same from edition to edition, another in each series."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{series.id_base or series.name}{name}").urn


def _render_plain(name: str) -> bytes:
    return (files("casebuilder.outputs.epub") / "templates" / name).read_bytes()


def _manifest_property(chapter: Chapter) -> str:
    return "nav" if chapter.landmark == "toc" else ""


def _cover_page(book: Book) -> Chapter:
    content = page("cover", Place("cover.xhtml"), book.language, book=book, alt=cover.alt(book))
    return Chapter(Entry("Cover", "cover.xhtml"), content, "cover")


def _contents_page(book: Book, series: PublishedSeries) -> Chapter:
    """Return the table of contents, for the reading system's menu and as a page."""
    marker = LanguageMarker(book.language, series.zone)
    values = {"book": book, "marker": marker, "landmarks": list(_landmarks(book, marker))}
    content = page("contents", Place("contents.xhtml"), book.language, **values)
    return Chapter(Entry("Contents", "contents.xhtml"), content, "toc")


def _landmarks(book: Book, marker: LanguageMarker) -> Iterator[tuple[str, Entry]]:
    """Yield the places to go to, one of each kind."""
    yield "cover", Entry(marker.mark(marker.translator.gettext("Cover")), "cover.xhtml")
    yield "toc", Entry(marker.mark(marker.translator.gettext("Contents")), "contents.xhtml")
    listed_landmarks = {""}
    for chapter in (*book.front, *book.chapters):
        if chapter.landmark not in listed_landmarks:
            listed_landmarks.add(chapter.landmark)
            yield chapter.landmark, chapter.entry


def _write_package(book: Book, series: PublishedSeries, items: list[Item], spine: list[str]) -> bytes:
    pictures = ("alternativeText",) if book.illustrations else ()
    index = ("index",) if any(chapter.landmark == "index" for chapter in book.chapters) else ()
    metadata = (
        environment("outputs.epub")
        .get_template("package.opf.j2")
        .render(
            book=book,
            series=series,
            direction=direction(book.language),
            identifier=identifier(series, book.id),
            licence=book.licence,
            doi_address=doi_address,
            modified=book.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            features=sorted((*_FEATURES, *pictures, *index)),
            summary=LanguageMarker(book.language, series.zone).accessibility(pictures=bool(book.illustrations)),
            summary_language=spoken(book.language),
            manifest=items,
            spine=spine,
        )
    )
    return legal(metadata).encode()
