"""What every record of the model is made of: where it was written, and the types of single values.

A record is frozen. Its field types are also the source of the JSON Schemas that an editor's program uses, so a
constraint stands here once and holds in both places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from casebuilder.model.codes import as_country, as_hashtag, as_language, as_url
from casebuilder.model.moments import as_date, as_moment, as_timestamp
from casebuilder.model.vocabulary import LICENCES
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
        remarks: what stands as a remark, with its #, where a value without quotation marks was to stand.
    """

    path: str
    marks: Mapping[tuple[Step, ...], Mark]
    keys: Mapping[tuple[Step, ...], Mark]
    refused: frozenset[tuple[Step, ...]] = frozenset()
    paths: Mapping[tuple[Step, ...], str] = field(default_factory=dict)
    remarks: Mapping[tuple[Step, ...], str] = field(default_factory=dict)

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
#: Every kind of line break, with the blanks around it.
_BREAK = re.compile(r"[ \t]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of Markdown, and where it stands.

    Attributes:
        source: the Markdown.
        path: its file, relative to the series' root.
        line: the line of the file on which it begins.
        around: the whole text that it was cut from, whose notes, link labels and abbreviations reach it; empty if it
            is the whole.
        first: the line of the file on which that text begins.
        hidden: addresses in it, as they are written, of pages that are not public: such a link prints its words alone.
    """

    source: str
    path: str = ""
    line: int = 1
    around: str = ""
    first: int = 1
    hidden: frozenset[str] = frozenset()

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


def _one_of(known: Mapping[str, str], code: str, what: str, hint: str) -> AfterValidator:
    """A check that a word is in a vocabulary; who wrote the word's name, or other letters of it, is told the word."""

    def check(value: str) -> str:
        if value not in known:
            same = [word for word, name in known.items() if slug(value) in {slug(word), slug(name)}]
            near = same or [word for word in known if slug(value) and slug(word).startswith(f"{slug(value)}-")]
            told = f'did you mean "{near[0]}"?' if near else hint
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
        hint = f"{rule}: {made}" if (made := slug(value)) else rule
        if several := [slug(part) for part in re.split(r"[,;/&]| and ", value) if slug(part)][1:]:
            hint = f"write one here; {several[0]} needs an entry of its own"
        context = {"value": value, "what": "an id", "hint": hint}
        raise PydanticCustomError("bad-value", '"{value}" is not {what}', context)
    return value


@cache
def field_names() -> frozenset[str]:
    """Every name of a field in any file of a series."""
    found: set[str] = set()
    waiting: list[type[Record]] = [Record]
    while waiting:
        kind = waiting.pop()
        found |= kind.model_fields.keys()
        waiting += kind.__subclasses__()
    return frozenset(found)


def one_line(value: str) -> str:
    """A text without line breaks, of whatever kind: calendars, headings and file names have one line for it."""
    return _BREAK.sub(" ", value) if _BREAK.search(value) else value


def _without(prefix: str) -> AfterValidator:
    """An identifier without the address, or the name of its kind, that is often copied with it."""
    form = re.compile(prefix, re.IGNORECASE)
    return AfterValidator(lambda value: form.sub("", one_line(value)))


def instant(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """The instant that an author means by a day or a time: a day is its first instant in the series' zone.

    A time that has an offset keeps it; one without is in the zone. A time that a clock change skips is read with
    the offset before the change, one that occurs twice as the first of the two (PEP 495, fold 0).
    """
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


#: A calendar day.
Day: TypeAlias = Annotated[date, BeforeValidator(as_date), WithJsonSchema({"type": "string", "format": "date"})]
#: A day, or a day with a time; see `instant`.
Moment: TypeAlias = Annotated[
    date | datetime,
    BeforeValidator(as_moment),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$"}),
]
#: An instant, RFC 3339.
Timestamp: TypeAlias = Annotated[
    datetime, BeforeValidator(as_timestamp), WithJsonSchema({"type": "string", "format": "date-time"})
]
#: Text of one line, which may be empty: line breaks become spaces when it is read.
Line: TypeAlias = Annotated[str, AfterValidator(one_line)]
#: Text of one line and at least one character.
OneLine: TypeAlias = Annotated[str, StringConstraints(min_length=1), AfterValidator(one_line)]
#: Text of at least one character, perhaps of several lines.
Passage: TypeAlias = Annotated[str, StringConstraints(min_length=1)]
#: "#urojc"; on a network it is found without its #, too.
Hashtag: TypeAlias = Annotated[str, AfterValidator(as_hashtag)]
#: A digital object identifier, 10.NNNN/suffix, however it was copied.
Doi: TypeAlias = Annotated[str, _without(r"^\s*(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:?\s*(?=10\.))")]
#: A number of PubMed's.
Pmid: TypeAlias = Annotated[str, _without(r"^\s*(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*)|/\s*$")]
#: An identifier of a researcher, 0000-0002-1825-0097.
Orcid: TypeAlias = Annotated[str, _without(r"^\s*(?:https?://)?(?:www\.)?orcid\.org/|^\s*orcid:?\s*|/\s*$")]
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
Country: TypeAlias = Annotated[str, AfterValidator(as_country)]
#: A language tag, BCP 47.
Language: TypeAlias = Annotated[str, AfterValidator(as_language)]
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
Url: TypeAlias = Annotated[str, AfterValidator(as_url)]
