"""What the field types refuse, in the words of the handbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from casebuilder.model import Record
from casebuilder.problems import Problem
from casebuilder.text import did_you_mean, straight_quotes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from casebuilder.model import Origin, Step

_NUMBER = ("a whole number", "write digits only")
_DECIMAL = ("a number", "write digits, with a point for decimals")
_TRUTH = ("true or false", "write true or false")
LIST_HINT = "begin each entry with a hyphen and a space, on a line of its own"
_LIST = ("a list", LIST_HINT)
#: What a value must be, and how to write it, by pydantic's name for the complaint.
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
    "enum": ("one word", "write it on the line of the key"),
}
#: How long a text may be to be shown again, as the list that was meant.
_SHORT = 60
_MAPPINGS = frozenset(("dict_type", "model_type", "model_attributes_type"))
_LIMITS = {
    "greater_than_equal": ("ge", "must be at least"),
    "less_than_equal": ("le", "must be at most"),
}


def telling(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without those that only follow from another.

    A list is not too short because its one entry is wrong, and a key that was mistyped is not missing as well.
    """
    places = [detail["loc"] for detail in details]
    strays = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]

    def follows(detail: ErrorDetails) -> bool:
        here = detail["loc"]
        if detail["type"] == "too_short":
            return any(place[: len(here)] == here and place != here for place in places)
        if detail["type"] == "missing":
            return any(stray[:-1] == here[:-1] and did_you_mean(str(stray[-1]), [str(here[-1])]) for stray in strays)
        return False

    return [detail for detail in details if not follows(detail)]


def problem_of(detail: ErrorDetails, kind: type[Record], origin: Origin, steps: tuple[Step, ...]) -> Problem:
    """A complaint as a problem.

    Args:
        detail: pydantic's complaint about a record.
        kind: the record's type.
        origin: where the document's values stand.
        steps: the way from the document to the record.
    """
    place = (*steps, *detail["loc"])
    name = _name(detail["loc"])
    given = detail["input"]
    if detail["type"] == "missing":
        hint = f'add "{place[-1]}" with its value'
        return Problem(*origin.at(*place[:-1]), "missing-field", f"{name} is missing", hint)
    if detail["type"] == "extra_forbidden":
        known = _known_keys(kind, detail["loc"])
        hint = did_you_mean(str(place[-1]), known) or f"known here: {', '.join(known)}"
        return Problem(*origin.at_key(*place), "unknown-key", f'unknown key "{place[-1]}"', hint)
    if given is None or given == "":
        return Problem(*origin.at(*place), "missing-field", f"{name} has no value", _no_value(kind, detail["loc"]))
    if detail["type"] in _MAPPINGS:
        return no_mapping(kind, origin, place, detail["loc"], f"{name} must have keys of its own")
    return Problem(*origin.at(*place), *_wrong_value(detail["type"], name, detail.get("ctx", {}), given, detail["msg"]))


def _no_value(kind: type[Record], place: tuple[Step, ...]) -> str:
    """How to mend a key without a value: what begins with # is a remark, so that a hashtag is no value."""
    field = _holder(kind, place).model_fields.get(str(place[-1])) if place else None
    if field is None:
        return "give it one, or take the line out"
    remedy = "write it behind the colon" if field.is_required() else "give it one, or take the line out"
    return f'{remedy}; put one that begins with "#" into quotation marks' if field.annotation is str else remedy


def no_mapping(
    kind: type[Record],
    origin: Origin,
    place: tuple[Step, ...],
    inside: tuple[Step, ...] = (),
    message: str = "there must be keys here",
) -> Problem:
    """The problem of a value that has no keys where a record is to be.

    Args:
        kind: the type of the record around it.
        origin: where the document's values stand.
        place: the way from the document to the value.
        inside: the way from the record to the value.
        message: what is wrong.
    """
    keys = ", ".join(_known_keys(kind, (*inside, "")))
    hint = f"one line each, as key: value, indented alike; the keys are {keys}"
    return Problem(*origin.at(*place), "wrong-type", message, hint)


def _name(place: tuple[Step, ...]) -> str:
    """What a place is called in a message: its key, or "an entry of" the list that it is in."""
    key = next((step for step in reversed(place) if isinstance(step, str)), "")
    if place and isinstance(place[-1], int):
        return f'an entry of "{key}"' if key else "an entry"
    return f'"{key}"'


def _wrong_value(sort: str, name: str, context: Mapping[str, Any], given: object, said: str) -> tuple[str, str, str]:
    """Code, message and hint for a value that is there but wrong."""
    if sort in _TYPES and (sort != "enum" or isinstance(given, (dict, list))):
        what, hint = _TYPES[sort]
        return "wrong-type", f"{name} must be {what}", _how(what, given) or hint
    if sort == "enum":
        known = [word.strip().strip("'") for word in context["expected"].replace(" or ", ", ").split(",")]
        hint = did_you_mean(str(given), known, cutoff=0.65) or f"one of: {', '.join(known)}"
        return "unknown-value", f'"{given}" is not a word for {name}', hint
    if sort == "too_short":
        return "wrong-count", f"{name} needs at least one entry", "add one, with a hyphen before it"
    if sort in _LIMITS:
        key, words = _LIMITS[sort]
        return "bad-value", f"{name} {words} {context[key]}", f"it is {given} now"
    return _own_complaint(sort, name, context, given, said)


def _how(what: str, given: object) -> str:
    """The remedy for the slips that are made most; nothing if this is none of them."""
    if what == "text" and isinstance(given, dict) and len(given) == 1:
        (key, value), *_ = given.items()
        if not isinstance(value, (dict, list)):
            return f'a colon and a space make a field of it: put it into quotation marks, "{key}: {value or ""}"'
    if what == "a list" and isinstance(given, str):
        if given.startswith("-"):
            return "put a space behind each hyphen"
        if len(given) <= _SHORT and not set(given) & set('[]{}"#:'):
            return f"write [{given}], or {LIST_HINT}"
    return ""


def _own_complaint(sort: str, name: str, context: Mapping[str, Any], given: object, said: str) -> tuple[str, str, str]:
    """The same for what the model's own types refuse, whose complaints carry a code and a hint."""
    hint = straight_quotes(given) if isinstance(given, str) else ""
    hint = hint or str(context.get("hint", "see the handbook"))
    if isinstance(given, (dict, list)) and "what" in context:
        return "wrong-type", f"{name} must be {context['what']}", hint
    if "hint" in context:
        return sort, f"{said} ({name})", hint
    return "bad-value", f'"{given}" is not right for {name}: {said[:1].lower()}{said[1:]}', hint


def _known_keys(kind: type[Record], place: tuple[Step, ...]) -> list[str]:
    """The keys of the record in which the last step of a place stands."""
    return [name for name, field in _holder(kind, place).model_fields.items() if not field.exclude]


def _holder(kind: type[Record], place: tuple[Step, ...]) -> type[Record]:
    """The type of the record in which the last step of a place stands."""
    here = kind
    for step in place[:-1]:
        if isinstance(step, str) and step in here.model_fields:
            here = _record_in(here.model_fields[step].annotation) or here
    return here


def _record_in(annotation: Any) -> type[Record] | None:  # noqa: ANN401 - any annotation
    """The record that a field's annotation holds, at whatever depth."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)
