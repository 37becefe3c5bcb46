"""What travels between the desk's page and Python, as frozen types. Everything that comes in is judged by them.

A curation is what curators make: marks, themes, quotes. A desk is the record with the curation so far, as the page
gets it. Offsets in a text count Unicode code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from casebuilder.model import Arranged, ConsentState, Mode, Use
from casebuilder.text import control

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

#: Limits of what comes in: entries of a list, characters of a text, of a line and of a name.
ENTRIES, LETTERS, LINE, NAME = 5_000, 100_000, 1_000, 200
#: How many problems of one that came in are listed.
_SHOWN = 20


def _without_control(text: str) -> str:
    if control(text):
        raise ValueError("it contains an invisible character")
    return text


Text: TypeAlias = Annotated[str, StringConstraints(max_length=LETTERS), AfterValidator(_without_control)]
Words: TypeAlias = Annotated[
    str, StringConstraints(max_length=LINE, pattern=r"^[^\n\r\v\f\x85\u2028\u2029]*$"), AfterValidator(_without_control)
]
Name: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=NAME), AfterValidator(_without_control)]
#: The id of something that goes into a file: `model.Id` without advice for people, since a program makes it.
Key: TypeAlias = Annotated[str, StringConstraints(max_length=NAME, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Digest: TypeAlias = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
DeskId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class FormError(ValueError):
    """What came in is not a curation: a problem for each value that cannot be taken."""

    def __init__(self, details: list[ErrorDetails]) -> None:
        super().__init__("this is not a curation that casebuilder can take")
        self.problems = tuple(
            {"code": "", "severity": "error", "message": f"{_field_path(each['loc'])}: {each['msg']}", "hint": ""}
            for each in details[:_SHOWN]
        )


def _field_path(steps: tuple[int | str, ...]) -> str:
    """Return where a value stands, in words.

    Names of fields are from a file that somebody sent, and may be long or move the cursor of a terminal.
    """
    words = " ".join(str(step) for step in steps)[:NAME]
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in words) or "the whole"


class Form:
    """A part without unknown fields, judged when it comes in as JSON."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True, slots=True)
class Passage(Form):
    """A stretch of a contribution's text, in code points: from `start` up to, but not including, `end`."""

    start: Annotated[int, Field(ge=0, le=LETTERS)]
    end: Annotated[int, Field(ge=0, le=LETTERS)]


@dataclass(frozen=True, slots=True)
class Author(Form):
    """Who is named under a quote."""

    name: Words = ""
    role: Words = ""
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""


@dataclass(frozen=True, slots=True)
class Agreement(Form):
    """The author's answer. `uses` is None if they were not asked what for."""

    state: ConsentState = ConsentState.PENDING
    on: date | None = None
    how: Words = ""
    uses: Annotated[tuple[Use, ...], Field(max_length=len(Use))] | None = None


@dataclass(frozen=True, slots=True)
class MarkedQuote(Form):
    """Passages of one contribution under a theme: a quote, or, until it is `quoted`, a private mark."""

    id: Key
    contribution: Annotated[str, StringConstraints(max_length=NAME), AfterValidator(_without_control)] = ""
    passages: Annotated[tuple[Passage, ...], Field(max_length=50)] = ()
    text: Text = ""
    mode: Mode = Mode.ANONYMOUS
    by: Author = Author()
    theme: Annotated[Words, StringConstraints(max_length=NAME)] = ""
    question: Annotated[Words, StringConstraints(max_length=NAME)] = ""
    dissent: bool = False
    memo: Text = ""
    quoted: bool = False
    consent: Agreement = Agreement()
    #: Whether its block in quotes.yml holds something that the page does not show.
    extra: bool = False


@dataclass(frozen=True, slots=True)
class DeskTheme(Form):
    """A theme: its title and the Markdown of its section. Letter and colour are the curators' own, never published."""

    id: Key
    title: Annotated[Words, StringConstraints(min_length=1)]
    colour: Annotated[int, Field(ge=0, le=7)] = 0
    letter: Annotated[str, StringConstraints(max_length=4), AfterValidator(_without_control)] = ""
    summary: Text = ""


@dataclass(frozen=True, slots=True)
class Marks(Form):
    """What a curator noted of a contribution."""

    read: bool = False
    spam: bool = False
    memo: Text = ""


@dataclass(frozen=True, slots=True)
class Base(Form):
    """What a desk began from: the digests of both files, and of each of their parts."""

    quotes: Digest = ""
    commentary: Digest = ""
    parts: Annotated[Mapping[Name, Digest], Field(max_length=ENTRIES)] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Curation(Form):
    """What curators make of a discussion."""

    case: Name
    desk: DeskId
    format: Literal[1] = 1
    base: Base = Base()
    revision: Annotated[int, Field(ge=0, le=10**9)] = 0
    arranged: Arranged = Arranged.THEMES
    curators: Annotated[tuple[Key, ...], Field(max_length=50)] = ()
    method: Text = ""
    method_automatic: bool = True
    introduction: Text = ""
    themes: Annotated[tuple[DeskTheme, ...], Field(max_length=100)] = ()
    quotes: Annotated[tuple[MarkedQuote, ...], Field(max_length=ENTRIES)] = ()
    contributions: Annotated[Mapping[Name, Marks], Field(max_length=100_000)] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeskQuestion(Form):
    """A question of the case."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Row(Form):
    """A contribution as the page shows it."""

    id: str
    author: str
    role: str
    country: str
    channel: str
    posted: str
    #: The same moment for people, in the series' time zone.
    when: str
    kind: str
    in_reply_to: str
    question: str
    text: str
    url: str
    spam: bool
    #: The contribution that it repeats; empty if none.
    fold: str
    replies: int
    #: The same for all contributions of one person.
    voice: str


@dataclass(frozen=True, slots=True)
class Reach(Form):
    """A way to reach somebody."""

    how: str
    where: str


@dataclass(frozen=True, slots=True)
class DeskPerson(Form):
    """Somebody who took part, and where they can be reached."""

    voice: str
    name: str
    reach: tuple[Reach, ...]
    #: pending, granted or refused, from their quotes; empty if nothing of theirs is quoted.
    state: str


@dataclass(frozen=True, slots=True)
class Desk(Form):
    """Everything that the page is given."""

    desk: str
    case: str
    title: str
    language: str
    kind: str
    base: Base
    questions: tuple[DeskQuestion, ...]
    contributions: tuple[Row, ...]
    #: None if the list of people is not on this computer, or not to be given away.
    people: tuple[DeskPerson, ...] | None
    suggestions: Mapping[str, object]
    templates: Mapping[str, str]
    who_may_have_it: str
    curation: Curation
    #: What the page kept for undo, as it sent it.
    history: object = None
    format: Literal[1] = 1


@cache
def _curations() -> TypeAdapter[Curation]:
    return TypeAdapter(Curation)


@cache
def _desks() -> TypeAdapter[Desk]:
    return TypeAdapter(Desk)


def read_curation(body: str | bytes) -> Curation:
    """Judge a curation that comes in as JSON.

    Raises:
        FormError: it is not a curation of this format.
    """
    try:
        return _curations().validate_json(body)
    except ValidationError as error:
        raise FormError(error.errors(include_url=False, include_input=False)) from None


def plain_curation(curation: Curation) -> dict[str, object]:
    """Return a curation as plain values of JSON."""
    values: dict[str, object] = _curations().dump_python(curation, mode="json")
    return values


def plain_desk(desk: Desk) -> dict[str, object]:
    """Return a desk as plain values of JSON."""
    values: dict[str, object] = _desks().dump_python(desk, mode="json")
    return values
