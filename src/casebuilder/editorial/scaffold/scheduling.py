"""When a new case opens, and which number it has, going by the cases that are there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from casebuilder.editorial.scaffold.texts import ScaffoldError
from casebuilder.model import Kind, Moment, instant

if TYPE_CHECKING:
    from casebuilder.model.series import Series

WEEK = timedelta(days=7)
#: How long a discussion lasts if nothing else is said (see `casebuilder.model.window`).
LASTS = {Kind.CASE: WEEK, Kind.JOURNAL_CLUB: timedelta(days=2)}
FRIDAY = 4
#: The last week of a month, counted from 0, that always has every weekday.
_FOURTH = 3
#: The day of a case whose date could not be read.
_NO_DAY = date(1900, 1, 1)


def moment(given: str) -> date:
    """A day or a time from the command line.

    Raises:
        ScaffoldError: it is neither.
    """
    try:
        return TypeAdapter[date](Moment).validate_python(given.strip())
    except ValidationError as error:
        detail = error.errors()[0]
        raise ScaffoldError("--opens", f"{detail['msg']}; {detail['ctx']['hint']}") from None


def day_in(series: Series, opening: date) -> date:
    """The day on which something opens, in the series' zone."""
    return instant(opening, series.zone).astimezone(series.zone).date()


def latest(series: Series) -> tuple[date, str] | None:
    """The day of the last opening that is planned, and the slug of that case."""
    openings = ((day_in(series, case.opens), case.slug) for case in series.cases if case.opens != _NO_DAY)
    return max(openings, default=None)


def next_opening(series: Series, today: date) -> date:
    """A day of the first month after this one that has no case, on the weekday and in the week of the latest case.

    A series without cases opens on first Fridays.
    """
    days = {day_in(series, case.opens) for case in series.cases}
    taken = {(day.year, day.month) for day in days}
    first = _next_month(today)
    while (first.year, first.month) in taken:
        first = _next_month(first)
    habit = latest(series)
    weekday, week = (habit[0].weekday(), min((habit[0].day - 1) // 7, _FOURTH)) if habit else (FRIDAY, 0)
    return first + timedelta(days=(weekday - first.weekday()) % 7) + week * WEEK


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def next_episode(series: Series) -> tuple[int | None, int | None]:
    """The season and number that follow on the last; none if the series does not count its cases."""
    counted = [
        (case.season, case.episode) for case in series.cases if case.season is not None and case.episode is not None
    ]
    season, episode = max(counted, default=(None, None))
    return season, None if episode is None else episode + 1


def in_case_file(opening: date) -> str:
    """A day or a time as case.yml has it."""
    return opening.isoformat(timespec="minutes") if isinstance(opening, datetime) else opening.isoformat()


def in_words(day: date) -> str:
    """A day with its weekday and year, so that a slip is seen: "Friday 27 March 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"
