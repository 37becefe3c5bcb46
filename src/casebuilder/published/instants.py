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


def moment(series: Series, chosen: str | None = None) -> datetime:
    """Return the instant that a build treats as now: the chosen one, else the series' setting, else the clock's.

    It is in the series' time zone, whatever offset it is given with: its date is the day there.

    Args:
        series: for its time zone and its setting `as_of`.
        chosen: a day or a time, ISO 8601, as `--as-of` or the environment gives it.

    Raises:
        NotAMomentError: `chosen` is not a day or a time.
    """
    if chosen:
        from pydantic import TypeAdapter, ValidationError

        try:
            value = TypeAdapter(Moment).validate_python(printable(chosen))
        except ValidationError as error:
            fault = error.errors()[0]
            hint = fault.get("ctx", {}).get("hint")
            raise NotAMomentError(f"{fault['msg']}; {hint}" if hint else fault["msg"]) from None
        return instant(value, series.zone).astimezone(series.zone)
    if series.settings.as_of is not None:
        return instant(series.settings.as_of, series.zone).astimezone(series.zone)
    return datetime.now(tz=series.zone)


def today(series: Series, chosen: str | None = None) -> date:
    """Return the chosen day, else today in the series' time zone, whatever instant the series is built for.

    Raises:
        NotAMomentError: `chosen` is not a day.
    """
    if chosen:
        try:
            return date.fromisoformat(chosen)
        except ValueError:
            raise NotAMomentError(f'"{chosen}" is not a date; write it as 2026-03-27') from None
    return datetime.now(tz=series.zone).date()


def month(series: Series, as_of: datetime, chosen: str | None = None) -> date:
    """Return the first day of the chosen month, or else of last month.

    Args:
        series: for its time zone.
        as_of: the instant that counts as now.
        chosen: "2026-03", as a command line gives it.

    Raises:
        NotAMomentError: `chosen` is not a month, or is in the future.
    """
    current = as_of.astimezone(series.zone).date().replace(day=1)
    if not chosen:
        return (current - timedelta(days=1)).replace(day=1)
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", chosen) or chosen < "0001":
        raise NotAMomentError(f'"{chosen}" is not a month; write it as 2026-03')
    first = date.fromisoformat(f"{chosen}-01")
    if first > current:
        raise NotAMomentError(f"{chosen} has not begun on {as_of:%Y-%m-%d}, the day that counts as today")
    return first
