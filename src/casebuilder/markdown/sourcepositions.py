"""Convert an offset in the parser's content to a line and column of the author's text.

The parser strips the prefix of each line in a container (indentation, ">", list markers, table bars). The rest is
still the end of that line, so the column is found from the right.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from markdown_it.rules_block.table import escapedSplit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from casebuilder.markdown.parserproblems import Place


#: The prefixes of a table's rows within lists, quotations and footnotes.
_CONTAINERS = re.compile(r"(?:[ \t>]++|(?:[-*+]|\d{1,9}[.)])[ \t]+|\[\^[^\s\]]+\]:[ \t]*)*+")


class SourcePositions:
    """The place of one block's content, computed on demand."""

    __slots__ = ("_bars", "_cell", "_columns", "_lines", "_starts", "_token")

    def __init__(self, lines: Sequence[str], token: Token, cell: int = -1) -> None:
        """Take an inline token, or a block of HTML; `cell` is the number of a table's cell in its row."""
        self._lines, self._token, self._cell = lines, token, cell
        self._columns: list[int] | None = None
        self._starts: list[int] = []
        self._bars: list[int] = []

    def at(self, offset: int) -> Place:
        """Return line and column, from 1, of an offset in the block's content."""
        columns = self._content_columns() if self._columns is None else self._columns
        number = max(min(bisect_right(self._starts, offset), len(columns)) - 1, 0)
        column = columns[number] if columns else 0
        column += bisect_left(self._bars, offset)
        return self._first_line + number + 1, column + offset - self._starts[number] + 1

    @property
    def _first_line(self) -> int:
        return self._token.map[0] if self._token.map else 0

    def _content_columns(self) -> list[int]:
        """Return the column, from 0, where the content of each line begins."""
        content, first = self._token.content.split("\n"), self._first_line
        self._starts = [0, *accumulate(len(line) + 1 for line in content)]
        if self._cell >= 0:
            # A bar within a cell is escaped by a backslash, which the parser has removed.
            self._bars = [offset for offset, sign in enumerate(self._token.content) if sign == "|"]
        lines_and_content = zip(self._lines[first : first + len(content)], content, strict=False)
        column = (
            [_cell_column(self._lines[first], self._cell)]
            if self._cell >= 0
            else [_content_column(*pair) for pair in lines_and_content]
        )
        self._columns = column
        return column


def _content_column(line: str, content: str) -> int:
    """Return the column, from 0, where the content of a line begins."""
    stripped_line, text = line.rstrip(), content.strip()
    lead = len(content) - len(content.lstrip())
    if not text:
        return 0
    if stripped_line.endswith(text):
        return max(len(stripped_line) - len(text) - lead, 0)
    return max(line.find(text) - lead, 0)  # a heading may end in # characters


def _cell_column(line: str, cell: int) -> int:
    """Return the column, from 0, where a table's cell begins."""
    container = _CONTAINERS.match(line)
    lead = container.end() if container else 0
    cell_starts = [lead, *(bar + 1 for bar in _bar_offsets(line) if bar >= lead)]
    if line.startswith("|", lead):
        cell_starts = cell_starts[1:]
    if cell >= len(cell_starts):
        return 0
    cell_start = cell_starts[cell]
    return cell_start + len(line[cell_start:]) - len(line[cell_start:].lstrip(" \t"))


def _bar_offsets(line: str) -> list[int]:
    return [offset for offset, sign in enumerate(line) if sign == "|" and (offset == 0 or line[offset - 1] != "\\")]


def cells(line: str) -> list[str]:
    """Split a table's row into cells, as the parser does."""
    row = escapedSplit(line.strip())
    if row and not row[0]:
        row = row[1:]
    if row and not row[-1]:
        row = row[:-1]
    return row
