"""The record of a discussion from a table, as spreadsheets, survey forms and platforms export it: CSV or .xlsx.

Nothing by which an author could be reached is kept: the address that a table may have goes into the key and no
further. What was taken back does not come back with the next table.

A file becomes text (`encoding`) and cells (`separated`, `workbook`); columns become fields (`columns`); dates
(`dates`, `moments`), countries (`places`) and questions become what the record has (`rows`); and what is new joins
it (`record`).
"""

from casebuilder.editorial.discussion.columns import COLUMNS
from casebuilder.editorial.discussion.record import Gathered, gather
from casebuilder.editorial.discussion.table import Table, TranscriptError

__all__ = ["COLUMNS", "Gathered", "Table", "TranscriptError", "gather"]
