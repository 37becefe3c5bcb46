"""A case: what authors write in `cases/<slug>/`, and its commentary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field, model_validator

from casebuilder.model.base import (
    Alias,
    Doi,
    Id,
    Language,
    Licence,
    Line,
    Moment,
    OneLine,
    Record,
)
from casebuilder.model.commentary import Commentary, Contribution, Metric, Quote
from casebuilder.model.details import (
    Change,
    Character,
    Credit,
    Discussion,
    Paper,
    Picture,
    PrivacyCheck,
    Reference,
    Session,
)
from casebuilder.model.figures import Figures
from casebuilder.model.origins import NOWHERE, Origin, Prose
from casebuilder.model.parts import Note, Part, Question, Response
from casebuilder.model.terms import Basis, Kind, Role, Status


def _needed_by_kind(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema what only a case needs, and what only a journal club needs."""
    schema["required"].remove("basis")
    schema["if"] = {"properties": {"kind": {"const": "journal-club"}}, "required": ["kind"]}
    schema["then"], schema["else"] = {"required": ["paper"]}, {"required": ["basis"]}


#: The most topics, audiences or competencies of one case: each has a page, and a page lists all of them.
MOST_LABELS = 50


class CaseData(Record):
    """The fields of `case.yml`."""

    title: OneLine
    kind: Kind = Kind.CASE
    season: Annotated[int, Field(ge=0)] | None = None
    episode: Annotated[int, Field(ge=0)] | None = None
    teaser: OneLine
    opens: Moment
    closes: Moment | None = None
    releases: Moment | None = None
    status: Status | None = None
    language: Language | None = None
    audience: Annotated[tuple[OneLine, ...], Field(max_length=MOST_LABELS)] = ()
    topics: Annotated[tuple[OneLine, ...], Field(min_length=1, max_length=MOST_LABELS)]
    competencies: Annotated[tuple[OneLine, ...], Field(min_length=1, max_length=MOST_LABELS)]
    objectives: Annotated[tuple[OneLine, ...], Field(min_length=1)]
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
    #: Experts who may be named before their responses are released.
    announced: tuple[Id, ...] = ()

    model_config = ConfigDict(json_schema_extra=_needed_by_kind)

    @model_validator(mode="before")
    @classmethod
    def _basis_of_a_paper(cls, fields: object) -> object:
        """Return the fields with the basis of a journal club: a text about a paper tells no patient's story."""
        reads = isinstance(fields, dict) and (
            fields.get("kind") == Kind.JOURNAL_CLUB or fields.get("paper") is not None
        )
        if isinstance(fields, dict) and reads and fields.get("basis") is None:
            return {**fields, "basis": Basis.FICTIONAL}
        return fields

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
    """A case with all its parts."""

    slug: OneLine
    story: tuple[Part, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()
    responses: tuple[Response, ...] = ()
    quotes: tuple[Quote, ...] = ()
    commentary: Commentary | None = None
    contributions: tuple[Contribution, ...] = ()
    metrics: tuple[Metric, ...] = ()
    #: What was counted where the record is, for those who have no record.
    figures: Figures | None = None
    #: Picture files in the case's folder, relative to the series' root.
    pictures: frozenset[str] = frozenset()
    origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)
    quotes_origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)
    metrics_origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)
    figures_origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)

    def with_contributions(self, contributions: tuple[Contribution, ...]) -> Case:
        """Return the same case with another record of its discussion."""
        return self.model_copy(update={"contributions": contributions})

    def as_draft(self) -> Case:
        """Return the same case as a draft; a site with drafts then shows all its texts."""
        return self.model_copy(update={"status": Status.DRAFT})

    def with_quotes(self, quotes: tuple[Quote, ...]) -> Case:
        """Return the same case with other quotes."""
        return self.model_copy(update={"quotes": quotes})

    def texts(self) -> tuple[Prose, ...]:
        """Return every Markdown text of the case, in reading order."""
        return (
            *(part.body for part in self.story),
            *(question.body for question in self.questions),
            *(note.body for note in self.notes),
            *(response.body for response in self.responses),
            *((section.body for section in self.commentary.sections) if self.commentary else ()),
        )

    def works(self) -> tuple[Reference, ...]:
        """Return everything that a text of the case can cite: the paper of a journal club, and the references."""
        return (*((self.paper,) if self.paper else ()), *self.references)
