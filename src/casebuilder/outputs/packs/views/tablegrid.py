"""Tables with a cell in each place of their grid, and no cell over another.

Browsers put up with what authors write: rows of different lengths, cells that span more rows than there are, a head in
the middle. PDF/UA does not: a screen reader counts on one cell in each place (HTML Living Standard, 4.9.12.1).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from html import escape
from operator import attrgetter
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.markup import Element
from casebuilder.outputs.packs.views.slidemeasure import on_one_line
from casebuilder.wording import translations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The attribute of a cell with the words that it has where it continues on another page or slide.
AGAIN = "data-again"
#: The most letters of these words that are the cell's own.
_AGAIN_LETTERS = 48
#: From this number of columns on, a column may be too narrow for the word "(continued)".
_NARROW = 5
_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")


@dataclass(eq=False, slots=True)
class Cell:
    """A cell in the grid of a group of rows.

    Attributes:
        element: the cell.
        row: its first row in the group, from 0.
        column: its first column, from 0.
        rows: how many rows it fills.
        columns: how many columns it fills.
    """

    element: Element
    row: int
    column: int
    rows: int
    columns: int


@dataclass(eq=False, slots=True)
class Group:
    """Rows that a cell cannot reach out of.

    Attributes:
        parent: the head or body of the table, or the table.
        rows: the elements of the rows.
        cells: the cells in reading order.
    """

    parent: Element
    rows: list[Element]
    cells: list[Cell]

    @property
    def is_head(self) -> bool:
        """Whether these rows name the columns."""
        return self.parent.tag == "thead"


def square(table: Element, language: str) -> tuple[Group, ...]:
    """Give a table, which is changed, one cell in each place of its grid, and return its groups of rows.

    A row or column in which no cell begins is left out. Of two cells in one place, the lower has fewer columns. An
    empty cell fills each place that is left. Rows of heads at the top become the head of the table. A cell over several
    rows has the words that it begins again with on another page.

    Args:
        table: as it was written.
        language: of the document (BCP 47).
    """
    _arrange_groups(table)
    groups = list(groups_of_rows(table))
    columns = sorted({cell.column for group in groups for cell in group.cells})
    for group in groups:
        rows = sorted({cell.row for cell in group.cells} | _rows_to_fill(group, columns))
        for cell in group.cells:
            _keep_places(cell, rows, columns)
        left_out = {id(row) for number, row in enumerate(group.rows) if number not in set(rows)}
        group.rows = [row for row in group.rows if id(row) not in left_out]
        if left_out:
            group.parent.children = [child for child in group.parent.children if id(child) not in left_out]
        _fill(group, len(columns))
        for cell in group.cells:
            if cell.rows > 1 and not group.is_head:
                mark_again(cell.element, len(columns), language)
    return tuple(groups_of_rows(table))


def with_square_tables(html: str, language: str) -> str:
    """Return HTML in a language (BCP 47) with all of its tables squared."""
    if "<table" not in html:
        return html
    root = markup.parse(html)
    for table in markup.elements(root, "table"):
        square(table, language)
    return markup.write(root)


def mark_again(cell: Element, columns: int, language: str) -> None:
    """Give a cell of a table of so many columns the words that it has where it continues."""
    if cell.has(AGAIN):
        return
    words = on_one_line(" ".join(markup.text(cell).split()), _AGAIN_LETTERS)
    if columns >= _NARROW:
        cell.set(AGAIN, f"{words} …".strip())
    else:
        cell.set(AGAIN, (translations(language).gettext("%(title)s (continued)") % {"title": words}).strip())


def placed(parent: Element, rows: Sequence[Element]) -> Group:
    """Return rows with each cell in its place: the first that is free in its row."""
    taken: list[set[int]] = [set() for _ in rows]
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        column = 0
        for element in _cells(row):
            while column in taken[number]:
                column += 1
            width = next(
                (width for width in range(1, span_of(element, "colspan")) if column + width in taken[number]),
                span_of(element, "colspan"),
            )
            height = len(rows) if element.get("rowspan") == "0" else span_of(element, "rowspan")
            cell = Cell(element, number, column, min(height, len(rows) - number), width)
            cells.append(cell)
            for below in taken[number : number + cell.rows]:
                below.update(range(column, column + width))
            column += width
    return Group(parent, [*rows], cells)


def joined_rows(group: Group) -> Iterator[tuple[int, int]]:
    """Yield the first and the last row of each stretch of rows that cells join; a row by itself is one, too."""
    first, last = 0, 0
    for cell in sorted(group.cells, key=attrgetter("row")):
        if cell.row > last:
            yield first, last
            first = cell.row
        last = max(last, cell.row + cell.rows - 1)
    if group.rows:
        yield first, last


def span_of(cell: Element, name: str) -> int:
    """Return how many columns or rows a cell spans, by an attribute of this name."""
    value = cell.get(name)
    return min(int(value), 1000) if value.isdecimal() and int(value) else 1


def set_span(cell: Element, name: str, number: int) -> None:
    """Have a cell span a number of columns or rows."""
    if number != span_of(cell, name) or (number == 1 and cell.has(name)):
        cell.drop(name)
        if number > 1:
            cell.set(name, str(number))


def child_elements(parent: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements that are children of one; only those with these tags, if any are given."""
    return (child for child in parent.children if isinstance(child, Element) and (not tags or child.tag in tags))


def _cells(row: Element) -> Iterator[Element]:
    return child_elements(row, *_CELLS)


def _arrange_groups(table: Element) -> None:
    """Give a table at most one head, and put its foot, which stands at the end, into a body."""
    groups = list(child_elements(table, *_GROUPS))
    heads = [group for group in groups if group.tag == "thead"]
    for head in heads[1:]:
        head.rename("tbody")
    for foot in (group for group in groups if group.tag == "tfoot"):
        foot.rename("tbody")
        table.children = [*(child for child in table.children if child is not foot), foot]
    if not heads and groups and groups[0].tag == "tbody":
        _make_head(table, groups[0])


def _make_head(table: Element, body: Element) -> None:
    """Make the first rows of a table its head if all of their cells are heads, and rows follow."""
    group = placed(body, list(child_elements(body, "tr")))
    is_head = [any(True for _ in _cells(row)) and all(cell.tag == "th" for cell in _cells(row)) for row in group.rows]
    count = is_head.index(False) if False in is_head else 0
    if not count or any(cell.row < count < cell.row + cell.rows for cell in group.cells):
        return
    rows = group.rows[:count]
    head_rows = {id(row) for row in rows}
    body.children = [child for child in body.children if id(child) not in head_rows]
    place = next(place for place, child in enumerate(table.children) if child is body)
    table.children.insert(place, markup.element("thead", None, *rows))


def groups_of_rows(table: Element) -> Iterator[Group]:
    """Yield the groups of rows of a table; rows outside of a group are one, up to the next group."""
    rows: list[Element] = []
    for child in child_elements(table, *_GROUPS, "tr"):
        if child.tag == "tr":
            rows.append(child)
            continue
        if rows:
            yield placed(table, rows)
            rows = []
        yield placed(child, list(child_elements(child, "tr")))
    if rows:
        yield placed(table, rows)


def _rows_to_fill(group: Group, columns: Sequence[int]) -> set[int]:
    """Return the rows without a cell of their own that cells above do not fill either."""
    filled = [0] * len(group.rows)
    for cell in group.cells:
        for row in range(cell.row, cell.row + cell.rows):
            filled[row] += bisect_left(columns, cell.column + cell.columns) - bisect_left(columns, cell.column)
    return {row for row, number in enumerate(filled) if number < len(columns)}


def _keep_places(cell: Cell, rows: Sequence[int], columns: Sequence[int]) -> None:
    """Count the rows and columns of a cell again, of those that are kept."""
    first_row, first_column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
    cell.rows = bisect_left(rows, cell.row + cell.rows) - first_row
    cell.columns = bisect_left(columns, cell.column + cell.columns) - first_column
    cell.row, cell.column = first_row, first_column
    set_span(cell.element, "rowspan", cell.rows)
    set_span(cell.element, "colspan", cell.columns)


def _fill(group: Group, columns: int) -> None:
    """Put an empty cell into each place that no cell fills: in each row these places are after its own cells."""
    free = [columns] * len(group.rows)
    for cell in group.cells:
        for number in range(cell.row, cell.row + cell.rows):
            free[number] -= cell.columns
    for row, places in zip(group.rows, free, strict=True):
        row.children += [markup.element("th" if group.is_head else "td") for _ in range(places)]


def rows_between(group: Group, start: int, end: int) -> list[Element]:
    """Return some rows of a group; a cell that reaches in from above begins again, and one that reaches out ends.

    Args:
        group: its rows, each place filled.
        start: the index of the first of these rows.
        end: the index after the last of them.
    """
    rows = []
    for number in range(start, end):
        row = group.rows[number].emptied()
        reaching = [cell for cell in group.cells if number == start and cell.row < start < cell.row + cell.rows]
        cells = [*reaching, *(cell for cell in group.cells if cell.row == number)]
        row.children += [_piece_of_cell(cell, number, end) for cell in sorted(cells, key=attrgetter("column"))]
        rows.append(row)
    return rows


def _piece_of_cell(cell: Cell, row: int, end: int) -> Element:
    """Return the piece of a cell from a row on, up to the end of the rows that stay together."""
    rows = min(cell.row + cell.rows, end) - row
    if cell.row == row and rows == cell.rows:
        return cell.element
    piece = cell.element.emptied()
    piece.children = cell.element.children if cell.row == row else [escape(cell.element.get(AGAIN), quote=False)]
    set_span(piece, "rowspan", rows)
    return piece
