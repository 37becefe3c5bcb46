"""Who is credited in a pack, for what, and what they disclose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Role

if TYPE_CHECKING:
    from datetime import date

    from casebuilder.model import Case, Person, Series
    from casebuilder.wording import Words


@dataclass(frozen=True, slots=True)
class Credited:
    """A person in the list of credits: what they did, their interests, and the day on which those were stated."""

    person: Person
    did: str
    disclosure: str
    stated: date | None


def credited(case: Case, series: Series, say: Words) -> tuple[Credited, ...]:
    """Everyone who signs something in a case: those with a role first, then the experts and the curators."""
    did: dict[str, list[str]] = {credit.person: [say.role(role) for role in credit.roles] for credit in case.credits}
    for response in case.responses:
        did.setdefault(response.person, []).append(say.gettext("expert response"))
    for name in case.commentary.curators if case.commentary else ():
        did.setdefault(name, [say.role(Role.CURATOR)])
    for name in case.discussion.moderators:
        did.setdefault(name, [say.role(Role.MODERATOR)])
    people = ((series.person(name), parts) for name, parts in did.items())
    return tuple(_credited(person, say.parted(*parts)) for person, parts in people if person)


def _credited(person: Person, did: str) -> Credited:
    stated = person.disclosure
    return Credited(person, did, stated.text if stated else "", stated.on if stated else None)
