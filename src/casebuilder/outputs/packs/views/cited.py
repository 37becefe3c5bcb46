"""The references that an edition lists, with the numbers under which its texts cite them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.editions import NAMED
from casebuilder.markdown import prose
from casebuilder.published import references

if TYPE_CHECKING:
    from casebuilder.model import Case, Reference


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference with the number under which the text cites it."""

    number: int
    id: str
    words: str
    address: str


def cited(number: int, reference: Reference) -> Cited:
    """A reference as the list has it."""
    return Cited(number, reference.id, references.vancouver(reference), references.address(reference))


def numbers(case: Case, edition: str) -> dict[str, int]:
    """The number of each reference that an edition lists: on handout and slides only what their own texts cite.

    Nothing sealed may be cited there.
    """
    every = prose.reference_numbers(case)
    notes = NAMED[edition].cites
    if notes is None:
        return every
    texts = [
        *(part.body for part in case.story),
        *(question.body for question in case.questions),
        *(note.body for note in case.notes if note.id in notes),
    ]
    named = {found.id for text in texts for found in markdown.facts(text).citations}
    return {name: number for name, number in every.items() if name in named}
