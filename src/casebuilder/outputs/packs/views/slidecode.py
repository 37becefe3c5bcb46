"""Blocks of code on slides: how high they are, and whole lines of them on each slide below its heading."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.outputs.packs.views.codelines import columns_of, lines_of, set_columns, width_of
from casebuilder.outputs.packs.views.slidemeasure import slide_ends

if TYPE_CHECKING:
    from casebuilder.markup import Element

#: In points: the width of a slide, the smallest and the largest type, a line of the text around code; see slides.css.
_WIDTH, _SMALLEST, _LARGEST, _LINE = 792, 15, 24, 40
#: In terms of the type's size: the width of a letter, and the height of a line.
_LETTER, _LEADING = 0.601, 1.4


def code_height(block: Element) -> float:
    """Return the height of a block of code on a slide, in lines of the text around it."""
    return sum(_line_heights(block))


def cut_code(block: Element, most_lines: float) -> list[Element]:
    """Return a block of code in several, all in the type of the whole, each with as many lines as a slide holds."""
    heights = _line_heights(block)
    if sum(heights) <= most_lines:
        return [block]
    lines = lines_of(block)
    ends = slide_ends(tuple(heights), most_lines)
    pieces = []
    for start, end in pairwise((0, *ends)):
        piece = block.emptied()
        set_columns(piece, columns_of(lines))
        # Within an element, since HTML drops an empty line that begins a block.
        piece.children = [markup.element("span", None, *(node for line in lines[start:end] for node in (*line, "\n")))]
        pieces.append(piece)
    return pieces


def _line_heights(block: Element) -> list[float]:
    lines = lines_of(block)
    columns = max(columns_of(lines), int(_WIDTH / _LARGEST / _LETTER))
    size = max(_WIDTH / columns / _LETTER, _SMALLEST)
    letters = min(columns, int(_WIDTH / _SMALLEST / _LETTER))
    return [max(ceil(width_of(line) / letters), 1) * size * _LEADING / _LINE for line in lines]
