"""The section "More cases" of a case: the previous, the next, and those on the same topics."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.slugs import topic_slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebuilder.published import PublishedCase


#: A shared topic counts more than a shared competency: a framework has few of these, each with many cases.
_TOPIC, _COMPETENCY = 2, 1
#: How many related cases a page names.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The cases that opened just before and just after one."""

    earlier: PublishedCase | None
    later: PublishedCase | None


def neighbours(newest_first: Sequence[PublishedCase]) -> dict[str, Neighbours]:
    """Return each case's neighbours, by its slug."""
    padded = (None, *newest_first, None)
    return {
        case.slug: Neighbours(earlier, later)
        for later, case, earlier in zip(padded, newest_first, padded[2:], strict=False)
    }


def marks(case: PublishedCase) -> Iterator[tuple[str, int]]:
    """Yield the marks of a case (topics, competencies), with the weight of each for another case that shares it."""
    yield from ((f"topic {name}", _TOPIC) for name in set(map(topic_slug, case.topics)))
    yield from ((f"competency {word}", _COMPETENCY) for word in set(case.competencies))


def by_mark(cases: Sequence[PublishedCase]) -> Mapping[str, Sequence[int]]:
    """Return which cases bear a mark, as places in the sequence: with it nobody compares each case with all others."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, case in enumerate(cases):
        for mark, _ in marks(case):
            places[mark].append(place)
    return places


def related(
    case: PublishedCase, newest_first: Sequence[PublishedCase], index: Mapping[str, Sequence[int]]
) -> tuple[PublishedCase, ...]:
    """Return the cases that share most with one; of those that share as much, the newest."""
    shared: Counter[int] = Counter()
    for mark, weight in marks(case):
        shared.update(dict.fromkeys(index.get(mark, ()), weight))
    other_places = (place for place in shared if newest_first[place].slug != case.slug)
    return tuple(
        newest_first[place] for place in sorted(other_places, key=lambda place: (-shared[place], place))[:_MOST]
    )
