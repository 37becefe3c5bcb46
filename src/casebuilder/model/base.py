"""The base of every record of the model: where it was written, and the types of single values.

Records are frozen. Their field types are also the source of the JSON Schemas for text editors, so each constraint is
written once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from casebuilder.model.codes import as_country, as_hashtag, as_language, as_url
from casebuilder.model.datetimes import as_date, as_moment, as_timestamp
from casebuilder.model.vocabulary import LICENCES
from casebuilder.slugs import MOST_LETTERS, person_slug, shortened, slug

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

#: One step of a path into a document: a field's name or a list index.
Step: TypeAlias = str | int
#: A place in a text: line and column, both from 1.
Mark: TypeAlias = tuple[int, int]
V = TypeVar("V")


@dataclass(frozen=True, eq=False, slots=True)
class Origin:
    """Where a record was written: its file, and the place of each value.

    Attributes:
        path: relative to the series' root.
        marks: the place of the value at each path of steps; `()` is the whole document.
        keys: the place of the field's name, for values that have one.
        refused: paths of values that were missing or invalid, so that the record was made without them; `()` if it
            was made without any, `(-1,)` if entries of a list were dropped.
        paths: the files of values that `path` inherits from another file.
        remarks: comments, with their #, in place of a value without quotation marks.
        text: the text that was read, for places within values; empty if it is not known.
        first_line: the line of the file on which that text begins.
    """

    path: str
    marks: Mapping[tuple[Step, ...], Mark]
    keys: Mapping[tuple[Step, ...], Mark]
    refused: frozenset[tuple[Step, ...]] = frozenset()
    paths: Mapping[tuple[Step, ...], str] = field(default_factory=dict)
    remarks: Mapping[tuple[Step, ...], str] = field(default_factory=dict)
    text: str = ""
    first_line: int = 1

    def at(self, *steps: Step) -> tuple[str, int, int]:
        """Return path, line and column of a value, or of the nearest value around it that was written."""
        for length in range(len(steps), -1, -1):
            if mark := self.marks.get(steps[:length]):
                return (self.paths.get(steps[:length], self.path), *mark)
        return (self.path, 1, 1)

    def within(self, steps: tuple[Step, ...], value: str, offset: int) -> tuple[str, int, int]:
        """Return path, line and column of a character of a text, at its offset; of its start if it is written otherwise."""
        from casebuilder.model.valueplaces import index_of  # only for a problem

        path, line, column = self.at(*steps)
        if not self.text or steps not in self.marks or steps in self.paths:
            return path, line, column
        lines = self.text.split("\n")
        start = sum(map(len, lines[: line - self.first_line])) + line - self.first_line + column - 1
        index = index_of(self.text, start, value, offset)
        if index is None:
            return path, line, column
        line_start = self.text.rfind("\n", 0, index)
        return path, self.first_line + self.text.count("\n", 0, index), index - line_start

    def at_key(self, *steps: Step) -> tuple[str, int, int]:
        """Return path, line and column of a field's name."""
        return (self.paths.get(steps, self.path), *self.keys[steps]) if steps in self.keys else self.at(*steps)

    @property
    def whole(self) -> bool:
        """Return whether the record contains what was written; for a list: every entry."""
        return self.refused.isdisjoint(((), (-1,)))

    def sound(self, *steps: Step) -> bool:
        """Return whether everything at and below a path was valid: an invalid value must not cause a second problem."""
        return not any(place[: len(steps)] == steps[: len(place)] for place in self.refused)

    def moved(self, new: Callable[[tuple[Step, ...]], tuple[Step, ...] | None]) -> Origin:
        """Return the origin of the same values at other paths: `new` gives each, or None for a path that is gone."""

        def at_new(marks: Mapping[tuple[Step, ...], V]) -> dict[tuple[Step, ...], V]:
            return {place: mark for path, mark in marks.items() if (place := new(path)) is not None}

        return replace(
            self,
            marks=at_new(self.marks),
            keys=at_new(self.keys),
            paths=at_new(self.paths),
            remarks=at_new(self.remarks),
        )


NOWHERE = Origin("", {}, {})
#: Any kind of line break, with the white space around it.
_BREAK = re.compile(r"(?<![ \t])[ \t]*+[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of Markdown, and its place.

    Attributes:
        source: the Markdown.
        path: its file, relative to the series' root.
        line: the line of the file on which it begins.
        around: the whole text that it was cut from, whose footnotes, link labels and abbreviations it uses; empty if
            it is the whole text.
        first: the line of the file on which the whole text begins.
        hidden: addresses in it, in the author's spelling, of pages that are not public: only the words of such a link
            are printed.
        field: for the value of a field, where its file was read, and the path to it. Its lines may be folded.
    """

    source: str
    path: str = ""
    line: int = 1
    around: str = ""
    first: int = 1
    hidden: frozenset[str] = frozenset()
    field: tuple[Origin, tuple[Step, ...]] | None = None

    def __bool__(self) -> bool:
        """Return whether it is not empty."""
        return bool(self.source.strip())

    @property
    def whole(self) -> str:
        """Return the whole text that it is part of."""
        return self.around or self.source

    @property
    def whole_line(self) -> int:
        """Return the line of the file on which the whole text begins."""
        return self.first if self.around else self.line

    def at(self, offset: int) -> tuple[str, int, int]:
        """Return path, line and column of a character."""
        if self.field:
            return self.field[0].within(self.field[1], self.around or self.source, offset)
        before = self.source[:offset]
        return self.path, self.line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1


class Record(BaseModel):
    """A frozen record without unknown fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, arbitrary_types_allowed=True, defer_build=True
    )

    #: Stand-ins for required fields that are missing or invalid, so that the other rules can still run.
    placeholders: ClassVar[Mapping[str, object]] = {}


def _choice_validator(values: Mapping[str, str], code: str, noun: str, hint: str) -> AfterValidator:
    """Return a validator for a closed list of values, which suggests the value that was probably meant."""

    def check(value: str) -> str:
        if value not in values:
            exact = [word for word, name in values.items() if slug(value) in {slug(word), slug(name)}]
            suggestions = exact or [word for word in values if slug(value) and slug(word).startswith(f"{slug(value)}-")]
            suggestion = f'did you mean "{suggestions[0]}"?' if suggestions else hint
            raise PydanticCustomError(
                code, '"{value}" is not {what}', {"value": value, "what": noun, "hint": suggestion}
            )
        return value

    return AfterValidator(check)


def _pattern(pattern: str, code: str, noun: str, hint: str) -> AfterValidator:
    """Return a validator for values that match a pattern."""
    form = re.compile(pattern)

    def check(value: str) -> str:
        if not form.fullmatch(value):
            raise PydanticCustomError(code, '"{value}" is not {what}', {"value": value, "what": noun, "hint": hint})
        return value

    return AfterValidator(check)


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _as_id(value: str) -> str:
    """Validate a name for addresses; the hint of an invalid one contains a valid one made from it."""
    if not _ID.fullmatch(value):
        rule = "use lower-case letters, digits and single hyphens"
        hint = f"{rule}: {suggestion}" if (suggestion := person_slug(value)) else rule
        if other_names := [person_slug(part) for part in re.split(r"[,;/&]| and ", value) if slug(part)][1:]:
            hint = f"write one here; {other_names[0]} needs an entry of its own"
        context = {"value": value, "what": "an id", "hint": hint}
        raise PydanticCustomError("bad-value", '"{value}" is not {what}', context)
    if len(value) > MOST_LETTERS:
        context = {"value": value, "what": f"an id: it has more than {MOST_LETTERS} letters"}
        raise PydanticCustomError(
            "bad-value", '"{value}" is not {what}', context | {"hint": f"such as {shortened(value)}"}
        )
    return value


@cache
def field_names() -> frozenset[str]:
    """Return every field name of every file of a series."""
    names: set[str] = set()
    pending: list[type[Record]] = [Record]
    while pending:
        kind = pending.pop()
        names |= kind.model_fields.keys()
        pending += kind.__subclasses__()
    return frozenset(names)


def one_line(value: str) -> str:
    """Return a text without line breaks, for calendars, headings and file names."""
    return value if value.isprintable() else _BREAK.sub(" ", value)


#: The most characters of a text on one line: to lay out a title of 20,000 takes a minute, and nobody means one.
LONGEST_LINE = 5_000


def too_long(count: int) -> str:
    """Return the message for a text on one line that has too many characters."""
    return f"there are {count:,} characters here; at most {LONGEST_LINE:,} are printed on one line"


def _as_line(value: str) -> str:
    """Validate a text on one line."""
    if len(value) > LONGEST_LINE:
        hint = "is it the right text? If it is, move it to a file of its own"
        raise PydanticCustomError("bad-value", "{message}", {"message": too_long(len(value)), "hint": hint})
    return one_line(value)


def _prefix_remover(prefix: str) -> AfterValidator:
    """Return a validator that removes the address, or the name of its kind, from a copied identifier."""
    form = re.compile(prefix, re.IGNORECASE)
    return AfterValidator(lambda value: form.sub("", one_line(value)))


def instant(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the instant that an author means by a day or a time: a day is its first instant in the series' zone.

    A time with an offset keeps it; one without is in the series' zone. A time that a clock change skips gets the offset
    before the change, and one that occurs twice means the first of the two (PEP 495, fold 0).
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
#: Text on one line, which may be empty: line breaks become spaces.
Line: TypeAlias = Annotated[str, AfterValidator(_as_line)]
#: Text on one line, of at least one character.
OneLine: TypeAlias = Annotated[str, StringConstraints(min_length=1), AfterValidator(_as_line)]
#: Text of at least one character, on one or more lines.
Passage: TypeAlias = Annotated[str, StringConstraints(min_length=1)]
#: A hashtag, such as "#urojc", with or without its #.
Hashtag: TypeAlias = Annotated[str, AfterValidator(as_hashtag)]
#: A digital object identifier, 10.NNNN/suffix, with or without its address.
Doi: TypeAlias = Annotated[str, _prefix_remover(r"^\s*(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:?\s*(?=10\.))")]
#: A PubMed number.
Pmid: TypeAlias = Annotated[str, _prefix_remover(r"^\s*(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*)|/\s*$")]
#: A researcher's identifier, 0000-0002-1825-0097.
Orcid: TypeAlias = Annotated[str, _prefix_remover(r"^\s*(?:https?://)?(?:www\.)?orcid\.org/|^\s*orcid:?\s*|/\s*$")]
#: A name for addresses and for references from other files.
Id: TypeAlias = Annotated[
    str,
    AfterValidator(_as_id),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
#: An old name of a case, alone or with the rest of its address.
Alias: TypeAlias = Annotated[
    str,
    _pattern(
        r"/?[A-Za-z0-9_-]{1,100}(/[A-Za-z0-9_-]{1,100}){0,9}/?",
        "bad-value",
        "an old name of a case",
        "write the part of its address after cases/, such as 2026-03-handover",
    ),
    WithJsonSchema({"type": "string", "pattern": "^/?[A-Za-z0-9_-]{1,100}(/[A-Za-z0-9_-]{1,100}){0,9}/?$"}),
]
#: A country, ISO 3166-1 alpha-2.
Country: TypeAlias = Annotated[str, AfterValidator(as_country)]
#: A language tag, BCP 47.
Language: TypeAlias = Annotated[str, AfterValidator(as_language)]
#: A licence, SPDX.
Licence: TypeAlias = Annotated[
    str,
    _choice_validator(
        LICENCES,
        "bad-licence",
        "an SPDX licence that casebuilder knows",
        "such as CC-BY-4.0 or CC-BY-NC-ND-4.0",
    ),
]
#: A full address.
Url: TypeAlias = Annotated[str, AfterValidator(as_url)]
