"""Page views and visitors of a case from what programs that count visits export as CSV.

`exportkinds` has a row for each program; which one it is shows by the names of the columns. An export with a day or
a time in each row is counted over the window after the opening; any other covers the days for which it was made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from casebuilder.editorial.statistics import exporttables
from casebuilder.editorial.statistics.exporttables import ExportError, decoded, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.editorial.statistics.exportkinds import Columns
    from casebuilder.editorial.statistics.exporttables import Table

__all__ = ["ExportError", "Visits", "decoded", "entries", "read"]
#: Forms of a day, an hour and an instant: Google writes the first two without signs between the numbers.
_DAY, _HOUR = re.compile(r"\d{4}-\d\d-\d\d|\d{8}"), re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)")
_MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Visits:
    """What an export says of one case.

    Attributes:
        figures: by name.
        tool: the program.
        is_windowed: whether they were counted over the window, or exported for its days.
        note: why the visitors are not among the figures; empty if they are.
        remarks: what else the editor should know of how they were counted.
    """

    figures: Mapping[str, int]
    tool: str
    is_windowed: bool
    note: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Window:
    """The time after the opening over which visits are counted."""

    starts: datetime
    hours: int

    @property
    def ends(self) -> datetime:
        return datetime.fromtimestamp(self.starts.timestamp() + 3600 * self.hours, self.starts.tzinfo)

    @property
    def days(self) -> tuple[date, date]:
        """The days on which it begins and ends."""
        return self.starts.date(), (self.ends - timedelta(seconds=1)).date()

    @property
    def name(self) -> str:
        return f"the first {self.hours} hours" if self.hours % 168 else f"the first {self.hours // 24} days"


def read(text: str, slug: str, opens: datetime, hours: int) -> Visits:
    """Return the figures of a case.

    Args:
        text: the export.
        slug: of the case: a row belongs to it if its path has a part of this name.
        opens: when the case opened.
        hours: how long after it the window ends.

    Raises:
        ExportError: the table is of no kind that is known, has nothing of the case, or was made for other days.
    """
    table, window = exporttables.table(text), _Window(opens, hours)
    columns = table.columns
    if columns.day is None and table.days:
        _check_days(table.days, window)
    rows = [row for row in table.rows if _is_counted(row, columns, slug)]
    whole_days = False
    if columns.day is not None:
        rows = [row for row in rows if _is_in_window(_cell_of(row, columns.day), window)]
        whole_days = opens.time() != _MIDNIGHT and any(_DAY.fullmatch(_cell_of(row, columns.day)) for row in rows)
    if not rows:
        when = " in these days" if columns.day is not None else ""
        message = f"it has no row of {slug}{when}: export the table of all pages"
        raise ExportError(message)
    remarks = tuple(_remarks(table, window, whole_days=whole_days))
    windowed = columns.day is not None or table.days is not None
    if columns.kind.row_is_view:
        return Visits(_figures_of_views(rows, columns), columns.kind.tool, windowed, remarks=remarks)
    figures = {name: sum(whole_number(_cell_of(row, place)) for row in rows) for name, place in columns.figures.items()}
    note = _reason_not_additive(figures, len(rows), by_day=columns.day is not None)
    additive = {name: value for name, value in figures.items() if name != "visitors" or not note}
    return Visits(additive, columns.kind.tool, windowed, note, remarks)


def _check_days(made_for: tuple[date, date], window: _Window) -> None:
    """Refuse an export for other days than those of the window; the last may be left out if little of it belongs to it.

    Raises:
        ExportError: it was made for other days.
    """
    first, last = window.days
    lasts = {last} if window.ends.time() == _MIDNIGHT else {last, last - timedelta(days=1)}
    if made_for[0] != first or made_for[1] not in lasts:
        message = (
            f"it was exported for {made_for[0]} to {made_for[1]}, and {window.name} are {first} to {last}: "
            "export it again for these days"
        )
        raise ExportError(message)


def _remarks(table: Table, window: _Window, *, whole_days: bool) -> list[str]:
    """Return what the editor should know of how rows were chosen."""
    first, last = window.days
    remarks = []
    if whole_days:
        when = f"{window.starts:%H:%M}"
        remarks.append(
            f"days were counted whole, {first} to {last}, because the export has no hours: the case opens at {when}"
        )
    if table.is_first:
        remarks.append("it holds several tables of pages; the first was read")
    return remarks


def _cell_of(line: Sequence[str], column: int | None) -> str:
    return line[column].strip() if column is not None and column < len(line) else ""


def _is_counted(row: Sequence[str], columns: Columns, slug: str) -> bool:
    """Return whether a row is of the case, and no sum of others, program that visits, or event."""
    path = _cell_of(row, columns.path).removesuffix(".html")
    if slug not in re.split(r"[/?#]", path) or _cell_of(row, columns.others.get("sum")) == "1":
        return False
    is_person = _cell_of(row, columns.others.get("bot")) in {"", "0"}
    return is_person and _cell_of(row, columns.others.get("event")).lower() in {"", "0", "false"}


def _figures_of_views(rows: Sequence[Sequence[str]], columns: Columns) -> dict[str, int]:
    """Return the figures of rows that are one page view each."""
    sessions = {_cell_of(row, columns.others.get("session")) for row in rows}
    places = {_cell_of(row, columns.others.get("location"))[:2] for row in rows} - {""}
    return {"page-views": len(rows), "visitors": len(sessions)} | ({"countries": len(places)} if places else {})


def _reason_not_additive(figures: Mapping[str, int], rows: int, *, by_day: bool) -> str:
    """Return why an export gives no number of visitors; "" if it does."""
    if "visitors" not in figures:
        return (
            "visitors were left out: the export has no column of unique visitors for the whole time (a sum of daily "
            "visitors counts people more than once)"
        )
    if rows == 1:
        return ""
    rows_in_words = "a row for each day" if by_day else f"{rows} rows"
    return (
        f"visitors were left out: the export has {rows_in_words} of the case, and who is in several would be counted "
        "more than once. Export the case’s page alone for these days, as one total, or type the number into metrics.yml"
    )


def _is_in_window(cell: str, window: _Window) -> bool:
    """Return whether a row's day, hour or instant lies in the window.

    A day does if it begins before the end and is not over before; an hour does if it begins in it, or the case opens
    in it.
    """
    try:
        if _DAY.fullmatch(cell):
            return window.days[0] <= date.fromisoformat(cell) <= window.days[1]
        if hour := _HOUR.fullmatch(cell):
            year, month, day, clock = map(int, hour.groups())
            moment = datetime(year, month, day, clock, tzinfo=window.starts.tzinfo)
            return window.starts.replace(minute=0, second=0).timestamp() <= moment.timestamp() < window.ends.timestamp()
        moment = datetime.fromisoformat(cell.replace(" UTC", "+00:00"))
    except ValueError:
        return False
    moment = moment if moment.tzinfo else moment.replace(tzinfo=window.starts.tzinfo)
    return window.starts.timestamp() <= moment.timestamp() < window.ends.timestamp()


def entries(visits: Visits, source: str, collected: date, hours: int) -> str:
    """Return the figures as entries of `metrics.yml`."""
    window = f"window_hours: {hours}" if hours % 168 else f"window_days: {hours // 24}"
    lines = []
    for name, value in visits.figures.items():
        lines += [f"- metric: {name}", f"  value: {value}", f"  {window}", f"  source: {source}"]
        lines += [f"  tool: {visits.tool}", f"  collected: {collected.isoformat()}"]
    return "\n".join(lines) + "\n"
