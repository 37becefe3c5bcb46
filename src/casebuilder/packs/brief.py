"""How large the guide's first page is set, so that the brief keeps to one page.

The heights of its blocks are estimated from their letters: close enough to choose among four sizes. So long a brief
that none fits simply goes on overleaf.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Points, largest first. The leading is 1.45 times the size; see guide.css.
SIZES = (10.5, 10.0, 9.5, 9.0)
_LEADING = 1.45
#: In points: one of the two columns, and the height of each paper below the title.
_WIDTH = 214.0
_HEIGHT = {"a4": 636.0, "letter": 586.0}
#: In points: a heading, the end of a block, the head of the table of plans and a line of it.
_HEADING, _GAP, _TABLE, _ROW = 22.0, 2.5, 60.0, 13.0
#: Letters on a line of the table's last column.
_ROW_LETTERS = 82
#: A letter's width as a part of the size, on average, with the room that a line's last word leaves free.
_LETTER = 0.49
_TITLE = 29.0


def size(sections: Sequence[Sequence[str]], plans: Sequence[str], *, paper: str, title_lines: int) -> float:
    """The largest size at which everything fits on a page, or the smallest.

    Args:
        sections: the paragraphs and list items under each heading of the columns, as plain text.
        plans: what stands in the table below them, a row each.
        paper: a4 or letter.
        title_lines: lines of the title above.
    """
    table = _TABLE + sum(ceil(len(plan) / _ROW_LETTERS) * _ROW + 7 for plan in plans) if plans else 0
    free = 2 * (_HEIGHT[paper] - _TITLE * (title_lines - 1) - table)
    return next((points for points in SIZES if _height(sections, points) <= free), SIZES[-1])


def _height(sections: Sequence[Sequence[str]], points: float) -> float:
    blocks = [block for section in sections for block in section]
    lines = sum(ceil(len(block) * points * _LETTER / _WIDTH) for block in blocks)
    return lines * points * _LEADING + len(blocks) * _GAP + len(sections) * _HEADING
