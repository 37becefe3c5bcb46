"""Cells of tables in hand-written pages that are beyond the table's first row: Python-Markdown leaves them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.pipeline.handwritten import linkprecheck

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The line below the first row of a table. One that is further to the right may be code.
_DIVIDER = re.compile(r"\n[ ]{0,3}((?=[|:-])[ |:-]*-[ ]*:?[ ]*\|[ |:-]*)(?=\n)")


def found(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line, from 1, and the message of each row of a table with too many cells.

    Args:
        text: the page's Markdown.
    """
    if "|" not in text or not any(_long_rows(text)):
        return
    plain = re.sub(r"\\.", "  ", linkprecheck.plain(text))
    for columns, start, end in _long_rows(plain):
        ends_of_cells = [start + place for place, sign in enumerate(plain[start:end]) if sign == "|"]
        ends_of_cells = ends_of_cells[1:] if plain[start:end].lstrip().startswith("|") else ends_of_cells
        if len(ends_of_cells) < columns:
            continue
        rest = text[ends_of_cells[columns - 1] + 1 : end]
        if rest.strip("| "):
            count = len(ends_of_cells) + bool(text[ends_of_cells[-1] + 1 : end].strip())
            message = f"this row has {count} cells, and the table's first row has {columns}: the rest would be lost"
            yield plain.count("\n", 0, start) + 1, message


def _long_rows(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the columns of a table, and where a row of it that may have more cells begins and ends."""
    for divider in _DIVIDER.finditer(text):
        columns = divider[1].strip().removeprefix("|").removesuffix("|").count("|") + 1
        start = divider.end() + 1
        end = text.find("\n\n", start)
        for row in text[start : len(text) if end < 0 else end].split("\n"):
            bars = row.count("|")
            has_borders = row[-1:] == "|" == row.lstrip()[:1]
            if bars > columns + has_borders or (bars == columns and row[:1] != "|"):
                yield columns, start, start + len(row)
            start += len(row) + 1
