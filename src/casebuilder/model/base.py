"""What every record of the model is made of: where it was written, and the types of single values.

A record is frozen. Its field types are also the source of the JSON Schemas that an editor's program uses, so a
constraint stands here once and holds in both places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from casebuilder.model.vocabulary import COUNTRIES, LICENCES
from casebuilder.text import slug

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

#: A step into a document: a mapping's key or a list's index.
Step: TypeAlias = str | int
#: A place in a text: line and column, both from 1.
Mark: TypeAlias = tuple[int, int]


@dataclass(frozen=True, eq=False, slots=True)
class Origin:
    """Where a record was written: its file, and a mark for each of its values.

    Attributes:
        path: relative to the series' root.
        marks: the place of the value behind each chain of steps; `()` is the document itself.
        keys: the place of the key, for values that have one.
        refused: the places of values that were missing or not understood, so that the record was made without them;
            `()` if it was made without all of them, `(-1,)` if entries of a list were left out.
        paths: the files of the values that stand in another one than `path`, which inherits them.
    """

    path: str
    marks: Mapping[tuple[Step, ...], Mark]
    keys: Mapping[tuple[Step, ...], Mark]
    refused: frozenset[tuple[Step, ...]] = frozenset()
    paths: Mapping[tuple[Step, ...], str] = field(default_factory=dict)

    def at(self, *steps: Step) -> tuple[str, int, int]:
        """Path, line and column of a value, or of the nearest value around it that was written."""
        for length in range(len(steps), -1, -1):
            if mark := self.marks.get(steps[:length]):
                return (self.paths.get(steps[:length], self.path), *mark)
        return (self.path, 1, 1)

    def at_key(self, *steps: Step) -> tuple[str, int, int]:
        """Path, line and column of a key."""
        return (self.paths.get(steps, self.path), *self.keys[steps]) if steps in self.keys else self.at(*steps)

    @property
    def whole(self) -> bool:
        """Whether the record was made of what is written; of a list: with each of its entries."""
        return self.refused.isdisjoint(((), (-1,)))

    def sound(self, *steps: Step) -> bool:
        """Whether everything at and below a place was understood: what a refused value lacks is no second problem."""
        return not any(place[: len(steps)] == steps[: len(place)] for place in self.refused)


NOWHERE = Origin("", {}, {})
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?$", re.IGNORECASE | re.ASCII)
_ALMOST = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"|(?P<day_>\d\d?)\. ?(?P<month_>\d\d?)\. ?(?P<year_>\d{4})",
    re.ASCII,
)
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of Markdown, and where it stands.

    Attributes:
        source: the Markdown.
        path: its file, relative to the series' root.
        line: the line of the file on which it begins.
    """

    source: str
    path: str = ""
    line: int = 1

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.source.strip())

    def at(self, offset: int) -> tuple[str, int, int]:
        """Path, line and column of a character."""
        before = self.source[:offset]
        return self.path, self.line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1


class Record(BaseModel):
    """A frozen record of which every key is known."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, arbitrary_types_allowed=True, defer_build=True
    )

    #: What stands in for a needed field that is missing or wrong, so that the other rules can still be run.
    placeholders: ClassVar[Mapping[str, object]] = {}


def _as_date(value: object) -> object:
    """A calendar day from its ISO 8601 text; times are refused, since a day has none."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            return _near(date.fromisoformat(value))
        return _refuse(value, "a day of the calendar", "check year, month and day")
    timed = isinstance(value, str) and _MOMENT.match(value)
    hint = "leave the time out" if timed else _meant(value) or "write it as 2026-03-27"
    return _refuse(value, "a date", hint)


def _as_moment(value: object) -> object:
    """A day, or a day with a time, from its ISO 8601 text."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _MOMENT.match(value):
        with suppress(ValueError):
            return _near(date.fromisoformat(value) if _DAY.fullmatch(value) else datetime.fromisoformat(value))
        return _refuse(value, "a day or a time of the calendar", "check year, month, day, hour and minute")
    return _refuse(value, "a date or a time", _meant(value) or "write it as 2026-03-27 or 2026-03-27T18:00")


def _as_timestamp(value: object) -> object:
    """An instant from its RFC 3339 text; without an offset it would mean another instant in each country."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and _MOMENT.match(value):
        with suppress(ValueError):
            moment = _near(datetime.fromisoformat(value))
            if isinstance(moment, datetime) and moment.tzinfo is not None:
                return moment
    return _refuse(value, "a time with an offset", "write it as 2026-03-27T18:00:00+01:00")


def _meant(value: object) -> str:
    """The day that somebody means who leaves noughts out, or writes it with full stops; strokes can mean two days."""
    written = _ALMOST.fullmatch(value) if isinstance(value, str) else None
    if written:
        year, month, day = (int(written[name] or written[f"{name}_"]) for name in ("year", "month", "day"))
        with suppress(ValueError):
            return f'did you mean "{_near(date(year, month, day)).isoformat()}"?'
    return ""


def _near(moment: date) -> date:
    """A day in whose neighbourhood one can still count weeks and change zones, and which is no slip of the finger."""
    if moment.year not in _YEARS:
        message = "too far from now"
        raise ValueError(message)
    return moment


def _refuse(value: object, what: str, hint: str) -> object:
    raise PydanticCustomError("bad-date", '"{value}" is not {what}', {"value": value, "what": what, "hint": hint})


def _one_of(known: Mapping[str, str], code: str, what: str, hint: str) -> AfterValidator:
    """A check that a word is in a vocabulary; who wrote the word's name, or other letters of it, is told the word."""

    def check(value: str) -> str:
        if value not in known:
            near = (word for word, name in known.items() if slug(value) in {slug(word), slug(name)})
            told = next((f'did you mean "{word}"?' for word in near), hint)
            raise PydanticCustomError(code, '"{value}" is not {what}', {"value": value, "what": what, "hint": told})
        return value

    return AfterValidator(check)


def _form(pattern: str, code: str, what: str, hint: str) -> AfterValidator:
    """A check that a word is of a form."""
    form = re.compile(pattern)

    def check(value: str) -> str:
        if not form.fullmatch(value):
            raise PydanticCustomError(code, '"{value}" is not {what}', {"value": value, "what": what, "hint": hint})
        return value

    return AfterValidator(check)


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _as_id(value: str) -> str:
    """A name for addresses; who wrote a name as it is spoken is told what would be made of it."""
    if not _ID.fullmatch(value):
        rule = "use lower-case letters, digits and single hyphens"
        context = {"value": value, "what": "an id", "hint": f"{rule}: {made}" if (made := slug(value)) else rule}
        raise PydanticCustomError("bad-value", '"{value}" is not {what}', context)
    return value


def instant(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """The instant that an author means by a day or a time: a day is its first instant in the series' zone.

    A time that has an offset keeps it; one without is in the zone. A time that a clock change skips is read with
    the offset before the change, one that occurs twice as the first of the two (PEP 495, fold 0).
    """
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


#: A calendar day.
Day: TypeAlias = Annotated[date, BeforeValidator(_as_date), WithJsonSchema({"type": "string", "format": "date"})]
#: A day, or a day with a time; see `instant`.
Moment: TypeAlias = Annotated[
    date | datetime,
    BeforeValidator(_as_moment),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$"}),
]
#: An instant, RFC 3339.
Timestamp: TypeAlias = Annotated[
    datetime, BeforeValidator(_as_timestamp), WithJsonSchema({"type": "string", "format": "date-time"})
]
#: Text of at least one character.
Words: TypeAlias = Annotated[str, StringConstraints(min_length=1)]
#: A name that is used in addresses and to refer to a thing.
Id: TypeAlias = Annotated[
    str,
    AfterValidator(_as_id),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
#: A name that a case had before, alone or with what stood around it in its address.
Alias: TypeAlias = Annotated[
    str,
    _form(
        r"/?[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*/?",
        "bad-value",
        "an old name of a case",
        "write what stood after cases/ in its address, such as 2026-03-handover",
    ),
    WithJsonSchema({"type": "string", "pattern": "^/?[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*/?$"}),
]
#: A country, ISO 3166-1 alpha-2.
Country: TypeAlias = Annotated[
    str,
    _one_of(COUNTRIES, "bad-country", "a country code of ISO 3166", "two capital letters, such as IE or PH"),
]
#: A language tag, BCP 47.
Language: TypeAlias = Annotated[
    str,
    _form(
        r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-[a-z0-9]{4,8})*",
        "bad-language",
        "a language tag of BCP 47",
        "such as en, pt-BR or zh-Hant",
    ),
]
#: A licence, SPDX.
Licence: TypeAlias = Annotated[
    str,
    _one_of(
        LICENCES,
        "bad-licence",
        "an SPDX licence that casebuilder knows",
        "such as CC-BY-4.0 or CC-BY-NC-ND-4.0",
    ),
]
#: A full address.
Url: TypeAlias = Annotated[
    str, _form(r"https?://[^\s<>\"]+", "bad-url", "a full web address", "begin it with https://")
]
