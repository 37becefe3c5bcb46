"""The rounds of a series, counted in the order in which they opened, each contribution once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown, Kind, Status, window
from casebuilder.model.counting.counts import Round, count, counted
from casebuilder.model.counting.regions import CONTINENT, CONTINENTS
from casebuilder.model.counting.suppression import shown_total

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from collections.abc import Set as AbstractSet

    from casebuilder.model import Contribution, Figures
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


@dataclass(frozen=True, slots=True)
class Together:
    """The rounds of a series as one, each person, country and continent counted once; None where it must be hidden."""

    participants: int | None
    countries: int | None
    continents: int | None
    #: How many countries there are on each continent from which enough people took part.
    by_continent: Breakdown


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in the records of a series.

    Attributes:
        rounds: each round by its case's slug, the first round first.
        together: all rounds.
        clubs: all journal clubs.
    """

    rounds: Mapping[str, Figures]
    together: Together
    clubs: Together


def of_series(series: Series, among: Collection[str] | None = None) -> Counted:
    """Return the figures of each discussion whose record is here.

    New is who is in no earlier record of the series. Whoever took back what they said there is not new: else the
    figures of a later round would change with the withdrawal, and show that they came back. A withdrawn case is not
    counted. Two records that were made with different keys cannot be
    compared: from the second key on, nobody is called new or returning; nor after a round whose record is not here.

    Args:
        series: with everything in it.
        among: the slugs of the cases whose figures are wanted; those of all cases if it is not given.
    """
    figures_by_slug: dict[str, Figures] = {}
    earlier: set[str] = set()
    keys: set[str] = set()
    elsewhere = False
    by_kind: dict[Kind, list[Contribution]] = {kind: [] for kind in Kind}
    gone_by_kind: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    opened = sorted(series.cases, key=lambda case: (window(case, series.zone)[0].timestamp(), case.slug))
    for case in opened:
        elsewhere |= _is_elsewhere(case)
        if not case.contributions or case.status is Status.DRAFT:
            continue
        own = counted(case.contributions)
        keys |= {item.key_id for item in own}
        everybody = {item.author_key for item in case.contributions if not item.spam}
        if case.status is not Status.WITHDRAWN and (among is None or case.slug in among):
            figures = count(
                Round(
                    case.contributions,
                    window(case, series.zone)[0],
                    has_paper=case.kind is Kind.JOURNAL_CLUB,
                    earlier=None if elsewhere or len(keys) > 1 else earlier,
                    unknown="record-elsewhere" if elsewhere else "another-key",
                    small=series.settings.small_count,
                )
            )
            figures_by_slug[case.slug] = _with_known_rounds(figures, case.figures) if elsewhere else figures
            by_kind[case.kind] += own
            gone_by_kind[case.kind] |= everybody - earlier - {item.author_key for item in own}
        earlier |= everybody
    shown = [case for case in opened if case.status is not Status.WITHDRAWN]
    wanted = [case for case in shown if among is None or case.slug in among]
    papers = [case for case in wanted if case.kind is Kind.JOURNAL_CLUB]
    every, small = [item for own in by_kind.values() for item in own], series.settings.small_count
    return Counted(
        figures_by_slug,
        _together(wanted, figures_by_slug, every, small, set().union(*gone_by_kind.values())),
        _together(papers, figures_by_slug, by_kind[Kind.JOURNAL_CLUB], small, gone_by_kind[Kind.JOURNAL_CLUB]),
    )


def _is_elsewhere(case: Case) -> bool:
    """Return whether a case has a record that is not here: its figures, or digests for its quotes, were made of it."""
    return not case.contributions and (case.figures is not None or any(quote.source.digest for quote in case.quotes))


def _with_known_rounds(here: Figures, written: Figures | None) -> Figures:
    """Return the figures with the new and returning participants that were counted where every record is.

    Args:
        here: counted without the record of an earlier round.
        written: those of `figures.yml`. They hold as long as the same number of people took part.
    """
    if written is None or written.rounds_unknown or written.participants != here.participants:
        return here
    return here.model_copy(update={"rounds": written.rounds, "rounds_unknown": ""})


def _together(
    cases: Collection[Case],
    counted: Mapping[str, Figures],
    contributions: Collection[Contribution],
    small: int,
    gone: AbstractSet[str],
) -> Together:
    """Return some cases counted as one, each person in the round in which they were new.

    So whoever took that back (`gone`) is in no number, as in the sum of the new participants.

    Where a round's new participants are hidden, the sum would reveal their number.

    So would the number of a round's countries, where that is hidden.

    Without the record of a round that was counted elsewhere, nobody knows who took part in both.
    """
    if any((case.figures or _is_elsewhere(case)) and case.slug not in counted for case in cases):
        return Together(None, None, None, Breakdown())
    rounds = {case.slug: counted[case.slug] for case in cases if case.slug in counted}
    people = {item.author_key for item in contributions} - gone
    countries = {item.country for item in contributions if item.country}
    compared = all(one.rounds.cells and one.rounds.other is None for one in rounds.values())
    if not rounds or shown_total(len(people), small) is None:
        return Together(None, None, None, Breakdown())
    participants = len(people) if compared else None
    if any(one.country_count is None and one.participants is not None for one in rounds.values()):
        return Together(participants, None, None, Breakdown())
    continents = {CONTINENT.get(country) for country in countries} - {None}
    return Together(participants, len(countries), len(continents), _countries(contributions, small))


def _countries(contributions: Collection[Contribution], small: int) -> Breakdown:
    """Return the number of countries by continent; continents with few people are added up."""
    places: dict[str, set[str]] = {name: set() for name in CONTINENTS}
    people: dict[str, set[str]] = {name: set() for name in CONTINENTS}
    for item in contributions:
        if continent := CONTINENT.get(item.country or ""):
            places[continent].add(item.country or "")
            people[continent].add(item.author_key)
    cells = {name: len(countries_there) for name, countries_there in places.items() if len(people[name]) >= small}
    other = sum(map(len, places.values())) - sum(cells.values())
    return Breakdown(cells=cells, other=other or None)
