"""The figures of a series over its released cases: in the form in which the papers on such series report them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from casebuilder.model.counting import of_visitors, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from casebuilder.model import Breakdown, Figures, Metric, Spread
    from casebuilder.model.counting import Together
    from casebuilder.published.case import PublishedCase

_WEEK = 7 * 24
#: What Chan et al. report of the first week of a case (Acad Med 2015;90:785-789), in their order.
WEEKLY = ("page-views", "visitors", "cities", "countries", "comments", "posts")
_PLACES = frozenset(("countries", "continents"))
#: What Thangasamy et al. report of each month of a journal club (Eur Urol 2014;66:112-117), in their order.
MONTHLY = ("participants", "new-participants", "posts", "countries", "continents")


class HasFigures(Protocol):
    """A case with what was counted and what was typed."""

    @property
    def is_paper(self) -> bool:
        """Whether it is a journal club."""

    @property
    def figures(self) -> Figures | None:
        """What was counted."""

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What was typed."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One figure over several cases.

    Attributes:
        name: what was counted: "page-views".
        spread: median and quartiles.
        cases: how many cases have the figure.
    """

    name: str
    spread: Spread
    cases: int


@dataclass(frozen=True, slots=True)
class Season:
    """The summaries of the cases of one season."""

    number: int
    cases: int
    summaries: tuple[Summary, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a series.

    Attributes:
        rounds: the released cases with counted or typed figures, from the first.
        summaries: over all rounds, of their first seven days.
        seasons: the same per season, if there are several.
        contributions: in all; None if they are hidden, or not known, for one round.
        by_continent: how many countries there are on each continent.
        participants, countries, continents: in all, each counted once; None where they are hidden or not known.
        clubs_in_all: what is known of all journal clubs together, by the names of MONTHLY.
    """

    rounds: tuple[PublishedCase, ...]
    summaries: tuple[Summary, ...]
    seasons: tuple[Season, ...]
    contributions: int | None
    participants: int | None
    countries: int | None
    continents: int | None
    by_continent: Breakdown
    clubs_in_all: Mapping[str, float]

    @property
    def clubs(self) -> tuple[PublishedCase, ...]:
        """The journal clubs among the rounds."""
        return tuple(case for case in self.rounds if case.is_paper)


def of_cases(cases: Iterable[PublishedCase], counted_together: Together, of_clubs: Together) -> Statistics:
    """Return the figures of the released cases of a series.

    Args:
        cases: newest first.
        counted_together: what was counted over all records.
        of_clubs: what was counted over those of the journal clubs.
    """
    rounds = tuple(case for case in reversed([*cases]) if case.figures or case.metrics)
    numbers = sorted({case.season for case in rounds if case.season is not None})
    seasons = (
        (number, [case for case in rounds if case.season == number]) for number in (numbers if len(numbers) > 1 else ())
    )
    counts = [case.figures.contributions if case.figures else None for case in rounds]
    known_counts = [count for count in counts if count is not None]
    clubs = [case for case in rounds if case.is_paper]
    counted_clubs = known_together(of_clubs) if all(case.figures for case in clubs) else {}
    return Statistics(
        rounds,
        summaries(map(first_week, rounds)),
        tuple(
            Season(number, len(cases_of_season), summaries(map(first_week, cases_of_season)))
            for number, cases_of_season in seasons
        ),
        contributions=sum(known_counts) if known_counts and len(known_counts) == len(counts) else None,
        participants=counted_together.participants,
        countries=counted_together.countries,
        continents=counted_together.continents,
        by_continent=counted_together.by_continent,
        clubs_in_all=summed([month(case) for case in clubs], is_typed=not any(case.figures for case in clubs))
        | counted_clubs,
    )


def summaries(weeks: Iterable[Mapping[str, float]], names: Sequence[str] = WEEKLY) -> tuple[Summary, ...]:
    """Return median and quartiles of each figure over the cases that have it."""
    all_weeks = [*weeks]
    results = []
    for name in names:
        values = [week[name] for week in all_weeks if name in week]
        if values and (quartiles := spread(values)):
            results.append(Summary(name, quartiles, len(values)))
    return tuple(results)


def first_week(case: HasFigures) -> dict[str, float]:
    """Return the figures of a case's first seven days, or of a shorter window that a journal club has.

    The record goes first.

    Of one figure that was typed several times, that of the longest window, and of that the one collected last.
    """
    metrics = [metric for metric in case.metrics if metric.value is not None and metric.hours <= _WEEK]
    if not case.is_paper:
        metrics = [metric for metric in metrics if metric.hours == _WEEK]
    metrics.sort(key=lambda metric: (metric.hours, metric.collected))
    typed_values = {metric.name: metric.value for metric in metrics if metric.value is not None}
    counted_values = (
        {"comments": case.figures.first_comments, "posts": case.figures.first_posts} if case.figures else {}
    )
    return typed_values | {name: value for name, value in counted_values.items() if value is not None}


def week_is_over(opens: datetime, as_of: datetime) -> bool:
    """Return whether the first seven days are over."""
    return as_of.timestamp() >= opens.timestamp() + _WEEK * 3600


def summed(months: Sequence[Mapping[str, float]], *, is_typed: bool) -> dict[str, float]:
    """Return what adds up over months: posts and new participants.

    Args:
        months: each with its figures.
        is_typed: whether nothing of them was counted. Then there were as many participants as new ones, if all of the
            first month are new. With a record these are counted, or hidden; and some may have come from a case.
    """
    sums = {}
    for name in ("posts", "new-participants"):
        values = [values[name] for values in months if name in values]
        if months and len(values) == len(months):
            sums[name] = sum(values)
    if is_typed and "new-participants" in sums and months[0].get("participants") == months[0]["new-participants"]:
        sums["participants"] = sums["new-participants"]
    return sums


def known_together(together: Together) -> dict[str, float]:
    """Return what was counted over several months, each person, country and continent once, by the names of MONTHLY."""
    values = {
        "participants": together.participants,
        "countries": together.countries,
        "continents": together.continents,
    }
    return {name: value for name, value in values.items() if value is not None}


def month(case: HasFigures) -> dict[str, float]:
    """Return the figures of one round of a journal club, by the names of MONTHLY.

    The record goes before what was typed; what it hides, nothing typed gives away. Countries of the page's visitors are
    no participants' countries. Of one figure that was typed several times, that of the longest window, and of that the
    one collected last.
    """
    metrics = [metric for metric in case.metrics if not (metric.name in _PLACES and of_visitors(metric, case.metrics))]
    metrics.sort(key=lambda metric: (metric.hours, metric.collected))
    typed_values = {
        metric.name: metric.value for metric in metrics if metric.value is not None and metric.name in MONTHLY
    }
    if figures := case.figures:
        hidden = _PLACES if figures.rounds_unknown else _PLACES | {"new-participants"}
        typed_values = {name: value for name, value in typed_values.items() if name not in hidden}
        newcomers = (
            figures.rounds.cells.get("new", 0) if figures.rounds.cells and figures.rounds.other is None else None
        )
        counted_values = {
            "participants": figures.participants,
            "new-participants": newcomers,
            "posts": figures.contributions,
            "countries": figures.country_count,
            "continents": figures.continent_count,
        }
        typed_values |= {name: value for name, value in counted_values.items() if value is not None}
    return typed_values
