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
        for length in range(len(stray) - 2, -1, -1):
            around, name = at(value, stray[:length]), str(stray[-1])
            within = holder(kind, (*stray[:length], name))
            if isinstance(around, dict) and name in known_keys(within) and name not in around:
                homes_by_place |= _moved(stray, stray[:length], within, value, strays)
                break
    return homes_by_place


def _moved(stray: Place, home: Place, within: type[Record], value: object, strays: list[Place]) -> dict[Place, Place]:
    name = stray[-1]
    field = record_in(within.model_fields[str(name)].annotation)
    if at(value, stray) is not None:
        return {stray: (*home, name)}
    beside = at(value, stray[:-1])
    order = list(beside) if isinstance(beside, dict) else []
    below = [(*stray[:-1], other) for other in order[order.index(str(name)) + 1 :]]
    own = [place for place in below if field and place[-1] in field.model_fields]
    if not own or any(place not in strays for place in own):
        return {}
    return {stray: (*home, name), **{place: (*home, name, place[-1]) for place in own}}


def problem(origin: Origin, place: Place, home: Place) -> Problem:
    """Return the problem of a field that belongs to the surrounding record.

    Args:
        origin: the places of the values.
        place: the path of the field.
        home: the path where it belongs.
    """
    path, line, column = origin.at_key(*place)
    beside = [(mark, key[-1]) for key, mark in origin.keys.items() if key[:-1] == home[:-1] and mark < (line, column)]
    (_, wanted), under = max(beside, default=((line, 1), ""))
    hint = f"begin the line with {spaces(wanted - 1)}"
    if under and column > wanted:
        hint = f'move this line {spaces(column - wanted)} to the left, so that it is under "{under}"'
    return Problem(path, line, column, "unknown-key", f'"{place[-1]}" is indented too far', hint)


def put_right(value: Any, origin: Origin, steps: Place, moves: Mapping[Place, Place]) -> tuple[Any, Origin]:  # noqa: ANN401 - plain YAML of any shape
    """Return a value and its origin with the fields moved to where they belong."""
    full_moves = {(*steps, *place): (*steps, *home) for place, home in moves.items()}

    made = _copied(value, (), moves)
    for place, home in moves.items():
        around = at(made, home[:-1])
        moved_value = at(value, place)
        if isinstance(around, dict):
            around[home[-1]] = (
                {} if moved_value is None and any(other[:-1] == home for other in moves.values()) else moved_value
            )
    return made, origin.moved(lambda place: _home(place, full_moves))


def _home(place: Place, moves: Mapping[Place, Place]) -> Place:
    for length in range(1, len(place) + 1):
        if home := moves.get(place[:length]):
            return (*home, *place[length:])
    return place


def _copied(value: Any, place: Place, moves: Mapping[Place, Place]) -> Any:  # noqa: ANN401 - plain YAML of any shape
    """Return a copy of the value without the fields that move."""
    if isinstance(value, dict):
        unmoved = {key: item for key, item in value.items() if (*place, key) not in moves}
        return {key: _copied(item, (*place, key), moves) for key, item in unmoved.items()}
    if isinstance(value, list):
        return [_copied(item, (*place, index), moves) for index, item in enumerate(value)]
    return value


def at(value: Any, place: Place) -> Any:  # noqa: ANN401 - plain YAML of any shape
    """Return the value at a path of a plain value; None if there is none."""
    for step in place:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value
