"""Lines of quotes.yml that name the contributions, so that Git merges what two curators add.

Git merges two additions if a line that neither changed stands between them. A list of quotes that is empty, or has its
next quote at the same place on both sides, has no such line. So the import of a record writes one for each
contribution, as a comment; a quote stands below the line of the contribution that it is from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HEAD = (
    "# Each quote stands below the line of the contribution that it is from. Keep these lines: with them Git merges",
    "# what two curators add.",
)
#: A line that names a contribution, at the margin, where no text of a quote can stand.
_ANCHOR = re.compile(r"# (\S+)")


def with_anchors(text: str, names: Iterable[str]) -> str:
    """Return the text of quotes.yml with a line for each contribution.

    A file with quotes and without such lines is left alone: its curators began without them.

    Args:
        text: the present file; empty if there is none.
        names: the ids of the contributions, in the order of the record.
    """
    contribution_ids = [*names]
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    lines_by_id = anchors(lines, contribution_ids)
    if lines and not lines_by_id:
        return text
    new_lines = [f"# {name}" for name in contribution_ids if name not in lines_by_id]
    return "\n".join([*(lines or _HEAD), *new_lines]) + "\n" if new_lines else text


def anchors(lines: Sequence[str], names: Iterable[str]) -> dict[str, int]:
    """Return the number of the line of each contribution that has one, in the order of the file."""
    contribution_ids = set(names)
    matches = ((match[1], number) for number, line in enumerate(lines) if (match := _ANCHOR.fullmatch(line)))
    return {name: number for name, number in matches if name in contribution_ids}


def below(lines: Sequence[str], names: Iterable[str], name: str) -> int | None:
    """Return where a new quote of a contribution stands.

    That is above the next such line; None if the contribution has no line.
    """
    places = anchors(lines, names)
    if name not in places:
        return None
    end = next((place for place in places.values() if place > places[name]), len(lines))
    while end > places[name] + 1 and not lines[end - 1].strip():
        end -= 1
    return end
