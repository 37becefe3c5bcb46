"""Hints for invalid values, with the person's own value corrected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, get_args

from casebuilder.model import Record, datetimes
from casebuilder.readers.yamltext.repair import BULLETS, ODD_BLANKS, quoted
from casebuilder.slugs import person_slug, slug
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from casebuilder.model import Step

#: The longest text that a hint repeats in its corrected form.
_SHORT, _LONGEST_NUMBER = 80, 20
LIST_HINT = "begin each entry with a hyphen and a space, on a line of its own"
#: Forms of a value; compiled only when a value is invalid.
_DIGITS = r"[-+]?\d[\d.,'’_ \u00a0\u202f]*"
_GROUPED = r"[-+]?\d{1,3}(?:(?P<sign>[,.'’_ \u00a0\u202f])\d{3})(?:(?P=sign)\d{3})*"
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_BULLET = rf"(?P<sign>[-{re.escape(BULLETS)}]|\d{{1,2}}[.)])\s*(?P<entry>.+)"
#: Words before a name in place of its field: "checked by Ana", "person: Ana".
_BY = re.compile(r"^(?:(?:was |is )?\w+(?:ed)? by|by|person|name)\b:?\s+", re.IGNORECASE)
#: Words that people write instead of a possible value.
_SAME = {
    "author": "writer", "authors": "writer", "reviewer": "peer-reviewer", "illustration": "illustrator",
    "translation": "translator", "yes": "granted", "given": "granted", "obtained": "granted", "consented": "granted",
    "agreed": "granted",
    "no": "refused", "declined": "refused", "waiting": "pending", "asked": "pending",
    "not required": "not-needed", "none": "not-needed",
    "invented": "fictional", "fiction": "fictional", "made up": "fictional", "mixed": "composite", "anon": "anonymous",
    "name": "named", "summary": "paraphrase", "published": "", "final": "",
    "typo": "correction", "erratum": "correction",
    "retraction": "withdrawal", "retracted": "withdrawn", "journal club": "journal-club", "jc": "journal-club",
}  # fmt: skip


def odd_blank(value: object) -> str:
    """Return the first blank character in a value that is not a space; empty if there is none."""
    return next((letter for letter in value if letter in ODD_BLANKS), "") if isinstance(value, str) else ""


def number(value: object, *, whole: bool) -> str:
    """Return the hint for a number."""
    digits = str(value).strip(" \"'“”~<>≈≥≤,;.") if isinstance(value, (str, int, float)) else ""
    if digits.lower() in _WORDS:
        return f"write {_WORDS.index(digits.lower())}"
    digits = unicodedata.normalize("NFKC", digits)
    if thousands := re.fullmatch(r"(?P<digits>\d{1,6})(?:[.,](?P<part>\d{1,3}))? ?[kK]", digits):
        return f"write {thousands['digits']}{(thousands['part'] or '').ljust(3, '0')}"
    match = re.search(_DIGITS, digits)
    if match and re.search(r"\b(?:hundred|thousand|million|dozen|score)s?\b", digits, re.IGNORECASE):
        return "write it in digits"
    if not match or len(match.group()) > _LONGEST_NUMBER:
        return ""
    if re.search(r"\d", digits[: match.start()] + digits[match.end() :]):
        return "write one number, in digits"
    return _digits_hint(match.group().strip(" ,.'’_"), whole=whole)


def _digits_hint(digits: str, *, whole: bool) -> str:
    if thousands := re.fullmatch(_GROUPED, digits):
        separators = {" ": "spaces", "\u00a0": "spaces", "\u202f": "spaces", ",": "commas", ".": "points"}
        bare_digits = re.sub(r"[^\d+-]", "", digits)
        return f"write {bare_digits}, without {separators.get(thousands['sign'], 'marks between the digits')}"
    bare_digits = re.sub(r"[,.](?=.*[,.])|['’_ \u00a0\u202f]", "", digits).replace(",", ".")
    if whole and "." in bare_digits:
        return "write a whole number, without decimals"
    return f"write {bare_digits}" + (", with a point for decimals" if "," in digits else ", the digits alone")


def word(value: object, values: list[str], name: str) -> str:
    """Return the hint for one of a list of values."""
    normalised = " ".join(str(value).strip(" \"'“”‘’,;.").lower().split())
    synonym = _SAME.get(normalised)
    if name == '"status"' and synonym == "":
        return "delete the line: whether a case is published follows from its dates"
    listed_values = [part.strip() for part in re.split(r"[,;/&+]|\band\b", normalised)]
    if len(listed_values) > 1 and all(part in values for part in listed_values):
        return f"write each of them on its own: [{', '.join(listed_values)}]"
    hint = (
        f'did you mean "{synonym}"?'
        if synonym in values
        else did_you_mean(slug(normalised) or normalised, values, cutoff=0.65)
    )
    return hint or f"one of: {', '.join(values)}"


def truth(value: object) -> str:
    """Return the hint for true or false."""
    first = str(value).strip(" \"'“”").lower()[:1] if isinstance(value, str) else ""
    return {"y": "write true", "n": "write false"}.get(first, "")


def text(value: object) -> str:
    """Return the hint for a value that is not text, mostly because a colon in a sentence made it a field."""
    if isinstance(value, dict) and len(value) == 1:
        (key, after_colon), *_ = value.items()
        if not isinstance(after_colon, (dict, list)):
            whole_text = f"{key}: {after_colon or ''}".rstrip()
            return f"a colon and a space make a field of it: put it in quotation marks, {quoted(whole_text)}"
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        if len(value) == 1 and len(value[0]) <= _SHORT:
            return f"write it without brackets and hyphens: {value[0]}"
        joined = quoted(", ".join(value))
        are_codes = any(map(re.compile(r"\d").search, value)) or all(re.fullmatch("[A-Z]{2}", each) for each in value)
        are_words = len(joined) <= _SHORT and not are_codes  # of ids and countries, one is meant
        return f"write one text: {joined}" if are_words else "write one text, without brackets and hyphens"
    if isinstance(value, (bool, int, float)):
        return f'put it in quotation marks: "{value}"'
    return ""


def listed(value: object) -> str:
    """Return the hint for a list."""
    if not isinstance(value, str):
        return ""
    if match := re.match(_BULLET, value, re.DOTALL):
        another = r"\s\d{1,2}[.)]\s" if match["sign"][0].isdigit() else rf"\s{re.escape(match['sign'])}"
        entry = re.split(another, match["entry"])[0]
        excerpt = entry if len(entry) <= _SHORT else f"{entry[:_SHORT]}…"
        if match["sign"] == "-":
            return f"put a space after each hyphen: - {excerpt}"
        return f'begin each entry with a hyphen and a space, not with "{match["sign"]}": - {excerpt}'
    content = value.strip("[]{}() ,;.")
    if content and len(content) <= _SHORT and not set(content) & set('[]{}"#:'):
        entries = [entry.strip(" \"'“”") for entry in re.split(r"[;,]|\band\b|&", content)]
        return f"write [{', '.join(filter(None, entries))}], or {LIST_HINT}"
    return ""


def fields(kind: type[Record], name: str, value: object) -> str:
    """Return the hint for a value that needs several fields, such as `disclosure: None`."""
    if not isinstance(value, str) or len(value) > _SHORT or value.lower() in {"yes", "no", "true", "false"}:
        return ""
    required = {key: field for key, field in kind.model_fields.items() if field.is_required()}
    first = next(iter(required), "") or next((key for key in kind.model_fields if key in {"name", "channel"}), "")
    if not first:
        return ""
    parts = _parts(kind, first, value)
    examples = parts or {first: fit_value(kind.model_fields[first], value)}
    examples |= {key: example(key, field, value) for key, field in required.items() if key not in examples}
    pairs = ", ".join(f"{key}: {example}" for key, example in examples.items())
    return f"write: {name}: {{{pairs}}}" if name else f"write: - {{{pairs}}}"


def _parts(kind: type[Record], first: str, value: str) -> dict[str, str]:
    """Return the fields that a text means by its parts: "Tom, intern", "Ben Okafor (registrar), KE"; else none.

    The first part is the first field; any other is a country, one of a list of words, or what somebody does.
    """
    names = kind.model_fields
    if "url" in names and re.fullmatch(r"https?://\S+", value):
        return {"title": "...", "url": quoted(value)}
    if {"state", "how"} <= names.keys():
        return _parts_of_consent(kind, value)
    head, *others = [part.strip(" ()") for part in re.split(r"\s*[,;(]\s*|\s+[–—-]\s+", value.strip(" ."))]
    found = {first: fit_value(names[first], head)}
    for part in filter(None, others):
        if "country" in names and re.fullmatch(r"[A-Z]{2}", part):
            found["country"] = part
        elif "roles" in names and (word_meant := meant_word(names["roles"], part)):
            found["roles"] = word_meant
        elif "role" in names and "role" not in found:
            found["role"] = fit_value(names["role"], part)
        else:
            return {}
    return found if len(found) > 1 else {}


def _parts_of_consent(kind: type[Record], value: str) -> dict[str, str]:
    """Return state, day and way of a consent: "granted on 15 Feb 2027 by email"; empty if it begins with no state."""
    head, _, how = value.strip(" .").partition(" ")
    state = meant_word(kind.model_fields["state"], head)
    if not state or not how:
        return {}
    parts = {"state": state}
    if day := re.search(r"\b\d{1,4}[./ -](?:\d{1,2}|[A-Za-z]{3,9})[./ -]\d{2,4}\b", how):
        meant = re.search(
            r"\d{4}-\d\d-\d\d", day[0] if day[0][:4].isdigit() else datetimes.put_right(day[0], timed=False)
        )
        if not meant:
            return {}
        parts["on"] = meant[0]
        how = f"{how[: day.start()]} {how[day.end() :]}"
    how = " ".join(re.sub(r"^\s*on\b", "", how).split()).strip(" ,;")
    return parts | ({"how": quoted(how) if set(how) & set(":,#[]{}") else how} if how else {})


def fit_value(field: FieldInfo, value: str) -> str:
    """Return a value in the field's form: a name as an id, and in quotation marks if braces require them."""
    if any("_as_id" in repr(part) for part in (*field.metadata, field.annotation)):
        return person_slug(_BY.sub("", value)) or "name"
    return quoted(value) if set(value) & set(":,#[]{}&*!|>'\"%@`") else value


def is_choice(field: FieldInfo) -> bool:
    """Return whether a field takes one of a list of words, or several of them."""
    return any(
        isinstance(sort, type) and issubclass(sort, Enum) for sort in (field.annotation, *get_args(field.annotation))
    )


def meant_word(field: FieldInfo, value: str) -> str:
    """Return the possible value of a field that a text means; empty if it means none, or the field takes any text."""
    for sort in (field.annotation, *get_args(field.annotation)):
        if isinstance(sort, type) and issubclass(sort, Enum):
            match = re.fullmatch(r'did you mean "(.+)"\?', word(value, [str(each.value) for each in sort], ""))
            listed_sort = field.annotation is not sort
            return "" if match is None else f"[{match[1]}]" if listed_sort else match[1]
    return ""


def example(name: str, field: FieldInfo, value: str) -> str:
    """Return a value that a field can have, from a text where it fits."""
    kinds = [field.annotation, *get_args(field.annotation)]
    if date in kinds:
        return "2027-01-05"
    if name == "roles":
        return "[writer]"
    for sort in kinds:
        if isinstance(sort, type) and issubclass(sort, Enum):
            return str(next(iter(sort)).value)
        if isinstance(sort, type) and issubclass(sort, Record):
            return "{...}"
    if field.annotation in {int, float}:
        return "1"
    return "https://..." if name == "url" else fit_value(field, value) if name == "title" else "..."


def known_keys(kind: type[Record]) -> list[str]:
    """Return the names of a record's fields in files."""
    return [name for name, field in kind.model_fields.items() if not field.exclude]


def record_in(annotation: Any) -> type[Record] | None:  # noqa: ANN401 - any annotation
    """Return the record type within a field's annotation, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    if isinstance(annotation, type) and issubclass(annotation, Mapping):
        return None
    return next((record for part in get_args(annotation) if (record := record_in(part))), None)


def holder(kind: type[Record], place: tuple[Step, ...]) -> type[Record]:
    """Return the type of the record that contains the last step of a path."""
    record = kind
    for step in place[:-1]:
        if isinstance(step, str) and step in record.model_fields:
            record = record_in(record.model_fields[step].annotation) or record
    return record
