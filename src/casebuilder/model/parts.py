"""The texts of a case: the parts of its story, its questions, facilitation notes and expert responses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from casebuilder.model.base import Day, Id, Line, OneLine, Record
from casebuilder.model.origins import NOWHERE, Origin, Prose


class Part(Record):
    """A part of the story, for reveal cards. The first part often has no title."""

    title: Line = ""
    body: Prose
    #: Path, line and column of its heading.
    place: tuple[str, int, int] = ("", 1, 1)
    #: The HTML id of its heading; empty if it has none.
    anchor: str = ""


class Question(Record):
    """A question for discussion, with the text below it, for everybody."""

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
    #: The day on which the expert consented to publication; without it the response is not released.
    consent: Day | None = None
    disclosure: Line = ""

    placeholders: ClassVar[Mapping[str, object]] = {"title": "…"}


class Response(ResponseData):
    """An expert response."""

    person: Id
    body: Prose
    origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)
