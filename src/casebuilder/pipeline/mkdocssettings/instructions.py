"""Values such as `!!python/name:package.function`, which only a build works out: whether what they name is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.pipeline.mkdocssettings import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.pipeline.mkdocssettings.written import Steps, Written
    from casebuilder.problems import Problem

_INSTRUCTION = re.compile(r"(?:&\S+\s+)?(?P<tag>!!python/(?P<kind>[a-z/]+)(?::(?P<name>[^\s{}]*))?)")
#: What MkDocs' reader of YAML knows: with the name of something, and without.
_NAMING = frozenset(("name", "module", "object", "object/apply", "object/new"))
_PLAIN = frozenset(
    ("none", "bool", "str", "unicode", "bytes", "int", "long", "float", "complex", "list", "tuple", "dict")
)
_CODE = "not-installed"


def problems(written: Written, steps: Steps) -> Iterator[Problem]:
    """Yield the problem of a value that only running code could tell, if it names what is not there."""
    match = _INSTRUCTION.match(written.after(steps))
    if not match:
        return
    name = match["name"] or ""  # a comma or a bracket after it is part of the name to YAML
    if match["kind"] in _PLAIN:
        return
    if match["kind"] not in _NAMING or not name:
        message = f'MkDocs has no instruction "{match["tag"]}"'
        yield written.problem(steps, "yaml-tag", message, "delete it, or write the value itself")
    elif not _is_there(written, name, whole=match["kind"] == "module"):
        hint = "correct the name, or install the package and add it to requirements.txt"
        yield written.problem(steps, _CODE, f"{name} is not installed", hint)


def _is_there(written: Written, name: str, *, whole: bool) -> bool:
    """Return whether a module, or something in one, is installed; what its program makes of it is unknown."""
    if whole:
        return installed.module(written.root, name) is not None
    place, _, last = name.rpartition(".")
    found = installed.module(written.root, place or "builtins")
    if found is None:  # something in a class
        outer, _, holder = place.rpartition(".")
        found, last = installed.module(written.root, outer) if outer else None, holder
    return found is not None and (not found.text() or bool(re.search(rf"\b{re.escape(last)}\b", found.text())))
