"""A case: what an author writes in `cases/<slug>/`, and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from casebuilder.model.base import (
    NOWHERE,
    Alias,
    Day,
    Doi,
    Hashtag,
    Id,
    Language,
    Licence,
    Line,
    Moment,
    Origin,
    Pmid,
    Prose,
    Record,
    Url,
    Words,
)
from casebuilder.model.commentary import Commentary, Contribution, Metric, Quote
from casebuilder.model.parts import Note, Part, Question, Response
from casebuilder.text import message


class Kind(StrEnum):
    """What opens a case: a story, or a paper."""

    CASE = "case"
    JOURNAL_CLUB = "journal-club"


class Status(StrEnum):
    """The only states that are ever written; all others follow from the dates."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """Where a case is in its life, at one instant."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CURATING = "curating"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What answers a case once it is released."""

    RESPONSES = "responses"
    COMMENTARY = "commentary"


class Basis(StrEnum):
    """What a story is drawn from."""

    FICTIONAL = "fictional"
    COMPOSITE = "composite"
    ALTERED = "altered-with-consent"


class Role(StrEnum):
    """What a person did for a case."""

    WRITER = "writer"
    EDITOR = "editor"
    PEER_REVIEWER = "peer-reviewer"
    CURATOR = "curator"
    MODERATOR = "moderator"
    ILLUSTRATOR = "illustrator"
    TRANSLATOR = "translator"


#: CRediT's name (ANSI/NISO Z39.104-2022) of the roles that it has.
CREDIT_NAMES: dict[Role, str] = {
    Role.WRITER: message("Writing – original draft"),
    Role.EDITOR: message("Writing – review & editing"),
    Role.CURATOR: message("Formal analysis"),
    Role.ILLUSTRATOR: message("Visualization"),
}


class ChangeKind(StrEnum):
    """Why a released case was changed."""

    CORRECTION = "correction"
    UPDATE = "update"
    TAKEDOWN = "takedown"
    WITHDRAWAL = "withdrawal"


class PrivacyCheck(Record):
    """Who made sure that nobody can be recognised, and when."""

    checked_by: Id
    on: Day


class Credit(Record):
    """One person's part in a case."""

    person: Id
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]


class Character(Record):
    """Somebody in the story."""

    name: Words
    role: Line = ""
    pronouns: Line = ""


class Picture(Record):
    """A picture that stands for a case or a person. `alt` says in words what it shows."""

    file: Words
    alt: Words
    credit: Line = ""
    licence: Licence | None = None


class Reference(Record):
    """A work that is cited, by its id, as `[@id]` in any text of the case."""

    id: Id
    authors: tuple[Words, ...] = ()
    title: Words
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
    """The paper that a journal club reads."""

    published: Day
    open_access: bool


class Channel(Record):
    """A place where the discussion happens."""

    type: Words
    url: Url | None = None
    hashtag: Hashtag = ""


class Discussion(Record):
    """Where a case is discussed, and who moderates."""

    channels: tuple[Channel, ...] = ()
    moderators: tuple[Id, ...] = ()


class SessionStep(Record):
    """One step of a session. `section` is a part of the pack, or the id of a question, that the step works on."""

    minutes: Annotated[int, Field(ge=1, le=600)]
    activity: Words
    section: Line = ""


class Session(Record):
    """A plan for a workshop of so many minutes; the steps' minutes add up to it."""

    minutes: Annotated[int, Field(ge=1, le=600)]
    audience: tuple[Words, ...] = ()
    steps: Annotated[tuple[SessionStep, ...], Field(min_length=1)]


class Change(Record):
    """A change after release, with a note for the public."""

    date: Day
    kind: ChangeKind
    note: Words


class CaseData(Record):
    """What stands in `case.yml`."""

    title: Words
    kind: Kind = Kind.CASE
    season: Annotated[int, Field(ge=0)] | None = None
    episode: Annotated[int, Field(ge=0)] | None = None
    teaser: Words
    opens: Moment
    closes: Moment | None = None
    releases: Moment | None = None
    status: Status | None = None
    language: Language | None = None
    audience: tuple[Words, ...] = ()
    topics: Annotated[tuple[Words, ...], Field(min_length=1)]
    competencies: Annotated[tuple[Words, ...], Field(min_length=1)]
    objectives: Annotated[tuple[Words, ...], Field(min_length=1)]
    basis: Basis
    privacy: PrivacyCheck | None = None
    credits: Annotated[tuple[Credit, ...], Field(min_length=1)]
    characters: tuple[Character, ...] = ()
    inspired_by: Line = ""
    content_note: Line = ""
    image: Picture | None = None
    references: tuple[Reference, ...] = ()
    paper: Paper | None = None
    discussion: Discussion = Discussion.model_construct()
    sessions: tuple[Session, ...] = ()
    licence: Licence | None = None
    doi: Doi = ""
    aliases: tuple[Alias, ...] = ()
    changes: tuple[Change, ...] = ()
    #: Experts whose names may be told before their responses are released.
    announced: tuple[Id, ...] = ()

    placeholders: ClassVar[Mapping[str, object]] = {
        "title": "…",
        "teaser": "…",
        "opens": date(1900, 1, 1),
        "topics": ("…",),
        "competencies": ("…",),
        "objectives": ("…",),
        "basis": Basis.FICTIONAL,
        "credits": ({"person": "nobody", "roles": (Role.WRITER, Role.EDITOR)},),
    }


class Case(CaseData):
    """A case with everything that belongs to it.

    `publish` hands on a case of which the parts that nobody may see yet are empty, and sets `state`.
    """

    slug: Words
    story: tuple[Part, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()
    responses: tuple[Response, ...] = ()
    quotes: tuple[Quote, ...] = ()
    commentary: Commentary | None = None
    contributions: tuple[Contribution, ...] = ()
    metrics: tuple[Metric, ...] = ()
    #: Files of pictures in the case's folder, relative to the series' root.
    pictures: frozenset[str] = frozenset()
    state: State | None = None
    #: What a case that is not released yet has in store or announces. Set by `publish`.
    planned: frozenset[Answer] = frozenset()
    origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)
    quotes_origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)
    metrics_origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)

    @property
    def answers(self) -> frozenset[Answer]:
        """What answers the case, or will: its pages promise nothing else."""
        there = {Answer.RESPONSES: self.responses, Answer.COMMENTARY: self.commentary}
        return self.planned | {answer for answer, found in there.items() if found}

    def texts(self) -> tuple[Prose, ...]:
        """Every Markdown text that the case holds, in reading order."""
        return (
            *(part.body for part in self.story),
            *(question.body for question in self.questions),
            *(note.body for note in self.notes),
            *(response.body for response in self.responses),
            *((section.body for section in self.commentary.sections) if self.commentary else ()),
        )

    def works(self) -> tuple[Reference, ...]:
        """Everything that a text of the case can cite: the paper of a journal club, and the references."""
        return (*((self.paper,) if self.paper else ()), *self.references)
