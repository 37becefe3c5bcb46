"""A table as cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from casebuilder.problems import Problem

#: The value of a cell: text, or a date or time where the spreadsheet has one.
Cell: TypeAlias = str | datetime | time
#: More than a discussion ever has; a table beyond them is a mistake, or an attack.
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 50_000, 256, 32_767
#: Rows among which the names of the columns are looked for: a title may be above them.
MOST_ABOVE = 10


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table.

    Attributes:
        rows: the number of each row in the file, from 1, and its cells; the first row names the columns.
        notes: what the editor should know about how the table was read.
        problems: rows that could not be read, each at its line.
        stops: whether rows after such a problem may be missing.
    """

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    stops: bool = False


def words(cell: Cell) -> str:
    """Return the words of a cell, without blanks around them; a date or time in ISO 8601."""
    return cell.strip() if isinstance(cell, str) else cell.isoformat()
