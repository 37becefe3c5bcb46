"""What may be printed of the author of a quote who is not named: what the tables of the discussion show, too."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model.counting.counts import counted
from casebuilder.model.counting.people import UNKNOWN, people_of, same_role
from casebuilder.model.counting.places import continents_and_countries
from casebuilder.model.counting.suppression import breakdown
from casebuilder.model.figures import Breakdown, least_alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebuilder.model import Contribution, Figures


@dataclass(frozen=True, slots=True)
class Attribution:
    """Roles and countries of people who are not named.

    Attributes:
        countries: those that the table of countries shows.
        roles: those that the table of roles shows; None if it hides none, so that any may be printed.
        together: how many people there are of each role and country.
        least: so many people must be of a role and a country for both to be printed.
    """

    countries: frozenset[str]
    roles: frozenset[str] | None
    together: Mapping[tuple[str, str], int]
    least: int

    def role(self, role: str) -> str:
        """Return a role if it may be printed, or nothing."""
        return role if self.roles is None or same_role(role) in self.roles else ""

    def country(self, country: str | None, role: str) -> str | None:
        """Return a country if it may be printed beside a role; None if not."""
        own = same_role(self.role(role))
        if country not in self.countries:
            return None
        is_counted = any(name == own for name, _ in self.together)
        return None if own and is_counted and self.together.get((own, country), 0) < self.least else country


def attribution(contributions: Iterable[Contribution], figures: Figures | None, small_count: int) -> Attribution:
    """Return what may be printed of people who are not named.

    Args:
        contributions: of the discussion; none if the record is not here.
        figures: those of `figures.yml`, for a discussion without its record. They have no table of roles and countries,
            so no country is printed then.
        small_count: from 1 up to below this a number is hidden.
    """
    people = people_of(counted(contributions))
    if not people:
        return Attribution(frozenset(), _roles(figures.roles) if figures else None, {}, 1)
    named = Counter(person.role or UNKNOWN for person in people.values())
    countries = continents_and_countries(people, small_count)["countries"]
    return Attribution(
        frozenset(countries.cells) - {UNKNOWN} if isinstance(countries, Breakdown) else frozenset(),
        _roles(breakdown(named, small_count)) if named.keys() - {UNKNOWN} else None,
        Counter((same_role(person.role), person.country) for person in people.values() if person.role),
        least_alone(small_count),
    )


def _roles(table: Breakdown) -> frozenset[str] | None:
    """Return the roles that a table shows; None if it hides none."""
    if table.cells and table.other is None:
        return None
    return frozenset(same_role(name) for name in table.cells if name != UNKNOWN)
