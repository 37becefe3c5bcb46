"""A file of comma-separated values as cells. Semicolons and tabs separate too, and Excel's line `sep=;` says which."""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.post import TranscriptError
from casebuilder.editorial.discussion.table.grid import LONGEST_CELL, MOST_ABOVE, MOST_ROWS, Cell, Grid
from casebuilder.problems import Problem

if TYPE_CHECKING:
    import _csv
    from collections.abc import Callable, Iterator, Sequence

_SEPARATORS = ",;\t|"
#: A longer cell is reported with its row; one beyond this is a quotation mark that was never closed.
_LONGEST_READ = 64 * LONGEST_CELL
_SEP = re.compile(r'\s*"?sep=(.)"?[ \t]*\n', re.IGNORECASE)


def grid(text: str, name: str, count_known: Callable[[Sequence[str]], int]) -> Grid:
    """Return the rows of a text, each with the line of the file on which it begins.

    Args:
        text: the file, with line breaks as newlines.
        name: the file's name, for the problems.
        count_known: how many names of columns are known of those in a row; it decides which separator the file uses.

    Raises:
        TranscriptError: there are more rows than a discussion has.
    """
    with _long_cells():
        return _read_grid(text, name, count_known)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let Python's reader of CSV take longer cells than usual; it has one limit for the whole process."""
    usual_limit = csv.field_size_limit(_LONGEST_READ)
    try:
        yield
    finally:
        csv.field_size_limit(usual_limit)


def _read_grid(text: str, name: str, count_known: Callable[[Sequence[str]], int]) -> Grid:
    separator_line = _SEP.match(text)
    lines_before = text[: separator_line.end()].count("\n") if separator_line else 0
    body = text[separator_line.end() :] if separator_line else text
    separator = separator_line[1] if separator_line else _guess_separator(body, count_known)
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    reader = _reader(body, separator)
    number = lines_before + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((number, tuple(cells)))
            if len(rows) > MOST_ROWS:
                raise TranscriptError("SOURCE", f"the table has more than {MOST_ROWS} rows: import it in parts")
            number = lines_before + reader.line_num + 1
    except csv.Error as error:
        return Grid(tuple(rows), problems=(_syntax_problem(str(error), name, number),), stops=True)
    return Grid(tuple(rows))


def _reader(text: str, separator: str) -> _csv.Reader:
    """Return a strict reader: with any other, a quotation mark that is never closed would swallow all rows after it."""
    return csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=separator != "\t", strict=True)


def _guess_separator(text: str, count_known: Callable[[Sequence[str]], int]) -> str:
    """Return the separator that gives one of the first rows most known column names, then the very first most cells."""

    def score(separator: str) -> tuple[int, int]:
        rows: list[list[str]] = []
        try:
            rows.extend(islice((row for row in _reader(text, separator) if any(map(str.strip, row))), MOST_ABOVE))
        except csv.Error:
            if not rows:
                return (-1, 0)
        return max(map(count_known, rows), default=0), len(rows[0]) if rows else 0

    return max(_SEPARATORS, key=score)


def may_be_table(text: str, count_known: Callable[[Sequence[str]], int]) -> bool:
    """Return whether a text without a line `sep=` has several cells, or a known name, in one of its first lines."""
    if _SEP.match(text):
        return True
    lines = (re.split(f"[{_SEPARATORS}]", line) for line in text.split("\n", MOST_ABOVE)[:MOST_ABOVE])
    first, *further_lines = lines
    return len(first) > 1 or count_known(first) > 0 or any(count_known(cells) > 1 for cells in further_lines)


def _syntax_problem(error: str, name: str, number: int) -> Problem:
    """Return an error of the csv module, worded for somebody who has the file open in a spreadsheet."""
    if "field limit" in error:
        message = f"a cell of this row has more than {LONGEST_CELL} characters"
        return Problem(name, number, 1, "wrong-type", message, "shorten it, or close the quotation mark at its end")
    message = "a quotation mark in this row is not closed, or is in the middle of a cell"
    hint = 'write quotation marks within a cell twice ("") and close the last; a spreadsheet does so by itself'
    return Problem(name, number, 1, "wrong-type", message, hint)
