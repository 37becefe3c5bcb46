"""The instant that a build treats as now, and the months and days that commands are given.

This is the only place that reads the clock.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from casebuilder.model import Moment, instant
from casebuilder.model.base import Day
from casebuilder.text import printable

if TYPE_CHECKING:
    from casebuilder.model.series import Series


class NotAMomentError(ValueError):
    """The given value is not a valid date or time."""


def moment(series: Series, given: str | None = None) -> datetime:
    """Return the instant that a build treats as now: the chosen one, else the series' setting, else the clock's.

    It is in the series' time zone, whatever offset it is given with: its date is the day there.

    Args:
        series: for its time zone and its setting `as_of`.
        given: a day or a time, ISO 8601, as `--as-of` or the environment gives it.

    Raises:
        NotAMomentError: `given` is not a day or a time.
    """
    if given:
        return instant(_validated(given, Moment), series.zone).astimezone(series.zone)
    if series.settings.as_of is not None:
        return instant(series.settings.as_of, series.zone).astimezone(series.zone)
    return datetime.now(tz=series.zone)


def today(series: Series, given: str | None = None) -> date:
    """Return the chosen day, else today in the series' time zone, whatever instant the series is built for.

    Raises:
        NotAMomentError: `given` is not a day.
    """
    return day(given) if given else datetime.now(tz=series.zone).date()


def day(given: str) -> date:
    """Return a day that somebody wrote in ISO 8601.

    Raises:
        NotAMomentError: it is not one; the message says which day may be meant.
    """
    try:
        return date.fromisoformat(given)  # of any year: who asks says what is wrong with one that is far away
    except ValueError:
        value: date = _validated(given, Day)
        return value


def _validated(given: str, kind: Any) -> Any:  # noqa: ANN401 - a type of the model, and its value
    """Return what a field of this type would have.

    Raises:
        NotAMomentError: it would be refused.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_python(printable(given))
    except ValidationError as error:
        fault = error.errors()[0]
        hint = fault.get("ctx", {}).get("hint")
        raise NotAMomentError(f"{fault['msg']}; {hint}" if hint else fault["msg"]) from None


def month(series: Series, as_of: datetime, given: str | None = None) -> date:
    """Return the first day of the chosen month, or else of last month.

    Args:
        series: for its time zone.
        as_of: the instant that counts as now.
        given: "2026-03", as a command line gives it.

    Raises:
        NotAMomentError: `given` is not a month, or is in the future.
    """
    current = as_of.astimezone(series.zone).date().replace(day=1)
    if not given:
        return (current - timedelta(days=1)).replace(day=1)
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", given) or given < "0001":
        raise NotAMomentError(f'"{given}" is not a month; write it as 2026-03')
    first = date.fromisoformat(f"{given}-01")
    if first > current:
        raise NotAMomentError(f"{given} has not begun on {as_of:%Y-%m-%d}, the day that counts as today")
    return first
