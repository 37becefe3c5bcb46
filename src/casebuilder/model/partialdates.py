"""The date of a publication. Sometimes only the month or the year is known."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from casebuilder.model.datetimes import month_alone, put_right

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)
#: No printed paper is older, as for the year of a reference.
_YEARS = range(1500, 2201)
_PATTERN = r"^\d{4}(-\d\d(-\d\d)?)?$"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year.

    Attributes:
        year: the year.
        month: 1 to 12; None if only the year is known.
        day: the day of the month; None if only the month, or the year, is known.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Return a whole date."""
        return cls(day.year, day.month, day.day)

    @property
    def parts(self) -> tuple[int, ...]:
        """The known parts: (2014, 7)."""
        return tuple(part for part in (self.year, self.month, self.day) if part is not None)

    @property
    def first(self) -> date:
        """The first day that it can mean."""
        return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    def __str__(self) -> str:
        """Return it in ISO 8601: "2014", "2014-07", "2014-07-01"."""
        return "-".join(f"{part:02d}" for part in self.parts)


def as_partial_date(value: object) -> object:
    """Parse a day, a month or a year, ISO 8601."""
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate.of(value)
    text = str(value) if isinstance(value, str | int) else ""
    if (match := _FORM.fullmatch(text)) and int(match["year"]) in _YEARS:
        partial = PartialDate(*(int(part) for part in match.groups() if part))
        with suppress(ValueError):
            return PartialDate(*partial.first.timetuple()[: len(partial.parts)])  # `first` refuses what no calendar has
    month = month_alone(text)
    hint = put_right(text, timed=False) if month is None else ""
    if month and month != text:
        hint = f"did you mean {month}?"
    example = "write it as 2026-03-27, or as 2026-03 if only the month is known"
    context = {"value": value, "what": "a date", "hint": hint or example}
    raise PydanticCustomError("bad-date", '"{value}" is not {what}', context)


#: When a work was published: a day, a month or a year.
Published: TypeAlias = Annotated[
    PartialDate,
    BeforeValidator(as_partial_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": _PATTERN},
                {"type": "integer", "minimum": _YEARS[0], "maximum": _YEARS[-1]},
            ]
        }
    ),
]
