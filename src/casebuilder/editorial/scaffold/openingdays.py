"""When a new case opens, and which number it has, going by the cases that are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from casebuilder.editorial.scaffold.filling import ScaffoldError
from casebuilder.model import Cadence, Kind, Moment, instant
from casebuilder.text import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from casebuilder.model.series import Series

WEEK = timedelta(days=7)
#: How long a discussion lasts if nothing else is said (see `casebuilder.model.window`).
LASTS = {Kind.CASE: WEEK, Kind.JOURNAL_CLUB: timedelta(days=2)}
FRIDAY = 4
#: The last week of a month that always has every weekday.
_FOURTH = 4
_A_YEAR = 366
#: The day of a case whose date could not be read.
_NO_DAY = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Opening:
    """When a new case opens.

    Attributes:
        at: the day, or the day and time, as case.yml has it.
        day: the day, in the zone in which it was chosen.
        planned: the day before it was moved because of holidays.
    """

    at: date
    day: date
    planned: date


@dataclass(frozen=True, slots=True)
class Gap:
    """A day, in the series' zone, on which its cadence lets a case of a kind open, in a month that has none yet."""

    day: date
    kind: Kind


def moment(text: str) -> date:
    """Return a day or a time from the command line.

    Raises:
        ScaffoldError: it is neither.
    """
    try:
        return TypeAdapter[date](Moment).validate_python(printable(text.strip()))
    except ValidationError as error:
        detail = error.errors()[0]
        raise ScaffoldError("--opens", f"{detail['msg']}; {detail['ctx']['hint']}") from None


def day_in(series: Series, opening: date) -> date:
    """Return the day on which something opens, in the series' zone."""
    return instant(opening, series.zone).astimezone(series.zone).date()


def latest(series: Series, kind: Kind | None = None) -> tuple[date, str] | None:
    """Return the day of the last opening that is planned, and the slug of that case.

    Kinds with cadences of their own are planned apart: if one is named, only cases of that kind count.
    """
    are_counted_together = kind is None or _is_shared(series, kind)
    planned_cases = (
        case for case in series.cases if case.opens != _NO_DAY and (are_counted_together or case.kind is kind)
    )
    return max(((day_in(series, case.opens), case.slug) for case in planned_cases), default=None)


def _is_shared(series: Series, kind: Kind) -> bool:
    """Return whether cases of every kind have the cadence of this one."""
    cadences = series.settings.cadence
    return kind not in cadences or len(set(cadences.values())) == 1


def next_opening(series: Series, kind: Kind, today: date) -> Opening:
    """Return the opening of the next case of a kind: in the first month after this one that has none yet.

    It is on the day that the setting `cadence` gives; without it, on the weekday and in the week of the latest case,
    and a series without cases opens on first Fridays. If that day is a holiday, it is the next day that is not.

    Raises:
        ScaffoldError: every day of a year is a holiday.
    """
    cadence = series.settings.cadence.get(kind) or _cadence_of_latest(series)
    busy_days = _busy_days(series, kind, cadence)
    month = _next_month(today)
    while True:
        planned_day = cadence.day(month)
        day = after_holidays(series, planned_day)
        if _is_free(month, day, busy_days):
            return Opening(_with_clock(series, cadence, day), day, planned_day)
        month = _next_month(month)


def gaps(series: Series, today: date, until: date) -> Iterator[Gap]:
    """Yield the days after today on which the setting `cadence` lets a case open, and none is planned for that month.

    Raises:
        ScaffoldError: every day of a year is a holiday.
    """
    cadences = dict(series.settings.cadence)
    if len(set(cadences.values())) == 1 and len(cadences) == len(Kind):
        cadences = {Kind.CASE: cadences[Kind.CASE]}  # one cadence for every kind gives a month one case
    for kind, cadence in cadences.items():
        busy_days = _busy_days(series, kind, cadence)
        month = today.replace(day=1)
        while month <= until:
            day = after_holidays(series, cadence.day(month))
            if today < day <= until and _is_free(month, day, busy_days):
                yield Gap(day_in(series, _with_clock(series, cadence, day)), kind)
            month = _next_month(month)


def _is_free(month: date, day: date, busy_days: Collection[date]) -> bool:
    """Return whether no case opens in a month, or on the day to which its opening was moved."""
    return day not in busy_days and (month.year, month.month) not in {(each.year, each.month) for each in busy_days}


def _cadence_of_latest(series: Series) -> Cadence:
    """Return the day of the month on which the latest case opens, which need not have a fifth Friday."""
    habit = latest(series)
    return Cadence(min((habit[0].day - 1) // 7 + 1, _FOURTH), habit[0].weekday()) if habit else Cadence(1, FRIDAY)


def _busy_days(series: Series, kind: Kind, cadence: Cadence) -> set[date]:
    """Return the days of the openings in whose months no other case is planned.

    Kinds with different cadences do not take each other's months. Each day is that of the cadence's time zone:
    a journal club of 1 June in Sydney opens on 31 May in Dublin.
    """
    shared = _is_shared(series, kind)
    zone = ZoneInfo(cadence.zone) if cadence.zone else series.zone
    openings = (case.opens for case in series.cases if shared or case.kind is kind)
    return {instant(opening, series.zone).astimezone(zone).date() for opening in openings}


def _with_clock(series: Series, cadence: Cadence, day: date) -> date:
    """Return a day, with the cadence's time; in the series' own zone a time needs no offset."""
    if cadence.clock is None:
        return day
    foreign = cadence.zone and cadence.zone != series.settings.timezone
    return datetime.combine(day, cadence.clock, ZoneInfo(cadence.zone) if foreign else None)


def is_holiday(series: Series, day: date) -> bool:
    """Return whether a day is in the series' list of holidays."""
    return any(holiday.includes(day) for holiday in series.settings.holidays)


def after_holidays(series: Series, day: date) -> date:
    """Return a day, or the next one that is not a holiday of the series.

    Raises:
        ScaffoldError: every day of a year is a holiday.
    """
    for days in range(_A_YEAR):
        if not is_holiday(series, moved_day := day + timedelta(days=days)):
            return moved_day
    raise ScaffoldError("--opens", 'every day of a year is in the setting "holidays" of mkdocs.yml; shorten that list')


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def next_episode(series: Series) -> tuple[int | None, int | None]:
    """Return the season and number that follow on the last; none if the series does not count its cases."""
    numbered = [
        (case.season, case.episode) for case in series.cases if case.season is not None and case.episode is not None
    ]
    season, episode = max(numbered, default=(None, None))
    return season, None if episode is None else episode + 1


def in_case_file(opening: date) -> str:
    """Return a day or a time as case.yml has it."""
    return opening.isoformat(timespec="minutes") if isinstance(opening, datetime) else opening.isoformat()


def in_words(day: date) -> str:
    """Return a day with its weekday and year, so that a slip is seen: "Friday 27 March 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def in_words_of(series: Series, opening: Opening) -> str:
    """Return an opening in words; a time with an offset is also given in the series' zone."""
    if not isinstance(opening.at, datetime):
        return in_words(opening.day)
    in_words_here = f"{in_words(opening.at.date())} at {opening.at:%H:%M}"
    if opening.at.tzinfo is None:
        return in_words_here
    offset = opening.at.isoformat()[-len("+00:00") :]
    local_moment = opening.at.astimezone(series.zone)
    local = f"{in_words(local_moment.date())} at {local_moment:%H:%M} in {series.settings.timezone}"
    return f"{in_words_here} (UTC{offset}), which is {local}"
