"""A patch of WeasyPrint as a value, and how patches are put on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import update_wrapper
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

#: A module, and the name of a function in it, such as "Stream.marked".
Place: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Patch:
    """A function of WeasyPrint that is wrapped.

    Attributes:
        name: the fault that it repairs; also its heading in docs/upstream.md.
        place: where WeasyPrint looks the function up when it calls it.
        wrap: takes the function, returns what is called in its place.
    """

    name: str
    place: Place
    wrap: Callable[[Callable[..., Any]], Callable[..., Any]]


def originals(patches: Iterable[Patch]) -> Mapping[Place, Callable[..., Any]]:
    """Return the functions that patches wrap, as they are now."""
    return {patch.place: getattr(*_owner_and_name(patch.place)) for patch in patches}


def put_on(patches: Iterable[Patch], unpatched: Mapping[Place, Callable[..., Any]]) -> None:
    """Replace functions by patched ones.

    Args:
        patches: what is to be in force; of two that wrap the same function, the later is the outer.
        unpatched: every function that some patch wraps, as WeasyPrint has it.
    """
    wrapped = dict(unpatched)
    for patch in patches:
        wrapped[patch.place] = update_wrapper(patch.wrap(wrapped[patch.place]), wrapped[patch.place])
    for place, function in wrapped.items():
        owner, name = _owner_and_name(place)
        setattr(owner, name, function)


def _owner_and_name(place: Place) -> tuple[Any, str]:
    """Return the module or class that holds a function, and the function's name in it."""
    module, function = place
    owner: Any = import_module(module)
    *classes, name = function.split(".")
    for each in classes:
        owner = getattr(owner, each)
    return owner, name
