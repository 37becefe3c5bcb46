"""Quotes that a command adds, and answers that it writes down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import authors, memory, quoting
from casebuilder.editorial.curation.quoting import QuotingError
from casebuilder.model import ConsentState, State
from casebuilder.pipeline import private
from casebuilder.pipeline.edits import write_edits
from casebuilder.published import state

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.editorial.curation.forms import Agreement
    from casebuilder.editorial.curation.quoting import NewQuote, Quoted
    from casebuilder.pipeline.reading import Reading

_GIVEN = frozenset((ConsentState.GRANTED, ConsentState.LICENSED, ConsentState.NOT_NEEDED))


def add(reading: Reading, slug: str, new: NewQuote) -> tuple[tuple[Path, ...], Quoted]:
    """Add a quote to a case. Returns the files that were written, and what came of it.

    Raises:
        QuotingError: it cannot be added; nothing was written.
        casebuilder.editorial.curation.excerpts.ExcerptError: its words are not in the contribution.
        casebuilder.pipeline.private.PrivateError: what a desk remembers cannot be read.
        OSError: the file cannot be written.
    """
    case = next(each for each in reading.series.cases if each.slug == slug)
    kept = memory.read(private.curation(reading.root, slug)).curation
    taken = [quote.id for quote in kept.quotes] if kept else []
    made = quoting.added(reading.series, case, reading.tree.texts, new, taken)
    return write_edits(reading, made.edits), made


def answer(
    reading: Reading, slug: str, who: str, given: Agreement, *, keep_uses: bool
) -> tuple[tuple[Path, ...], Quoted]:
    """Write down what the author of a quote, or somebody about all their quotes, answered.

    For a person, only quotes that wait for an answer change; a refusal is of all that are not allowed yet.

    Raises:
        QuotingError: there is no such quote or person, or the answer takes back what is published.
        casebuilder.pipeline.private.PrivateError: the list of people cannot be read.
        OSError: the file cannot be written.
    """
    case = next(each for each in reading.series.cases if each.slug == slug)
    try:
        found = authors.quotes_of(case, who, private.everybody(reading.root))
    except LookupError as error:
        raise QuotingError(str(error.args[0]), "WHO") from None
    if gone := [quote.id for quote in found if quote.consent.state is ConsentState.WITHDRAWN and quote.id == who]:
        raise QuotingError(f"{gone[0]} was withdrawn, and has no words any more", "WHO")
    one = found[0].id == who
    chosen = [quote for quote in found if one or quote.consent.state is ConsentState.PENDING]
    released = state(case, reading.as_of, reading.series.zone) is State.COMPLETE
    if given.state not in _GIVEN and released and any(quote.consent.state in _GIVEN for quote in chosen):
        message = f"{chosen[0].id} is published: take it back with casebuilder withdraw {slug} --quote {chosen[0].id}"
        raise QuotingError(message, "STATE")
    answers = {each.id: replace(given, uses=each.consent.uses if keep_uses else given.uses) for each in chosen}
    made = quoting.answered(reading.series, case, reading.tree.texts, answers)
    return write_edits(reading, made.edits), made
