"""Two published tables, from the figures of a series or from numbers by case in a CSV file.

`medic`: median (IQR) over cases of the first seven days, as Chan et al. report it (Acad Med 2015;90:785-789).
`urojc`: each month of a journal club and all of them, as Thangasamy et al. do (Eur Urol 2014;66:112-117).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editorial.statistics.figureformats import safe
from casebuilder.published.statistics import MONTHLY, first_week, known_together, month, summaries, summed, week_is_over

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from casebuilder.editorial.statistics.gathering import CaseFigures
    from casebuilder.model import Spread
    from casebuilder.model.counting import Together

#: What the papers call each figure.
_NAMES: Mapping[str, str] = {
    "page-views": "page views",
    "visitors": "unique visitors",
    "cities": "cities",
    "countries": "countries",
    "comments": "comments",
    "posts": "posts",
    "participants": "participants",
    "new-participants": "new participants",
    "continents": "continents",
}
#: Other names of columns that people give the same figures.
_ALSO: Mapping[str, str] = {
    "pageviews": "page-views", "views": "page-views", "unique-visitors": "visitors", "tweets": "posts",
    "users": "participants", "all-participants": "participants", "new": "new-participants",
    "new-users": "new-participants", "total-users": "participants",
}  # fmt: skip
_ALL = frozenset(("all", "in all", "total", "overall"))
_QUARTILES = (
    "Quartiles were found by linear interpolation between the two nearest values (type 7 of Hyndman and Fan, as in R "
    "and in QUARTILE.INC of spreadsheets)."
)


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of one case, or of all in the last row of a monthly table; what is not known is not in it."""

    label: str
    values: Mapping[str, float]
    is_sum: bool = False
    is_counted: bool = False


class TableError(ValueError):
    """A CSV file that no table can be made of."""


def read_rows(text: str) -> tuple[Row, ...]:
    """Return numbers by case.

    The file has a label in the first column, then a column for each figure; a last row "In all" may follow.

    Raises:
        TableError: there is no row, or a cell is not a number.
    """
    lines = [line for line in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if any(map(str.strip, line))]
    if len(lines) <= 1 or len(lines[0]) <= 1:
        message = "it has no numbers: write the figures' names in the first line, and a case in each line below"
        raise TableError(message)
    names = [_figure_name(cell) for cell in lines[0]]
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = {name: cell.strip() for name, cell in zip(names[1:], line[1:], strict=False) if cell.strip()}
        values = {name: _read_number(cell, number) for name, cell in cells.items()}
        rows.append(Row(line[0].strip(), values, is_sum=line[0].strip().lower() in _ALL))
    return tuple(rows)


def _figure_name(cell: str) -> str:
    name = "-".join(re.findall(r"[a-z0-9]+", cell.lower()))
    return _ALSO.get(name, name)


def _read_number(cell: str, line: int) -> float:
    if not re.fullmatch(r"\d{1,12}(\.\d{1,6})?|\d{1,3}(,\d{3}){1,3}", cell):
        message = f'line {line}: "{cell[:40]}" is not a number'
        raise TableError(message)
    return float(cell.replace(",", ""))


def rows_of(cases: Sequence[CaseFigures], together: Together, table: str, as_of: datetime) -> tuple[Row, ...]:
    """Return the rows of a table from the figures of a series, the first case first; a week only if it is over.

    `together` is what was counted over the journal clubs among the cases.
    """
    if table == "medic":
        finished = (case for case in cases if week_is_over(case.opens, as_of))
        return tuple(Row(case.slug, first_week(case)) for case in finished)
    clubs = [case for case in cases if case.is_paper]
    months = tuple(Row(f"{case.opens:%B %Y}", month(case), is_counted=case.figures is not None) for case in clubs)
    if not all(case.is_counted for case in clubs):
        return months
    return (*months, Row("In all", known_together(together), is_sum=True))


def medic(rows: Sequence[Row], form: str) -> str:
    """Return median (IQR) over cases, as a sentence, as a table, and with the method; or as CSV."""
    summaries_found = summaries(row.values for row in rows if not row.is_sum)
    if not summaries_found:
        return "no case has figures of its first 7 days"
    cells = [
        (
            _NAMES[summary.name],
            _round_half_up(summary.spread.median, form),
            _format_range(summary.spread, form),
            str(summary.cases),
        )
        for summary in summaries_found
    ]
    if form == "csv":
        return _write_csv((("figure", "median", "IQR", "cases"), *cells))
    sentence = "; ".join(f"{median} ({quartiles}) {name}" for name, median, quartiles, _ in cells)
    number = sum(not row.is_sum for row in rows)
    method = (
        f"Figures are the median (interquartile range) over {number} case{'s' * (number != 1)} of the first 7 days "
        f"after publication. {_QUARTILES}"
    )
    table = _write_table(
        (("Figure", "Median (IQR)", "Cases"), *((a.capitalize(), f"{b} ({c})", d) for a, b, c, d in cells))
    )
    return f"{sentence}\n\n{table}\n\n{method}"


def urojc(rows: Sequence[Row], form: str) -> str:
    """Return a row a month and one of all, as a table with the method; or as CSV."""
    months = [row for row in rows if not row.is_sum]
    if not any(name in row.values for row in months for name in MONTHLY):
        return "no journal club has figures"
    given_totals = next((dict(row.values) for row in rows if row.is_sum), {})
    row_of_all = Row(
        "In all",
        summed([row.values for row in months], is_typed=not any(row.is_counted for row in months)) | given_totals,
    )
    head = ("Month", *(_NAMES[name].capitalize() for name in MONTHLY))
    lines = [
        (
            safe(row.label) if form == "csv" else row.label,
            *(_format_cell(row.values.get(name), form) for name in MONTHLY),
        )
        for row in (*months, row_of_all)
    ]
    if form == "csv":
        return _write_csv((head, *lines))
    method = (
        "New participants are those who took part in no earlier round of the series, whether a case or a journal club; "
        "in all, everybody is counted once. Countries "
        "and continents are those that participants gave (continents after the UN's M49, with North and South America "
        "apart). A dash stands for what is not known, or hidden because it is small."
    )
    return f"{_write_table((head, *lines))}\n\n{method}"


def _format_cell(value: float | None, form: str) -> str:
    return "–" if value is None else _round_half_up(value, form)


def _round_half_up(value: float, form: str) -> str:
    """Return a number as the papers print it: without decimals, halves upwards; plain digits for a spreadsheet."""
    rounded = int(value + 0.5)
    return str(rounded) if form == "csv" else f"{rounded:,}"


def _format_range(quartiles: Spread, form: str) -> str:
    return f"{_round_half_up(quartiles.lower, form)}–{_round_half_up(quartiles.upper, form)}"


def _write_csv(lines: Sequence[Sequence[str]]) -> str:
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows(lines)
    return output.getvalue().rstrip("\n")


def _write_table(lines: Sequence[Sequence[str]]) -> str:
    """Return a table that GitHub, Word and LibreOffice take: Markdown, its columns in line."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]

    def line_of(cells: Sequence[str]) -> str:
        first, *further_cells = zip(cells, widths, strict=True)
        return f"| {' | '.join((first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in further_cells)))} |"

    rule = "|".join(("-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])))
    return "\n".join((line_of(lines[0]), f"|{rule}|", *map(line_of, lines[1:])))


TABLES: Mapping[str, Callable[[Sequence[Row], str], str]] = {"medic": medic, "urojc": urojc}
