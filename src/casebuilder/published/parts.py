"""The published parts of a case's texts, without the places at which they stand in the author's files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.model import Prose


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """A part of the story; title and HTML id may be empty."""

    title: str
    body: Prose
    anchor: str


@dataclass(frozen=True, slots=True)
class PublishedQuestion:
    """A question for discussion, with the text below it."""

    id: str
    title: str
    body: Prose


@dataclass(frozen=True, slots=True)
class PublishedNote:
    """A section of the facilitation notes. Its id is a question's, or brief, prepare, board or take-home."""

    id: str
    title: str
    body: Prose


@dataclass(frozen=True, slots=True)
class PublishedSection:
    """A section of the commentary; theme and title are empty for the introduction."""

    theme: str
    title: str
    body: Prose
