"""Checks on tables: cells that would be lost or covered, first rows without headings, tables too wide for a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.markdown.parserproblems import Finding
from casebuilder.markdown.sourcepositions import cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebuilder.markdown.tags import FoundTag

#: The most columns that fit on a page, in the smallest type, with a few letters in each.
_COLUMNS = 24
#: How many letters of the smallest type fit into the width of a sheet, with one for the gap after each column.
_LETTERS_IN_WIDTH = 150
#: So many rows with too many cells are reported one by one: of more, it is the first row of the table that is short.
_FEW_ROWS = 2
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
#: More rows than any table has.
_ALL_ROWS = 1_000_000


def tables(tokens: Sequence[Token], source: Sequence[str]) -> Iterator[Finding]:
    """Report cells beyond the header of a table, and tables without a header."""
    columns, head, in_body = 0, "", False
    long_rows: dict[int, list[int]] = {}
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            columns, head, in_body, long_rows = 0, "", False, {}
        elif token.type == "th_open":
            columns += 1
            head += tokens[number + 1].content
        elif token.type == "thead_close" and not head.strip():
            line = (tokens[number - 2].map or tokens[number - 3].map or [0])[0]
            hint = "write a heading in each cell of the first row"
            yield Finding((line + 1, 1), "table-header", "the first row of the table has no words", hint)
        elif token.type == "thead_close" and columns > _COLUMNS:
            yield _report_wide_table((tokens[number - 2].map or tokens[number - 3].map or [0])[0] + 1, columns)
        elif token.type in {"tbody_open", "tbody_close"}:
            in_body = token.type == "tbody_open"
            yield from _report_long_rows(long_rows, columns)
        elif token.type == "tr_open" and in_body and token.map:
            row = cells(source[token.map[0]].lstrip(" \t>"))
            if any(cell.strip() for cell in row[columns:]):
                long_rows.setdefault(len(row), []).append(token.map[0] + 1)
        elif token.type == "html_block":
            yield from _tables_without_header(token)
            yield from _wide_tables(token)


def _report_long_rows(long_rows: Mapping[int, Sequence[int]], columns: int) -> Iterator[Finding]:
    """Report the rows of a table that are longer than its first row; many of one length as one problem.

    Args:
        long_rows: the lines of such rows, from 1, by their number of cells.
        columns: how many cells the first row has.
    """
    for count, lines in long_rows.items():
        for line in lines[:1] if len(lines) > _FEW_ROWS else lines:
            others = "has" if len(lines) <= _FEW_ROWS else f"and {len(lines) - 1} more have"
            size = f"{count} cells, and the table's first row has {columns}"
            message = f"this row {others} {size}: the rest would be lost"
            hint = r"give the first row as many cells, or write \| where a bar belongs to the words"
            yield Finding((line, 1), "lost-words", message, hint)


def overlapping_cells(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Report cells of HTML tables that lie over a cell from a row above: browsers print one over the other."""
    grids: list[_Grid] = []
    for token in tokens:
        for line, tag in _tags(token) if token.type == "html_block" else ():
            if tag.kind.name != "OPEN":
                grids = grids[:-1] if tag.name == "table" else grids
            elif tag.name == "table":
                grids.append(_Grid())
            elif grids and tag.name in _GROUPS:
                grids[-1].rows_left = {}
            elif grids and tag.name == "tr":
                grids[-1].begin_row()
            elif grids and tag.name in _CELLS and (columns := grids[-1].place(tag.attributes)):
                message = f"this cell spans {columns} columns, and lies over a cell that reaches down from a row above"
                hint = "write a smaller number in its colspan=, or in the rowspan= of the cell above"
                yield Finding((line, 1), "lost-words", message, hint)


class _Grid:
    """The places of a table's row that cells from rows above fill."""

    def __init__(self) -> None:
        #: For each column that such a cell fills, how many rows further it reaches.
        self.rows_left: dict[int, int] = {}
        self._taken: frozenset[int] = frozenset()
        self._column = 0

    def begin_row(self) -> None:
        """Begin a row."""
        self._taken = frozenset(self.rows_left)
        self.rows_left = {column: rows - 1 for column, rows in self.rows_left.items() if rows > 1}
        self._column = 0

    def place(self, attributes: Mapping[str, str]) -> int:
        """Give a cell the next free place; return how many columns it spans if it lies over another, else 0."""
        while self._column in self._taken:
            self._column += 1
        columns, rows = int(attributes.get("colspan", 1)), int(attributes.get("rowspan", 1)) or _ALL_ROWS
        places = range(self._column, self._column + columns)
        if rows > 1:
            self.rows_left |= dict.fromkeys(places, rows - 1)
        self._column += columns
        return 0 if self._taken.isdisjoint(places) else columns


def wide_words(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Report tables of so many long words that they do not fit a sheet, even in the smallest type."""
    longest: list[int] = []
    column, line = 0, 0
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            longest, line = [], (token.map or [0])[0] + 1
        elif token.type == "tr_open":
            column = 0
        elif token.type in {"th_open", "td_open"}:
            longest += [0] * (column + 1 - len(longest))
            longest[column] = max(longest[column], _longest_word(tokens[number + 1]))
            column += 1
        elif (
            token.type == "table_close" and len(longest) <= _COLUMNS and sum(longest, len(longest)) > _LETTERS_IN_WIDTH
        ):
            message = f"the longest words of this table's columns have {sum(longest)} letters together"
            hint = f"a sheet has room for {_LETTERS_IN_WIDTH - len(longest)}: split it into two, or use shorter words"
            yield Finding((line, 1), "wide-table", message, hint)


def _longest_word(cell: Token) -> int:
    texts = (child.content for child in cell.children or () if child.type in {"text", "code_inline"})
    return max((len(word) for text in texts for word in text.split()), default=0)


def _report_wide_table(line: int, columns: int) -> Finding:
    message = f"this table has {columns} columns, and a page has room for {_COLUMNS}"
    return Finding((line, 1), "table-columns", message, "split it into two tables, or make its rows its columns")


def _opening_tags(block: Token) -> Iterator[tuple[int, FoundTag]]:
    """Yield the opening tags of HTML in a block, with the line of each."""
    return ((line, tag) for line, tag in _tags(block) if tag.kind.name == "OPEN")


def _tags(block: Token) -> Iterator[tuple[int, FoundTag]]:
    """Yield the tags of HTML in a block, with the line of each."""
    line, at = (block.map or [0])[0] + 1, 0
    for child in block.children or ():
        tag = child.meta.get("found") if child.type == "html_tag" else None
        if tag is not None:
            line += block.content.count("\n", at, child.meta["at"])
            at = child.meta["at"]
            yield line, tag


def _wide_tables(block: Token) -> Iterator[Finding]:
    """Report HTML tables with too many columns for a page."""
    widths: dict[int, int] = {}
    table, columns = (block.map or [0])[0] + 1, 0
    for line, tag in _opening_tags(block):
        name = tag.name
        if name == "table":
            table = line
        columns = columns + 1 if name in {"td", "th"} else 0 if name == "tr" else columns
        widths[table] = max(widths.get(table, 0), columns)
    yield from (_report_wide_table(place, width) for place, width in widths.items() if width > _COLUMNS)


def _tables_without_header(block: Token) -> Iterator[Finding]:
    """Report HTML tables whose first row has no header cell."""
    table: int | None = None
    for line, tag in _opening_tags(block):
        name = tag.name
        if name == "table":
            table = line
        elif name == "th":
            table = None
        elif name == "td" and table is not None:
            hint = "write <th> in place of <td> in the first row, and </th> in place of </td>"
            yield Finding((table, 1), "table-header", "the first row of the table has no header cells", hint)
            table = None
