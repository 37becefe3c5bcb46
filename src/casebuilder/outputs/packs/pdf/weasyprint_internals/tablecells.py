"""Cells of a table that WeasyPrint links to the heads of other columns, or has reach below the last row of their page.

It counts the cells of a row, and not the cells that reach into the row from above. So beside such a cell, and below a
head of two rows, a screen reader names the wrong column for a value. A head without a cell that names it lacks its
`Scope` (PDF/UA-1, 7.5; ISO 32000-1, 14.8.5.7, table 349).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.pdf.weasyprint_internals.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    _Tree = Callable[..., Iterator[Any]]


@dataclass(frozen=True, slots=True)
class _Head:
    """A cell that is the head of columns or of rows.

    Attributes:
        name: its ID in the PDF.
        rows: the rows that it fills, from 0 for the first on its page.
        columns: the columns that it fills.
        heads_rows: whether it is the head of its rows.
        in_head: whether it is in the head of the table.
    """

    name: Any
    rows: range
    columns: range
    heads_rows: bool
    in_head: bool

    def heads(self, rows: range, columns: range, last_heads: int) -> bool:
        """Return whether it is a head of a cell; of column heads further down a table, only the last above count."""
        if self.heads_rows:
            return _meet(self.rows, rows)
        is_valid = self.in_head or self.rows.stop > last_heads
        return is_valid and self.rows.start < rows.start and _meet(self.columns, columns)


def _with_heads_of_columns(tree: _Tree) -> _Tree:
    """Wrap the function that makes a box's tags: link each cell of a table to the heads of its column and row."""

    def tree_with_heads(box: Any, *others: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
        elements = list(tree(box, *others))
        if getattr(box, "is_table_wrapper", False) and (table := box.get_wrapped_table()) and _is_marked(table):
            _link_cells(table, elements[0].number)
        yield from elements

    return tree_with_heads


def _is_marked(table: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Return whether each cell is one of the document; a style may make a table of other elements."""
    return all(hasattr(cell, "mark") for group in table.children for row in group.children for cell in row.children)


def _link_cells(table: Any, number: int) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Give each head of a table an ID and its scope, and each other cell the IDs of its heads."""
    from pydyf import Array, String

    for group in table.children:
        _end_cells(group)
    rows = [(row.children, group.is_header) for group in table.children for row in group.children]
    heads: list[_Head] = []
    for row_index, (cells, in_head) in enumerate(rows):
        for cell in filter(_is_head, cells):
            name = cell.mark["ID"] = String(f"{number}-{row_index}-{cell.grid_x}")
            heads_rows = _heads_rows(cell, cells, in_head=in_head)
            cell.mark["A"]["Scope"] = "/Row" if heads_rows else "/Column"
            heads.append(_Head(name, *_place(cell, row_index), heads_rows, in_head))
    last_heads = 0
    for row_index, (cells, _) in enumerate(rows):
        if all(map(_is_head, cells)):
            last_heads = row_index
        for cell in cells:
            if not _is_head(cell):
                place = _place(cell, row_index)
                cell.mark["A"]["Headers"] = Array([head.name for head in heads if head.heads(*place, last_heads)])


def _end_cells(group: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """End all cells of a group of rows with its last row on this page.

    Not while the page is laid out: rows that were on it may still be moved to the next.
    """
    for index, row in enumerate(group.children):
        for cell in row.children:
            if cell.rowspan > len(group.children) - index:
                cell.rowspan = cell.mark["A"]["RowSpan"] = len(group.children) - index


def _heads_rows(cell: Any, cells: Sequence[Any], *, in_head: bool) -> bool:  # noqa: ANN401 - WeasyPrint's
    """Return whether a head is that of its row: its author said so, or it stands before values."""
    scope = cell.element.get("scope") or ""
    return scope.startswith("row") or (not scope and not in_head and not all(map(_is_head, cells)))


def _is_head(cell: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    return bool(cell.element_tag == "th")


def _place(cell: Any, row_index: int) -> tuple[range, range]:  # noqa: ANN401 - WeasyPrint has no types
    """Return the rows and the columns that a cell fills."""
    return range(row_index, row_index + cell.rowspan), range(cell.grid_x, cell.grid_x + cell.colspan)


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


PATCH = Patch(
    "A value is under the head of another column", ("weasyprint.pdf.tags", "_build_box_tree"), _with_heads_of_columns
)
