"""The instant that a build treats as now, and the months and days that commands are given.

This is the only place that reads the clock.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from casebuilder.model import Moment, instant
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
        from pydantic import TypeAdapter, ValidationError

        try:
            value = TypeAdapter(Moment).validate_python(printable(given))
        except ValidationError as error:
            fault = error.errors()[0]
            hint = fault.get("ctx", {}).get("hint")
            raise NotAMomentError(f"{fault['msg']}; {hint}" if hint else fault["msg"]) from None
        return instant(value, series.zone).astimezone(series.zone)
    if series.settings.as_of is not None:
        return instant(series.settings.as_of, series.zone).astimezone(series.zone)
    return datetime.now(tz=series.zone)


def today(series: Series, given: str | None = None) -> date:
    """Return the chosen day, else today in the series' time zone, whatever instant the series is built for.

    Raises:
        NotAMomentError: `given` is not a day.
    """
    if given:
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise NotAMomentError(f'"{given}" is not a date; write it as 2026-03-27') from None
    return datetime.now(tz=series.zone).date()


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
