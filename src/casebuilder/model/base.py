"""The base of every record of the model, and the types of single values.

Records are frozen. Their field types are also the source of the JSON Schemas for text editors, so each constraint is
written once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from casebuilder.model.codes import as_country, as_hashtag, as_language, as_url
from casebuilder.model.datetimes import as_date, as_moment, as_timestamp
from casebuilder.model.vocabulary import LICENCES
from casebuilder.slugs import MOST_LETTERS, person_slug, shortened, slug

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

#: Any kind of line break, with the white space around it.
_BREAK = re.compile(r"(?<![ \t])[ \t]*+[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


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
        value_alone = re.sub(r"^(?:\.{0,2}/)*(?:experts|cases|collections|responses)/|/$|\.(?:md|ya?ml)$", "", value)
        if value_alone != value and _ID.fullmatch(value_alone):
            context = {"value": value, "what": "an id", "hint": f"write the name alone: {value_alone}"}
            raise PydanticCustomError("bad-value", '"{value}" is not {what}', context)
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
