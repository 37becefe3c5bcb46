"""A column of dates as a whole: one date in it can decide whether the day or the month goes first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.table import datetimes
from casebuilder.editorial.discussion.table.grid import Cell, words
from casebuilder.model import instant
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casebuilder.editorial.discussion.post import ImportOptions
    from casebuilder.editorial.discussion.table.datetimes import Reading

_SUCH_AS = "write it as 2026-03-28 09:12; 28/03/2026 9:12, 28 Mar 2026 and 9:12 pm are read, too"
_ASK = "say which: import again with --dates day-first or --dates month-first"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of dates.

    Attributes:
        posted: the instants in RFC 3339, by the numbers of their rows.
        problems: of dates that cannot be read. Dates that are ambiguous are one problem together.
        stops: whether the order of day and month is unknown, so that no date may be trusted.
    """

    posted: Mapping[int, str]
    problems: tuple[Problem, ...]
    stops: bool


def read_column(cells: Iterable[tuple[int, Cell]], name: str, options: ImportOptions) -> Column:
    """Return the instants of a column of dates.

    Args:
        cells: the number of each row, and its date.
        name: the table's file, for the problems.
        options: the zone for times without an offset, and whether the editor says that the day goes first.
    """
    filled_cells = [(number, cell) for number, cell in cells if words(cell)]
    readings = {number: _read_cell(cell) for number, cell in filled_cells}
    day_first, problems = _decide_order(filled_cells, readings, name, options.day_first)
    has_problems = bool(problems)
    instants: dict[int, str] = {}
    unclear: list[tuple[int, str, Reading]] = []
    for number, cell in filled_cells:
        reading = readings[number]
        if reading is None:
            problems.append(_unreadable_problem(words(cell), number, name))
        elif reading.is_ambiguous and day_first is None:
            unclear.append((number, words(cell), reading))
        elif moment := _choose_reading(reading, day_first=day_first):
            instants[number] = instant(moment, options.zone).isoformat()
        else:
            problems.append(_impossible_problem(words(cell), number, name, day_first=bool(day_first)))
    if unclear and not has_problems:
        problems.append(_ambiguous_problem(unclear, name))
    return Column(instants, tuple(problems), has_problems or bool(unclear))


def _read_cell(cell: Cell) -> Reading | None:
    if isinstance(cell, datetime):
        return datetimes.Reading(cell, cell)
    return None if isinstance(cell, time) else datetimes.read(cell)


def _decide_order(
    filled_cells: Sequence[tuple[int, Cell]],
    readings: Mapping[int, Reading | None],
    name: str,
    editor_says: bool | None,  # noqa: FBT001 - it has three values
) -> tuple[bool | None, list[Problem]]:
    """Return whether the day goes first (None if undecided), and the problems of the column as a whole."""
    if editor_says is not None:
        return editor_says, []
    deciding = [(number, reading) for number, _ in filled_cells if (reading := readings[number]) and reading.decides]
    days = [number for number, reading in deciding if reading.day_first]
    months = [number for number, reading in deciding if not reading.day_first]
    if days and months:
        message = f"the day goes first in row {days[0]} and the month in row {months[0]}: the dates are of two kinds"
        return None, [Problem(name, max(days[0], months[0]), 1, "bad-date", message, _SUCH_AS)]
    date_cells = [number for number, cell in filled_cells if isinstance(cell, datetime)]
    texts = [number for number, _ in deciding]
    if date_cells and texts:
        message = f"this date is text, that of row {date_cells[0]} is a date: day and month may be exchanged there"
        hint = f"compare both with where they come from; if they are right, {_ASK}"
        return None, [Problem(name, texts[0], 1, "bad-date", message, hint)]
    return (bool(days) if deciding else None), []


def _choose_reading(reading: Reading, *, day_first: bool | None) -> datetime | None:
    """Return the moment that a date means; one that is the same in both ways needs no order."""
    if day_first is None or not (reading.is_ambiguous or reading.decides):
        return reading.day_first or reading.month_first
    return reading.day_first if day_first else reading.month_first


def _ambiguous_problem(unclear: Sequence[tuple[int, str, Reading]], name: str) -> Problem:
    """Return one problem for the whole column: what its first ambiguous date can mean."""
    number, cell_text, reading = unclear[0]
    possible_days = [f"{moment.day} {moment:%B %Y}" for moment in (reading.day_first, reading.month_first) if moment]
    other_count = len(unclear) - 1
    note_on_others = (
        f"; {other_count} more date{'s are' if other_count > 1 else ' is'} unclear in the same way"
        if other_count
        else ""
    )
    return Problem(
        name,
        number,
        1,
        "bad-date",
        f'"{cell_text}" can be {possible_days[0]} or {possible_days[1]}{note_on_others}',
        _ASK,
    )


def _impossible_problem(cell_text: str, number: int, name: str, *, day_first: bool) -> Problem:
    first = "day" if day_first else "month"
    message = f'"{cell_text}" is not a date if the {first} goes first'
    return Problem(name, number, 1, "bad-date", message, "check it, and how the other dates are written")


def _unreadable_problem(cell_text: str, number: int, name: str) -> Problem:
    """Return the problem of a cell that is not a date, with a hint by what it looks like."""
    if set(cell_text) == {"#"}:
        message, hint = "the date is missing: the column was too narrow to show it", "make it wider, and save again"
        return Problem(name, number, 1, "bad-date", message, hint)
    if re.fullmatch(r"\d+([.,]\d+)?", cell_text):
        message = f'"{cell_text}" is a number, not a date'
        return Problem(name, number, 1, "bad-date", message, "give the column the format of a date, and save again")
    if re.search(r"\d(?: [ap]\.?m\.?)? (?!am$|pm$)[A-Za-z]{2,5}$", cell_text, re.IGNORECASE) and datetimes.read(
        cell_text.rpartition(" ")[0]
    ):
        message = f'the time zone of "{cell_text}" cannot be read'
        return Problem(name, number, 1, "bad-date", message, "leave it out (the series’ zone is used), or write -05:00")
    return Problem(name, number, 1, "bad-date", f'"{cell_text}" is not a date that can be read', _SUCH_AS)
