"""The schedule as a calendar on a wall: a page a year, and on it a table for each month in which something happens."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from casebuilder.outputs.site.pages.markdownpage import Block
from casebuilder.wording import message
from casebuilder.wording import promisedanswers as promised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.siteview import SiteView
    from casebuilder.published import PublishedCase

_ROOT = "../../"


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a case on a day, in one word."""

    word: str
    case: PublishedCase


@dataclass(frozen=True, slots=True)
class Day:
    """A field of a month's table; outside the month it has no date."""

    date: date | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its first day, and its weeks of seven days each."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def anchor(self) -> str:
        """Its place on the page of its year."""
        return f"section-{self.first:%Y-%m}"

    @property
    def address(self) -> str:
        """Its address below `schedule/`."""
        return f"{self.first:%Y}/#{self.anchor}"


def render(site: SiteView) -> Iterator[Page]:
    """Yield a page for each year in which a case opens, closes or is released."""
    all_months = months(site)
    years = sorted({month.first.year for month in all_months})
    for year in years:
        months_of_year = [month for month in all_months if month.first.year == year]
        blocks = [Block(site.fill("schedule/year.html", _ROOT, months=months_of_year, years=years, year=year))]
        for month in months_of_year:
            place = all_months.index(month)
            neighbours = {
                "before": all_months[place - 1] if place else None,
                "after": next(iter(all_months[place + 1 :]), None),
            }
            html = site.fill("schedule/month.html", _ROOT, month=month, **neighbours)
            blocks.append(Block(html, site.translator.month(month.first), month.anchor))
        yield site.page(
            f"schedule/{year}/index.md",
            title=site.translator.gettext("Schedule %(year)s", year=year),
            description=site.translator.gettext(
                "What happened in %(series)s in %(year)s, month by month.", series=site.series.name, year=year
            ),
            blocks=blocks,
            above=site.fill("schedule/above.html", _ROOT),
        )


def months(site: SiteView) -> tuple[Month, ...]:
    """Return every month in which something happens, the oldest first."""
    events = _events_by_day(site)
    weekday = site.translator.weekdays[0].number
    firsts = sorted({day.replace(day=1) for day in events})
    return tuple(Month(first, _weeks_of_month(first, weekday, events)) for first in firsts)


def dates(site: SiteView, case: PublishedCase) -> Iterator[tuple[str, date]]:
    """Yield the dates of a case with their labels. A release without answers is left out."""
    yield site.translator.gettext(message("Opened") if case.has_opened else message("Opens")), case.opens
    for hour in case.live:
        yield site.translator.gettext(message("Live hour")), hour.starts
    closes = site.translator.last(case.closes)
    yield site.translator.gettext(message("Closed") if case.has_closed else message("Closes")), closes
    table = promised.PAST_DATE if case.is_complete else promised.DATE
    if label := table.get(case.answers):
        yield site.translator.gettext(label), case.releases


def _events_by_day(site: SiteView) -> Mapping[date, tuple[Event, ...]]:
    """Return the events of each day in the series' zone, in order of time."""
    by_day: dict[date, list[tuple[str, Event]]] = defaultdict(list)
    for case in reversed(site.cases):
        if case.is_withdrawn:
            continue
        for label, moment in dates(site, case):
            local = moment.astimezone(site.series.zone) if isinstance(moment, datetime) else moment
            day = local.date() if isinstance(local, datetime) else local
            by_day[day].append((local.isoformat(), Event(label, case)))
    return {
        day: tuple(event for _, event in sorted(events_of_day, key=lambda row: row[0]))
        for day, events_of_day in by_day.items()
    }


def _weeks_of_month(first: date, weekday: int, events: Mapping[date, tuple[Event, ...]]) -> tuple[tuple[Day, ...], ...]:
    """Return the weeks of a month, each beginning on the same day of the week (0 is Monday)."""
    rows = Calendar(weekday).monthdatescalendar(first.year, first.month)
    return tuple(
        tuple(Day(day, events.get(day, ())) if day.month == first.month else Day(None, ()) for day in row)
        for row in rows
    )
