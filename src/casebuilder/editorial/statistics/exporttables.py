"""The table in an export of visits: its text, its head among comments and other tables, and its rows."""

from __future__ import annotations

import csv
import io
import re
import zlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casebuilder import encodings
from casebuilder.editorial.statistics import exportkinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.editorial.statistics.exportkinds import Columns

#: How far from its top a table may begin: Google puts comments, and sometimes a table of days, before that of pages.
_TOP = 2_000
_MOST_ROWS = 1_000_000
#: What a compressed export may unpack to.
_MOST_BYTES = 400_000_000
_GZIP, _WITH_HEAD = b"\x1f\x8b", 31
_DAY = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")
#: A whole number, with or without separators between thousands, and zeros after the decimal sign.
_WHOLE = re.compile(r"(\d+|\d{1,3}(?:([.,'’ ])\d{3})(?:\2\d{3})*)(?:[.,]0{1,2})?")


class ExportError(ValueError):
    """A file from which no figure can be read."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of pages.

    Attributes:
        columns: what its columns hold.
        rows: below its head, without comments.
        days: the first and the last day that the comments above it name; None if they name none.
        is_first: whether another such table follows, as where periods or groups of visitors are compared.
    """

    columns: Columns
    rows: tuple[tuple[str, ...], ...]
    days: tuple[date, date] | None
    is_first: bool


def decoded(content: bytes) -> str:
    """Return an export's text, in any encoding; GoatCounter compresses it.

    Raises:
        ExportError: it is no text.
    """
    if content.startswith(_GZIP):
        content = _unpack(content)
    if content.startswith(b"PK"):
        message = "it is a zip file or a workbook: unpack it, or save it as CSV, and name the table of pages in it"
        raise ExportError(message)
    if kind := encodings.foreign(content):
        message = f"it is {kind.name}, and not a table in CSV"
        raise ExportError(message)
    try:
        return encodings.decode(content).text
    except encodings.EncodingError as error:
        raise ExportError(str(error)) from None


def _unpack(content: bytes) -> bytes:
    unpacker = zlib.decompressobj(_WITH_HEAD)
    try:
        text = unpacker.decompress(content, _MOST_BYTES)
    except zlib.error:
        message = "it is compressed, and damaged: download it again"
        raise ExportError(message) from None
    if not unpacker.eof:
        message = "it is incomplete, or unpacks to more than 400 MB: download it again, or export fewer days"
        raise ExportError(message)
    return text


def table(text: str) -> Table:
    """Return the first table of pages in a text.

    Raises:
        ExportError: there is none that is known.
    """
    for delimiter in (",", ";", "\t"):
        try:
            if read_table := _first_table(text, delimiter):
                return read_table
        except csv.Error as error:
            message = f"it is not a table: {error}"
            raise ExportError(message) from None
    message = (
        "no line has the columns of a table of pages by Matomo (label, nb_hits), Plausible (page, pageviews), "
        "GoatCounter (2Path, Session) or Google Analytics 4 (Page path and screen class, Views). If they are in "
        "another language, set that of the program to English and export again"
    )
    raise ExportError(message)


def _first_table(text: str, delimiter: str) -> Table | None:
    """Return the first table of pages, whose cells are separated in one way; None if no row is its head."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    above: list[str] = []
    head: list[str] | None = None
    table_columns: Columns | None = None
    rows: list[tuple[str, ...]] = []
    is_first = False
    for number, row in enumerate(reader):
        if table_columns is None:
            if table_columns := exportkinds.columns(row):
                head = row
            elif number > _TOP:
                return None
            elif row and row[0].startswith("#"):
                above.append(delimiter.join(row))
        elif row == head:
            is_first = True
            break
        elif row and not row[0].startswith("#"):
            rows.append(tuple(row))
        if len(rows) > _MOST_ROWS:
            message = "it has more than a million rows: export fewer days"
            raise ExportError(message)
    return Table(table_columns, tuple(rows), _export_days(above), is_first) if table_columns else None


def _export_days(comments: Sequence[str]) -> tuple[date, date] | None:
    """Return the days for which an export was made, by the comments above its table; None if they do not say it."""
    days = []
    for match in _DAY.finditer("\n".join(comments)):
        try:
            days.append(date(*map(int, match.groups())))
        except ValueError:
            continue
    return (days[0], days[1]) if len(days) > 1 and days[0] <= days[1] else None


def whole_number(text: str) -> int:
    """Return a number of views or visitors as programs of many countries write it; an empty cell or a dash is none.

    Raises:
        ExportError: it is not a whole number: "1.2K".
    """
    plain = re.sub(r"\s", " ", text.strip())
    if plain in {"", "-", "–", "—"}:
        return 0
    match = _WHOLE.fullmatch(plain)
    if match is None:
        message = f'"{text[:40]}" is not a whole number: export the table with exact numbers'
        raise ExportError(message)
    return int(re.sub(r"\D", "", match[1]))
