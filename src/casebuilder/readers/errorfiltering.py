"""Drop validation errors that are consequences of another error."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from casebuilder.readers.remedies import holder, record_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from casebuilder.model import Record, Step

    Place = tuple[Step, ...]

#: An invalid value with more words than this contains the text of another field.
_WORDS = 5


def telling(details: list[ErrorDetails], parents: Mapping[Place, Place]) -> list[ErrorDetails]:
    """Return the errors without those that are consequences of another.

    A list is not too short because its only entry is invalid. Several fields whose parent field is missing, or that are
    not indented below it, are one mistake: only the first is reported.

    Args:
        details: pydantic's errors.
        parents: see `lost_parents`.
    """
    places = [detail["loc"] for detail in details]
    records_with_strays = {stray[:-1] for stray in parents}
    # If the line of the next field is missing, its text continues the value above it.
    run_on = {detail["loc"][:-1] for detail in details if detail["type"] != "missing" and _is_run_on(detail["input"])}

    def follows(detail: ErrorDetails) -> bool:
        field = detail["loc"]
        if detail["type"] == "too_short":
            return any(place[: len(field)] == field and place != field for place in places)
        if detail["type"] == "missing" and field[:-1] in run_on:
            return True
        if (
            detail["type"] == "missing"
            and field[:-1] in records_with_strays
            and field[-2:-1]
            and isinstance(field[-2], int)
        ):
            return True
        first = next((stray for stray, parent in parents.items() if parent == parents.get(field)), None)
        return field in parents.values() or (field in parents and field != first)

    return [detail for detail in details if not follows(detail)]


def _is_run_on(value: object) -> bool:
    return isinstance(value, str) and value.count(" ") > _WORDS


def lost_parents(details: list[ErrorDetails], kind: type[Record], value: object) -> dict[Place, Place]:
    """Return unknown fields that belong to a parent above them, which is missing or has no value, and its path."""
    strays = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    siblings: dict[Place, set[str]] = {}
    for stray in strays:
        siblings.setdefault(stray[:-1], set()).add(str(stray[-1]))
    return {stray: parent for stray in strays if (parent := _find_parent(kind, stray, value, siblings[stray[:-1]]))}


def _find_parent(kind: type[Record], stray: Place, value: object, siblings: set[str]) -> Place | None:
    """Return the parent that a field belongs to: one without a value just above it, or one that is missing.

    A missing required parent is assumed for one field, an optional one for at least two, to avoid wrong guesses.
    """
    for length in range(len(stray) - 1, -1, -1):
        fields = _fields_at(value, stray[:length])
        fields_of_record = holder(kind, stray[: length + 1]).model_fields
        names_before = takewhile(lambda name: name != stray[-1], fields) if length == len(stray) - 1 else ()
        empty_above = [name for name in names_before if fields[name] is None][-1:]
        absent = [name for name in fields_of_record if fields and name not in fields]
        for name in (*empty_above, *absent):
            inner_record = record_in(fields_of_record[name].annotation) if name in fields_of_record else None
            is_certain = (
                name in empty_above
                or fields_of_record[name].is_required()
                or (len(siblings) > 1 and inner_record is not None)
            )
            if (
                inner_record
                and is_certain
                and (siblings if name in absent else {str(stray[-1])}) <= inner_record.model_fields.keys()
            ):
                return (*stray[:length], name)
    return None


def _fields_at(value: Any, place: Place) -> dict[str, object]:  # noqa: ANN401 - plain YAML of any shape
    """Return the fields at a path; empty if there are none."""
    for step in place:
        value = value[step]
    return value if isinstance(value, dict) else {}
