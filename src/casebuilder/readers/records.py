"""From plain YAML values to records: what the field types refuse becomes problems in their places.

A record with problems is still made, as far as it can be: what is wrong is taken out, and what is needed but missing
is filled by the record's placeholders. So the other rules run in the same go, and an editor sees all problems at once.
"""

from __future__ import annotations

import copy
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import ValidationError

from casebuilder import yamltext
from casebuilder.model import Origin, Record
from casebuilder.problems import Problem
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from casebuilder.model import Step

R = TypeVar("R", bound=Record)

_TYPES = {
    "string_type": ("text", "write a word or a sentence"),
    "int_type": ("a whole number", "write digits only"),
    "int_parsing": ("a whole number", "write digits only"),
    "int_from_float": ("a whole number", "write digits only"),
    "float_type": ("a number", "write digits, with a point for decimals"),
    "float_parsing": ("a number", "write digits, with a point for decimals"),
    "bool_type": ("true or false", "write true or false"),
    "bool_parsing": ("true or false", "write true or false"),
    "tuple_type": ("a list", "begin each entry with a hyphen, on a line of its own"),
    "dict_type": ("a mapping", "write lines of the form key: value, indented by two spaces"),
    "model_type": ("a mapping", "write lines of the form key: value, indented by two spaces"),
    "model_attributes_type": ("a mapping", "write lines of the form key: value, indented by two spaces"),
    "date_type": ("a date", "write it as 2026-03-27"),
    "datetime_type": ("a time", "write it as 2026-03-27T18:00"),
}
_PASSES = 4


def read_yaml(kind: type[R], text: str, path: str, *, first_line: int = 1) -> tuple[R | None, Origin, list[Problem]]:
    """A record from a YAML text, where it stands, and what is wrong with it; None if it cannot be made at all."""
    document, problems = yamltext.read(text, path, first_line=first_line)
    if document is None:
        return None, Origin(path, {}, {}), problems
    if document.value is None:
        message = "there is nothing in it" if first_line == 1 else "the front matter is empty"
        problems.append(Problem(path, 1, 1, "empty-file", message, f"it needs {_needed(kind)}"))
        return None, document.origin, problems
    record, found = read_record(kind, document.value, document.origin)
    return record, document.origin, problems + found


def read_list(kind: type[R], text: str, path: str) -> tuple[tuple[R, ...], Origin, list[Problem]]:
    """The records of a YAML list; those that cannot be made are left out."""
    document, problems = yamltext.read(text, path)
    if document is None or document.value is None:
        origin = document.origin if document else Origin(path, {}, {})
        if document:
            problems.append(Problem(path, 1, 1, "empty-file", "there is nothing in it", "delete it, or fill it in"))
        return (), origin, problems
    if not isinstance(document.value, list):
        hint = "begin each entry with a hyphen, on a line of its own"
        return (
            (),
            document.origin,
            [*problems, Problem(*document.origin.at(), "wrong-type", "this must be a list", hint)],
        )
    records = []
    for index, value in enumerate(document.value):
        record, found = read_record(kind, value, document.origin, (index,))
        problems += found
        if record:
            records.append(record)
    return tuple(records), document.origin, problems


def read_record(
    kind: type[R], value: object, origin: Origin, steps: tuple[Step, ...] = ()
) -> tuple[R | None, list[Problem]]:
    """A record from plain values.

    Args:
        kind: the record's type.
        value: what YAML or JSON gave.
        origin: where the document's values stand.
        steps: the way from the document to this value.
    """
    if not isinstance(value, dict):
        what, hint = _TYPES["model_type"]
        return None, [Problem(*origin.at(*steps), "wrong-type", f"this must be {what}", hint)]
    problems: list[Problem] = []
    mended: Any = copy.deepcopy(value)
    for _ in range(_PASSES):
        try:
            return kind.model_validate(mended), problems
        except ValidationError as error:
            details = error.errors(include_url=False)
        if not problems:
            problems = [_problem(detail, kind, origin, steps) for detail in _telling(details)]
        for detail in details:
            _take_out(mended, detail["loc"])
        mended = {**kind.placeholders, **mended}
    return None, problems


def _needed(kind: type[Record]) -> str:
    return ", ".join(name for name, field in kind.model_fields.items() if field.is_required())


def _telling(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without those that only follow from another: a list is not too short because its one entry is wrong."""
    places = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if detail["type"] not in {"too_short", "too_long"}
        or not any(place[: len(detail["loc"])] == detail["loc"] and place != detail["loc"] for place in places)
    ]


def _take_out(value: Any, place: tuple[Step, ...]) -> None:  # noqa: ANN401 - plain YAML of any shape
    """Delete the entry at a place, or the nearest one around it that exists; a list's entry becomes a hole."""
    chain: list[tuple[Any, Step]] = []
    for step in place:
        if not isinstance(value, (dict, list)):
            break
        if (isinstance(value, dict) and step not in value) or (isinstance(value, list) and not _within(value, step)):
            break
        chain.append((value, step))
        value = value[step]  # type: ignore[index]  # a step was just seen to fit
    if chain:
        holder, step = chain[-1]
        del holder[step]


def _within(values: list[Any], step: Step) -> bool:
    return isinstance(step, int) and step < len(values)


def _problem(detail: ErrorDetails, kind: type[Record], origin: Origin, steps: tuple[Step, ...]) -> Problem:
    """The field types' complaint in the words of the handbook."""
    place = (*steps, *detail["loc"])
    name = next((str(step) for step in reversed(detail["loc"]) if isinstance(step, str)), "entry")
    sort, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    if sort == "missing":
        hint = f'add a line "{name}:" with its value'
        return Problem(*origin.at(*place[:-1]), "missing-field", f'"{name}" is missing', hint)
    if sort == "extra_forbidden":
        hint = (
            did_you_mean(name, _known_keys(kind, detail["loc"]))
            or f"known here: {', '.join(_known_keys(kind, detail['loc']))}"
        )
        return Problem(*origin.at_key(*place), "unknown-key", f'unknown key "{name}"', hint)
    if given is None or (sort == "string_too_short" and given == ""):
        return Problem(
            *origin.at(*place), "missing-field", f'"{name}" has no value', "give it one, or take the line out"
        )
    return Problem(*origin.at(*place), *_wrong_value(sort, name, context, given, detail["msg"]))


def _wrong_value(sort: str, name: str, context: Mapping[str, Any], given: object, said: str) -> tuple[str, str, str]:
    """Code, message and hint for a value that is there but wrong."""
    if sort in _TYPES:
        what, hint = _TYPES[sort]
        return "wrong-type", f'"{name}" must be {what}', hint
    if sort == "enum":
        words = [word.strip().strip("'") for word in context["expected"].replace(" or ", ", ").split(",")]
        hint = did_you_mean(str(given), words) or f"one of: {', '.join(words)}"
        return "unknown-value", f'"{given}" is not a word for "{name}"', hint
    if sort in {"too_short", "too_long"}:
        least = context.get("min_length", 0)
        return "wrong-count", f'"{name}" needs at least {least}', "add an entry, with a hyphen before it"
    if "hint" in context:
        return sort, f'{said} ("{name}")', str(context["hint"])
    return (
        "bad-value",
        f'"{given}" is not right for "{name}": {said[0].lower()}{said[1:]}',
        "see the handbook",
    )


def _known_keys(kind: type[Record], place: tuple[Step, ...]) -> list[str]:
    """The keys of the record in which the last step of a place stands."""
    here: Any = kind
    for step in place[:-1]:
        if isinstance(step, str) and isinstance(here, type) and issubclass(here, Record):
            here = _record_in(here.model_fields[step].annotation) or here
    return list(here.model_fields)


def _record_in(annotation: Any) -> type[Record] | None:  # noqa: ANN401 - any annotation
    """The record that a field's annotation holds, at whatever depth."""
    if isinstance(annotation, type) and issubclass(annotation, Record) and not isinstance(annotation, Enum):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)
