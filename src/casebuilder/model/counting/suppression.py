"""Small numbers are hidden, and so much beside them that nobody can work them out by subtraction.

Whoever reads a breakdown knows its total, what is shown, and this rule. So the rule goes by the size of a part alone:
each part up to a limit is hidden. The limit is the first, from the small numbers on, at which the hidden parts are not
all equal, so that any of them can have changed places, and are together no small number. A total that is less than
twice a small number shows no part, unless it has a single one.

Contributions are counted by the people who made them, as the contributors of a cell are in any table of statistics:
four posts of one person are one person's. So a part of the contributions is small if it is of few people, however many
it has. How much of a part is one person's is not looked at: nobody knows how many people it has.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown
from casebuilder.model.figures import least_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from casebuilder.model import Contribution


#: A total from which a hidden pair can be split in at least two ways.
_PAIR = 3


def shown_total(total: int, small_count: int) -> int | None:
    """Return a number that stands alone; None if it is small."""
    return total if total == 0 or total >= least_alone(small_count) else None


def said(items: Iterable[Contribution], part_of: Callable[[Contribution], str]) -> dict[str, list[str]]:
    """Return contributions by part: of each part, the author keys of its contributions."""
    parts: dict[str, list[str]] = {}
    for item in items:
        parts.setdefault(part_of(item), []).append(item.author_key)
    return parts


def breakdown(parts: Mapping[str, int], small_count: int) -> Breakdown:
    """Return what may be shown of a number of people by its parts.

    Args:
        parts: each part of the number by its name; their sum is the number.
        small_count: from 1 up to below this a number is hidden.
    """
    return _breakdown(parts, small_count, lambda names: sum(parts[name] for name in names))


def breakdown_of_said(authors: Mapping[str, Sequence[str]], small_count: int) -> Breakdown:
    """Return what may be shown of contributions by their parts.

    Args:
        authors: of each part, the author keys of its contributions.
        small_count: a part of fewer people than this is hidden.
    """
    return _breakdown(
        {name: len(keys) for name, keys in authors.items()},
        small_count,
        lambda names: len(set(chain.from_iterable(authors[name] for name in names))),
    )


def nested(groups: Mapping[str, Mapping[str, int]], small_count: int) -> tuple[Breakdown, Breakdown]:
    """Return what may be shown of a number of people by groups, and by the parts of those groups that are shown.

    A part is hidden within its own group, else the group's number would give it away.
    """
    by_group = breakdown({name: sum(parts.values()) for name, parts in groups.items()}, small_count)
    return by_group, _in_groups(by_group, {name: breakdown(groups[name], small_count) for name in by_group.cells})


def nested_of_said(groups: Mapping[str, Mapping[str, Sequence[str]]], small_count: int) -> tuple[Breakdown, Breakdown]:
    """Return the same of contributions: of each group and part, the author keys of its contributions."""
    by_group = breakdown_of_said(
        {name: [*chain.from_iterable(parts.values())] for name, parts in groups.items()}, small_count
    )
    parts = {name: breakdown_of_said(groups[name], small_count) for name in by_group.cells}
    return by_group, _in_groups(by_group, parts)


def _in_groups(by_group: Breakdown, parts: Mapping[str, Breakdown]) -> Breakdown:
    """Return the shown parts of all shown groups as one table."""
    if by_group.is_hidden:
        return Breakdown(other=by_group.other)
    cells = {name: count for group in parts.values() for name, count in group.cells.items()}
    total = sum(by_group.cells.values()) + (by_group.other or 0)
    return Breakdown(cells=cells, other=total - sum(cells.values()) or None)


def _breakdown(parts: Mapping[str, int], small_count: int, people_in: Callable[[Collection[str]], int]) -> Breakdown:
    """Return what may be shown of a number by its parts; `people_in` says how many people some of them have."""
    if shown_total(people_in(parts), small_count) is None:
        return Breakdown()
    hidden = _hidden(parts, small_count, people_in)
    cells = {name: count for name, count in parts.items() if count and name not in hidden}
    return Breakdown(cells=cells, other=sum(parts.values()) - sum(cells.values()) or None)


def _hidden(parts: Mapping[str, int], small_count: int, people_in: Callable[[Collection[str]], int]) -> Collection[str]:
    """Return the hidden parts: the small ones, and the next larger ones until nothing follows from the rest."""
    sizes = {name: count for name, count in parts.items() if count}
    if small_count <= 1 or (len(sizes) == 1 and people_in(sizes) >= max(small_count, _PAIR)):
        return ()
    hidden = {name for name in sizes if people_in((name,)) < small_count}
    larger = sorted({count for name, count in sizes.items() if name not in hidden})
    while hidden and larger and (len({sizes[name] for name in hidden}) == 1 or people_in(hidden) < small_count):
        next_size = larger.pop(0)
        hidden |= {name for name, count in sizes.items() if count == next_size}
    return hidden
