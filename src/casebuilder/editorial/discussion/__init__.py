"""The record of a discussion from what platforms, spreadsheets and survey forms export.

A source is recognised by its content and read by one of the `importers`, each a module and a row in their
table. The posts of all sources are merged (`mergedposts`), people get `pseudonyms` and `keys`,
and what is new joins the `record`. The editors' list of who is who is separate (`participantslist`).
What was withdrawn does not come back with any source.
"""

from casebuilder.editorial.discussion.importers import COLUMNS, IMPORTERS
from casebuilder.editorial.discussion.keys import Key, new_secret
from casebuilder.editorial.discussion.participantslist import PeopleError, Person
from casebuilder.editorial.discussion.post import ImportOptions, TranscriptError
from casebuilder.editorial.discussion.record import Gathered, gather
from casebuilder.editorial.discussion.source import LARGEST, Source

__all__ = [
    "COLUMNS",
    "IMPORTERS",
    "LARGEST",
    "Gathered",
    "ImportOptions",
    "Key",
    "PeopleError",
    "Person",
    "Source",
    "TranscriptError",
    "gather",
    "new_secret",
]
