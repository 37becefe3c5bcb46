"""A table over several slides: whole rows on each, below the names of the columns.

A slide shows the heading of its part above the table. A table that merely runs over its slide would have none there,
so it is cut here. How high a row is follows from the widths that its columns will have (CSS 2.2, 17.5.2.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.markup import Element
from casebuilder.outputs.packs.views.slidemeasure import slide_ends, text_width
from casebuilder.outputs.packs.views.tables import CROWDED, most_letters_of_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    """The rows of a table.

    Attributes:
        head: those that name the columns.
        body: all others.
        caption: above the table.
    """

    head: tuple[Element, ...]
    body: tuple[Element, ...]
    caption: tuple[Element, ...]


def table_height(table: Element) -> float:
    """Return the height of a table on a slide, in lines of the text around it."""
    rows = _rows_of(table)
    widths = _column_widths((*rows.head, *rows.body))
    return sum(_row_height(row, widths) for row in (*rows.caption, *rows.head, *rows.body))


def cut_table(table: Element, most_lines: float) -> list[Element]:
    """Return a table in several, each with the head and as many rows as a slide holds.

    A single row that is higher than a slide stays whole, and runs over. Rows stay together if a cell reaches from one
    into the next.

    Args:
        table: its columns have the names of the head if it has one.
        most_lines: what a slide holds, in lines of the text around the table.
    """
    rows = _rows_of(table)
    widths = _column_widths((*rows.head, *rows.body))
    head_height = sum(_row_height(row, widths) for row in rows.head)
    groups = list(_connected_rows(rows.body))
    heights = [sum(_row_height(row, widths) for row in group) for group in groups]
    caption_height = sum(_row_height(caption, widths) for caption in rows.caption)
    if sum(heights) + head_height + caption_height <= most_lines or len(groups) < 2:  # noqa: PLR2004 - one cannot be cut
        return [table]
    heights[0] += caption_height
    ends = slide_ends(tuple(heights), most_lines - head_height)
    return [
        _partial_table(table, rows, [row for group in groups[start:end] for row in group], is_first=not start)
        for start, end in pairwise((0, *ends))
    ]


def _rows_of(table: Element) -> _Rows:
    head: list[Element] = []
    body: list[Element] = []
    caption: list[Element] = []
    for child in _child_elements(table):
        if child.tag == "caption":
            caption.append(child)
        elif child.tag == "tr":
            body.append(child)
        else:
            (head if child.tag == "thead" else body).extend(row for row in _child_elements(child) if row.tag == "tr")
    return _Rows(tuple(head), tuple(body), tuple(caption))


def _partial_table(table: Element, rows: _Rows, body: Sequence[Element], *, is_first: bool) -> Element:
    """Return a table with the head, and some rows of the body; the caption stands above the first."""
    part = table.emptied()
    part.children = [*rows.caption] if is_first else []
    if rows.head:
        part.children += ["\n", markup.element("thead", None, "\n", *_rows_on_lines(rows.head))]
    part.children += ["\n", markup.element("tbody", None, "\n", *_rows_on_lines(body)), "\n"]
    return part


def _rows_on_lines(rows: Sequence[Element]) -> Iterator[Element | str]:
    for row in rows:
        yield row
        yield "\n"


def _connected_rows(rows: Sequence[Element]) -> Iterator[list[Element]]:
    """Yield the rows in groups that no cell reaches out of."""
    group: list[Element] = []
    reaching = 0
    for row in rows:
        group.append(row)
        reaching = max(reaching - 1, *(_span_of_cell(cell, "rowspan") - 1 for cell in _child_elements(row)), 0)
        if not reaching:
            yield group
            group = []
    if group:
        yield group


def _column_widths(rows: Sequence[Element]) -> list[float]:
    """Return the widths of columns in points, as a layout gives them that sees the cells of one column alone."""
    columns = (
        max((sum(_span_of_cell(cell, "colspan") for cell in _child_elements(row)) for row in rows), default=1) or 1
    )
    narrowest, widest = [1.0] * columns, [1.0] * columns
    letters_together = most_letters_of_word(columns)
    for row in rows:
        place = 0
        for cell in _child_elements(row):
            if (span := _span_of_cell(cell, "colspan")) == 1 and place < columns:
                words = _words(cell)
                letter = _letter_width(cell, columns)
                longest = min(max(map(text_width, words), default=1), letters_together)
                narrowest[place] = max(narrowest[place], longest * letter)
                widest[place] = max(widest[place], (sum(map(text_width, words)) + len(words) - 1) * letter)
            place += span
    room = _WIDTH - _AFTER * columns
    if sum(widest) <= room:
        return [width * room / sum(widest) for width in widest]
    if sum(narrowest) >= room:
        return narrowest
    spare, wanted = room - sum(narrowest), sum(widest) - sum(narrowest)
    return [least + spare * (most - least) / wanted for least, most in zip(narrowest, widest, strict=True)]


def _row_height(row: Element, widths: Sequence[float]) -> float:
    """Return the height of a row, or of a caption, in lines of the text around the table."""
    line = (_CROWDED_TYPE if len(widths) >= CROWDED else _TYPE)[1]
    if row.tag == "caption":
        return _cell_lines(row, sum(widths), len(widths)) * line / _LINE
    lines, place = 1, 0
    for cell in _child_elements(row):
        span = _span_of_cell(cell, "colspan")
        lines = max(lines, _cell_lines(cell, sum(widths[place : place + span]), len(widths)))
        place += span
    return (lines * line + _AROUND) / _LINE


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
    addresses = [link.get("href") for link in markup.elements(cell, "a")]
    shown = markup.text(cell)
    return [*shown.split(), *(f"({address})" for address in addresses if address not in shown)]


def _letter_width(cell: Element, columns: int) -> float:
    size = (_CROWDED_TYPE if columns >= CROWDED else _TYPE)[0]
    return size * (_BOLD if cell.tag == "th" else _LETTER)


def _child_elements(parent: Element) -> Iterator[Element]:
    return (child for child in parent.children if isinstance(child, Element))


def _span_of_cell(cell: Element, name: str) -> int:
    value = cell.get(name)
    return min(int(value), 100) if value.isdecimal() and int(value) else 1
