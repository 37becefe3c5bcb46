"""Pages of the people who sign something: a list of all, and a page for each with everything that they did."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.markdown import prose
from casebuilder.model import Role
from casebuilder.outputs.site.pages.markdownpage import Block
from casebuilder.wording import promisedanswers as promised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.siteview import SiteView
    from casebuilder.published import PublishedCase, PublishedCollection, PublishedPerson, PublishedResponse
    from casebuilder.wording import Translator

_ROOT = "../../"
_DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class Works:
    """A person's contributions: responses, cases by role, collections."""

    responses: tuple[tuple[PublishedCase, PublishedResponse], ...]
    roles: Mapping[Role, tuple[PublishedCase, ...]]
    collections: tuple[PublishedCollection, ...]

    @property
    def cases(self) -> frozenset[str]:
        """The slugs of all cases in which they had a part."""
        slugs = {case.slug for case, _ in self.responses}
        return frozenset(slugs.union(*({case.slug for case in cases} for cases in self.roles.values())))

    def exceeds(self, most: int) -> bool:
        """Return whether in any one part they did more than a page lists."""
        return any(len(works) > most for works in (self.responses, *self.roles.values()))

    def summary(self, translator: Translator) -> str:
        """Return in a few words what a person did, for the list of people."""
        cases = {case.slug for cases_of_role in self.roles.values() for case in cases_of_role}
        parts = (
            translator.responses(len(self.responses)) if self.responses else "",
            translator.ngettext("contributed to %(num)s case", "contributed to %(num)s cases", len(cases))
            if cases
            else "",
            translator.ngettext("%(num)s collection", "%(num)s collections", collections)
            if (collections := len(self.collections))
            else "",
        )
        return translator.capital(" · ".join(part for part in parts if part))


def render(site: SiteView) -> Iterator[Page]:
    """Yield the list of people, and a page for each."""
    works = _works_by_person(site)
    by_name = sorted(site.series.people, key=lambda person: person.filed)
    yield site.page(
        "experts/index.md",
        title=site.translator.gettext("People"),
        description=site.translator.gettext(promised.PEOPLE[site.answers], series=site.series.name),
        blocks=(Block(site.fill("people/index.html", "../", people=by_name, works=works)),),
    )
    for person in by_name:
        yield replace(_person_page(site, person, works[person.id]), facets={"kind": "person"})
    if site.series.team:
        yield _board_page(site, works)


def _board_page(site: SiteView, works: Mapping[str, Works]) -> Page:
    """Return the editorial board: each group with its people, whether or not they have signed a case yet."""
    blocks = [Block(site.fill("people/board.html", "../"))]
    blocks += [
        Block(site.fill("people/group.html", "../", people=group.people, works=works), group.title, f"section-{number}")
        for number, group in enumerate(site.series.team, start=1)
    ]
    return site.page(
        "team/index.md",
        title=site.translator.gettext("Editorial board"),
        description=site.translator.gettext("The people who run %(series)s.", series=site.series.name),
        blocks=blocks,
    )


def busy(site: SiteView) -> dict[PublishedPerson, frozenset[str]]:
    """Return whose page does not list all that they did, and their cases' slugs.

    The list of cases is narrowed to them.
    """
    works = _works_by_person(site)
    busy_people = (person for person in site.series.people if works[person.id].exceeds(site.newest))
    return {person: works[person.id].cases for person in sorted(busy_people, key=lambda person: person.filed)}


def _person_page(site: SiteView, person: PublishedPerson, works: Works) -> Page:
    values = {
        "person": person,
        "works": works,
        "groups": [group.title for group in site.series.team if person in group.people],
        "biography": site.html(person.biography, _ROOT, level=2),
    }
    sections = (
        ("top", "", True),
        ("responses", site.translator.gettext("Expert responses"), bool(works.responses)),
        ("roles", site.translator.gettext("Cases"), bool(works.roles)),
        ("collections", site.translator.gettext("Collections"), bool(works.collections)),
        ("side", "", True),
    )
    blocks = [
        Block(site.fill(f"people/{name}.html", _ROOT, **values), heading, f"section-{name}")
        for name, heading, is_shown in sections
        if is_shown
    ]
    shortened = prose.plain(person.biography)[:_DESCRIPTION].rpartition(" ")[0]
    return site.page(
        f"{person.address}index.md",
        title=person.name,
        description=f"{shortened} …" if shortened else person.signature,
        above=site.fill("people/above.html", _ROOT, person=person),
        blocks=blocks,
    )


def _works_by_person(site: SiteView) -> dict[str, Works]:
    """Return each person's contributions, newest first. A withdrawn case still names its authors."""
    responses: dict[str, list[tuple[PublishedCase, PublishedResponse]]] = defaultdict(list)
    roles: dict[str, dict[Role, dict[str, PublishedCase]]] = defaultdict(lambda: defaultdict(dict))
    collections: dict[str, list[PublishedCollection]] = defaultdict(list)
    for case in site.cases:
        for response in case.responses:
            responses[response.person.id].append((case, response))
        for credit in case.credits:
            for role in credit.roles:
                roles[credit.person.id][role][case.slug] = case
    for collection in site.series.collections:
        for editor in collection.editors:
            collections[editor.id].append(collection)
    return {
        person.id: Works(
            tuple(responses[person.id]),
            {role: tuple(roles[person.id][role].values()) for role in Role if roles[person.id][role]},
            tuple(collections[person.id]),
        )
        for person in site.series.people
    }
