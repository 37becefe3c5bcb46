"""Several rounds counted as one, as far as nothing follows from it that one of the rounds hides.

Readers have the tables of all rounds beside these numbers. So each of them is left out where a round's hidden number
could be worked out from it, and what is shown of continents goes by what the rounds show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown
from casebuilder.model.counting.counts import UNKNOWN, counted, countries_of
from casebuilder.model.counting.regions import CONTINENT, CONTINENTS
from casebuilder.model.counting.suppression import breakdown, shown_total

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from casebuilder.model import Contribution, Figures


@dataclass(frozen=True, slots=True)
class Together:
    """The rounds of a series as one, each person, country and continent counted once; None where it must be hidden."""

    participants: int | None
    countries: int | None
    continents: int | None
    #: How many countries there are on each continent that a round shows.
    by_continent: Breakdown


def nothing() -> Together:
    """Return what is known together if nothing may be said."""
    return Together(None, None, None, Breakdown())


def together(figures: Mapping[str, Figures], records: Mapping[str, Sequence[Contribution]], small: int) -> Together:
    """Return some rounds counted as one.

    Args:
        figures: of these rounds by their case's slug, the first round first.
        records: what was said in each round of the series, in the others too, in the same order, without spam. Whoever
            took back all that they said in the round in which they were new is in no number.
        small: from 1 up to below this a number is hidden.
    """
    own = {slug: counted(records[slug]) for slug in figures}
    people = {item.author_key for record in own.values() for item in record} - _gone(figures, records)
    if not figures or shown_total(len(people), small) is None:
        return nothing()
    participants = len(people) if _compared(figures, records, small) else None
    countries = {country for slug in figures for country in countries_of(own[slug]).values()}
    continents = {CONTINENT[country] for country in countries if country in CONTINENT}
    rounds = [one for one in figures.values() if one.participants is not None]
    if not _stays_hidden(rounds, len(countries), len(continents), small):
        return Together(participants, None, None, Breakdown())
    by_continent = _by_continent(rounds, countries)
    is_safe = small <= 1 or not any(_tells(one, by_continent, len(countries)) for one in rounds)
    return Together(participants, len(countries), len(continents), by_continent if is_safe else Breakdown())


def _gone(figures: Collection[str], records: Mapping[str, Sequence[Contribution]]) -> set[str]:
    """Return who took back all that they said in the round in which they were new."""
    before, gone = set[str](), set[str]()
    for slug, record in records.items():
        everybody = {item.author_key for item in record}
        if slug in figures:
            gone |= everybody - before - {item.author_key for item in counted(record)}
        before |= everybody
    return gone


def _compared(figures: Mapping[str, Figures], records: Mapping[str, Sequence[Contribution]], small: int) -> bool:
    """Return whether everybody in all may be shown: from it follows how many came again.

    In each round, readers know who was in an earlier round of the series. With the sum they learn who was in an earlier
    round of these, and so who was only in one of the others.
    """
    before, here = set[str](), set[str]()
    for slug, record in records.items():
        everybody = {item.author_key for item in record}
        if one := figures.get(slug):
            people = {item.author_key for item in counted(record)}
            returning = people & before
            parts = {"new": len(people - before), "here": len(returning & here), "elsewhere": len(returning - here)}
            if not one.rounds.cells or one.rounds.other is not None or breakdown(parts, small).other is not None:
                return False
            here |= people | (everybody - before)
        before |= everybody
    return True


def _stays_hidden(rounds: Sequence[Figures], countries: int, continents: int, small: int) -> bool:
    """Return whether the numbers of countries and continents in all leave open what the rounds hide.

    If nearly every country is named by some round, readers know which ones a round hides. And the numbers of a round
    that hides its own lie between what the other rounds leave of these and these.
    """
    named = {name for one in rounds for name in one.countries.cells} - {UNKNOWN}
    if named and countries - len(named) < small and any(one.countries.other for one in rounds):
        return False
    for one in rounds:
        others = [other for other in rounds if other is not one]
        if one.country_count is None:
            most = sum(_most(other.country_count, other) for other in others)
            shown = len({*one.countries.cells} - {UNKNOWN})
            if countries - most > shown + 1 or countries < (one.participants or 0):
                return False
        if one.continent_count is None:
            most = sum(_most(other.continent_count, other) for other in others)
            shown = len({*one.continents.cells} - {UNKNOWN})
            if continents - most > shown + 1 or continents < shown + 2:
                return False
    return True


def _most(number: int | None, one: Figures) -> int:
    """Return how many countries or continents a round may have, as far as readers know."""
    return (one.participants or 0) if number is None else number


def _by_continent(rounds: Sequence[Figures], countries: Collection[str]) -> Breakdown:
    """Return the number of countries on each continent that some round shows; the others are added up."""
    shown = {name for one in rounds for name in one.continents.cells}
    places = [CONTINENT[country] for country in countries if country in CONTINENT]
    cells = {name: places.count(name) for name in CONTINENTS if name in shown and name in places}
    return Breakdown(cells=cells, other=len(places) - sum(cells.values()) or None)


def _tells(one: Figures, by_continent: Breakdown, countries: int) -> bool:
    """Return whether readers learn that each hidden country of a continent has one person.

    They know how many of its countries were in the round only if the round had all countries.
    """
    if one.country_count != countries:
        return False
    for name, number in by_continent.cells.items():
        shown = [size for country, size in one.countries.cells.items() if CONTINENT.get(country) == name]
        hidden = one.continents.cells.get(name, 0) - sum(shown)
        if hidden and hidden == number - len(shown):
            return True
    return by_continent.other is not None and by_continent.other == one.continents.other
