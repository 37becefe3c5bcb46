"""Entries of a list that an extra hyphen has split into two, each with only a part of the fields."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from casebuilder.problems import Problem
from casebuilder.readers.remedies import record_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Origin, Record, Step

    Place = tuple[Step, ...]


def second_halves(kind: type[Record], value: object, place: Place = ()) -> Iterator[Place]:
    """Yield the paths of entries that belong to the entry above them.

    Args:
        kind: the type of the record, or of the entries of the list.
        value: its plain value.
        place: its path.
    """
    if isinstance(value, list):
        for index, (previous, current) in enumerate(pairwise(value), start=1):
            if _are_halves(kind, previous, current):
                yield (*place, index)
                return  # the next ones are checked after these are joined
        for index, entry in enumerate(value):
            yield from second_halves(kind, entry, (*place, index))
    elif isinstance(value, dict):
        for name, field_value in value.items():
            if field_type := _record_in_field(kind, str(name)):
                yield from second_halves(field_type, field_value, (*place, name))


@cache
def _record_in_field(kind: type[Record], name: str) -> type[Record] | None:
    """Return the type of the record, or of the records of a list, in a field; None for other and unknown fields."""
    field = kind.model_fields.get(name)
    return record_in(field.annotation) if field else None


def _are_halves(kind: type[Record], first: object, second: object) -> bool:
    if not (isinstance(first, dict) and isinstance(second, dict) and first and second) or first.keys() & second.keys():
        return False
    needed = {name for name, field in kind.model_fields.items() if field.is_required()}
    all_keys = first.keys() | second.keys()
    are_both_incomplete = needed - first.keys() and needed - second.keys()
    return bool(are_both_incomplete) and needed <= all_keys <= kind.model_fields.keys()


def problem(origin: Origin, place: Place) -> Problem:
    """Return the problem of the second half of an entry."""
    first = next((steps[-1] for steps in origin.keys if steps[:-1] == place), "")
    path, line, column = origin.at(*place)
    message = f'"{first}" belongs to the entry above it, and a hyphen begins a new one'
    return Problem(path, line, max(column - 2, 1), "wrong-type", message, "type a space in place of the hyphen")


def joined(value: Any, origin: Origin, steps: Place, place: Place) -> tuple[Any, Origin]:  # noqa: ANN401 - plain YAML of any shape
    """Return a value and its origin with an entry joined to the one above it."""
    *steps_to_list, index = place
    list_path = (*steps, *steps_to_list)

    def new(place: Place) -> Place | None:
        old_index = (
            place[len(list_path)] if place[: len(list_path)] == list_path and len(place) > len(list_path) else None
        )
        if not isinstance(old_index, int) or not isinstance(index, int) or old_index < index:
            return place
        is_entry = old_index == index and len(place) == len(list_path) + 1
        return None if is_entry else (*list_path, old_index - 1, *place[len(list_path) + 1 :])

    return _join_entry(value, steps_to_list, index), origin.moved(new)


def _join_entry(value: Any, steps: list[Step], index: Step) -> Any:  # noqa: ANN401 - plain YAML of any shape
    if not steps and isinstance(index, int):
        return [*value[: index - 1], {**value[index - 1], **value[index]}, *value[index + 1 :]]
    step, *inner_steps = steps
    if isinstance(value, dict):
        return {key: _join_entry(item, inner_steps, index) if key == step else item for key, item in value.items()}
    return [_join_entry(item, inner_steps, index) if number == step else item for number, item in enumerate(value)]
