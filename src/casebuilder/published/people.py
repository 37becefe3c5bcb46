"""The people who sign something public, made of their profiles field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import collation
from casebuilder.model import Prose
from casebuilder.published import addresses
from casebuilder.published.citednames import CitedName, cited_name
from casebuilder.published.licences import licence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from casebuilder.model import Link, Picture, Role, TeamGroup
    from casebuilder.model.series import Person
    from casebuilder.published.licences import PublishedLicence


@dataclass(frozen=True, slots=True)
class PublishedPicture:
    """The picture of a case or a person.

    Attributes:
        path: its file, below the series' root.
        alt: its alternative text.
        credit: who made it; may be empty.
        licence: its own licence; None if it has the licence of the text beside it.
    """

    path: str
    alt: str
    credit: str = ""
    licence: PublishedLicence | None = None

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True, eq=False)
class PublishedPerson:
    """A person who signs something, from their profile.

    Attributes:
        id: the profile's name.
        name: as they write it.
        cited: the name for bibliographies and for lists in alphabetical order.
        signature: name and credentials: "Amara Diallo, MD, MEd".
        address: the page, below the site's root; empty without a profile, which `check` reports.
        url: the page's full address; empty if the site has none.
        orcid: the full address of the ORCID iD; may be empty.
        disclosure: their interests in general; may be empty.
        stated: the day on which they stated them.
        biography: the public part of their biography.
        credentials, post, institution, country, pronouns, links, photo: as the profile has them; all may be empty.
    """

    id: str
    name: str
    cited: CitedName
    signature: str
    address: str
    url: str
    biography: Prose
    credentials: str = ""
    post: str = ""
    institution: str = ""
    country: str | None = None
    orcid: str = ""
    pronouns: str = ""
    links: tuple[Link, ...] = ()
    photo: PublishedPicture | None = None
    disclosure: str = ""
    stated: date | None = None

    @property
    def filed(self) -> tuple[tuple[tuple[int, ...], ...], str]:
        """What lists of people are sorted by: the family name, then the others, then the profile's own name."""
        return tuple(map(collation.key, self.cited.parts)), self.id


@dataclass(frozen=True, slots=True)
class PublishedGroup:
    """A group of the editorial board: its title, and its people in order; at least one."""

    title: str
    people: tuple[PublishedPerson, ...]


@dataclass(frozen=True, slots=True)
class PublishedCredit:
    """One person's contributions to a case.

    Attributes:
        person: the person.
        roles: their roles; includes curators and moderators whom only the commentary or the discussion names.
        responded: whether they wrote an expert response.
        disclosure: the interests stated for the response, or else those in the profile; may be empty.
        stated: the day on which they stated those in the profile; None for a response's own.
    """

    person: PublishedPerson
    roles: tuple[Role, ...]
    responded: bool
    disclosure: str
    stated: date | None


def person(person: Person, site_url: str, clean: Callable[[Prose], Prose]) -> PublishedPerson:
    """Return the public part of a profile.

    Args:
        person: the profile that the readers made.
        site_url: the site's address, which may be empty.
        clean: removes the targets of a text's links to pages that are not public.
    """
    return PublishedPerson(
        id=person.id,
        name=person.name,
        cited=cited_name(person),
        signature=person.signature,
        address=addresses.of_person(person.id),
        url=addresses.full(site_url, addresses.of_person(person.id)),
        credentials=person.credentials,
        post=person.post,
        institution=person.institution,
        country=person.country,
        orcid=f"https://orcid.org/{person.orcid.rpartition('/')[2]}" if person.orcid else "",
        pronouns=person.pronouns,
        links=person.links,
        photo=picture(person.photo, "experts"),
        disclosure=person.disclosure.text if person.disclosure else "",
        stated=person.disclosure.on if person.disclosure else None,
        biography=clean(person.biography),
    )


def team(groups: Iterable[TeamGroup], people: Mapping[str, PublishedPerson]) -> tuple[PublishedGroup, ...]:
    """Return the groups of the editorial board, with those people who have a profile."""
    members = (
        (group.title, tuple(people[name] for name in dict.fromkeys(group.people) if name in people)) for group in groups
    )
    return tuple(PublishedGroup(title, profiles) for title, profiles in members if profiles)


def unknown(name: str) -> PublishedPerson:
    """Return a stand-in for somebody without a profile, which `check` reports as an error."""
    return PublishedPerson(name, name, CitedName(name), name, "", "", Prose(""))


def picture(picture: Picture | None, folder: str) -> PublishedPicture | None:
    """Return a picture whose file is in this folder below the series' root; None without one."""
    if picture is None:
        return None
    own_licence = licence(picture.licence) if picture.licence else None
    return PublishedPicture(f"{folder}/{picture.file}", picture.alt, picture.credit, own_licence)
