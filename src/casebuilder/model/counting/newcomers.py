"""New and returning participants of all rounds of a series, where nothing small follows from their numbers together.

A round hides its numbers if one of them is small. But whoever came again was there before: so many who return to a
later round may say how many were new in one that hides it, and so may the sum of all new ones, which is everybody in
all. Readers who know the rules can try all numbers that a hidden table may have, round by round. This does the same: a
later table, and the sum, are hidden where only one small number would be left of what an earlier one hides.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown
from casebuilder.model.counting.overlap import is_contained, of_numbers
from casebuilder.model.figures import least_alone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

#: If there are more possibilities than this, only their smallest and largest numbers are known from then on.
_MOST = 20_000
#: Of fewer people all numbers are tried.
_FEW = 30


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
    history, earlier, is_known = _History((), 0, 0), 0, True
    for one in rounds:
        place = _Place(history, len(history.rounds) == 1, is_known, small_count)
        table = place.table(one.participants, one.new, earlier)
        if table.cells and not is_known and place.tells(one.participants, one.new):
            table = Breakdown(other=one.participants)
        shown.append(table)
        if one.participants:
            history = place.shown(one) if table.cells else place.hidden(one)
            is_known = is_known and bool(table.cells)
        earlier += one.new + one.withdrawn
    is_open = small_count <= 1 or (history.is_whole and not _is_revealed(history.rounds, earlier, small_count))
    return Tables(tuple(shown), is_open)


@dataclass(frozen=True, slots=True)
class _History:
    """What readers know of some rounds.

    Attributes:
        rounds: the possibilities of each.
        least, most: how many people there may have been in them.
        is_whole: whether these are all possibilities; else there were too many.
    """

    rounds: tuple[tuple[_Step, ...], ...]
    least: int
    most: int
    is_whole: bool = True

    def reached(self) -> Collection[int]:
        """Return how many people there may have been."""
        if self.is_whole and self.rounds:
            return {step.later for step in self.rounds[-1]}
        return range(self.least, self.most + 1)

    def followed_by(self, steps: Iterator[_Step], least: int, most: int) -> _History:
        """Return it with another round, after which there may have been at least and at most so many people."""
        left = _MOST - sum(map(len, self.rounds))
        added = (*islice(steps, left + 1),) if self.is_whole else ()
        if self.is_whole and len(added) <= left:
            reached = {step.later for step in added}
            return _History((*self.rounds, added), min(reached), max(reached))
        return _History((*self.rounds, ()), least, most, is_whole=False)


@dataclass(frozen=True, slots=True)
class _Place:
    """A round's place in the series: what was before, and whether readers know how many took part earlier."""

    history: _History
    is_second: bool
    is_known: bool
    small_count: int

    def table(self, participants: int, new: int, earlier: int) -> Breakdown:
        """Return the table of the round as it would be shown, whatever the rounds before it hide."""
        returning = participants - new
        return of_numbers(
            participants, returning, earlier, self.small_count, is_second=self.is_second, is_known=self.is_known
        )

    def tells(self, participants: int, new: int) -> bool:
        """Return whether a table would say what an earlier one hides: only if so many returned that it rules some out.

        Readers who know nothing of who was there before learn nothing from fewer.
        """
        if participants - new <= self.history.least < self.history.most:
            return False
        trial = self.shown(Newcomers(participants, new))
        return not trial.is_whole or _is_revealed(trial.rounds, None, self.small_count)

    def shown(self, one: Newcomers) -> _History:
        """Return the history with the round, whose table is shown."""
        added, returning = one.new + one.withdrawn, one.participants - one.new
        steps = (
            _Step(earlier, one.participants, one.new, earlier + added)
            for earlier in self.history.reached()
            if returning <= earlier and self.table(one.participants, one.new, earlier).cells
        )
        least = max(self.history.least, returning) + added
        return self.history.followed_by(steps, least, self.history.most + added)

    def hidden(self, one: Newcomers) -> _History:
        """Return the history with the round, whose table is hidden: by itself, or for the sake of those before it."""
        least = self.history.least + one.withdrawn
        return self.history.followed_by(
            self._hidden_steps(one), least, self.history.most + one.participants + one.withdrawn
        )

    def _hidden_steps(self, one: Newcomers) -> Iterator[_Step]:
        least, reached = least_alone(self.small_count), self.history.reached()
        sizes = [one.participants] if one.participants >= least else range(1, least)
        revealing: dict[int, bool] = {}
        for size, new in ((number, new) for number in sizes for new in self._candidates(number, least)):
            enough = [earlier for earlier in reached if size - new <= earlier]
            is_shown = {earlier: bool(self.table(size, new, earlier).cells) for earlier in self._telling(enough)}
            if not self.is_known and any(is_shown.values()) and len(enough) not in revealing:
                revealing[len(enough)] = self.tells(size, new)
            for earlier in enough:
                if not is_shown.get(earlier, any(is_shown.values())) or revealing.get(len(enough), False):
                    yield _Step(earlier, size, new, earlier + new + one.withdrawn)

    def _candidates(self, size: int, least: int) -> Iterable[int]:
        """Return the numbers of new people for which a table may be hidden: few, few others, and what would tell."""
        if self.is_known or self.is_second or size < _FEW:
            return range(size + 1)
        telling = range(max(0, size - self.history.most), max(0, size - self.history.least + 1))
        return sorted({*range(least), *telling, *range(size - least + 1, size + 1)})

    def _telling(self, earlier: Sequence[int]) -> Sequence[int]:
        """Return the numbers of earlier people for which the round's table may differ."""
        return earlier if self.is_known or self.is_second else earlier[:1]


def _is_revealed(steps_by_round: Sequence[Sequence[_Step]], everybody: int | None, small_count: int) -> bool:
    """Return whether readers are left with one small number of new, returning or absent people of a round.

    Args:
        steps_by_round: the possibilities of each round, the first one first.
        everybody: how many are known after the last; None if readers do not know.
        small_count: from 1 up to below this a number is hidden.
    """
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
