"""Who is credited in a pack, for what, and what they disclose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Role
from casebuilder.packs import words

if TYPE_CHECKING:
    from datetime import date

    from casebuilder.model import Case, Person, Series


@dataclass(frozen=True, slots=True)
class Credited:
    """A person in the list of credits: what they did, their interests, and the day on which those were stated."""

    person: Person
    did: str
    disclosure: str
    stated: date | None


def credited(case: Case, series: Series) -> tuple[Credited, ...]:
    """Everyone who signs something in a case: those with a role first, then the experts and the curators."""
    did: dict[str, list[str]] = {credit.person: [words.role(role) for role in credit.roles] for credit in case.credits}
    for response in case.responses:
        did.setdefault(response.person, []).append("expert response")
    for name in case.commentary.curators if case.commentary else ():
        did.setdefault(name, [words.role(Role.CURATOR)])
    for name in case.discussion.moderators:
        did.setdefault(name, [words.role(Role.MODERATOR)])
    people = ((series.person(name), parts) for name, parts in did.items())
    return tuple(_credited(person, parts) for person, parts in people if person)


def _credited(person: Person, parts: list[str]) -> Credited:
    stated = person.disclosure
    return Credited(person, ", ".join(parts), stated.text if stated else "", stated.on if stated else None)
