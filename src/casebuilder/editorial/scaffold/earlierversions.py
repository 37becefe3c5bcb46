"""Files as versions of casebuilder before `casebuilder.lock` wrote them, by digest."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder.editorial.scaffold.lockfile import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

_OWNERS = re.compile(r"@\S+$", re.MULTILINE)
_TODO = re.compile(r"^# TODO .*\n", re.MULTILINE)
_EXAMPLE = re.compile(r"\d{4}-\d{2}-spare-chair")


def is_former(path: str, text: str) -> bool:
    """Return whether an earlier version wrote a file like this, whatever the series' name and owner are."""
    return digest(plain(path, text)) in _digests().get(path, ())


def paths() -> tuple[str, ...]:
    """Return every file that an earlier version wrote."""
    return tuple(_digests())


def plain(path: str, text: str) -> str:
    """Return a text of `init` without what differs from series to series."""
    if path == ".github/CODEOWNERS":
        return _TODO.sub("", _OWNERS.sub("@", text))
    if path == "README.md":
        return _EXAMPLE.sub("EXAMPLE", "#" + text[text.find("\n") :])
    return text


@cache
def _digests() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = json.loads(
        files("casebuilder.editorial.scaffold").joinpath("earlierversions.json").read_text(encoding="utf-8")
    )
    return {path: tuple(digests) for path, digests in table.items()}
