"""The references that an edition lists, with the numbers under which its texts cite them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.editions import NAMED

if TYPE_CHECKING:
    from casebuilder.published import NumberedReference, PublishedCase


def cited_references(case: PublishedCase, edition: str) -> tuple[NumberedReference, ...]:
    """Return the references that an edition lists, by number: on handout and slides only what their own texts cite.

    Nothing sealed may be cited there.
    """
    notes = NAMED[edition].cites
    if notes is None:
        return case.references
    texts = [
        *(part.body for part in case.story),
        *(question.body for question in case.questions),
        *(note.body for note in case.notes if note.id in notes),
    ]
    cited_ids = {citation.id for text in texts for citation in markdown.facts(text).citations}
    return tuple(numbered for numbered in case.references if numbered.reference.id in cited_ids)
