"""The curation desk: from the record of a discussion to themes and quotes, in a browser or in one file.

Nothing here decides, and nothing asks a network. `forms` says what travels between the page and Python; `deskcontent`
makes a desk of a case; `suggestions` help a curator to read.
"""

from casebuilder.editorial.curation.deskschema import Curation, Desk

__all__ = ["Curation", "Desk"]
