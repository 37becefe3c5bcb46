"""Comments and posts of the first seven days: shown only where nothing small follows from them and the other figures.

Readers know all comments and all posts, and from the course of the discussion how much was said in the first week. So
comments and posts of the first week and of later make a table of four cells with all its sums, in which one cell gives
away the other three: both numbers are shown, or neither.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WEEK_HOURS = 7 * 24
#: The two parts of a discussion.
FIRST, LATER = "first", "later"
#: A sum from which two parts can be at least two pairs of numbers.
_PAIR = 3


def first_week(
    media: Mapping[str, Mapping[str, Sequence[str]]], hidden: Mapping[str, Sequence[str]], small_count: int
) -> dict[str, int]:
    """Return the numbers of the first week by medium; empty if they must be hidden.

    Args:
        media: of each medium and each of both times, the author keys of what was said.
        hidden: of both times, the author keys of what is in no part of the course that is shown.
        small_count: from 1 up to below this a number of people is hidden.
    """
    parts = [keys for times in media.values() for keys in times.values()]
    sums = [[*chain.from_iterable(times.values())] for times in media.values()]
    sums += [[*chain.from_iterable(times.get(time, ()) for times in media.values())] for time in (FIRST, LATER)]
    if any(0 < len(set(keys)) < small_count for keys in (*parts, *hidden.values())):
        return {}
    if small_count > 1 and any(0 < len(set(keys)) < _PAIR for keys in sums):
        return {}
    return {name: len(times.get(FIRST, ())) for name, times in media.items()}
