"""The people who sign something that the world may see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from casebuilder.model import Link, Prose, Role
    from casebuilder.model.series import Person
    from casebuilder.published.licences import PublishedLicence

_LATIN_IN_BRACKETS = re.compile(r"\((?P<name>[^()]*[A-Za-z][^()]*)\)\s*$")


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
        cited: the name as a bibliography gives it.
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
    cited: str
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


def cited_name(person: Person) -> str:
    """A person's name as a bibliography gives it, in Latin letters where the profile has them in brackets.

    The name stays whole. Any rule that guesses which part is the family name gets "Tan Mei Ling" or "Rosa Quispe
    Mamani" wrong, and a wrong name in other people's reference lists is there for ever.
    """
    latin = _LATIN_IN_BRACKETS.search(person.name)
    return latin["name"].strip() if latin else person.name
