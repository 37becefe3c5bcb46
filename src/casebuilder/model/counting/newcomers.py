"""New and returning participants of all rounds of a series, where nothing small follows from their numbers together.

A round hides its numbers if one of them is small. But whoever came again was there before: so many who return to a
later round may say how many were new in one that hides it, and so may the sum of all new ones, which is everybody in
all. Readers who know the rules can try all numbers that a hidden table may have, round by round. This does the same: a
later table, and the sum, are hidden where only one small number would be left of what an earlier one hides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown
from casebuilder.model.counting.overlap import is_contained, of_numbers
from casebuilder.model.figures import least_alone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from collections.abc import Set as AbstractSet

#: If there are more possibilities than this, they are not tried, and what depends on them is hidden.
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Newcomers:
    """The people of a round.

    Attributes:
        participants: how many took part.
        new: those who are new to the series.
        withdrawn: others who were new, and took back all that they said: later rounds know them.
    """

    participants: int
    new: int
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Tables:
    """What is shown of some rounds.

    Attributes:
        rounds: new and returning participants of each; without cells where they are hidden.
        is_sum_open: whether everybody in all may be shown.
    """

    rounds: tuple[Breakdown, ...]
    is_sum_open: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """One possibility: who took part before a round, in it, and is new in it; and how many a later round can know."""

    earlier: int
    participants: int
    new: int
    later: int


def tables(rounds: Sequence[Newcomers], small_count: int) -> Tables:
    """Return what may be shown of new and returning participants.

    Args:
        rounds: those with a record, the first one first.
        small_count: from 1 up to below this a number is hidden.
    """
    shown: list[Breakdown] = []
    steps: list[list[_Step]] = []
    earlier, is_known = 0, True
    for one in rounds:
        place = _Place(len(steps) == 1, is_known, small_count)
        reached = {step.later for step in steps[-1]} if steps else {0}
        table = place.table(one.participants, one.new, earlier)
        if table.cells and not is_known and _is_revealed([*steps, place.shown(one, reached)], None, small_count):
            table = Breakdown(other=one.participants)
        shown.append(table)
        if one.participants:
            steps.append(place.shown(one, reached) if table.cells else [*place.hidden(one, reached, steps)])
            is_known = is_known and bool(table.cells)
        earlier += one.new + one.withdrawn
    return Tables(tuple(shown), small_count <= 1 or not _is_revealed(steps, earlier, small_count))


@dataclass(frozen=True, slots=True)
class _Place:
    """A round's place in the series: whether it is the second, and readers know how many took part earlier."""

    is_second: bool
    is_known: bool
    small_count: int

    def table(self, participants: int, new: int, earlier: int) -> Breakdown:
        """Return the table of the round as it would be shown, whatever the rounds before it hide."""
        returning = participants - new
        return of_numbers(
            participants, returning, earlier, self.small_count, is_second=self.is_second, is_known=self.is_known
        )

    def shown(self, one: Newcomers, reached: Collection[int]) -> list[_Step]:
        """Return the possibilities of a round whose table is shown."""
        return [
            _Step(earlier, one.participants, one.new, earlier + one.new + one.withdrawn)
            for earlier in reached
            if one.participants - one.new <= earlier and self.table(one.participants, one.new, earlier).cells
        ]

    def hidden(self, one: Newcomers, reached: Collection[int], before: Sequence[list[_Step]]) -> Iterator[_Step]:
        """Yield the possibilities of a round whose table is hidden: by itself, or for the sake of those before it."""
        least = least_alone(self.small_count)
        sizes = [one.participants] if one.participants >= least else range(1, least)
        revealing: dict[frozenset[int], bool] = {}
        for size, new in ((number, new) for number in sizes for new in range(number + 1)):
            enough = frozenset(earlier for earlier in reached if size - new <= earlier)
            is_shown = {earlier: bool(self.table(size, new, earlier).cells) for earlier in self._telling(enough)}
            if not self.is_known and any(is_shown.values()) and enough not in revealing:
                trial = self.shown(Newcomers(size, new), reached)
                revealing[enough] = _is_revealed([*before, trial], None, self.small_count)
            for earlier in enough:
                if not is_shown.get(earlier, any(is_shown.values())) or revealing.get(enough, False):
                    yield _Step(earlier, size, new, earlier + new + one.withdrawn)

    def _telling(self, earlier: Collection[int]) -> Collection[int]:
        """Return the numbers of earlier people for which the round's table may differ."""
        return earlier if self.is_known or self.is_second else [*earlier][:1]


def _is_revealed(steps_by_round: Sequence[list[_Step]], everybody: int | None, small_count: int) -> bool:
    """Return whether readers are left with one small number of new, returning or absent people of a round.

    Args:
        steps_by_round: the possibilities of each round, the first one first.
        everybody: how many are known after the last; None if readers do not know.
        small_count: from 1 up to below this a number is hidden.
    """
    if sum(map(len, steps_by_round)) > _MOST:
        return True
    possible: AbstractSet[int] | None = None if everybody is None else {everybody}
    for number, steps in reversed([*enumerate(steps_by_round)]):
        left = [step for step in steps if possible is None or step.later in possible]
        possible = {step.earlier for step in left}
        if _has_one_small_number(left, least_alone(small_count)):
            return True
        if number == 1 and all(
            is_contained(step.participants - step.new, step.participants, step.earlier) for step in left
        ):
            return True
    return False


def _has_one_small_number(steps: Sequence[_Step], least: int) -> bool:
    numbers = (
        {step.participants for step in steps},
        {step.new for step in steps},
        {step.participants - step.new for step in steps},
        {step.earlier - step.participants + step.new for step in steps},
    )
    return any(len(each) == 1 and 0 < min(each) < least for each in numbers)
