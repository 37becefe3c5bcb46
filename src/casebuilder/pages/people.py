"""Pages of the people who sign something: a list of all, and a page for each with everything that they did."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import prose
from casebuilder.model import Role, State
from casebuilder.pages.document import Block, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Case, Collection, Page, Person, Response
    from casebuilder.pages.site import Site

_ROOT = "../../"
_DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class Works:
    """What one person did: responses, cases in each role, collections."""

    responses: tuple[tuple[Case, Response], ...]
    roles: dict[Role, tuple[Case, ...]]
    collections: tuple[Collection, ...]

    @property
    def count(self) -> int:
        """How many cases and collections bear the person's name."""
        cases = {case.slug for case, _ in self.responses} | {case.slug for found in self.roles.values() for case in found}
        return len(cases) + len(self.collections)


def render(site: Site) -> Iterator[Page]:
    """The list of people, and a page for each."""
    works = _works(site)
    ordered = sorted(site.series.people, key=lambda person: (_plain(person.name), person.id))
    yield page(
        "experts/index.md",
        title="People",
        description=f"Who writes, answers, edits and curates {site.series.name}.",
        blocks=(Block(site.fill("people/index.html", "../", people=ordered, works=works)), site.colophon("../")),
    )
    for person in ordered:
        yield _page(site, person, works[person.id])


def _page(site: Site, person: Person, works: Works) -> Page:
    values = {"person": person, "works": works, "biography": site.html(person.biography, _ROOT, level=2)}
    sections = (
        ("top", "", True),
        ("responses", "Expert responses", bool(works.responses)),
        ("roles", "Cases", bool(works.roles)),
        ("collections", "Collections", bool(works.collections)),
        ("side", "", True),
    )
    blocks = [
        Block(site.fill(f"people/{name}.html", _ROOT, **values), heading, f"section-{name}")
        for name, heading, shown in sections
        if shown
    ]
    described = prose.plain(person.biography)[:_DESCRIPTION].rpartition(" ")[0]
    return page(
        f"experts/{person.id}/index.md",
        title=person.name,
        description=f"{described} …" if described else person.signature,
        above=site.fill("people/above.html", _ROOT, person=person),
        blocks=[*blocks, site.colophon(_ROOT)],
    )


def _works(site: Site) -> dict[str, Works]:
    """What each person did, newest first. A withdrawn case still names its authors."""
    responses: dict[str, list[tuple[Case, Response]]] = defaultdict(list)
    roles: dict[str, dict[Role, list[Case]]] = defaultdict(lambda: defaultdict(list))
    collections: dict[str, list[Collection]] = defaultdict(list)
    for case in site.cases:
        for response in case.responses:
            responses[response.person].append((case, response))
        for credit in case.credits:
            for role in credit.roles:
                roles[credit.person][role].append(case)
        for person, role in _unlisted(case):
            if case not in roles[person][role]:
                roles[person][role].append(case)
    for collection in site.series.collections:
        for editor in collection.editors:
            collections[editor].append(collection)
    return {
        person.id: Works(
            tuple(responses[person.id]),
            {role: tuple(roles[person.id][role]) for role in Role if roles[person.id][role]},
            tuple(collections[person.id]),
        )
        for person in site.series.people
    }


def _unlisted(case: Case) -> Iterator[tuple[str, Role]]:
    """Curators and moderators, who may be named in the commentary or the discussion alone."""
    if case.state is State.WITHDRAWN:
        return
    for curator in case.commentary.curators if case.commentary else ():
        yield curator, Role.CURATOR
    for moderator in case.discussion.moderators:
        yield moderator, Role.MODERATOR


def _plain(name: str) -> str:
    """A name without marks, to order by: "Élodie" stands beside "Elodie"."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)).casefold()
