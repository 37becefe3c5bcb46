"""Small numbers are hidden, and so much beside them that nobody can work them out by subtraction.

Whoever reads a breakdown knows its total, what is shown, and this rule. So the rule goes by the size of a part alone:
each part up to a limit is hidden. The limit is the first, from the small numbers on, at which the hidden parts are not
all equal, so that any of them can have changed places, and are together no small number. A total that is less than
twice a small number shows no part, unless it has a single one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import Breakdown

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A total from which a hidden pair can be split in at least two ways.
_PAIR = 3


def shown_total(total: int, small: int) -> int | None:
    """Return a number that stands alone; None if it is small."""
    return total if total == 0 or total >= small else None


def breakdown(parts: Mapping[str, int], small: int) -> Breakdown:
    """Return what may be shown of a number's parts.

    Args:
        parts: each part of the number by its name; their sum is the number.
        small: from 1 up to below this a number is hidden.
    """
    total = sum(parts.values())
    if shown_total(total, small) is None:
        return Breakdown()
    limit = _limit(parts, small)
    if limit is None:
        return Breakdown(cells={name: count for name, count in parts.items() if count})
    cells = {name: count for name, count in parts.items() if count > limit}
    return Breakdown(cells=cells, other=total - sum(cells.values()))


def nested(groups: Mapping[str, Mapping[str, int]], small: int) -> tuple[Breakdown, Breakdown]:
    """Return what may be shown of a number by groups, and by the parts of those groups that are shown.

    A part is hidden within its own group, else the group's number would give it away.
    """
    outer = breakdown({name: sum(parts.values()) for name, parts in groups.items()}, small)
    if outer.is_hidden:
        return outer, Breakdown(other=outer.other)
    cells: dict[str, int] = {}
    for name in outer.cells:
        cells |= breakdown(groups[name], small).cells
    total = sum(outer.cells.values()) + (outer.other or 0)
    hidden = total - sum(cells.values())
    return outer, Breakdown(cells=cells, other=hidden or None)


def _limit(parts: Mapping[str, int], small: int) -> int | None:
    """Return the largest size of a part that is hidden; None if all parts may be shown."""
    sizes = sorted(count for count in parts.values() if count)
    if not sizes or small <= 1:
        return None
    if len(sizes) == 1 and sizes[0] >= max(small, _PAIR):
        return None
    if sum(sizes) < 2 * small:
        return sizes[-1]
    below = [size for size in sizes if size < small]
    if not below:
        return None
    if below[0] < below[-1] and sum(below) >= small:
        return small - 1
    return next((size for size in sizes if size > below[-1]), below[-1])
