"""From an offset in what the parser read to a line and column of the author's own text.

The parser strips what a block's container puts before each line (indents, ">", the marks of a list, the bars of a
table). What is left of a line is still the end of that line, so its column is found from the right.
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

    from casebuilder.markdown.findings import Place


#: What the lists, quotations and notes in which a table stands put before its rows.
_CONTAINERS = re.compile(r"(?:[ \t>]++|(?:[-*+]|\d{1,9}[.)])[ \t]+|\[\^[^\s\]]+\]:[ \t]*)*+")


class Places:
    """Where the inside of one block stands; it is worked out when somebody asks."""

    __slots__ = ("_bars", "_cell", "_columns", "_lines", "_starts", "_token")

    def __init__(self, lines: Sequence[str], token: Token, cell: int = -1) -> None:
        """Take an inline token, or a block of HTML; `cell` is its number in the row if it is a table's cell."""
        self._lines, self._token, self._cell = lines, token, cell
        self._columns: list[int] | None = None
        self._starts: list[int] = []
        self._bars: list[int] = []

    def at(self, offset: int) -> Place:
        """Line and column, from 1, of an offset in the block's content."""
        columns = self._work_out() if self._columns is None else self._columns
        number = max(min(bisect_right(self._starts, offset), len(columns)) - 1, 0)
        column = columns[number] if columns else 0
        column += bisect_left(self._bars, offset)
        return self._first + number + 1, column + offset - self._starts[number] + 1

    @property
    def _first(self) -> int:
        return self._token.map[0] if self._token.map else 0

    def _work_out(self) -> list[int]:
        """The column at which each line's content begins, from 0."""
        content, first = self._token.content.split("\n"), self._first
        self._starts = [0, *accumulate(len(line) + 1 for line in content)]
        if self._cell >= 0:
            # A bar within a cell is written with a backslash before it, which the parser has taken away.
            self._bars = [at for at, sign in enumerate(self._token.content) if sign == "|"]
        below = zip(self._lines[first : first + len(content)], content, strict=False)
        column = (
            [_cell_column(self._lines[first], self._cell)] if self._cell >= 0 else [_column(*each) for each in below]
        )
        self._columns = column
        return column


def _column(line: str, content: str) -> int:
    """Where in a line its content begins, from 0."""
    bare, words = line.rstrip(), content.strip()
    lead = len(content) - len(content.lstrip())
    if not words:
        return 0
    if bare.endswith(words):
        return max(len(bare) - len(words) - lead, 0)
    return max(line.find(words) - lead, 0)  # a heading may end in signs that are not its words


def _cell_column(line: str, cell: int) -> int:
    """Where a cell of a table's row begins, from 0."""
    before = _CONTAINERS.match(line)
    lead = before.end() if before else 0
    begins = [lead, *(bar + 1 for bar in _bars(line) if bar >= lead)]
    if line.startswith("|", lead):
        begins = begins[1:]
    if cell >= len(begins):
        return 0
    begun = begins[cell]
    return begun + len(line[begun:]) - len(line[begun:].lstrip(" \t"))


def _bars(line: str) -> list[int]:
    return [at for at, sign in enumerate(line) if sign == "|" and (at == 0 or line[at - 1] != "\\")]


def cells(line: str) -> list[str]:
    """The cells of a table's row, as the parser cuts them."""
    row = escapedSplit(line.strip())
    if row and not row[0]:
        row = row[1:]
    if row and not row[-1]:
        row = row[:-1]
    return row
