"""A table over several slides: whole rows on each, below the names of the columns.

A slide shows the heading of its part above the table. A table that merely runs over its slide would have none there,
so it is cut here. How high a row is follows from the widths that its columns will have (CSS 2.2, 17.5.2.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil
from operator import attrgetter
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.outputs.packs.views.printedaddresses import printed_address
from casebuilder.outputs.packs.views.slidemeasure import slide_ends, text_width
from casebuilder.outputs.packs.views.tablegrid import Group, child_elements, groups_of_rows, joined_rows, rows_between
from casebuilder.outputs.packs.views.tables import CROWDED, most_letters_of_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.markup import Element

#: In points: the width of a slide, the space after a column, type and its lines, and these with very many columns.
_WIDTH, _AFTER, _TYPE, _CROWDED_TYPE = 792, 10, (24, 32), (15, 20)
#: In points: a line of the text outside tables, in which heights are counted; space and rule around a row.
_LINE, _AROUND = 40, 7.5
#: Width of a letter, and of a bold one in a head, in terms of the type's size: more than the average.
_LETTER, _BOLD = 0.47, 0.51
#: Lines of a picture in a cell.
_PICTURE = 9
#: Elements in a cell that begin a line of their own.
_LINES_OF_THEIR_OWN = ("br", "p", "li", "div", "dt", "dd", "tr", "pre", "blockquote")


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a table, each cell in its place.

    Attributes:
        head: those that name the columns.
        body: all others, in groups that no cell reaches out of.
        caption: above the table.
    """

    head: tuple[Group, ...]
    body: tuple[Group, ...]
    caption: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Rows that stay together on a slide.

    Attributes:
        group: which they are of.
        start: the index of the first in the group.
        end: the index after the last.
        height: in lines of the text around the table.
    """

    group: Group
    start: int
    end: int
    height: float


def table_height(table: Element) -> float:
    """Return the height of a table on a slide, in lines of the text around it."""
    rows = _rows_of(table)
    widths = _column_widths(rows)
    row_heights = (height for group in (*rows.head, *rows.body) for height in _row_heights(group, widths))
    return _caption_height(rows, widths) + sum(row_heights)


def cut_table(table: Element, most_lines: float) -> list[Element]:
    """Return a table in several, each with the head and as many rows as a slide holds.

    Rows stay together if a cell reaches from one into the next, unless these are higher than a slide: then the cell
    begins again on the next. A single row that is higher than a slide stays whole, and runs over.

    Args:
        table: its columns have the names of the head if it has one; it is square.
        most_lines: what a slide holds, in lines of the text around the table.
    """
    rows = _rows_of(table)
    widths = _column_widths(rows)
    lines = most_lines - sum(height for group in rows.head for height in _row_heights(group, widths))
    pieces = [piece for group in rows.body for piece in _pieces(group, widths, lines)]
    heights = [piece.height for piece in pieces]
    caption_height = _caption_height(rows, widths)
    if sum(heights) + caption_height <= lines or len(pieces) < 2:  # noqa: PLR2004 - one cannot be cut
        return [table]
    heights[0] += caption_height
    ends = slide_ends(tuple(heights), lines)
    return [_partial_table(table, rows, pieces[start:end], is_first=not start) for start, end in pairwise((0, *ends))]


def _rows_of(table: Element) -> _Rows:
    groups = list(groups_of_rows(table))
    head = tuple(group for group in groups if group.is_head)
    body = tuple(group for group in groups if not group.is_head)
    return _Rows(head, body, tuple(child_elements(table, "caption")))


def _pieces(group: Group, widths: Sequence[float], most_lines: float) -> Iterator[_Piece]:
    """Yield the rows that stay together on a slide."""
    row_heights = _row_heights(group, widths)
    for first, last in joined_rows(group):
        heights = row_heights[first : last + 1]
        ends = (len(heights),) if sum(heights) <= most_lines else slide_ends(tuple(heights), most_lines)
        for start, end in pairwise((0, *ends)):
            yield _Piece(group, first + start, first + end, sum(heights[start:end]))


def _partial_table(table: Element, rows: _Rows, pieces: Sequence[_Piece], *, is_first: bool) -> Element:
    """Return a table with the head, and some rows of the body; the caption stands above the first."""
    part = table.emptied()
    part.children = [*rows.caption] if is_first else []
    if rows.head:
        head_rows = [row for group in rows.head for row in group.rows]
        part.children += ["\n", markup.element("thead", None, "\n", *_rows_on_lines(head_rows))]
    for group, of_group in groupby(pieces, key=attrgetter("group")):
        pieces_of_group = list(of_group)
        body_rows = rows_between(group, pieces_of_group[0].start, pieces_of_group[-1].end)
        part.children += ["\n", markup.element("tbody", None, "\n", *_rows_on_lines(body_rows))]
    part.children.append("\n")
    return part


def _rows_on_lines(rows: Sequence[Element]) -> Iterator[Element | str]:
    for row in rows:
        yield row
        yield "\n"


def _column_widths(rows: _Rows) -> list[float]:
    """Return the widths of columns in points, as a layout gives them that sees the cells of one column alone."""
    cells = [cell for group in (*rows.head, *rows.body) for cell in group.cells]
    columns = max((cell.column + cell.columns for cell in cells), default=1)
    narrowest, widest = [1.0] * columns, [1.0] * columns
    letters_together = most_letters_of_word(columns)
    for cell in cells:
        if cell.columns == 1:
            words = _words(cell.element)
            letter = _letter_width(cell.element, columns)
            longest = min(max(map(text_width, words), default=1), letters_together)
            narrowest[cell.column] = max(narrowest[cell.column], longest * letter)
            most = (sum(map(text_width, words)) + len(words) - 1) * letter
            widest[cell.column] = max(widest[cell.column], most)
    room = _WIDTH - _AFTER * columns
    if sum(widest) <= room:
        return [width * room / sum(widest) for width in widest]
    if sum(narrowest) >= room:
        return narrowest
    spare, wanted = room - sum(narrowest), sum(widest) - sum(narrowest)
    return [least + spare * (most - least) / wanted for least, most in zip(narrowest, widest, strict=True)]


def _caption_height(rows: _Rows, widths: Sequence[float]) -> float:
    """Return the height of the captions of a table, in lines of the text around it."""
    lines = sum(_cell_lines(caption, sum(widths), len(widths)) for caption in rows.caption)
    return lines * _type_of(widths)[1] / _LINE


def _row_heights(group: Group, widths: Sequence[float]) -> list[float]:
    """Return the height of each row, in lines of the text around the table; what spans rows adds to its last."""
    line = _type_of(widths)[1]
    heights = [(line + _AROUND) / _LINE] * len(group.rows)
    for cell in sorted(group.cells, key=attrgetter("rows")):
        width = sum(widths[cell.column : cell.column + cell.columns])
        height = (_cell_lines(cell.element, width, len(widths)) * line + _AROUND) / _LINE
        last = cell.row + cell.rows - 1
        heights[last] += max(height - sum(heights[cell.row : last + 1]), 0)
    return heights


def _cell_lines(cell: Element, width: float, columns: int) -> int:
    """Return the lines of a cell's text: its words one after another, as many on each line as it holds."""
    letters_of_line = max(int(width / _letter_width(cell, columns)), 1)
    letters_together = min(most_letters_of_word(columns), letters_of_line)
    lines, used = 1, 0
    for letters in map(text_width, _words(cell)):
        pieces = ceil(letters / letters_together)
        blank = bool(used)
        for piece in range(pieces):  # a long word is broken, each time after as many letters
            size = letters_together if piece < pieces - 1 else letters - letters_together * (pieces - 1)
            if used and used + blank + size > letters_of_line:
                lines, used, blank = lines + 1, 0, False
            used, blank = used + blank + size, False
    tags = [element.tag for element in markup.elements(cell)]
    return lines + sum(tag in _LINES_OF_THEIR_OWN for tag in tags) + _PICTURE * tags.count("img")


def _words(cell: Element) -> list[str]:
    """Return the words that a cell will show: a link is printed with its address."""
    addresses = (printed_address(link, markup.text(link)) for link in markup.elements(cell, "a"))
    return [*markup.text(cell).split(), *(f"({address})" for address in addresses if address)]


def _letter_width(cell: Element, columns: int) -> float:
    size = (_CROWDED_TYPE if columns >= CROWDED else _TYPE)[0]
    return size * (_BOLD if cell.tag == "th" else _LETTER)


def _type_of(widths: Sequence[float]) -> tuple[int, int]:
    """Return the type of a table with so many columns and its lines, in points."""
    return _CROWDED_TYPE if len(widths) >= CROWDED else _TYPE
