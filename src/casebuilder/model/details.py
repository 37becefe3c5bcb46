"""Parts of cases, people and settings: credits, references, sessions, changes, pictures, links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from casebuilder.model.base import Day, Doi, Hashtag, Id, Licence, Line, OneLine, Pmid, Record, Url
from casebuilder.model.livehours import LiveHour, TimedQuestion
from casebuilder.model.partialdates import Published
from casebuilder.model.terms import ChangeKind, Role


class PrivacyCheck(Record):
    """Who checked that nobody can be recognised, and when."""

    checked_by: Id
    on: Day


class Credit(Record):
    """One person's roles in a case."""

    person: Id
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]


class Character(Record):
    """A character in the story."""

    name: OneLine
    role: Line = ""
    pronouns: Line = ""


class Picture(Record):
    """The picture of a case or a person. `alt` is its alternative text."""

    file: OneLine
    alt: OneLine
    credit: Line = ""
    licence: Licence | None = None


class Reference(Record):
    """A work that any text of the case can cite by its id: `[@id]`."""

    id: Id
    authors: tuple[OneLine, ...] = ()
    title: OneLine
    container: Line = ""
    year: Annotated[int, Field(ge=1500, le=2200)] | None = None
    volume: Line = ""
    issue: Line = ""
    pages: Line = ""
    doi: Doi = ""
    pmid: Pmid = ""
    url: Url | None = None
    archived: Url | None = None


class Paper(Reference):
    """The paper of a journal club."""

    published: Published
    open_access: bool


class Channel(Record):
    """A place where the discussion takes place."""

    type: OneLine
    url: Url | None = None
    hashtag: Hashtag = ""


class Discussion(Record):
    """Where a case is discussed, who moderates, and when what happens.

    The timetable is for moderators only, and in no output of a build.
    """

    channels: tuple[Channel, ...] = ()
    moderators: tuple[Id, ...] = ()
    live: tuple[LiveHour, ...] = ()
    timetable: tuple[TimedQuestion, ...] = ()


class SessionStep(Record):
    """One step of a session. `section` is a part of the pack, or the id of a question."""

    minutes: Annotated[int, Field(ge=1, le=600)]
    activity: OneLine
    section: Line = ""


class Session(Record):
    """A plan for a workshop; the minutes of its steps add up to its own."""

    minutes: Annotated[int, Field(ge=1, le=600)]
    audience: tuple[OneLine, ...] = ()
    steps: Annotated[tuple[SessionStep, ...], Field(min_length=1)]


class Change(Record):
    """A change after release, with a public note."""

    date: Day
    kind: ChangeKind
    note: OneLine


def _as_repository(name: str) -> str:
    """Validate the name of a GitHub repository: owner and name, which are enough for a link."""
    if not re.fullmatch(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+", name):
        hint = "write the owner, a slash and the repository: example/teaching-dilemmas"
        raise PydanticCustomError("bad-value", '"{value}" is not a repository on GitHub', {"value": name, "hint": hint})
    return name


class Link(Record):
    """A web page of a person."""

    title: OneLine
    url: Url


class Disclosure(Record):
    """A person's interests, and the day on which they stated them."""

    text: OneLine
    on: Day


class CollectionEntry(Record):
    """A case in a collection, and why it was chosen."""

    case: OneLine
    why: OneLine


class TeamGroup(Record):
    """A group of the editorial board: its title, and its people in order."""

    title: OneLine
    people: Annotated[tuple[Id, ...], Field(min_length=1)]

    def without(self, names: AbstractSet[str]) -> TeamGroup:
        """Return the same group without these people."""
        return self.model_copy(update={"people": tuple(name for name in self.people if name not in names)})


class Framework(Record):
    """A competency framework: its title, and a label for each code."""

    title: OneLine
    codes: Mapping[str, Line]

    def with_codes(self, codes: Mapping[str, str]) -> Framework:
        """Return the same framework with other labels."""
        return self.model_copy(update={"codes": codes})


class Giscus(Record):
    """Discussions on GitHub: the four values that giscus.app gives for a repository."""

    repo: Annotated[str, AfterValidator(_as_repository)]
    repo_id: OneLine
    category: OneLine
    category_id: OneLine


class WithheldCase(Record):
    """A case that is held back while its errors are corrected.

    Attributes:
        slug: its folder.
        opens: when it opened or will open; None if that is unknown, or if it is a draft.
        withdrawn: whether it was withdrawn, too.
        aliases: its old addresses, which redirect to its page.
    """

    slug: str
    opens: date | datetime | None = None
    withdrawn: bool = False
    aliases: tuple[str, ...] = ()
