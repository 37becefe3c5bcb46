"""The people who sign something that the world may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import collation

if TYPE_CHECKING:
    from datetime import date

    from casebuilder.model import Link, Prose, Role
    from casebuilder.published.licences import PublishedLicence
    from casebuilder.published.names import CitedName


@dataclass(frozen=True, slots=True)
class PublishedPicture:
    """A picture that stands for a case or a person.

    Attributes:
        path: its file, below the series' root.
        alt: what it shows, in words.
        credit: whose work it is; may be empty.
        licence: its own licence; None if it has that of the text beside it.
    """

    path: str
    alt: str
    credit: str = ""
    licence: PublishedLicence | None = None

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True, eq=False)
class PublishedPerson:
    """Somebody who signs something, from their profile.

    Attributes:
        id: the profile's name.
        name: as they write it.
        cited: the name for bibliographies and for lists in alphabetical order.
        signature: name and credentials: "Amara Diallo, MD, MEd".
        address: the page, below the site's root; nothing without a profile, which `check` refuses.
        url: the page's full address; empty if the site has none.
        orcid: the full address of the ORCID iD, or nothing.
        disclosure: their interests in general, or nothing.
        stated: the day on which they stated them.
        biography: as far as it may be seen.
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
class PublishedCredit:
    """Everything that one person did for a case.

    Attributes:
        person: who.
        roles: what for; curators and moderators also if the commentary or the discussion alone names them.
        responded: whether they wrote an expert response.
        disclosure: their interests: those stated for the response, else those in the profile, or nothing.
        stated: the day on which they stated those in the profile; None for a response's own.
    """

    person: PublishedPerson
    roles: tuple[Role, ...]
    responded: bool
    disclosure: str
    stated: date | None
