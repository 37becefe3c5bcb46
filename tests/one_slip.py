"""Every slip of one keystroke or one line that a series can have, for trying what is reported of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"(?P<lead> *(?:- +)*)(?P<name>[A-Za-z_]{3,})(?=:)")
#: Ids that other lines, or other files, name.
_ID = re.compile(
    r"(?P<lead> *(?:- +)*(?:id|person|case|theme|question|contribution|section|file|checked_by): )"
    r"(?P<name>[a-z][a-z0-9-]*[a-z0-9])"
)
_CITED = re.compile(r"(?P<lead>.*?(?:\[@|::quote\[|\{#))(?P<name>[a-z0-9-]{2,})")
_SIGNS = ":\"'[]{}#-"


class Change(NamedTuple):
    """One slip: the file, the line from 0, what somebody did, and the file's text afterwards."""

    path: str
    line: int
    what: str
    text: str


def changes(path: str, text: str) -> Iterator[Change]:
    """Each slip in each line of a file."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        slips = dict(_slips(path, line))
        for slip, new in slips.items():
            if new != line:
                new_lines = [] if new is None else [new]
                yield Change(path, number, slip, "\n".join([*lines[:number], *new_lines, *lines[number + 1 :]]))


def _slips(path: str, line: str) -> Iterator[tuple[str, str | None]]:
    yield "the line is gone", None
    if _is_data(path, line):
        yield "one blank more", f" {line}"
        yield "two blanks more", f"  {line}"
        if line.startswith(" "):
            yield "one blank less", line[1:]
    for pattern in (_NAME, _ID, _CITED):
        if match := pattern.match(line):
            start, end = match.span("name")
            yield f"mistyped {match['name']}", line[:start] + mistyped(match["name"]) + line[end:]
    for sign in _SIGNS:
        if sign in line:
            at = line.index(sign)
            yield f"without its first {sign}", line[:at] + line[at + 1 :]
            if (last := line.rindex(sign)) != at:
                yield f"without its last {sign}", line[:last] + line[last + 1 :]


def _is_data(path: str, line: str) -> bool:
    return path.endswith(".yml") or bool(re.match(r" *(- |[a-z_]+:)|---$", line))


def mistyped(name: str) -> str:
    """A name with two letters in the wrong order, or one typed twice where all are alike."""
    for at in range(len(name) // 2, len(name) - 1):
        if name[at] != name[at + 1]:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name + name[-1]
