"""A table that is to be imported: what it is, what it is made of, and why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from casebuilder.problems import Problem

#: What a cell holds: its words, or the date or time that a spreadsheet knows it to be.
Cell: TypeAlias = str | datetime | time
#: More than a discussion ever has; a table beyond them is a mistake, or an attack.
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 50_000, 256, 32_767


class TranscriptError(Exception):
    """The file is not such a table, or keys cannot be made; `option` is what on the command line to look at."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


@dataclass(frozen=True, slots=True)
class Table:
    """A table of contributions.

    Attributes:
        data: the file, CSV or .xlsx, with a row of names first.
        name: its file, for the problems.
        zone: of times without an offset.
        channel: for rows that name none.
        secret: what author keys are made with, where the table has none.
        named: fields of the record by the names of the table's columns, where the editor says so.
        day_first: whether 2/6/2027 is 2 June; None if the editor does not say.
        encoding: of a CSV; "" if it is to be found out.
        sheet: which sheet of a workbook; "" is the first.
        language: of the series, in which countries may be written too.
    """

    data: bytes
    name: str
    zone: ZoneInfo
    channel: str = ""
    secret: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    encoding: str = ""
    sheet: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table.

    Attributes:
        rows: the number of each row in the file, from 1, and its cells; the first row names the columns.
        notes: what the editor should know about how the table was read.
        problems: rows that could not be read, each at its line.
    """

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def words(cell: Cell) -> str:
    """The words of a cell, without blanks around them; a date or time in ISO 8601."""
    return cell.strip() if isinstance(cell, str) else cell.isoformat()
