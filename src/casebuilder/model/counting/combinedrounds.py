"""Several rounds counted as one, as far as nothing follows from it that one of the rounds hides.

Readers have the tables of all rounds beside these numbers. So each of them is left out where a round's hidden number
could be worked out from it, and what is shown of continents goes by what the rounds show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown
from casebuilder.model.counting.counts import counted
from casebuilder.model.counting.overlap import is_contained, new_and_returning, tells_who_stayed_away
from casebuilder.model.counting.participants import UNKNOWN, countries_of
from casebuilder.model.counting.regions import CONTINENT, CONTINENTS
from casebuilder.model.counting.suppression import breakdown, shown_total
from casebuilder.model.figures import least_alone

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


def together(
    figures: Mapping[str, Figures],
    records: Mapping[str, Sequence[Contribution]],
    small_count: int,
    *,
    is_sum_open: bool = False,
) -> Together:
    """Return some rounds counted as one.

    Args:
        figures: of these rounds by their case's slug, the first round first.
        records: what was said in each round of the series, in the others too, in the same order, without spam. Whoever
            took back all that they said in the round in which they were new is in no number.
        small_count: from 1 up to below this a number is hidden.
        is_sum_open: whether these are all rounds, and nothing small follows from everybody in them.
    """
    items_by_slug = {slug: counted(records[slug]) for slug in figures}
    people = {item.author_key for record in items_by_slug.values() for item in record} - _withdrawn_newcomers(
        figures, records
    )
    if not figures or shown_total(len(people), small_count) is None:
        return nothing()
    may_show = is_sum_open or _may_show_participants(figures, records, small_count)
    participants = len(people) if may_show else None
    # The countries of rounds with few people are not counted: they would say how many these are.
    large = {slug: round_figures for slug, round_figures in figures.items() if round_figures.participants is not None}
    rounds = [*large.values()]
    countries = {country for slug in large for country in countries_of(items_by_slug[slug]).values()}
    continents = {CONTINENT[country] for country in countries if country in CONTINENT}
    # Nearly as many countries as people say that each has one, and tables of two rounds say which they are.
    several = {item.author_key for slug in large for item in items_by_slug[slug]}
    are_many = len(rounds) > 1 and len(several) - len(countries) < small_count
    are_many = are_many and any(each.countries.other for each in rounds)
    if are_many or not _stays_hidden(rounds, len(countries), len(continents), small_count):
        return Together(participants, None, None, Breakdown())
    by_continent = _countries_by_continent(rounds, countries)
    is_safe = small_count <= 1 or not any(
        _reveals_countries(figures_of_round, by_continent, len(countries)) for figures_of_round in rounds
    )
    return Together(participants, len(countries), len(continents), by_continent if is_safe else Breakdown())


def _withdrawn_newcomers(figures: Collection[str], records: Mapping[str, Sequence[Contribution]]) -> set[str]:
    """Return who took back all that they said in the round in which they were new."""
    before, withdrawn = set[str](), set[str]()
    for slug, record in records.items():
        authors = {item.author_key for item in record}
        if slug in figures:
            withdrawn |= authors - before - {item.author_key for item in counted(record)}
        before |= authors
    return withdrawn


def _may_show_participants(
    figures: Mapping[str, Figures], records: Mapping[str, Sequence[Contribution]], small_count: int
) -> bool:
    """Return whether everybody in all may be shown: from it follows how many came again.

    In each round, readers know who was in an earlier round of the series. With the sum they learn who was in an earlier
    round of these, and so who was only in one of the others.
    """
    seen_before, seen_in_rounds, number, rounds, is_known = set[str](), set[str](), 0, 0, True
    for slug, record in records.items():
        authors, people = ({item.author_key for item in items} for items in (record, counted(record)))
        round_figures = figures.get(slug)
        if round_figures:
            returning = people & seen_before
            parts = {
                "new": len(people - seen_before),
                "here": len(returning & seen_in_rounds),
                "elsewhere": len(returning - seen_in_rounds),
            }
            earlier = {"here": len(seen_in_rounds), "elsewhere": len(seen_before - seen_in_rounds) if is_known else 0}
            if not _may_show_parts(round_figures, parts, earlier, small_count):
                return False
            if rounds == 1 and small_count > 1 and is_contained(parts["here"], len(people), len(seen_in_rounds)):
                return False
            rounds += 1
            seen_in_rounds |= people | (authors - seen_before)
        else:
            shown = new_and_returning(people, seen_before, small_count, is_second=number == 1, is_known=is_known)
            is_known = is_known and bool(shown.cells)
        number += bool(authors)
        seen_before |= authors
    return True


def _may_show_parts(
    round_figures: Figures, parts: Mapping[str, int], earlier: Mapping[str, int], small_count: int
) -> bool:
    """Return whether readers may know how many of a round came again.

    Args:
        round_figures: of the round.
        parts: its participants who are new to the series, and those who came from these rounds and from others.
        earlier: how many took part before in these rounds, and only in others, as far as readers know.
        small_count: from 1 up to below this a number is hidden.
    """
    is_shown = round_figures.rounds.cells and round_figures.rounds.other is None
    if not is_shown or breakdown(parts, least_alone(small_count)).other is not None:
        return False
    returning_and_number = ((parts[name], number) for name, number in earlier.items() if number)
    return not any(tells_who_stayed_away(returning, number, small_count) for returning, number in returning_and_number)


def _stays_hidden(rounds: Sequence[Figures], countries: int, continents: int, small_count: int) -> bool:
    """Return whether the numbers of countries and continents in all leave open what the rounds hide.

    If nearly every country is named by some round, readers know which ones a round hides. And the numbers of a round
    that hides its own lie between what the other rounds leave of these and these.
    """
    named_countries = {name for round_figures in rounds for name in round_figures.countries.cells} - {UNKNOWN}
    if (
        named_countries
        and countries - len(named_countries) < small_count
        and any(round_figures.countries.other for round_figures in rounds)
    ):
        return False
    for round_figures in rounds:
        others = [other for other in rounds if other is not round_figures]
        if round_figures.country_count is None:
            most_elsewhere = sum(_largest_number_of_places(other.country_count, other) for other in others)
            shown_places = len({*round_figures.countries.cells} - {UNKNOWN})
            if countries - most_elsewhere > shown_places + 1 or countries < (round_figures.participants or 0):
                return False
        if round_figures.continent_count is None:
            most_elsewhere = sum(_largest_number_of_places(other.continent_count, other) for other in others)
            shown_places = len({*round_figures.continents.cells} - {UNKNOWN})
            if continents - most_elsewhere > shown_places + 1 or continents < shown_places + 2:
                return False
    return True


def _largest_number_of_places(number: int | None, round_figures: Figures) -> int:
    """Return how many countries or continents a round may have, as far as readers know."""
    return (round_figures.participants or 0) if number is None else number


def _countries_by_continent(rounds: Sequence[Figures], countries: Collection[str]) -> Breakdown:
    """Return the number of countries on each continent that some round shows; the others are added up."""
    shown_continents = {name for round_figures in rounds for name in round_figures.continents.cells}
    places = [CONTINENT[country] for country in countries if country in CONTINENT]
    cells = {name: places.count(name) for name in CONTINENTS if name in shown_continents and name in places}
    return Breakdown(cells=cells, other=len(places) - sum(cells.values()) or None)


def _reveals_countries(round_figures: Figures, by_continent: Breakdown, countries: int) -> bool:
    """Return whether readers learn that each hidden country of a continent has one person.

    They know how many of its countries were in the round only if the round had all countries.
    """
    if round_figures.country_count != countries:
        return False
    for name, number in by_continent.cells.items():
        shown_sizes = [
            size for country, size in round_figures.countries.cells.items() if CONTINENT.get(country) == name
        ]
        remainder = round_figures.continents.cells.get(name, 0) - sum(shown_sizes)
        if remainder and remainder == number - len(shown_sizes):
            return True
    return by_continent.other is not None and by_continent.other == round_figures.continents.other
