"""The figures of discussions, for editors: as text, as data, as `figures.yml`, and in the tables of the papers."""

from __future__ import annotations

from casebuilder.editorial.statistics.analytics import ExportError
from casebuilder.editorial.statistics.figureformats import FORMATS
from casebuilder.editorial.statistics.figuresfile import written
from casebuilder.editorial.statistics.gathering import CaseFigures, gather
from casebuilder.editorial.statistics.journaltables import TABLES, Row, TableError, read_rows, rows_of
from casebuilder.editorial.statistics.visits import with_visits

__all__ = [
    "FORMATS",
    "TABLES",
    "CaseFigures",
    "ExportError",
    "Row",
    "TableError",
    "gather",
    "read_rows",
    "rows_of",
    "with_visits",
    "written",
]
