"""Tables over several pages: WeasyPrint prints a cell that spans rows on its first page alone, and may lose the head.

The rows on the next page then lack a cell, so that their values stand below the wrong column for a screen reader
(ISO 32000-1, 14.8.4.3.4), and the reader of a paper has to turn back. So a cell that reaches into the first row
of a page begins again there, with the words of its attribute `data-again`. So does a cell with this attribute whose row
is split. `tablecells` ends it on the page before.

WeasyPrint leaves out the names of the columns where no whole row fits below them, even on the only page that has them.
Rows may then be split, whatever the style sheet says; a head that is higher than a page becomes rows like any others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.pdf.weasyprint_internals.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    _LayOut = Callable[..., Any]

#: The attribute of a cell: the words that are printed where it continues on another page.
AGAIN = "data-again"


def _with_cells_on_each_page(lay_out: _LayOut) -> _LayOut:
    """Wrap the function that lays out the part of a table that fits on a page: cells over a break begin again."""

    def lay_out_part(context: Any, table: Any, bottom_space: float, skip_stack: Any, *others: Any) -> Any:  # noqa: ANN401 - WeasyPrint's
        resumed = _Resumed(table, skip_stack)
        part, resume_at, *rest = lay_out(context, resumed.table, bottom_space, resumed.skip_stack, *others)
        return (part, resumed.in_order_of_table(resume_at), *rest)

    return lay_out_part


def _with_head(lay_out: _LayOut) -> _LayOut:
    """Wrap the same function: try again where the names of the columns are left out."""

    def lay_out_part(context: Any, table: Any, bottom_space: float, skip_stack: Any, *others: Any) -> Any:  # noqa: ANN401 - WeasyPrint's
        def attempt(table: Any) -> Any:  # noqa: ANN401 - WeasyPrint's
            return lay_out(context, table, bottom_space, skip_stack, *others)

        if _has_head(table) and 0 in (skip_stack or {}):  # its head goes on here, as rows
            return attempt(_without_head(table))
        result = attempt(table)
        _, page_is_empty, *_ = others
        if page_is_empty and _has_lost_head(table, result[0]):
            loose_table = _with_loose_rows(table)
            result = attempt(loose_table)
            if not skip_stack and _has_lost_head(table, result[0]):
                result = attempt(_without_head(loose_table))
        return result

    return lay_out_part


class _Resumed:
    """A table that goes on after a page break, whose first row has the cells that reach down into it.

    Attributes:
        table: the table, or a copy with these cells.
        skip_stack: where WeasyPrint is to go on, in this table: group of rows, row, cell, each with what is within.
    """

    def __init__(self, table: Any, skip_stack: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Take a table, and where WeasyPrint is to go on in it; None for its beginning."""
        self.table, self.skip_stack = table, skip_stack
        #: The group and the row that has other cells, and for each of these its place in the row without them.
        self._row: tuple[int, int] | None = None
        self._places: list[int | None] = []
        ((group_index, within_group),) = (skip_stack or {0: None}).items()
        if within_group:
            ((row_index, within_row),) = within_group.items()
            self._add_cells(group_index, row_index, within_row)

    def _add_cells(self, group_index: int, row_index: int, within_row: Any) -> None:  # noqa: ANN401 - WeasyPrint's
        group = self.table.children[group_index]
        cells: list[tuple[int, int | None, Any]] = [
            (cell.grid_x, place, cell if within_row is None or place in within_row else _begun_again(cell))
            for place, cell in enumerate(group.children[row_index].children)
        ]
        cells += [(cell.grid_x, None, cell) for cell in _cells_reaching(group.children[:row_index], row_index)]
        cells.sort(key=lambda cell: cell[0])
        self._row = group_index, row_index
        self._places = [place for _, place, _ in cells]
        row = group.children[row_index].copy_with_children([cell for *_, cell in cells])
        self.table = _with_child(self.table, group_index, _with_child(group, row_index, row))
        if within_row is not None:
            skips = {
                new: {0: None} if old is None else within_row.get(old, {0: None})
                for new, (_, old, cell) in enumerate(cells)
                if cell.children
            }
            self.skip_stack = {group_index: {row_index: skips}}

    def in_order_of_table(self, resume_at: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Return where the table goes on after this part, in the table without the cells that were added."""
        within_row = None
        if self._row and resume_at:
            within_row = (resume_at.get(self._row[0]) or {}).get(self._row[1])
        if not self._row or within_row is None:
            return resume_at
        skips = {old: within_row[new] for new, old in enumerate(self._places) if old is not None and new in within_row}
        return {self._row[0]: {self._row[1]: skips}}


def _cells_reaching(rows: Sequence[Any], row_index: int) -> Iterator[Any]:
    """Yield copies of the cells that reach from earlier rows of a group down into a row."""
    for index, row in enumerate(rows):
        for cell in row.children:
            if index + cell.rowspan > row_index:
                copy = _begun_again(cell)
                copy.rowspan = index + cell.rowspan - row_index
                yield copy


def _begun_again(cell: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return a copy of a cell with the words that are printed where it continues on another page."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    words = cell.element.get(AGAIN) if cell.element is not None else ""
    lines = [LineBox.anonymous_from(cell, [TextBox.anonymous_from(cell, words)])] if words else []
    return cell.copy_with_children(lines)


def _has_head(table: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    return bool(table.children) and table.children[0].is_header


def _has_lost_head(table: Any, part: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Return whether the part of a table that is on a page lacks the table's head."""
    return _has_head(table) and part is not None and not _has_head(part)


def _without_head(table: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return a copy of a table whose head is a group of rows like any other."""
    head = table.children[0].copy_with_children(table.children[0].children)
    head.is_header, head.element_tag = False, "tbody"
    return _with_child(table, 0, head)


def _with_loose_rows(table: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return a copy of a table that may be split between all of its rows, and in each."""
    groups = []
    for group in table.children:
        rows = [row.copy_with_children(row.children) for row in group.children]
        for row in rows:
            row.style = row.style.copy()
            for side in ("before", "inside", "after"):
                row.style[f"break_{side}"] = "auto"
        groups.append(group.copy_with_children(group.children if group.is_header else rows))
    return table.copy_with_children(groups)


def _with_child(parent: Any, index: int, child: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return a copy of a box with another child in one place."""
    return parent.copy_with_children([*parent.children[:index], child, *parent.children[index + 1 :]])


_LAYOUT = ("weasyprint.layout.block", "table_layout")
PATCHES = (
    Patch("The head of a table is left out above a row that fills the page", _LAYOUT, _with_head),
    Patch("A cell that spans rows is on its first page alone", _LAYOUT, _with_cells_on_each_page),
)
