"""Fields whose names have a slip: each is one problem, and its value is read as if the name were right.

Otherwise everything that the field says would be missing, too, and each rule would report that again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from casebuilder.readers.remedies import holder, known_keys
from casebuilder.readers.shifted import at
from casebuilder.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

    from casebuilder.model import Origin, Record, Step

    Place = tuple[Step, ...]

V = TypeVar("V")


def meant_field(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """The field that somebody meant, or nothing; signs and digits that slipped into a name do not count."""
    known = list(known)
    plain = re.sub(r"[^a-z_]", "", name.lower().replace("-", "_"))
    if plain in known:
        return plain
    return nearest(name, known, cutoff=cutoff) or nearest(plain, known, cutoff=cutoff)


def renamings(details: Iterable[ErrorDetails], kind: type[Record], value: object) -> dict[Place, str]:
    """Unknown fields that stand for one that is not there, by their places, and its name."""
    found: dict[Place, str] = {}
    for place in (detail["loc"] for detail in details if detail["type"] == "extra_forbidden"):
        there = at(value, place[:-1])
        if isinstance(there, dict) and there.get(str(place[-1])) is not None:
            taken = {name for other, name in found.items() if other[:-1] == place[:-1]}
            free = [name for name in known_keys(holder(kind, place)) if name not in there and name not in taken]
            if meant := meant_field(str(place[-1]), free):
                found[place] = meant
    return found


def renamed(value: object, origin: Origin, steps: Place, names: Mapping[Place, str]) -> tuple[object, Origin]:
    """A value and its places in which fields have the names that were meant."""
    whole = {(*steps, *place): name for place, name in names.items()}

    def moved(marks: Mapping[Place, V]) -> dict[Place, V]:
        return {_moved(place, whole): mark for place, mark in marks.items()}

    own = replace(
        origin,
        marks=moved(origin.marks),
        keys=moved(origin.keys),
        paths=moved(origin.paths),
        remarks=moved(origin.remarks),
    )
    return _copy(value, (), names), own


def _moved(place: Place, names: Mapping[Place, str]) -> Place:
    for length in range(1, len(place) + 1):
        if name := names.get(place[:length]):
            return (*place[: length - 1], name, *place[length:])
    return place


def _copy(value: Any, place: Place, names: Mapping[Place, str]) -> Any:  # noqa: ANN401 - plain YAML of any shape
    if isinstance(value, dict):
        return {names.get((*place, key), key): _copy(item, (*place, key), names) for key, item in value.items()}
    if isinstance(value, list):
        return [_copy(item, (*place, index), names) for index, item in enumerate(value)]
    return value
