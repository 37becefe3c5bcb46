"""A series: its settings, its people, its cases and its collections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Annotated, ClassVar, TypedDict, Unpack
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from casebuilder.model.base import (
    Country,
    Hashtag,
    Id,
    Language,
    Licence,
    Line,
    Moment,
    OneLine,
    Orcid,
    Passage,
    Record,
)
from casebuilder.model.cadence import CadencePerKind, HolidayText
from casebuilder.model.case import Case
from casebuilder.model.codes import as_url
from casebuilder.model.details import (
    CollectionEntry,
    Disclosure,
    Framework,
    Giscus,
    Link,
    Picture,
    TeamGroup,
    WithheldCase,
)
from casebuilder.model.figures import least_alone
from casebuilder.model.origins import NOWHERE, Origin, Prose, Step
from casebuilder.model.siteaddress import Contact, IdBase
from casebuilder.model.terms import Discussions, MissingConsent
from casebuilder.model.vocabulary import FRAMEWORKS
from casebuilder.model.zones import in_database

#: The host of ids of a series without an address; RFC 2606 reserves it.
_NO_HOST = "series.invalid"
_LATIN_IN_BRACKETS = re.compile(r"\((?P<name>[^()]*[A-Za-z][^()]*)\)\s*$")


def _url_or_nothing(value: str) -> str:
    return as_url(value) if value else ""


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
    """A person who signs something: expert, writer, editor, curator, moderator."""

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
    """The fields of `collections/<id>.yml`."""

    title: OneLine
    audience: Line = ""
    introduction: Passage
    editors: tuple[Id, ...] = ()
    cases: Annotated[tuple[CollectionEntry, ...], Field(min_length=1)]

    placeholders: ClassVar[Mapping[str, object]] = {"title": "…", "introduction": "…", "cases": ()}


class Collection(CollectionData):
    """A hand-picked set of cases for an audience."""

    id: OneLine
    #: The introduction, with its place.
    text: Prose = Prose("")
    origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)

    def with_cases(self, cases: tuple[CollectionEntry, ...]) -> Collection:
        """Return the same collection of other cases."""
        return self.model_copy(update={"cases": cases})


class Settings(Record):
    """The casebuilder plugin's options in `mkdocs.yml`."""

    #: The instant that a build treats as now; None for the clock's.
    as_of: Moment | None = None
    timezone: Annotated[str, AfterValidator(in_database)] = "UTC"
    licence: Licence = "CC-BY-4.0"
    hashtag: Hashtag = ""
    #: A sentence on every page and pack, such as "A fictional sample series".
    notice: Line = ""
    #: Where people write to be removed, or to propose a case.
    contact: Contact = ""
    #: Where the handbook's pages are, for links in reports.
    handbook: Annotated[str, AfterValidator(_url_or_nothing)] = ""
    #: The host in ids of feeds, calendars and books, which stays the same if the site moves.
    id_base: IdBase = ""
    #: Discussions on GitHub, which a case's page loads only if the reader chooses to.
    giscus: Giscus | None = None
    missing_consent: MissingConsent = MissingConsent.OMIT
    #: The country of an anonymous author is not printed if fewer contributors than this are from it.
    small_count: Annotated[int, Field(ge=1), AfterValidator(least_alone)] = 3
    #: The day of each month on which cases of each kind open.
    cadence: CadencePerKind = Field(default_factory=dict)
    #: Days on which nothing opens or is released.
    holidays: tuple[HolidayText, ...] = ()
    #: The editorial board: groups of people, in the order of the page.
    team: tuple[TeamGroup, ...] = ()
    #: Private records are only on the editors' computers, and each quote carries a digest of its contribution.
    discussions: Discussions = Discussions.PUBLIC
    overlays: tuple[OneLine, ...] = ()
    #: Warnings and notes also stop a build. MkDocs' option of the same name has the same effect.
    strict: bool = False
    competencies: Mapping[str, Framework] = Field(default_factory=dict)
    #: Show drafts and scheduled cases, which no published site may do; every page then says so.
    drafts: bool = False
    #: Print the PDF packs; a build is quicker without.
    packs: bool = True
    #: The number of processes that print packs; 0 means one for each processor.
    workers: Annotated[int, Field(ge=0)] = 0
    #: The time limit for printing one pack, in seconds.
    timeout: Annotated[int, Field(ge=1)] = 120


class SeriesFields(TypedDict, total=False):
    """The fields of a series that change after it was read."""

    cases: tuple[Case, ...]
    people: tuple[Person, ...]
    collections: tuple[Collection, ...]
    withheld_cases: tuple[WithheldCase, ...]
    withheld: frozenset[str]
    settings_origin: Origin
    settings_steps: tuple[Step, ...]
    page_folders: tuple[str, ...]
    page_pictures: frozenset[str]
    pages: frozenset[str]
    unread: frozenset[str]


class Series(Record):
    """A whole series, private parts included. The public view of it is `published.PublishedSeries`."""

    name: OneLine = "Case series"
    description: Line = ""
    site_url: Line = ""
    #: Pictures of the site, relative to `docs_dir` or the theme's folder; may be empty.
    logo: Line = ""
    favicon: Line = ""
    language: Language = "en"
    settings: Settings = Settings.model_construct()
    #: The places of the settings, and the way to them in the configuration file.
    settings_origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)
    settings_steps: tuple[Step, ...] = ()
    #: All of the configuration file: settings of MkDocs and of others, as text, with what is inherited.
    site_values: Mapping[str, object] = Field(default_factory=dict, exclude=True, repr=False)
    cases: tuple[Case, ...] = ()
    people: tuple[Person, ...] = ()
    collections: tuple[Collection, ...] = ()
    #: Cases that are held back until their errors are corrected.
    withheld_cases: tuple[WithheldCase, ...] = ()
    #: Addresses below the site's root of everything held back: links to it are valid, and only their words are printed.
    withheld: frozenset[str] = frozenset()
    #: Every picture's path below the series' root.
    pictures: frozenset[str] = frozenset()
    #: The folders of hand-written pages, and of files that override the theme, relative to the series' root.
    page_folders: tuple[str, ...] = ("docs",)
    #: The folder of the site, absolute or relative to the series' root.
    site_folder: str = "site"
    #: The paths of all pictures in these folders, relative to the series' root.
    page_pictures: frozenset[str] = frozenset()
    #: Addresses below the site's root of the pages and files in docs/.
    pages: frozenset[str] = frozenset()
    #: Files that could not be read completely; empty in a series without errors.
    unread: frozenset[str] = frozenset()
    origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)

    @property
    def zone(self) -> ZoneInfo:
        """The series' time zone."""
        return ZoneInfo(self.settings.timezone)

    def replaced(self, **fields: Unpack[SeriesFields]) -> Series:
        """Return the same series with other values in these fields."""
        return self.model_copy(update=dict(fields))

    def with_drafts(self) -> Series:
        """Return the same series, showing drafts and scheduled cases."""
        return self.model_copy(update={"settings": self.settings.model_copy(update={"drafts": True})})

    def without_in_team(self, names: AbstractSet[str]) -> Series:
        """Return the same series with an editorial board without these people."""
        groups = (group.without(names) for group in self.settings.team)
        populated = tuple(group for group in groups if group.people)
        return self.model_copy(update={"settings": self.settings.model_copy(update={"team": populated})})

    def person(self, name: str) -> Person | None:
        """Return the profile with this id; None if there is none."""
        return next((person for person in self.people if person.id == name), None)

    def case(self, slug: str) -> Case | None:
        """Return the case with this slug; None if there is none."""
        return next((case for case in self.cases if case.slug == slug), None)

    def frameworks(self) -> dict[str, Framework]:
        """Return the built-in competency frameworks and the series' own."""
        built_in = {key: Framework(title=title, codes=codes) for key, (title, codes) in FRAMEWORKS.items()}
        return {**built_in, **self.settings.competencies}
