"""New and returning participants, where nothing small follows from their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import Breakdown
from casebuilder.model.counting.suppression import breakdown, shown_total
from casebuilder.model.figures import least_alone

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


def new_and_returning(
    people: AbstractSet[str], earlier: AbstractSet[str], small_count: int, *, is_second: bool, is_known: bool
) -> Breakdown:
    """Return how many participants of a round are new, and how many took part before.

    Args:
        people: the keys of who took part.
        earlier: of who took part in an earlier round.
        small_count: from 1 up to below this a number is hidden.
        is_second: whether there is one earlier round, with its tables.
        is_known: whether readers know how many took part earlier, because no earlier round hides its numbers.
    """
    return of_numbers(
        len(people), len(people & earlier), len(earlier), small_count, is_second=is_second, is_known=is_known
    )


def of_numbers(  # noqa: PLR0913 - what the table of a round is made of
    participants: int, returning: int, earlier: int, small_count: int, *, is_second: bool, is_known: bool
) -> Breakdown:
    """Return the same from the numbers of who took part, of those who had before, and of everybody who had."""
    parts = breakdown({"new": participants - returning, "returning": returning}, least_alone(small_count))
    if not parts.cells or small_count <= 1:
        return parts
    tells_absent = is_known and tells_who_stayed_away(returning, earlier, small_count)
    if tells_absent or (is_second and is_contained(returning, participants, earlier)):
        return Breakdown(other=participants)
    return parts


def tells_who_stayed_away(returning: int, earlier: int, small_count: int) -> bool:
    """Return whether it follows from the returning participants that few of the earlier ones did not return.

    Readers know how many took part earlier. If nobody returned, it says nothing else.
    """
    return bool(returning) and shown_total(earlier - returning, small_count) is None


def is_contained(returning: int, participants: int, earlier: int) -> bool:
    """Return whether one of two rounds has all participants of the other and some more.

    Whoever knows that subtracts their tables, and has one of those who came to only one of them.
    """
    return 0 < returning == min(participants, earlier) < max(participants, earlier)
