"""Quotes that a command adds, and answers that it writes down; a desk that is open at the same time loses nothing."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from casebuilder import folderexchange
from casebuilder.casefiles import quotes_path
from casebuilder.editorial.curation import authors, consentanswers, deskmemory, mergelines, quoting
from casebuilder.editorial.curation.quoteedits import QuotingError
from casebuilder.files import as_before, write_whole
from casebuilder.model import ConsentState, State
from casebuilder.pipeline import deskcase, privatefolder
from casebuilder.published import state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from casebuilder.editorial.curation.deskschema import Agreement
    from casebuilder.editorial.curation.quoteedits import Quoted
    from casebuilder.editorial.curation.quoting import NewQuote
    from casebuilder.editorial.discussion.participantslist import Person
    from casebuilder.pipeline.deskcase import DeskCase
    from casebuilder.pipeline.reading import Reading


def add(reading: Reading, slug: str, new: NewQuote) -> tuple[tuple[Path, ...], Quoted]:
    """Add a quote to a case. Returns the files that were written, and the result.

    Raises:
        QuotingError: it cannot be added; nothing was written.
        casebuilder.editorial.curation.excerpts.ExcerptError: its words are not in the contribution.
        casebuilder.pipeline.privatefolder.PrivateError: what a desk remembers cannot be read.
        OSError: the file cannot be written.
    """

    def with_quote(found: DeskCase) -> Quoted:
        memory_of_desk = deskmemory.read(privatefolder.curation(reading.root, slug)).curation
        used_ids = [quote.id for quote in memory_of_desk.quotes] if memory_of_desk else ()
        return quoting.added(found.series, found.case, found.texts, new, used_ids)

    return _write_quotes(reading.root, slug, with_quote)


def answer(
    reading: Reading, slug: str, who: str, agreement: Agreement, *, keep_uses: bool
) -> tuple[tuple[Path, ...], Quoted]:
    """Write down what the author of a quote, or somebody about all their quotes, answered.

    For a person, only quotes that wait for an answer change.

    Args:
        reading: the series.
        slug: the case.
        who: the id of a quote, or a name of a person.
        agreement: the answer.
        keep_uses: whether what the permission is for stays as it was.

    Raises:
        QuotingError: there is no such quote or person, or the answer takes back what is published.
        casebuilder.pipeline.privatefolder.PrivateError: the list of people cannot be read.
        OSError: the file cannot be written.
    """
    people = privatefolder.everybody(reading.root)

    def with_answers(found_case: DeskCase) -> Quoted:
        try:
            quotes = authors.quotes_of(found_case.case, who, people)
        except LookupError as error:
            raise QuotingError(str(error.args[0]), "WHO") from None
        is_quote = quotes[0].id == who
        if is_quote and quotes[0].consent.state is ConsentState.WITHDRAWN:
            raise QuotingError(f"{who} was withdrawn, and has no words any more", "WHO")
        asked_quotes = [quote for quote in quotes if is_quote or quote.consent.state is ConsentState.PENDING]
        released = state(found_case.case, reading.as_of, reading.series.zone) is State.COMPLETE
        if (
            not agreement.state.allows_printing
            and released
            and any(quote.consent.state.allows_printing for quote in asked_quotes)
        ):
            command = f"casebuilder withdraw {slug} --quote {asked_quotes[0].id}"
            raise QuotingError(f"{asked_quotes[0].id} is published: take it back with {command}", "STATE")
        answers = {
            each.id: replace(agreement, uses=each.consent.uses if keep_uses else agreement.uses)
            for each in asked_quotes
        }
        return consentanswers.answered(
            found_case.series, found_case.case, found_case.texts, answers, _addresses_of_posts(people or (), slug)
        )

    return _write_quotes(reading.root, slug, with_answers)


def prepare(root: Path, slug: str) -> tuple[Path, ...]:
    """Write a line for each contribution of a record into quotes.yml, so that two curators' quotes merge by Git.

    Returns:
        the file, if it changed.

    Raises:
        casebuilder.pipeline.deskcase.DeskError: the case is not there any more.
        OSError: the file cannot be written.
    """
    found = deskcase.read(root, slug)
    path = quotes_path(slug)
    old_text = found.texts.get(path, "")
    text = mergelines.with_anchors(old_text, [contribution.id for contribution in found.case.contributions])
    if text == old_text:
        return ()
    place = found.place(path)
    write_whole(place, as_before(place, text))
    return (place,)


def _addresses_of_posts(people: Iterable[Person], slug: str) -> dict[str, str]:
    """Return where the posts of a case are, by the ids of the contributions, as far as the editors' list says so."""
    posts = (item for person in people for item in person.posts.items())
    return {name.removeprefix(f"{slug} "): url for name, url in posts if name.startswith(f"{slug} ")}


def _write_quotes(root: Path, slug: str, make: Callable[[DeskCase], Quoted]) -> tuple[tuple[Path, ...], Quoted]:
    """Read a case, work out the new text of its quotes, and write it if the file is still what was read.

    Raises:
        QuotingError: the file has errors, or was edited at this very moment.
    """
    with _wait_for_turn(root, slug):
        try:
            found = deskcase.read(root, slug)
        except deskcase.DeskError as error:
            raise QuotingError(str(error)) from None
        if found.problems:
            first = found.problems[0]
            raise QuotingError(f"{first.path}:{first.line}: {first.message}: correct this first; nothing was written")
        result = make(found)
        places = []
        for path, text in result.edits.items():
            place = found.place(path)
            content = deskcase.encoded(place, text)
            if content is None or not deskcase.is_still(place, found.texts.get(path)):
                raise QuotingError(f"{path} was edited at this moment: try again; nothing was written")
            write_whole(place, content)
            places.append(place)
    return tuple(places), result


def _wait_for_turn(root: Path, slug: str) -> AbstractContextManager[None]:
    """Wait for a desk that is saving; where no desk was ever opened there is nothing to wait for."""
    if not (root / privatefolder.CURATIONS).is_dir():
        return nullcontext()
    return folderexchange.turn(privatefolder.curation_place(root, slug).with_suffix(".lock"))
