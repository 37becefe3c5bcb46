"""Page views and visitors of a case from what programs that count visits export as CSV.

A row of the table of kinds for each program; which one it is shows by the names of the columns. An export with a day or
a time in each row is counted over the window after the opening; any other covers the days for which it was made.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: How far from its top a table may begin.
_TOP = 30
_MOST_ROWS = 1_000_000


class ExportError(ValueError):
    """A file from which no figure can be read."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a program exports.

    Attributes:
        tool: its name.
        path, day: the columns of the page and of the time; no time for a sum over days.
        sums: the columns of numbers, by figure; of several names the first that is there. Views are added up over rows;
            visitors are not, since the same person can be in several rows.
        row_is_view: each row is one page view, with a session and a place.
    """

    tool: str
    path: tuple[str, ...]
    sums: Mapping[str, tuple[str, ...]]
    day: str = ""
    row_is_view: bool = False


_KINDS = (
    _Kind("GoatCounter", ("2path", "path"), {}, day="date", row_is_view=True),
    _Kind("Plausible", ("page",), {"page-views": ("pageviews",), "visitors": ("visitors",)}, day="date"),
    _Kind("Plausible", ("name",), {"page-views": ("pageviews",), "visitors": ("visitors",)}),
    _Kind(
        "Matomo",
        ("label", "page url", "url"),
        {
            "page-views": ("nb_hits", "pageviews"),
            "visitors": ("nb_uniq_visitors", "unique visitors"),
        },
    ),
    _Kind(
        "Google Analytics 4",
        ("page path and screen class", "page path", "page path + query string", "page location"),
        {"page-views": ("views", "screen_page_views"), "visitors": ("active users", "total users", "users")},
    ),
)
#: Columns that an export of this program must have: others call a column "path" or "name", too.
_NEEDED = {"GoatCounter": {"session", "firstvisit", "bot"}}


@dataclass(frozen=True, slots=True)
class Visits:
    """What an export says of one case: the figures, the program, and whether it was counted over the window.

    `note` says why the visitors are not among the figures; it is empty if they are.
    """

    figures: Mapping[str, int]
    tool: str
    is_windowed: bool
    note: str = ""


def decoded(content: bytes) -> str:
    """Return an export's text: UTF-8, or UTF-16 as Matomo writes it.

    Raises:
        ExportError: it is neither.
    """
    try:
        return content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        message = "it is neither UTF-8 nor UTF-16"
        raise ExportError(message) from None


def read(text: str, slug: str, opens: datetime, hours: int) -> Visits:
    """Return the figures of a case.

    Args:
        text: the export.
        slug: of the case: a row belongs to it if its path has a part of this name.
        opens: when the case opened.
        hours: how long after it the window ends; for exports whose rows have a time.

    Raises:
        ExportError: the table is of no kind that is known, or has nothing of the case.
    """
    rows = _rows(text)
    for number, row in enumerate(rows[:_TOP]):
        head = [cell.strip().lower() for cell in row]
        for kind in _KINDS:
            if found := _columns(kind, head):
                own = [line for line in rows[number + 1 :] if _is_of(_cell(line, found["path"]), slug)]
                return _counted(kind, found, own, slug, opens, opens + timedelta(hours=hours))
    message = (
        "no line has the columns of a table of pages by Matomo (label, nb_hits), Plausible (page, pageviews), "
        "GoatCounter (2Path, Session) or Google Analytics 4 (Page path and screen class, Views)"
    )
    raise ExportError(message)


def _rows(text: str) -> list[list[str]]:
    lines = text.split("\n", _TOP)
    first = max(lines[:_TOP], key=lambda line: max(line.count(mark) for mark in ",;\t"), default="")
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row and not row[0].startswith("#")]
    except csv.Error as error:
        message = f"it is not a table: {error}"
        raise ExportError(message) from None
    if len(rows) > _MOST_ROWS:
        message = "it has more than a million rows: export fewer days"
        raise ExportError(message)
    return rows


def _columns(kind: _Kind, head: Sequence[str]) -> dict[str, int] | None:
    """Return where a program's columns are in a line; None if it is not its head."""
    path = next((name for name in kind.path if name in head), None)
    if path is None or not _NEEDED.get(kind.tool, set()) <= {*head} or (kind.day and kind.day not in head):
        return None
    found = {"path": head.index(path)}
    for figure, names in kind.sums.items():
        if column := next((name for name in names if name in head), None):
            found[figure] = head.index(column)
    if kind.sums and "page-views" not in found:
        return None
    extra = (kind.day, "session", "bot", "location", "event") if kind.row_is_view else (kind.day,)
    return found | {name: head.index(name) for name in extra if name and name in head}


def _cell(line: Sequence[str], column: int | None) -> str:
    return line[column].strip() if column is not None and column < len(line) else ""


def _is_of(path: str, slug: str) -> bool:
    return slug in re.split(r"[/?#]", path.removesuffix(".html"))


def _counted(  # noqa: PLR0913, PLR0917 - what a table and a window are
    kind: _Kind, columns: Mapping[str, int], rows: Sequence[Sequence[str]], slug: str, opens: datetime, end: datetime
) -> Visits:
    if kind.day:
        rows = [line for line in rows if _within(_cell(line, columns.get(kind.day)), opens, end)]
    if kind.row_is_view:
        rows = [line for line in rows if _cell(line, columns.get("bot")) in {"", "0"} and _is_view(line, columns)]
    if not rows:
        when = " in these days" if kind.day else ""
        message = f"it has no row of {slug}{when}: export the table of all pages"
        raise ExportError(message)
    if not kind.row_is_view:
        figures = {name: _sum(rows, columns[name]) for name in kind.sums if name in columns}
        note = _not_additive(figures, len(rows), by_day=bool(kind.day))
        additive = {name: value for name, value in figures.items() if name != "visitors" or not note}
        return Visits(additive, kind.tool, bool(kind.day), note)
    sessions = {_cell(line, columns.get("session")) for line in rows}
    places = {_cell(line, columns.get("location"))[:2] for line in rows} - {""}
    figures = {"page-views": len(rows), "visitors": len(sessions)} | ({"countries": len(places)} if places else {})
    return Visits(figures, kind.tool, is_windowed=True)


def _not_additive(figures: Mapping[str, int], rows: int, *, by_day: bool) -> str:
    """Return why an export gives no number of visitors; "" if it does."""
    if "visitors" not in figures:
        return (
            "visitors were left out: the export has no column of unique visitors for the whole time (a sum of daily "
            "visitors counts people more than once)"
        )
    if rows == 1:
        return ""
    what = "a row for each day" if by_day else f"{rows} rows"
    return (
        f"visitors were left out: the export has {what} of the case, and who is in several would be counted more than "
        "once. Export the case’s page alone for these days, as one total, or type the number into metrics.yml"
    )


def _is_view(line: Sequence[str], columns: Mapping[str, int]) -> bool:
    return _cell(line, columns.get("event")).lower() in {"", "0", "false"}


def _within(written: str, opens: datetime, end: datetime) -> bool:
    """Return whether a row's day or time lies in the window.

    A day does if it begins before the end and is not over before.
    """
    try:
        if len(written) <= len("2026-03-27"):
            day = date.fromisoformat(written)
            return opens.date() <= day and datetime.combine(day, datetime.min.time(), opens.tzinfo) < end
        moment = datetime.fromisoformat(written.replace(" UTC", "+00:00"))
    except ValueError:
        return False
    moment = moment if moment.tzinfo else moment.replace(tzinfo=opens.tzinfo)
    return opens.timestamp() <= moment.timestamp() < end.timestamp()


def _sum(rows: Sequence[Sequence[str]], column: int) -> int:
    return sum(int(digits) for line in rows if (digits := re.sub(r"[^0-9]", "", _cell(line, column).partition(".")[0])))


def entries(visits: Visits, source: str, collected: date, hours: int) -> str:
    """Return the figures as entries of `metrics.yml`."""
    window = f"window_hours: {hours}" if hours % 24 else f"window_days: {hours // 24}"
    lines = []
    for name, value in visits.figures.items():
        lines += [f"- metric: {name}", f"  value: {value}", f"  {window}", f"  source: {source}"]
        lines += [f"  tool: {visits.tool}", f"  collected: {collected.isoformat()}"]
    return "\n".join(lines) + "\n"
