"""Values such as `!!python/name:package.function`, which only a build works out: whether what they name is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.pipeline.mkdocssettings import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile, Steps
    from casebuilder.problems import Problem

_INSTRUCTION = re.compile(r"(?:&\S+\s+)?(?P<tag>!!python/(?P<kind>[a-z/]+)(?::(?P<name>[^\s{}]*))?)")
#: What MkDocs' reader of YAML knows: with the name of something, and without.
_NAMING = frozenset(("name", "module", "object", "object/apply", "object/new"))
_PLAIN = frozenset(
    ("none", "bool", "str", "unicode", "bytes", "int", "long", "float", "complex", "list", "tuple", "dict")
)
_CODE = "not-installed"


def problems(settings: SettingsFile, steps: Steps) -> Iterator[Problem]:
    """Yield the problem of a value that only running code could tell, if it names what is not there."""
    match = _INSTRUCTION.match(settings.after(steps))
    if not match:
        return
    name = match["name"] or ""  # a comma or a bracket after it is part of the name to YAML
    if match["kind"] in _PLAIN:
        return
    if match["kind"] not in _NAMING or not name:
        message = f'MkDocs has no instruction "{match["tag"]}"'
        yield settings.problem(steps, "yaml-tag", message, "delete it, or write the value itself")
    elif not _is_there(settings, name, is_module=match["kind"] == "module"):
        hint = "correct the name, or install the package and add it to requirements.txt"
        yield settings.problem(steps, _CODE, f"{name} is not installed", hint)


def _is_there(settings: SettingsFile, name: str, *, is_module: bool) -> bool:
    """Return whether a module, or something in one, is installed; what its program makes of it is unknown."""
    if is_module:
        return installed.module(settings.root, name) is not None
    place, _, last = name.rpartition(".")
    module = installed.module(settings.root, place or "builtins")
    if module is None:  # something in a class
        outer_module, _, holder = place.rpartition(".")
        module, last = installed.module(settings.root, outer_module) if outer_module else None, holder
    return module is not None and (not module.text() or bool(re.search(rf"\b{re.escape(last)}\b", module.text())))
