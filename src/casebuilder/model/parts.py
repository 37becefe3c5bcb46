"""The texts of a case: the parts of its story, its questions, the facilitation notes, and what experts answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from casebuilder.model.base import NOWHERE, Day, Id, Line, OneLine, Origin, Prose, Record


class Part(Record):
    """A part of the story; reveal cards hand out one part after the other. The first part often has no title."""

    title: Line = ""
    body: Prose
    #: Path, line and column of its heading.
    place: tuple[str, int, int] = ("", 1, 1)
    #: The name under which links find its heading on a page; empty if it has none.
    anchor: str = ""


class Question(Record):
    """A question for discussion; `body` is for everyone."""

    id: Id
    title: OneLine
    body: Prose
    #: Path, line and column of its heading.
    place: tuple[str, int, int]


class Note(Record):
    """A section of the facilitation notes. Its id is a question's, or brief, prepare, board or take-home."""

    id: Id
    title: OneLine
    body: Prose
    place: tuple[str, int, int]


class ResponseData(Record):
    """The front matter of an expert response."""

    title: OneLine
    perspective: Line = ""
    #: The day on which the expert agreed to publication; without it the response is not released.
    consent: Day | None = None
    disclosure: Line = ""

    placeholders: ClassVar[Mapping[str, object]] = {"title": "…"}


class Response(ResponseData):
    """What one expert answers."""

    person: Id
    body: Prose
    origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)
