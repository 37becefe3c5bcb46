"""Participants by country and continent, and how many of these there are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from casebuilder.model.counting.participants import UNKNOWN
from casebuilder.model.counting.regions import CONTINENT, CONTINENTS
from casebuilder.model.counting.suppression import nested, shown_total
from casebuilder.model.figures import least_alone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.model import Breakdown
    from casebuilder.model.counting.participants import Person

#: From how many hidden countries on, for each person below which a number is hidden, their names stay unknown.
_MANY_HIDDEN = 2


def continents_and_countries(people: Mapping[str, Person], small_count: int) -> dict[str, object]:
    """Return participants by continent and country, and how many there are of each.

    From the number of countries among the hidden participants it would follow how many of them gave no country; and if
    the hidden countries have equally many participants, how many that is. A number that is missing for the second
    reason only would say so. So the numbers of countries and continents are shown if nothing is hidden; or if no
    country is shown, everybody gave one, and the hidden ones are not equal, where a few without one could be why not;
    and there are as many people as a table needs to show a part.
    Of many hidden countries nobody knows which they are, so that their number is shown with the others.
    """
    groups: dict[str, Counter[str]] = {name: Counter() for name in (*CONTINENTS, UNKNOWN)}
    for person in people.values():
        groups[CONTINENT.get(person.country, UNKNOWN)][person.country or UNKNOWN] += 1
    continents, countries = nested(groups, small_count)
    known_groups = {name: group for name, group in groups.items() if group and name != UNKNOWN}
    sizes = {name: sum(group.values()) for name, group in known_groups.items()}
    country_sizes = {name: number for group in known_groups.values() for name, number in group.items()}
    if countries.other is None and continents.other is None:
        is_safe = True
    else:
        is_hidden = not countries.cells and continents.other is not None
        is_open = is_hidden and not groups[UNKNOWN] and len(people) >= 2 * least_alone(small_count)
        is_safe = is_open and not _are_equal(sizes, continents) and not _are_equal(country_sizes, countries)
    is_unknown_shown = not groups[UNKNOWN] or UNKNOWN in continents.cells
    are_many = is_unknown_shown and len(country_sizes.keys() - countries.cells.keys()) >= _MANY_HIDDEN * least_alone(
        small_count
    )
    is_mixed = are_many and (continents.other is None or not _are_equal(sizes, continents))
    is_shown = shown_total(len(people), small_count) is not None
    return {
        "continents": continents,
        "countries": countries,
        "continent_count": len(known_groups) if is_shown and (is_safe or is_mixed) else None,
        "country_count": len(country_sizes) if is_shown and (is_safe or are_many) else None,
    }


def _are_equal(parts: Mapping[str, int], breakdown: Breakdown) -> bool:
    """Return whether some parts are hidden and all of the same size."""
    return len({number for name, number in parts.items() if name not in breakdown.cells}) == 1
