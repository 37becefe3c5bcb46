"""An Excel workbook (.xlsx) as cells: values alone, never what formulas would fetch, and no more than it declares."""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from casebuilder.editorial.discussion.post import TranscriptError
from casebuilder.editorial.discussion.table.grid import MOST_ABOVE, MOST_COLUMNS, MOST_ROWS, Cell, Grid
from casebuilder.problems import Problem
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

#: A workbook of 50,000 long comments has some 30 MB; what unpacks to more is made to fill the memory.
_MOST_PARTS, _MOST_BYTES = 2_000, 128 * 1024 * 1024
#: The last row that Excel has; openpyxl counts through all rows before one that claims a higher number.
_LAST_ROW = 1_048_576
#: Office Open XML writes a character that XML cannot hold as _x000D_ (ISO/IEC 29500-1, 22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_NAMED = 10
_HALF_SECOND = timedelta(milliseconds=500)


def grid(data: bytes, name: str, wanted_sheet: str, is_header: Callable[[Sequence[str]], bool]) -> Grid:
    """Return the rows of a sheet, by their numbers in it.

    Args:
        data: the workbook.
        name: its file, for the problems.
        wanted_sheet: the sheet's name; "" is the first that is not hidden and has a row that names the columns.
        is_header: whether the cells of a row are such names.

    Raises:
        TranscriptError: it cannot be read, is made to exhaust its reader, or has no such sheet.
    """
    try:
        hidden = _inspect_archive(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and rules, which are not read
            return _read_sheet(data, name, wanted_sheet, hidden, is_header)
    except (TranscriptError, MemoryError):
        raise
    except Exception as error:  # openpyxl raises errors of any type for a damaged workbook
        raise TranscriptError(
            "SOURCE", "this workbook is damaged: open it in a spreadsheet and save it again"
        ) from error


def _inspect_archive(data: bytes) -> dict[str, list[int]]:
    """Refuse what would exhaust or mislead the reader: its declared size is the most that zipfile gives out.

    Returns the numbers of hidden rows by the part of the workbook that holds their sheet.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
            raise TranscriptError("SOURCE", f"this workbook unpacks to more than {_MOST_BYTES // 1024**2} MB")
        if any(part.flag_bits & 1 for part in parts):
            raise TranscriptError("SOURCE", "this workbook has a password: save it without one")
        xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
        return {part.filename: _refuse_entities(archive.read(part)) for part in xml}


def _refuse_entities(xml: bytes) -> list[int]:
    """Refuse XML with a document type, which can define entities, or with a row beyond Excel's last.

    Returns the numbers of its hidden rows.
    """
    hidden: list[int] = []

    def refuse(*_: object) -> None:
        raise TranscriptError("SOURCE", "this workbook declares XML entities, which no spreadsheet writes")

    def look(tag: str, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "") if tag.rpartition(":")[2] == "row" else ""
        if number.isdigit() and int(number) > _LAST_ROW:
            raise TranscriptError("SOURCE", f"this workbook has a row {number}; {_LAST_ROW} is the last possible")
        if number.isdigit() and attributes.get("hidden") in {"1", "true"}:
            hidden.append(int(number))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = look
    parser.Parse(xml, True)  # noqa: FBT003 - pyexpat takes it by position alone
    return hidden


def _read_sheet(
    data: bytes,
    name: str,
    wanted_sheet: str,
    hidden: Mapping[str, list[int]],
    is_header: Callable[[Sequence[str]], bool],
) -> Grid:
    import openpyxl  # slow to import, and only wanted here

    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    formulas = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
    sheet, notes = _choose_sheet(book, wanted_sheet, is_header)
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    problems: list[Problem] = []
    for number, values in _filled_rows(sheet):
        rows.append((number, _without_empty_end(tuple(map(_as_cell, values)))))
        if len(rows) > MOST_ROWS:
            raise TranscriptError("SOURCE", f"the sheet has more than {MOST_ROWS} rows: import it in parts")
    cells_by_row = dict(rows)
    for number, values in _filled_rows(formulas[sheet.title]):
        for index, value in enumerate(values):
            cells = cells_by_row.get(number, ())
            if _is_formula(value) and (index >= len(cells) or cells[index] == ""):
                problems.append(_unsaved_problem(name, number, index))
    hidden_rows = [number for number in hidden.get(_part_of_sheet(sheet), ()) if number in cells_by_row]
    return Grid(tuple(rows), (*notes, *_note_hidden_rows(hidden_rows)), tuple(problems))


def _part_of_sheet(sheet: Any) -> str:  # noqa: ANN401 - openpyxl has no types
    """Return the part of the workbook that holds a sheet: "xl/worksheets/sheet1.xml"."""
    return str(sheet._worksheet_path).lstrip("/")  # noqa: SLF001 - it has no other name for it


def _note_hidden_rows(rows: list[int]) -> Iterator[str]:
    """Yield the note about rows that a filter hides, or somebody: they are read like any other."""
    if rows:
        row_numbers = ", ".join(map(str, rows[:_MOST_NAMED])) + (", …" if len(rows) > _MOST_NAMED else "")
        yield f"hidden rows are read, too: {row_numbers}; remove those that are not to be imported"


def _without_empty_end(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells of a row up to its last: some programs write, or claim, hundreds of empty ones after it."""
    last = next((index for index in range(len(cells), 0, -1) if cells[index - 1] != ""), 0)
    return cells[:last]


def _filled_rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:  # noqa: ANN401 - openpyxl has no types
    """Yield the rows that are not empty; the dimensions that a sheet declares are often wrong."""
    sheet.reset_dimensions()
    last: tuple[Any, ...] = ()
    for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        # openpyxl gives the same empty row for each that the file leaves out: a million of them cost nothing.
        if values is not last and any(value is not None and value != "" for value in values):
            yield number, values
        last = values


def _choose_sheet(
    book: Any,  # noqa: ANN401 - openpyxl has no types
    wanted_sheet: str,
    is_header: Callable[[Sequence[str]], bool],
) -> tuple[Any, tuple[str, ...]]:
    """Return the sheet that is meant, and what the editor should know of the choice."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if wanted_sheet:
        if wanted_sheet not in sheets:
            hint = did_you_mean(wanted_sheet, sheets) or f"the sheets are: {', '.join(sheets)}"
            raise TranscriptError("--sheet", f'the workbook has no sheet "{wanted_sheet}"; {hint}')
        return sheets[wanted_sheet], ()
    visible_sheets = [sheet for sheet in sheets.values() if sheet.sheet_state == "visible"] or list(sheets.values())
    if not visible_sheets:
        raise TranscriptError("SOURCE", "the workbook has no sheet with cells")
    chosen = next((sheet for sheet in visible_sheets if _has_header(sheet, is_header)), visible_sheets[0])
    other_titles = [sheet.title for sheet in visible_sheets if sheet is not chosen]
    others = f"{', '.join(other_titles)} (--sheet NAME reads another)"
    note = f'read from the sheet "{chosen.title}"; not read: {others}'
    return chosen, (note,) if other_titles else ()


def _has_header(sheet: Any, is_header: Callable[[Sequence[str]], bool]) -> bool:  # noqa: ANN401 - as above
    """Return whether one of a sheet's first rows names the columns: Numbers exports a summary as the first sheet."""
    first_rows = islice(_filled_rows(sheet), MOST_ABOVE)
    return any(is_header([str(value or "") for value in values]) for _, values in first_rows)


def _as_cell(value: object) -> Cell:
    """Return a value as words, dates to the second: Excel keeps them as fractions of a day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value + _HALF_SECOND).replace(microsecond=0)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, time):
        return value.replace(microsecond=0)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value)).replace("\r\n", "\n").replace("\r", "\n")


def _is_formula(value: object) -> bool:
    """Return whether a cell holds a formula: its words, or one of openpyxl's own types where it fills several cells."""
    return (isinstance(value, str) and value.startswith("=")) or type(value).__module__.startswith("openpyxl")


def _unsaved_problem(name: str, number: int, index: int) -> Problem:
    """Return a formula without a result: a program wrote the workbook, and no spreadsheet has opened it."""
    from openpyxl.utils import get_column_letter

    message = f"the cell {get_column_letter(index + 1)}{number} is a formula without a result"
    return Problem(name, number, 1, "bad-value", message, "save the workbook in a spreadsheet, then import it")
