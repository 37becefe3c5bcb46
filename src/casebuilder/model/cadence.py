"""When a series opens its cases: a weekday of each month for each kind of case, and the days on which nothing opens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Annotated, NoReturn, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from casebuilder.model.datetimes import near
from casebuilder.model.terms import Kind
from casebuilder.model.zones import in_database
from casebuilder.text import did_you_mean

_WEEK = timedelta(days=7)
#: The weeks of a month that always have every weekday; 0 is the last.
_WEEKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CADENCE = re.compile(
    r"(?:(?:the|every) )?(?P<week>\w+) (?P<weekday>\w+)(?: of (?:the|each|every) month)?"
    r"(?:,? (?:at )?(?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d)(?: (?P<zone>\S+))?)?",
    re.IGNORECASE | re.ASCII,
)
_FORM = "write it as fourth friday, or first monday 07:00, or first monday 07:00 Australia/Sydney"
_HOLIDAY = re.compile(r"(?P<first>(?:\d{4}-)?\d\d-\d\d)(?: to (?P<last>(?:\d{4}-)?\d\d-\d\d))?", re.ASCII)
_HOLIDAY_FORM = "write it as 2026-12-25, as 12-25 for every year, or as 2026-12-24 to 2027-01-02"
#: The length of a date without its year: 12-25.
_YEARLY = 5
#: A leap year, in which every day of any year exists.
_ANY_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Cadence:
    """A day of each month.

    Attributes:
        week: 1 to 4, or 0 for the last.
        weekday: 0 is Monday.
        clock: the time of day; None for a whole day.
        zone: the time zone of that time; empty for the series' own.
    """

    week: int
    weekday: int
    clock: time | None = None
    zone: str = ""

    def day(self, month: date) -> date:
        """Return its day in the month of a date."""
        first = month.replace(day=1)
        if self.week:
            return first + timedelta(days=(self.weekday - first.weekday()) % 7) + (self.week - 1) * _WEEK
        end = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - self.weekday) % 7)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One or more days in a row on which nothing opens or is released. In a yearly one, only month and day count."""

    first: date
    last: date
    yearly: bool = False

    def includes(self, day: date) -> bool:
        """Return whether a day is one of them."""
        if not self.yearly:
            return self.first <= day <= self.last
        start, at, end = ((each.month, each.day) for each in (self.first, day, self.last))
        return start <= at <= end if start <= end else at >= start or at <= end


def as_cadence(value: object) -> object:
    """Parse a day of each month: "fourth friday", "first monday 07:00 Australia/Sydney"."""
    if isinstance(value, Cadence):
        return value
    match = _CADENCE.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
    week, weekday = (match[name].casefold() if match else "" for name in ("week", "weekday"))
    if not match or week not in _WEEKS or weekday not in _WEEKDAYS:
        _refuse_rhythm(value, "a day of each month", _hint_for_week(week, weekday))
    clock = time.fromisoformat(match["clock"].zfill(len("07:00"))) if match["clock"] else None
    zone = in_database(match["zone"]) if match["zone"] else ""
    return Cadence(_WEEKS[week], _WEEKDAYS.index(weekday), clock, zone)


def _hint_for_week(week: str, weekday: str) -> str:
    """Return a hint; a month need not have a fifth Friday, and one word may be mistyped."""
    if week in {"fifth", "5th"}:
        return f"not every month has five; write last {weekday}" if weekday in _WEEKDAYS else _FORM
    if week not in _WEEKS:
        return did_you_mean(week, [word for word in _WEEKS if word.isalpha()], cutoff=0.7) or _FORM
    return did_you_mean(weekday, _WEEKDAYS, cutoff=0.7) or _FORM


def as_cadence_per_kind(value: object) -> object:
    """Parse the cadence of each kind of case; one alone is that of every kind."""
    return dict.fromkeys(Kind, as_cadence(value)) if isinstance(value, str) else value


def as_holiday(value: object) -> object:
    """Parse one day, a day of every year, or the first and the last day of several."""
    if isinstance(value, Holiday):
        return value
    match = _HOLIDAY.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
    if not match or (match["last"] and len(match["first"]) != len(match["last"])):
        _refuse_rhythm(value, "a holiday", _HOLIDAY_FORM)
    yearly = len(match["first"]) == _YEARLY
    try:
        first, last = (
            near(date.fromisoformat(f"{_ANY_YEAR}-{day}" if yearly else day))
            for day in (match["first"], match["last"] or match["first"])
        )
    except ValueError:
        _refuse_rhythm(value, "a holiday", _HOLIDAY_FORM)
    if last < first and not yearly:
        _refuse_rhythm(value, "a holiday", "write the earlier day first")
    return Holiday(first, last, yearly)


def _refuse_rhythm(value: object, noun: str, hint: str) -> NoReturn:
    raise PydanticCustomError("bad-value", '"{value}" is not {what}', {"value": value, "what": noun, "hint": hint})


_AS_TEXT = {"type": "string"}
CadenceText: TypeAlias = Annotated[Cadence, BeforeValidator(as_cadence), WithJsonSchema(_AS_TEXT)]
HolidayText: TypeAlias = Annotated[Holiday, BeforeValidator(as_holiday), WithJsonSchema(_AS_TEXT)]
#: The cadence of each kind of case.
CadencePerKind: TypeAlias = Annotated[
    Mapping[Kind, CadenceText],
    BeforeValidator(as_cadence_per_kind),
    WithJsonSchema(
        {
            "anyOf": [
                _AS_TEXT,
                {"type": "object", "propertyNames": {"enum": [*Kind]}, "additionalProperties": _AS_TEXT},
            ]
        }
    ),
]
