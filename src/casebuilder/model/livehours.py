"""The course of a round: hours in which people write at the same time, and when the moderator asks each question."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema, create_model
from pydantic_core import PydanticCustomError

from casebuilder.model.base import Id, Line, Record
from casebuilder.model.datetimes import as_moment

#: No live part is longer than a day.
_DAY = 24 * 60


def _with_clock(value: object) -> object:
    """Parse a day with a time."""
    moment = as_moment(value)
    if isinstance(moment, datetime):
        return moment
    hint = f"write the time too, such as {moment}T20:00"
    context = {"value": str(moment), "what": "a day with a time", "hint": hint}
    raise PydanticCustomError("bad-date", '"{value}" is not {what}', context)


#: A day with a time, in the series' zone unless it has an offset.
ClockMoment: TypeAlias = Annotated[
    datetime,
    BeforeValidator(_with_clock),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*$"}),
]


class _LiveHour(Record):
    """A part of the discussion in which people write at the same time; `with` lists the guests."""

    starts: ClockMoment
    minutes: Annotated[int, Field(ge=1, le=_DAY)] = 60
    #: The type of one of the discussion's channels; without it, all of them.
    channel: Line = ""

    @property
    def guests(self) -> tuple[str, ...]:
        """The ids of the guests."""
        ids: tuple[str, ...] = getattr(self, "with")
        return ids


if TYPE_CHECKING:
    LiveHour = _LiveHour
else:  # no attribute of a class can be called "with", which is what authors write
    LiveHour = create_model("LiveHour", __base__=_LiveHour, __doc__=_LiveHour.__doc__, **{"with": (tuple[Id, ...], ())})


class TimedQuestion(Record):
    """When the moderator asks a question: so many hours and minutes after the opening, or after a live hour begins."""

    question: Id
    hour: Annotated[int, Field(ge=0, le=1000)] = 0
    minute: Annotated[int, Field(ge=0, lt=60)] = 0
    #: The live hour that it is counted from, from 1; without it, from the opening.
    live: Annotated[int, Field(ge=1)] | None = None
