"""The community's answers to a case: contributions, quotes from them, the commentary and figures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC
from enum import StrEnum
from typing import Annotated, ClassVar, TypeAlias

from pydantic import BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from casebuilder.model.base import Country, Day, Id, Line, OneLine, Record, Timestamp, Url
from casebuilder.model.origins import NOWHERE, Origin, Prose

_DIGEST = 32
#: Impressions are posts times followers at the time of the query.
_UNSTABLE = frozenset(("followers", "impressions", "reach"))


class Mode(StrEnum):
    """How a quote may be printed."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    PARAPHRASE = "paraphrase"


class ConsentState(StrEnum):
    """The answer of a quote's author to a request for consent."""

    GRANTED = "granted"
    LICENSED = "licensed"
    NOT_NEEDED = "not-needed"
    PENDING = "pending"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def is_given(self) -> bool:
        """Whether the author agreed, on being asked or by an open licence: the quote may then name its author."""
        return self in {ConsentState.GRANTED, ConsentState.LICENSED}

    @property
    def allows_printing(self) -> bool:
        """Whether a quote may be printed; one whose author was not asked may not name anybody."""
        return self.is_given or self is ConsentState.NOT_NEEDED


class Use(StrEnum):
    """Where a quote may stand: on the site and in its feeds, in packs and books, on a picture for sharing."""

    SITE = "site"
    PRINT = "print"
    CARD = "card"


class Consent(Record):
    """Whether, when and how an author consented, and what for."""

    state: ConsentState
    on: Day | None = None
    how: Line = ""
    #: What the author was asked for and agreed to; without it, everything.
    uses: Annotated[tuple[Use, ...], Field(min_length=1)] | None = None
    #: Of a withdrawn text: finds the text again without storing it (`casebuilder.fingerprints`).
    fingerprint: Line = ""

    def covers(self, use: Use) -> bool:
        """Return whether an author's answer extends to a use."""
        return self.uses is None or use in self.uses


class QuoteAuthor(Record):
    """The author of a quote."""

    name: Line = ""
    role: Line = ""
    country: Country | None = None


class Source(Record):
    """The source of a quote. `contribution` is an id in the discussion's record."""

    channel: Line = ""
    url: Url | None = None
    archived: Url | None = None
    posted: Line = ""
    contribution: Line = ""
    #: The digest of that contribution, if the record is private (see `Contribution.digest`).
    digest: Line = ""


class Quote(Record):
    """A community quote in `quotes.yml`."""

    id: Id
    #: Empty only if the quote was withdrawn.
    text: str = ""
    mode: Mode
    by: QuoteAuthor = QuoteAuthor.model_construct()
    consent: Consent
    source: Source = Source.model_construct()
    theme: Line = ""
    question: Line = ""
    #: Whether it contradicts what most said under its theme.
    dissent: bool = False

    def with_consent(self, consent: Consent) -> Quote:
        """Return the same quote with another answer of its author."""
        return self.model_copy(update={"consent": consent})

    def with_digest(self, digest: str) -> Quote:
        """Return the same quote with the digest of its contribution."""
        return self.model_copy(update={"source": self.source.model_copy(update={"digest": digest})})


class Theme(Record):
    """A theme that the curators found in the discussion."""

    id: Id
    title: OneLine


class Arranged(StrEnum):
    """What the sections of a commentary are."""

    THEMES = "themes"
    QUESTIONS = "questions"


#: What stands in the line on the method, in braces, for each figure that is counted.
METHOD_FIGURES = ("contributions", "contributors", "quotes", "people", "copies", "spam", "withdrawn")


class CommentaryData(Record):
    """The front matter of `commentary.md`."""

    curators: Annotated[tuple[Id, ...], Field(min_length=1)]
    method: OneLine
    #: What its sections are: themes of the curators, or the questions of the case, which then need no list.
    arranged: Arranged = Arranged.THEMES
    themes: tuple[Theme, ...] = ()

    placeholders: ClassVar[Mapping[str, object]] = {"curators": ("nobody",), "method": "…"}


class Section(Record):
    """A section of the commentary: the introduction (without a theme), or the text of one theme."""

    theme: Line = ""
    title: Line = ""
    body: Prose
    place: tuple[str, int, int] = ("", 1, 1)


class Commentary(CommentaryData):
    """The curators' community commentary."""

    sections: tuple[Section, ...] = ()
    origin: Origin = Field(default=NOWHERE, exclude=True, repr=False)


class ContributionKind(StrEnum):
    """Whether a contribution is original."""

    ORIGINAL = "original"
    REPLY = "reply"
    REPOST = "repost"


class Contribution(Record):
    """One line of `discussion.jsonl`. It is never printed, but is the source of quotes and figures."""

    id: OneLine
    channel: OneLine
    author: OneLine
    author_key: OneLine
    #: The id of the secret key behind `author_key` and `post_key`: only values made with the same key can be compared.
    key_id: Line = ""
    #: Recognises the post if it is imported again, without leading to it.
    post_key: Line = ""
    #: Former values of `author_key`, from before two participants were joined into one person.
    joined_key: Line = ""
    posted: Timestamp
    text: str
    kind: ContributionKind = ContributionKind.ORIGINAL
    in_reply_to: Line = ""
    question: Line = ""
    country: Country | None = None
    role: Line = ""
    url: Url | None = None
    #: Advertising, or by an account that is nobody's: it is in no count. Somebody says so; no import does.
    spam: bool = False
    #: The day on which its author withdrew it.
    withdrawn: Day | None = None
    #: See Consent.fingerprint.
    fingerprint: Line = ""
    place: SkipJsonSchema[tuple[str, int, int]] = Field(default=("", 1, 1), exclude=True)

    def placed(self, path: str, line: int, column: int) -> Contribution:
        """Return the same contribution at another place."""
        return self.model_copy(update={"place": (path, line, column)})

    def at_address(self, url: str | None) -> Contribution:
        """Return the same contribution with another address of its post."""
        return self.model_copy(update={"url": url})

    @property
    def digest(self) -> str:
        """Return the digest that links a quote to its contribution if the record is private.

        It includes the author's key, which is only in the record. Otherwise somebody with all posts of a network could
        find out which post is behind a paraphrase.
        """
        parts = (self.joined_key or self.author_key, self.posted.astimezone(UTC).isoformat(), self.text)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_DIGEST]


def _without_point(value: object) -> object:
    """Refuse a number that may have a point after its thousands: 1.200."""
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", value.strip()):
        digits = value.strip().replace(".", "")
        hint = f"write {digits}, without the point; or {float(value)} if it is a decimal"
        context = {"value": value, "hint": hint}
        raise PydanticCustomError("bad-value", '"{value}" can be two numbers', context)
    return value


Figure: TypeAlias = Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12), BeforeValidator(_without_point)]


class Metric(Record):
    """A figure that comes from elsewhere, with the window it covers, where it was read, by what, and when."""

    metric: OneLine
    #: None only where the platform gives the figure no longer.
    value: Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12), BeforeValidator(_without_point)] | None = (
        None
    )
    #: One of the two, from the opening on.
    window_days: Annotated[int, Field(ge=1, le=36_600)] | None = None
    window_hours: Annotated[int, Field(ge=1, le=878_400)] | None = None
    source: OneLine
    collected: Day
    tool: Line = ""
    #: The platform no longer gives this figure: its row stays, and nobody can check it.
    discontinued: bool = False

    @property
    def name(self) -> str:
        """What was counted, in one spelling: "page-views"."""
        return "-".join(self.metric.lower().replace("_", " ").replace("-", " ").split())

    @property
    def is_unstable(self) -> bool:
        """Whether it changes with the day on which somebody asks (Topf et al., J Med Internet Res 2015;17:e216)."""
        return self.name in _UNSTABLE

    @property
    def hours(self) -> int:
        """How long its window is."""
        return self.window_hours or 24 * (self.window_days or 0)
