"""What is installed on this machine, found without loading any of it.

Code in the series' own folder is found, but never loaded: anybody who proposes a change could write it.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from importlib.metadata import EntryPoint


@dataclass(frozen=True, slots=True)
class Module:
    """A module of Python on this machine.

    Attributes:
        source: its file; None for a folder without one, and for a part of Python itself.
        is_foreign: whether it lies outside the series' folder, so that `check` may load it.
    """

    source: Path | None
    is_foreign: bool

    def text(self) -> str:
        """Return its program; empty if it is not there as text."""
        is_text = self.source and self.source.suffix == ".py"
        return self.source.read_text(encoding="utf-8", errors="replace") if self.source and is_text else ""


def module(root: Path, name: str) -> Module | None:
    """Return a module by its dotted name; None if it is not installed."""
    first, *inner_names = name.split(".")
    spec = _find_top(first) if all((first, *inner_names)) else None
    for number, _ in enumerate(inner_names, 1):
        if spec is None or spec.submodule_search_locations is None:
            return None
        locations = list(spec.submodule_search_locations)
        spec = PathFinder.find_spec(".".join((first, *inner_names[:number])), locations)
    if spec is None:
        return None
    source = Path(spec.origin) if spec.has_location and spec.origin else None
    places = [source] if source else [Path(place) for place in spec.submodule_search_locations or ()]
    return Module(source, all(_is_foreign(root, place) for place in places))


def _find_top(name: str) -> ModuleSpec | None:
    try:
        return find_spec(name)
    except ValueError:  # the program that is running
        return None


def _is_foreign(root: Path, place: Path) -> bool:
    """Return whether a place is outside the series' folder, or in an environment of Python's that lies in it."""
    real_place, real_root = Path(os.path.realpath(place)), Path(os.path.realpath(root))
    bases = (Path(os.path.realpath(base)) for base in (sys.prefix, sys.base_prefix))
    return not real_place.is_relative_to(real_root) or any(
        base != real_root and real_place.is_relative_to(base) for base in bases
    )


@cache
def _entry_points(path: tuple[str, ...]) -> dict[str, dict[str, EntryPoint]]:
    from importlib.metadata import distributions

    points_by_group: dict[str, dict[str, EntryPoint]] = {}
    for package in distributions(path=list(path)):
        for point in package.entry_points:
            points_by_group.setdefault(point.group, {}).setdefault(point.name, point)
    return points_by_group


def points(root: Path, group: str) -> dict[str, EntryPoint]:
    """Return what packages outside the series' folder offer to others, such as plugins to MkDocs, by name."""
    return _entry_points(tuple(name for name in sys.path if _is_foreign(root, Path(name or ".")))).get(group, {})
