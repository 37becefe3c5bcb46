"""Fields that are indented too far and seem to belong to the field above. Each is one problem.

Otherwise the field, and all fields below it, would be unknown in one place and missing in another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebuilder.problems import Problem
from casebuilder.readers.remedies import holder, known_keys, record_in
from casebuilder.readers.yamltext.repair import spaces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.model import Origin, Record, Step

    Place = tuple[Step, ...]


def homes(strays: list[Place], kind: type[Record], value: object) -> dict[Place, Place]:
    """Find where unknown fields belong: in the surrounding record, if they are missing there.

    Args:
        strays: the paths of the unknown fields.
        kind: the record's type.
        value: its plain value.

    Returns:
        The right path of each field, by its present path. A field without a value takes the fields below it along.
    """
    homes_by_place: dict[Place, Place] = {}
    for stray in strays:
        if stray in homes_by_place:
            continue
        if inner := _home_above(stray, kind, value):
            homes_by_place[stray] = inner
            continue
        for length in range(len(stray) - 2, -1, -1):
            record, name = at(value, stray[:length]), str(stray[-1])
            record_type = holder(kind, (*stray[:length], name))
            if isinstance(record, dict) and name in known_keys(record_type) and name not in record:
                homes_by_place |= _moves_of_field(stray, stray[:length], record_type, value, strays)
                break
    return homes_by_place


def _home_above(stray: Place, kind: type[Record], value: object) -> Place | None:
    """Return the place of a field in the fields just above it, if it is missing there and unknown around them."""
    *outer, name = stray
    siblings = at(value, tuple(outer))
    names = list(siblings) if isinstance(siblings, dict) else []
    above = names[names.index(name) - 1] if name in names[1:] else ""
    field = holder(kind, (*outer, above)).model_fields.get(above) if above else None
    inner_type, fields = record_in(field.annotation) if field else None, siblings[above] if above else None
    if not inner_type or not isinstance(fields, dict) or name not in known_keys(inner_type) or name in fields:
        return None
    is_needed = inner_type.model_fields[str(name)].is_required()
    return (*outer, above, name) if is_needed else None


def _moves_of_field(
    stray: Place, home: Place, record_type: type[Record], value: object, strays: list[Place]
) -> dict[Place, Place]:
    name = stray[-1]
    field = record_in(record_type.model_fields[str(name)].annotation)
    if at(value, stray) is not None:
        return {stray: (*home, name)}
    siblings = at(value, stray[:-1])
    order = list(siblings) if isinstance(siblings, dict) else []
    places_below = [(*stray[:-1], other) for other in order[order.index(str(name)) + 1 :]]
    inner_places = [place for place in places_below if field and place[-1] in field.model_fields]
    if not inner_places or any(place not in strays for place in inner_places):
        return {}
    return {stray: (*home, name), **{place: (*home, name, place[-1]) for place in inner_places}}


def problem(origin: Origin, place: Place, home: Place) -> Problem:
    """Return the problem of a field that belongs to the surrounding record.

    Args:
        origin: the places of the values.
        place: the path of the field.
        home: the path where it belongs.
    """
    path, line, column = origin.at_key(*place)
    if len(home) > len(place):
        inner_column = max((mark[1] for key, mark in origin.keys.items() if key[:-1] == home[:-1]), default=column + 2)
        hint = f"begin the line with {spaces(inner_column - 1)}"
        message = f'"{place[-1]}" belongs to "{home[-2]}" and must be indented'
        return Problem(path, line, column, "unknown-key", message, hint)
    fields_above = [
        (mark, key[-1]) for key, mark in origin.keys.items() if key[:-1] == home[:-1] and mark < (line, column)
    ]
    (_, wanted_column), field_above = max(fields_above, default=((line, 1), ""))
    hint = f"begin the line with {spaces(wanted_column - 1)}"
    if field_above and column > wanted_column:
        hint = f'move this line {spaces(column - wanted_column)} to the left, so that it is under "{field_above}"'
    return Problem(path, line, column, "unknown-key", f'"{place[-1]}" is indented too far', hint)


def put_right(value: Any, origin: Origin, steps: Place, moves: Mapping[Place, Place]) -> tuple[Any, Origin]:  # noqa: ANN401 - plain YAML of any shape
    """Return a value and its origin with the fields moved to where they belong."""
    full_moves = {(*steps, *place): (*steps, *home) for place, home in moves.items()}

    copy = _copy_without_moved(value, (), moves)
    for place, home in moves.items():
        record = at(copy, home[:-1])
        moved_value = at(value, place)
        if isinstance(record, dict):
            record[home[-1]] = (
                {} if moved_value is None and any(other[:-1] == home for other in moves.values()) else moved_value
            )
    return copy, origin.moved(lambda place: _moved_place(place, full_moves))


def _moved_place(place: Place, moves: Mapping[Place, Place]) -> Place:
    for length in range(1, len(place) + 1):
        if home := moves.get(place[:length]):
            return (*home, *place[length:])
    return place


def _copy_without_moved(value: Any, place: Place, moves: Mapping[Place, Place]) -> Any:  # noqa: ANN401 - plain YAML of any shape
    """Return a copy of the value without the fields that move."""
    if isinstance(value, dict):
        unmoved = {key: item for key, item in value.items() if (*place, key) not in moves}
        return {key: _copy_without_moved(item, (*place, key), moves) for key, item in unmoved.items()}
    if isinstance(value, list):
        return [_copy_without_moved(item, (*place, index), moves) for index, item in enumerate(value)]
    return value


def at(value: Any, place: Place) -> Any:  # noqa: ANN401 - plain YAML of any shape
    """Return the value at a path of a plain value; None if there is none."""
    for step in place:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value
