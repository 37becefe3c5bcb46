"""What outputs hand to the build: pages and files, with their place in the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Width and height in pixels of the picture that is shown beside a link: what Open Graph's readers draw large.
CARD_SIZE = (1200, 630)


def card_path(slug: str = "series") -> str:
    """The place in the site of a case's card, or of the one for everything else."""
    return f"cards/{slug}.png"


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page, which any engine can take.

    Attributes:
        path: its place below the documentation's root: "cases/2026-03-late-handover/index.md".
        text: front matter, headings in Markdown, sanitised HTML below them.
        facets: by what a search narrows its results, and the page's values of each, parted by spaces; the list of
            cases and the search have the same: {"topic": "feedback handover", "kind": "case"}.
    """

    path: str
    text: str
    facets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """A file that is published as it is: "feed.xml".

    Attributes:
        path: its place in the site.
        content: its bytes, or the file that holds them, for those too large to be kept in memory.
    """

    path: str
    content: bytes | Path

    def read(self) -> bytes:
        """Its bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was rendered, as the pages that link to it describe it.

    Attributes:
        path: its place in the site: "packs/2026-03-late-handover-handout-a4.pdf".
        subject: the slug of its case, or the id of its volume or collection.
        edition: handout, guide, case, slides or epub.
        paper: a4 or letter; nothing for slides and for a book.
        pages: how many pages it has; none are counted in a book, which the reader's device breaks.
        size: in bytes.
    """

    path: str
    subject: str
    edition: str
    paper: str
    pages: int
    size: int
