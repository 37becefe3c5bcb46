"""The facts about a text for rules, readers and `publish`: its parts and their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.markdown.parserproblems import Finding, Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: from 1.
        text: its words, without marks.
        id: the author's `{#id}`, or one made from its words.
        anchor: the id that GitHub gives it.
        place: its line and column.
        outermost: whether it is outside lists, quotations and tables, so that it can begin a section.
        mark: a unique name in plain letters within the text, for our own addresses.
        lost: a part that a title cannot show: "a picture", "a citation".
        lines: how many lines it has, the one that underlines it included.
    """

    level: int
    text: str
    id: str
    anchor: str
    place: Place
    outermost: bool
    mark: str
    lost: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its alternative text and its file, in the author's spelling.

    Attributes:
        note: the label of the footnote that contains it; may be empty. The same for links and citations.
    """

    alt: str
    file: str
    place: Place
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its words, the author's address, and whether it is a bare address."""

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
    """A line `::quote[id]`, and whether it is in a list or a quotation, where no quote can be placed."""

    id: str
    place: Place
    outermost: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """All parts of a text with a place, in reading order.

    Attributes:
        noted: for each reference to a footnote: its label, the line, and the label of the footnote that contains it.
    """

    headings: tuple[Heading, ...] = ()
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    citations: tuple[Citation, ...] = ()
    quotes: tuple[QuotePlace, ...] = ()
    noted: tuple[tuple[str, int, str], ...] = ()
    findings: tuple[Finding, ...] = field(default=())
