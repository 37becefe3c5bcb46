"""Turn validation errors of the field types into problems, in the words of the handbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebuilder.model import CommentaryData, Contribution, Figures, Metric, Quote, ResponseData
from casebuilder.model.case import CaseData
from casebuilder.model.series import CollectionData, PersonData
from casebuilder.problems import Problem
from casebuilder.readers.mistypedfields import meant_field
from casebuilder.readers.remedies import (
    LIST_HINT,
    fields,
    holder,
    known_keys,
    listed,
    number,
    odd_blank,
    record_in,
    text,
    truth,
    word,
)
from casebuilder.readers.yamltext.repair import odd_blank as odd_blank_words
from casebuilder.readers.yamltext.repair import quoted, spaces
from casebuilder.text import straight_quotes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from casebuilder.model import Origin, Record, Step

    Place = tuple[Step, ...]

#: The type of each kind of file, to suggest where a field belongs.
FILES: dict[str, type[Record]] = {
    "case.yml": CaseData,
    "quotes.yml": Quote,
    "the front matter of commentary.md": CommentaryData,
    "the front matter of a response": ResponseData,
    "a profile in experts/": PersonData,
    "collections/": CollectionData,
    "figures.yml": Figures,
    "metrics.yml": Metric,
    "discussion.jsonl": Contribution,
}

_NUMBER = ("a whole number", "write digits only")
_DECIMAL = ("a number", "write digits, with a point for decimals")
_TRUTH = ("true or false", "write true or false")
_LIST = ("a list", LIST_HINT)
#: What a value must be, and how to write it, by pydantic's name of the error.
_TYPES = {
    "string_type": ("text", "write a word or a sentence"),
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": _NUMBER,
    "float_type": _DECIMAL,
    "float_parsing": _DECIMAL,
    "finite_number": _DECIMAL,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "tuple_type": _LIST,
    "enum": ("one word", "write it on the same line, without brackets or hyphens"),
}
#: A field with a default for tests and previews, which MkDocs needs.
_NAME_OF_SITE = ("site_name",)
LIST_OF = "write each on a line of its own, as name: value"
#: The similarity (0 to 1) from which one field name counts as a misspelling of another.
_SURE = 0.82
_MAPPINGS = frozenset(("dict_type", "model_type", "model_attributes_type"))
_LIMITS = {
    "greater_than_equal": ("ge", "must be at least"),
    "less_than_equal": ("le", "must be at most"),
}


def problem_of(
    detail: ErrorDetails, kind: type[Record], origin: Origin, steps: Place, parents: Mapping[Place, Place]
) -> Problem:
    """Turn a validation error into a problem.

    Args:
        detail: pydantic's error about a record.
        kind: the record's type.
        origin: the places of the values.
        steps: the path from the file to the record.
        parents: see `lost_parents`.
    """
    place = (*steps, *detail["loc"])
    name = _place_name(detail["loc"])
    value = detail["input"]
    if detail["type"] == "missing":
        return _missing_field(place, len(steps), name, origin, value)
    if detail["type"] == "extra_forbidden":
        return _unknown_field(detail["loc"], kind, origin, place, parents.get(detail["loc"]))
    if value is None or (isinstance(value, str) and not value.strip()):
        hint = _hint_for_no_value(kind, detail["loc"], origin.remarks.get(place, ""))
        return Problem(*origin.at(*place), "missing-field", f"{name} has no value", hint)
    if blank := odd_blank(value):
        path, line, column = origin.at(*place)
        message, hint = odd_blank_words(blank)
        return Problem(path, line, column + max(str(value).find(blank), 0), "bad-value", message, hint)
    if detail["type"] in _MAPPINGS:
        return no_fields(kind, origin, place, detail["loc"], value)
    return Problem(*origin.at(*place), *_wrong_value(detail["type"], name, detail.get("ctx", {}), value, detail["msg"]))


def _missing_field(place: Place, outside: int, name: str, origin: Origin, value: object) -> Problem:
    """Return the problem of a missing field; objectives whose line is missing are found by their first entry."""
    if place[outside:] == ("objectives",) and (index := _first_sentence(value)) >= 0:
        message, hint = f"{name} is missing above this line", "write objectives: on a line of its own above it"
        return Problem(*origin.at(*place[:-1], "competencies", index), "missing-field", message, hint)
    return Problem(*origin.at(*place[:-1]), "missing-field", f"{name} is missing", f'add "{place[-1]}:" and its value')


def _first_sentence(value: Any) -> int:  # noqa: ANN401 - plain YAML of any shape
    """Return the index of the first objective in the list of competencies above it; -1 if there is none."""
    competencies = value.get("competencies") if isinstance(value, dict) else None
    entries = competencies if isinstance(competencies, list) else []
    return next((i for i, entry in enumerate(entries) if ":" not in str(entry) and " " in str(entry).strip()), -1)


def _unknown_field(inside: Place, kind: type[Record], origin: Origin, place: Place, parent: Place | None) -> Problem:
    if parent:
        indentation = 2 if len(place) == 1 else origin.at_key(*place)[2] + 1
        hint = f'begin this line, and those that belong to "{parent[-1]}" with it, with {spaces(indentation)}'
        message = f'"{place[-1]}" belongs to "{parent[-1]}" and must be indented'
        if (*place[:-1], parent[-1]) not in origin.marks:
            message = f'"{place[-1]}" belongs to "{parent[-1]}", which is missing above it'
            hint = f"write {parent[-1]}: on a line of its own above it"
        return Problem(*origin.at_key(*place), "unknown-key", message, hint)
    names, name = known_keys(holder(kind, inside)), str(place[-1])
    certain_name, similar_name = meant_field(name, names, cutoff=_SURE), meant_field(name, names)
    hint = "" if certain_name else _other_home_hint(name, kind, inside)
    hint = hint or (f'did you mean "{similar_name}"?' if similar_name else f"known here: {', '.join(names)}")
    return Problem(*origin.at_key(*place), "unknown-key", f'unknown field "{name}"', hint)


def _other_home_hint(name: str, kind: type[Record], inside: Place) -> str:
    """Return a hint if another file, or another part of this one, has such a field."""
    record_type = holder(kind, inside)
    if record_type is not kind and name in known_keys(kind):
        return "it is a field of the whole file: begin the line where the file's other fields begin"
    if path_to_record := _path_to_field(kind, name, record_type):
        parts = " of ".join(f'"{part}"' for part in reversed(path_to_record))
        return f"it belongs to {parts}: move it there"
    files = [file for file, other in FILES.items() if other is not kind and name in known_keys(other)]
    return f"this field belongs in {' or '.join(files)}" if files else ""


def _path_to_field(kind: type[Record], name: str, start: type[Record]) -> list[str]:
    """Return the fields that lead to another field of a file; empty if the file has no such field."""
    for key, field in kind.model_fields.items():
        inner_type = record_in(field.annotation)
        if inner_type and inner_type is not start:
            if name in known_keys(inner_type):
                return [key]
            if inner_path := _path_to_field(inner_type, name, start):
                return [key, *inner_path]
    return []


def _hint_for_no_value(kind: type[Record], place: Place, remark: str) -> str:
    """Return the hint for a field without a value, such as a hashtag, which counts as a comment."""
    field = holder(kind, place).model_fields.get(str(place[-1])) if place else None
    if remark and field is not None and field.annotation is str:
        return f'what begins with "#" counts as a comment: put it in quotation marks, {quoted(remark)}'
    is_required = place == _NAME_OF_SITE or (field is not None and field.is_required())
    return "write it after the colon" if is_required else "give it one, or delete the line"


def no_fields(kind: type[Record], origin: Origin, place: Place, inside: Place = (), value: object = None) -> Problem:
    """Return the problem of a plain value where fields are expected.

    Args:
        kind: the type of the record around it.
        origin: the places of the values.
        place: the path from the file to the value.
        inside: the path from the record to the value.
        value: the value.
    """
    record_type = holder(kind, (*inside, ""))
    names = ", ".join(known_keys(record_type))
    list_field = holder(kind, inside).model_fields.get(str(inside[-1])) if inside else None
    if list_field is not None and record_in(list_field.annotation) is None:
        return Problem(
            *origin.at(*place), "wrong-type", f"{_place_name(inside)} needs one name and value on each line", LIST_OF
        )
    if inside:
        message = f"{_place_name(inside)} is made of several fields"
        hint = fields(record_type, "" if isinstance(inside[-1], int) else str(inside[-1]), value)
    else:
        message = "there must be fields here, one on each line"
        hint = fields(record_type, "", value) if place else ""
    return Problem(*origin.at(*place), "wrong-type", message, hint or f"write them as name: value; they are {names}")


def _place_name(place: tuple[Step, ...]) -> str:
    """Return the name of a place in messages: its field, or "an entry of" its list; of a name, the field it is in."""
    if place[-1:] == ("[key]",):  # pydantic's word for the name of an entry
        place = place[:-2]
    key = next((step for step in reversed(place) if isinstance(step, str)), "")
    if place and isinstance(place[-1], int):
        return f'an entry of "{key}"' if key else "an entry"
    return f'"{key}"'


def _wrong_value(sort: str, name: str, context: Mapping[str, Any], value: object, reason: str) -> tuple[str, str, str]:
    """Return code, message and hint for an invalid value."""
    if sort in _TYPES and (sort != "enum" or isinstance(value, (dict, list))):
        expected, hint = _TYPES[sort]
        return "wrong-type", f"{name} must be {expected}", _frequent_mistake_hint(expected, value) or hint
    if sort == "enum":
        values = [entry.strip().strip("'") for entry in context["expected"].replace(" or ", ", ").split(",")]
        return "unknown-value", f'"{value}" is not a possible value of {name}', word(value, values, name)
    if sort == "too_short":
        return "wrong-count", f"{name} needs at least one entry", "add one, with a hyphen before it"
    if sort == "too_long":
        most = context["max_length"]
        return "wrong-count", f"{name} has more than {most} entries", f"keep the {most} that matter most, or fewer"
    if sort in _LIMITS:
        key, limit = _LIMITS[sort]
        return "bad-value", f"{name} {limit} {context[key]}", f"it is {value} now"
    return _model_error(sort, name, context, value, reason)


def _frequent_mistake_hint(expected: str, value: object) -> str:
    """Return the hint for one of the most frequent mistakes; empty if it is another one."""
    if expected == "text":
        return text(value)
    if expected == "a list":
        return listed(value)
    if expected == "true or false":
        return truth(value)
    return number(value, whole=expected == "a whole number") if "number" in expected else ""


def _model_error(sort: str, name: str, context: Mapping[str, Any], value: object, reason: str) -> tuple[str, str, str]:
    """Return the same for an error of the model's own types, which carries a code and a hint."""
    hint = straight_quotes(value) if isinstance(value, str) else ""
    hint = hint or str(context.get("hint", "see the handbook"))
    if isinstance(value, (dict, list)) and "what" in context:
        return "wrong-type", f"{name} must be {context['what']}", hint
    if "hint" in context:
        return sort, f"{reason} ({name})", hint
    return "bad-value", f'"{value}" is not right for {name}: {reason[:1].lower()}{reason[1:]}', hint
