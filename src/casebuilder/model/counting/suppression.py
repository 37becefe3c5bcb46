"""Small numbers are hidden, and so much beside them that nobody can work them out by subtraction.

Whoever reads a breakdown knows its total, what is shown, and this rule. So the rule goes by the size of a part alone:
each part up to a limit is hidden. The limit is the first, from the small numbers on, at which the hidden parts are not
all equal, so that any of them can have changed places, and are together no small number. A total that is less than
twice a small number shows no part, unless it has a single one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import Breakdown
from casebuilder.model.figures import least_alone

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A total from which a hidden pair can be split in at least two ways.
_PAIR = 3


def shown_total(total: int, small_count: int) -> int | None:
    """Return a number that stands alone; None if it is small."""
    return total if total == 0 or total >= least_alone(small_count) else None


def breakdown(parts: Mapping[str, int], small_count: int) -> Breakdown:
    """Return what may be shown of a number's parts.

    Args:
        parts: each part of the number by its name; their sum is the number.
        small_count: from 1 up to below this a number is hidden.
    """
    total = sum(parts.values())
    if shown_total(total, small_count) is None:
        return Breakdown()
    limit = _largest_hidden(parts, small_count)
    if limit is None:
        return Breakdown(cells={name: count for name, count in parts.items() if count})
    cells = {name: count for name, count in parts.items() if count > limit}
    return Breakdown(cells=cells, other=total - sum(cells.values()))


def nested(groups: Mapping[str, Mapping[str, int]], small_count: int) -> tuple[Breakdown, Breakdown]:
    """Return what may be shown of a number by groups, and by the parts of those groups that are shown.

    A part is hidden within its own group, else the group's number would give it away.
    """
    by_group = breakdown({name: sum(parts.values()) for name, parts in groups.items()}, small_count)
    if by_group.is_hidden:
        return by_group, Breakdown(other=by_group.other)
    cells: dict[str, int] = {}
    for name in by_group.cells:
        cells |= breakdown(groups[name], small_count).cells
    total = sum(by_group.cells.values()) + (by_group.other or 0)
    remainder = total - sum(cells.values())
    return by_group, Breakdown(cells=cells, other=remainder or None)


def _largest_hidden(parts: Mapping[str, int], small_count: int) -> int | None:
    """Return the largest size of a part that is hidden; None if all parts may be shown."""
    sizes = sorted(count for count in parts.values() if count)
    if not sizes or small_count <= 1:
        return None
    if len(sizes) == 1 and sizes[0] >= max(small_count, _PAIR):
        return None
    if sum(sizes) < 2 * small_count:
        return sizes[-1]
    small_sizes = [size for size in sizes if size < small_count]
    if not small_sizes:
        return None
    if small_sizes[0] < small_sizes[-1] and sum(small_sizes) >= small_count:
        return small_count - 1
    return next((size for size in sizes if size > small_sizes[-1]), small_sizes[-1])
