"""A series: its settings, its people, its cases and its collections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from casebuilder.model.addresses import IdBase
from casebuilder.model.base import (
    NOWHERE,
    Country,
    Hashtag,
    Id,
    Language,
    Licence,
    Line,
    Moment,
    OneLine,
    Orcid,
    Origin,
    Passage,
    Prose,
    Record,
)
from casebuilder.model.case import Case
from casebuilder.model.details import CollectionEntry, Disclosure, Framework, Giscus, Link, Picture, WithheldCase
from casebuilder.model.terms import Discussions, MissingConsent
from casebuilder.model.vocabulary import FRAMEWORKS
from casebuilder.text import did_you_mean

#: In the place of the host of a series that has no address yet; reserved for that by RFC 2606.
_NO_HOST = "series.invalid"
_LATIN_IN_BRACKETS = re.compile(r"\((?P<name>[^()]*[A-Za-z][^()]*)\)\s*$")
#: Names of the database that somebody writes who means a place with summer time, and such a place.
_WITHOUT_SUMMER = {"EST": "America/Toronto", "MST": "America/Edmonton", "HST": "Pacific/Honolulu"}


def _zone_of(city: str) -> str:
    """The zone of a city that somebody wrote without its region, or with a slip in it."""
    known = [zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")]
    own = re.sub(r"\s+", "_", city.strip()).casefold()
    same = [zone for zone in sorted(known) if zone.casefold().rpartition("/")[2] == own.rpartition("/")[2]]
    if same:
        return f'did you mean "{same[0]}"?'
    return did_you_mean(city, known, cutoff=0.8)


def _in_database(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = _zone_of(name) or "write a region and a city, such as Europe/Dublin or America/Toronto"
        raise PydanticCustomError("bad-zone", '"{value}" is not a time zone', {"value": name, "hint": hint}) from None
    if name in _WITHOUT_SUMMER:
        hint = f"it is an hour wrong in summer; write a city's zone, such as {_WITHOUT_SUMMER[name]}"
        message = '"{value}" does not know about summer time'
        raise PydanticCustomError("bad-zone", message, {"value": name, "hint": hint})
    return name


class PersonData(Record):
    """The front matter of a profile."""

    name: OneLine
    #: How bibliographies write and file the name, in Latin letters: the family name with its particles, or a single
    #: name; the given names; and a suffix such as "Jr." or "III".
    family: Line = ""
    given: Line = ""
    suffix: Line = ""
    credentials: Line = ""
    post: Line = ""
    institution: Line = ""
    country: Country | None = None
    orcid: Orcid = ""
    pronouns: Line = ""
    links: tuple[Link, ...] = ()
    photo: Picture | None = None
    disclosure: Disclosure | None = None

    placeholders: ClassVar[Mapping[str, object]] = {"name": "…"}


class Person(PersonData):
    """Somebody who signs something: expert, writer, editor, curator, moderator."""

    id: OneLine
    biography: Prose = Prose("")
    origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)

    @property
    def latin_name(self) -> str:
        """The name, in Latin letters where the profile has them in brackets: "Eleni Papadopoulou"."""
        latin = _LATIN_IN_BRACKETS.search(self.name)
        return latin["name"].strip() if latin else self.name

    @property
    def signature(self) -> str:
        """Name and credentials: "Amara Diallo, MD, MEd"."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


class CollectionData(Record):
    """What stands in `collections/<id>.yml`."""

    title: OneLine
    audience: Line = ""
    introduction: Passage
    editors: tuple[Id, ...] = ()
    cases: Annotated[tuple[CollectionEntry, ...], Field(min_length=1)]

    placeholders: ClassVar[Mapping[str, object]] = {"title": "…", "introduction": "…", "cases": ()}


class Collection(CollectionData):
    """A hand-picked set of cases for an audience."""

    id: OneLine
    #: The introduction as a text.
    text: Prose = Prose("")
    origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)


class Settings(Record):
    """The casebuilder plugin's options in `mkdocs.yml`."""

    #: The instant that the build looks at the series from; the day's own instant if it is not given.
    as_of: Moment | None = None
    timezone: Annotated[str, AfterValidator(_in_database)] = "UTC"
    licence: Licence = "CC-BY-4.0"
    hashtag: Hashtag = ""
    #: A sentence that stands on every page and pack, such as "A fictional sample series".
    notice: Line = ""
    #: Where somebody writes who wants to be taken out, or to propose a case.
    contact: Line = ""
    #: What ids in feeds, calendars and books are made of, so that they outlast the site's address.
    id_base: IdBase = ""
    #: Discussions on GitHub, which a case's page loads only when a reader asks for them.
    giscus: Giscus | None = None
    missing_consent: MissingConsent = MissingConsent.OMIT
    #: A country with fewer contributors than this is not told of anonymous ones.
    small_count: Annotated[int, Field(ge=1)] = 3
    #: Private records are on the editors' computers alone: quotes then carry a digest of what they were drawn from.
    discussions: Discussions = Discussions.PUBLIC
    overlays: tuple[OneLine, ...] = ()
    #: Warnings and notes stop a build, too. MkDocs' own option of this name counts here as well.
    strict: bool = False
    competencies: Mapping[str, Framework] = Field(default_factory=dict)
    #: Show drafts and scheduled cases, for previews; every page then says so.
    drafts: bool = False
    #: Make the PDF packs; a preview is quicker without.
    packs: bool = True
    #: Processes that render packs at the same time; 0 is one a processor.
    workers: Annotated[int, Field(ge=0)] = 0
    #: Seconds after which the rendering of one pack is given up.
    timeout: Annotated[int, Field(ge=1)] = 120


class Series(Record):
    """A whole series, as it is written. What the world may see of it is `published.PublishedSeries`."""

    name: OneLine = "Case series"
    description: Line = ""
    site_url: Line = ""
    #: Pictures of the site, named from `docs_dir` or the theme's own folder; nothing for none.
    logo: Line = ""
    favicon: Line = ""
    language: Language = "en"
    settings: Settings = Settings.model_construct()
    cases: tuple[Case, ...] = ()
    people: tuple[Person, ...] = ()
    collections: tuple[Collection, ...] = ()
    #: Cases of which nothing is published for now.
    withheld_cases: tuple[WithheldCase, ...] = ()
    #: Addresses below the site's root of all that is held back: what links to it is sound, and prints its words alone.
    withheld: frozenset[str] = frozenset()
    #: Every picture's path below the series' root.
    pictures: frozenset[str] = frozenset()
    #: Where hand-written pages lie, and what is laid over the theme, relative to the series' root.
    page_folders: tuple[str, ...] = ("docs",)
    #: Where the site goes, relative to the series' root or absolute.
    site_folder: str = "site"
    #: The path below the root of every picture in these folders.
    page_pictures: frozenset[str] = frozenset()
    #: Addresses below the site's root of the pages and files that lie in docs/.
    pages: frozenset[str] = frozenset()
    #: Files of which something could not be read; none in a series without errors.
    unread: frozenset[str] = frozenset()
    origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)

    @property
    def zone(self) -> ZoneInfo:
        """The series' time zone."""
        return ZoneInfo(self.settings.timezone)

    def with_drafts(self) -> Series:
        """The same series, of which drafts and scheduled cases are shown too."""
        return self.model_copy(update={"settings": self.settings.model_copy(update={"drafts": True})})

    def person(self, name: str) -> Person | None:
        """The profile with that id."""
        return next((person for person in self.people if person.id == name), None)

    def case(self, slug: str) -> Case | None:
        """The case with that slug."""
        return next((case for case in self.cases if case.slug == slug), None)

    def frameworks(self) -> dict[str, Framework]:
        """The built-in competency frameworks and the series' own."""
        built_in = {key: Framework(title=title, codes=codes) for key, (title, codes) in FRAMEWORKS.items()}
        return {**built_in, **self.settings.competencies}
