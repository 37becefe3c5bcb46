"""The results of outputs: pages and files, with their place in the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Width and height in pixels of a card: the picture of a link preview, for Open Graph.
CARD_SIZE = (1200, 630)


def card_path(slug: str = "series") -> str:
    """Return the path in the site of a case's card, the picture of its link previews, or of the general one."""
    return f"cards/{slug}.png"


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page that any site generator can build.

    Attributes:
        path: relative to the documentation's root: "cases/2026-03-late-handover/index.md".
        text: front matter, headings in Markdown, sanitised HTML below them.
        facets: filters of the search and of the list of cases, with the page's values of each, separated by spaces:
            {"topic": "feedback handover", "kind": "case"}.
    """

    path: str
    text: str
    facets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """A file that is published unchanged: "feed.xml".

    Attributes:
        path: relative to the site's root.
        content: its bytes, or, if they are too many for memory, the file that contains them.
    """

    path: str
    content: bytes | Path

    def read(self) -> bytes:
        """Return its bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


@dataclass(frozen=True, slots=True)
class Pack:
    """The facts about a rendered pack that pages show.

    Attributes:
        path: relative to the site's root: "packs/2026-03-late-handover-handout-a4.pdf".
        subject: the slug of its case, or the id of its volume or collection.
        edition: handout, guide, case, slides or epub.
        paper: a4 or letter; empty for slides and books.
        pages: the number of pages; 0 for a book, whose pages depend on the reader's device.
        size: in bytes.
    """

    path: str
    subject: str
    edition: str
    paper: str
    pages: int
    size: int
