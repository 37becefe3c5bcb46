"""The model: frozen types of everything in a series, documented field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import lazynames
from casebuilder.model.base import Language, Line, Moment, OneLine, Record, field_names, instant
from casebuilder.model.cadence import Cadence, Holiday
from casebuilder.model.commentary import (
    Arranged,
    Commentary,
    CommentaryData,
    Consent,
    ConsentState,
    Contribution,
    ContributionKind,
    Metric,
    Mode,
    Quote,
    QuoteAuthor,
    Section,
    Source,
    Theme,
    Use,
)
from casebuilder.model.details import (
    Change,
    Channel,
    Character,
    CollectionEntry,
    Credit,
    Disclosure,
    Discussion,
    Framework,
    Giscus,
    Link,
    Paper,
    Picture,
    Reference,
    Session,
    SessionStep,
    TeamGroup,
    WithheldCase,
)
from casebuilder.model.figures import Breakdown, Figures, Spread
from casebuilder.model.livehours import LiveHour, TimedQuestion
from casebuilder.model.origins import NOWHERE, Mark, Origin, Prose, Step
from casebuilder.model.partialdates import PartialDate
from casebuilder.model.parts import Note, Part, Question, Response, ResponseData
from casebuilder.model.siteaddress import SiteAddress, old_name
from casebuilder.model.terms import (
    CREDIT_NAMES,
    Answer,
    Basis,
    ChangeKind,
    Discussions,
    Kind,
    MissingConsent,
    Role,
    State,
    Status,
)
from casebuilder.model.vocabulary import COUNTRIES, FRAMEWORKS, LICENCE_ADDRESSES, LICENCES
from casebuilder.model.window import window

if TYPE_CHECKING:
    from casebuilder.model.output import CARD_SIZE, File, Pack, Page, card_path

__all__ = [
    "CARD_SIZE",
    "COUNTRIES",
    "CREDIT_NAMES",
    "FRAMEWORKS",
    "LICENCES",
    "LICENCE_ADDRESSES",
    "NOWHERE",
    "Answer",
    "Arranged",
    "Basis",
    "Breakdown",
    "Cadence",
    "Change",
    "ChangeKind",
    "Channel",
    "Character",
    "CollectionEntry",
    "Commentary",
    "CommentaryData",
    "Consent",
    "ConsentState",
    "Contribution",
    "ContributionKind",
    "Credit",
    "Disclosure",
    "Discussion",
    "Discussions",
    "Figures",
    "File",
    "Framework",
    "Giscus",
    "Holiday",
    "Kind",
    "Language",
    "Line",
    "Link",
    "LiveHour",
    "Mark",
    "Metric",
    "MissingConsent",
    "Mode",
    "Moment",
    "Note",
    "OneLine",
    "Origin",
    "Pack",
    "Page",
    "Paper",
    "Part",
    "PartialDate",
    "Picture",
    "Prose",
    "Question",
    "Quote",
    "QuoteAuthor",
    "Record",
    "Reference",
    "Response",
    "ResponseData",
    "Role",
    "Section",
    "Session",
    "SessionStep",
    "SiteAddress",
    "Source",
    "Spread",
    "State",
    "Status",
    "Step",
    "TeamGroup",
    "Theme",
    "TimedQuestion",
    "Use",
    "WithheldCase",
    "card_path",
    "field_names",
    "instant",
    "old_name",
    "window",
]

__getattr__ = lazynames.of(__name__, {"output": ("CARD_SIZE", "File", "Pack", "Page", "card_path")})
