"""What may be printed of the author of a quote who is not named: what the tables of the discussion show, too."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model.counting.counts import counted
from casebuilder.model.counting.participants import UNKNOWN, people_of, same_role
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
        people: how many people there are of each role and country.
        least: so many people must be meant by what is printed, and so many hidden ones by something else.
    """

    countries: frozenset[str]
    roles: frozenset[str] | None
    people: Mapping[tuple[str, str], int]
    least: int

    def role(self, role: str) -> str:
        """Return a role if it may be printed, or nothing.

        One that the table hides may still mean many people: a "resident" may be the "surgical resident", too.
        """
        if self.roles is None or same_role(role) in self.roles:
            return role
        hidden = {key: number for key, number in self.people.items() if key[0] not in self.roles}
        people_meant = sum(number for (own_role, _), number in hidden.items() if _is_kind_of(own_role, role))
        return role if people_meant >= self.least and sum(hidden.values()) - people_meant >= self.least else ""

    def country(self, country: str | None, role: str) -> str | None:
        """Return a country if it may be printed beside a role; None if not."""
        if country not in self.countries:
            return None
        countries_meant = [
            (own_country, number)
            for (own_role, own_country), number in self.people.items()
            if _is_kind_of(own_role, role)
        ]
        from_there = sum(number for own_country, number in countries_meant if own_country == country)
        return None if countries_meant and from_there < self.least else country


def _is_kind_of(own_role: str, role: str) -> bool:
    """Return whether somebody's role has all words of another."""
    words = _words(role)
    return bool(words) and words <= _words(own_role)


def _words(role: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", same_role(role)))


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
    people_by_role = Counter(person.role or UNKNOWN for person in people.values())
    countries = continents_and_countries(people, small_count)["countries"]
    return Attribution(
        frozenset(countries.cells) - {UNKNOWN} if isinstance(countries, Breakdown) else frozenset(),
        _roles(breakdown(people_by_role, small_count)) if people_by_role.keys() - {UNKNOWN} else None,
        Counter((same_role(person.role), person.country) for person in people.values()),
        least_alone(small_count),
    )


def _roles(table: Breakdown) -> frozenset[str] | None:
    """Return the roles that a table shows, the empty one if it numbers those without; None if it hides none."""
    if table.cells and table.other is None:
        return None
    return frozenset("" if name == UNKNOWN else same_role(name) for name in table.cells)
