"""The instant that a series is looked at from, and the state of a case at an instant.

This is the only place that reads the clock.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from casebuilder.model import Moment, State, Status, instant, window

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from casebuilder.model import Case, Series


class NotAMomentError(ValueError):
    """A word that was to choose an instant or a day, and does not."""


def moment(series: Series, chosen: str | None = None) -> datetime:
    """The instant that a build looks from: the one chosen, else the series' own setting, else now.

    Args:
        series: for its time zone and its setting `as_of`.
        chosen: a day or a time, ISO 8601, as `--as-of` or the environment gives it.

    Raises:
        NotAMomentError: `chosen` is not a day or a time.
    """
    if chosen:
        from pydantic import TypeAdapter, ValidationError

        try:
            value = TypeAdapter(Moment).validate_python(chosen)
        except ValidationError as error:
            raise NotAMomentError(error.errors()[0]["msg"]) from None
        return instant(value, series.zone)
    if series.settings.as_of is not None:
        return instant(series.settings.as_of, series.zone)
    return datetime.now(tz=series.zone)


def today(series: Series, chosen: str | None = None) -> date:
    """The day chosen, else the day that it is now in the series' zone, whatever instant the series is built for.

    Raises:
        NotAMomentError: `chosen` is not a day.
    """
    if chosen:
        try:
            return date.fromisoformat(chosen)
        except ValueError:
            raise NotAMomentError(f'"{chosen}" is not a date; write it as 2026-03-27') from None
    return datetime.now(tz=series.zone).date()


def state(case: Case, as_of: datetime, zone: ZoneInfo) -> State:
    """Where a case is in its life at an instant: a pure function of the two."""
    if case.status is Status.WITHDRAWN:
        return State.WITHDRAWN
    if case.status is Status.DRAFT:
        return State.DRAFT
    opens, closes, releases = window(case, zone)
    at = as_of.timestamp()
    if at < opens.timestamp():
        return State.SCHEDULED
    if at < closes.timestamp():
        return State.OPEN
    return State.CURATING if at < releases.timestamp() else State.COMPLETE
