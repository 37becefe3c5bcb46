"""Packages whose public names are imported when they are first used (PEP 562), because `check` needs few of them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def of(package: str, homes: Mapping[str, Iterable[str]]) -> Callable[[str], object]:
    """Return the `__getattr__` of a package.

    Args:
        package: its full name.
        homes: the public names in each of its modules. A type checker reads them from the package's own imports under
            TYPE_CHECKING; a test compares the two.
    """
    module_by_name = {name: module for module, names in homes.items() for name in names}

    def find(name: str) -> object:
        if name not in module_by_name:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{module_by_name[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return find
