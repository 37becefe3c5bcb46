"""Comments and posts of the first seven days: shown only where nothing small follows from them and the other figures.

Readers know all comments and all posts, and from the course of the discussion how much was said in the first week. So
comments and posts of the first week and of later make a table of four cells with all its sums, in which one cell gives
away the other three: both numbers are shown, or neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.model import Breakdown

WEEK_HOURS = 7 * 24
#: A sum from which two parts can be at least two pairs of numbers.
_PAIR = 3


@dataclass(frozen=True, slots=True)
class Weeks:
    """How much was said in the first week and later."""

    first: int
    later: int


def first_week(media: Mapping[str, Weeks], course: Breakdown, small_count: int) -> dict[str, int]:
    """Return the numbers of the first week by medium; empty if they must be hidden.

    Args:
        media: of each medium, what was said in both times.
        course: the published course.
        small_count: from 1 up to below this a number is hidden.
    """
    first, later = sum(weeks.first for weeks in media.values()), sum(weeks.later for weeks in media.values())
    parts = [number for weeks in media.values() for number in (weeks.first, weeks.later)]
    sums = [first, later, *(weeks.first + weeks.later for weeks in media.values())]
    in_course = [0, 0]
    for name, number in course.cells.items():
        in_course[_start_hour(name) >= WEEK_HOURS] += number
    hidden = [first - in_course[0], later - in_course[1]] if course.other is not None else []
    if any(0 < number < small_count for number in (*parts, *hidden)):
        return {}
    if small_count > 1 and any(0 < number < _PAIR for number in sums):
        return {}
    return {name: weeks.first for name, weeks in media.items()}


def _start_hour(name: str) -> int:
    """Return the hour at which a step of the course begins; -1 for what was said before the opening."""
    first = name.partition("-")[0]
    return int(first) if first.isdigit() else -1
