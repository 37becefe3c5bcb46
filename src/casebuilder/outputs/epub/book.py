"""A book before it is written as EPUB: its chapters, pictures and metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from casebuilder.published import PublishedLicence


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, and the lines under it.

    Attributes:
        title: its words; Markup where they are not in the book's language.
        address: below the book's folder, with a fragment if it leads into a chapter.
        under: the lines under it.
    """

    title: str
    address: str
    under: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of a book.

    Attributes:
        entry: its line in the contents; the address is the document's path below the book's folder.
        content: the XHTML.
        landmark: what it is, in the EPUB Structural Semantics Vocabulary, if a reading system should offer to go there.
    """

    entry: Entry
    content: bytes
    landmark: str = ""

    @property
    def path(self) -> str:
        """Its path below the book's folder."""
        return self.entry.address


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture as the book holds it.

    Attributes:
        source: its path below the series' root.
        path: its path below the book's folder.
        media_type: read off its first bytes, since an ending can be wrong.
        content: its bytes.
    """

    source: str
    path: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who made the book.

    Attributes:
        name: as they write it.
        relator: what they did: a code of the MARC list of relators.
        file_as: the name for lists in alphabetical order: "Lafrenière, Marie".
    """

    name: str
    relator: str
    file_as: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The texts of the cover.

    Attributes:
        kicker: the line over the title.
        title: set as large as it fits.
        lines: the lines below the title: the writers, or the titles of the cases.
        footer: the line at the foot.
    """

    kicker: str
    title: str
    lines: tuple[str, ...]
    footer: str


@dataclass(frozen=True, slots=True)
class Book:
    """Everything about a book.

    Attributes:
        id: its name in addresses; with the series' address it makes the book's identifier.
        title: for people.
        language: BCP 47.
        description: a few sentences; may be empty.
        creators: those who wrote it.
        contributors: everybody else.
        subjects: topics.
        licence: the strictest of what is inside.
        published: the day that its citation gives.
        modified: the moment of the last recorded change; never that of the build.
        doi: may be empty.
        position: its number in the series, "2.3"; may be empty.
        cover: the texts of its cover.
        front: the chapters before the contents.
        chapters: all others, in reading order.
        contents: the lines of the contents, in the same order.
        illustrations: its pictures.
    """

    id: str
    title: str
    language: str
    description: str
    creators: tuple[Contributor, ...]
    contributors: tuple[Contributor, ...]
    subjects: tuple[str, ...]
    licence: PublishedLicence
    published: date
    modified: datetime
    doi: str
    position: str
    cover: Cover
    front: tuple[Chapter, ...]
    chapters: tuple[Chapter, ...]
    contents: tuple[Entry, ...]
    illustrations: tuple[Illustration, ...]
