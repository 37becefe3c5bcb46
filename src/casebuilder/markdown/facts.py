"""What rules, readers and `publish` ask of a text: what stands in it, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.markdown.findings import Finding, Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: from 1.
        text: its words, without marks.
        id: the one that its author gave it in `{#id}`, or the one that its words make.
        anchor: the name under which GitHub links to it.
        place: where its line is.
        outermost: whether it stands in no list, quotation or table, so that it can begin a section.
        mark: a name in plain letters that no other heading of the text has, for our own addresses.
        lost: what stands in it that a title cannot show: "a picture", "a citation".
    """

    level: int
    text: str
    id: str
    anchor: str
    place: Place
    outermost: bool
    mark: str
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its alternative text and its file, as they are written.

    Attributes:
        note: the label of the note in which it stands, if it is in one. The same for links and citations.
    """

    alt: str
    file: str
    place: Place
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its words, the address as it is written, and whether the address stands bare in the text."""

    words: str
    address: str
    place: Place
    bare: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation `[@id]`."""

    id: str
    place: Place
    note: str = ""


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """A line `::quote[id]`, and whether it stands in a list or a quotation, where no quote can be placed."""

    id: str
    place: Place
    outermost: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything of a text that has a place, in reading order.

    Attributes:
        noted: of each reference to a note: the label, the line, and the label of the note in which it stands itself.
    """

    headings: tuple[Heading, ...] = ()
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    citations: tuple[Citation, ...] = ()
    quotes: tuple[QuotePlace, ...] = ()
    noted: tuple[tuple[str, int, str], ...] = ()
    findings: tuple[Finding, ...] = field(default=())
