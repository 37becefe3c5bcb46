"""The new text of quotes.yml for a curation that a command changed, read again before it is handed on.

`quotefile` writes the difference only: comments, order and everything else in the file stay.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder import readers
from casebuilder.casefiles import quotes_path
from casebuilder.editorial.curation import casecuration, newerrors, quotefile
from casebuilder.editorial.curation.saving import own_texts
from casebuilder.editorial.curation.yamledits import EditError, one_space
from casebuilder.model import Discussions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.editorial.curation.deskschema import Curation, MarkedQuote
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

#: A curation has the id of its desk; for a command there is none.
NO_DESK = "0" * 32


class QuotingError(Exception):
    """Nothing can be written; the message says why. `option` is the argument or option at fault, if it is one."""

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option


@dataclass(frozen=True, slots=True)
class Quoted:
    """The result of a change to quotes.yml.

    Attributes:
        edits: the new text of quotes.yml, by its path.
        quotes: the ids of the quotes that were added or changed.
        text: of the new quote.
        notes: what the curator should know.
    """

    edits: Mapping[str, str | None]
    quotes: tuple[str, ...]
    text: str = ""
    notes: tuple[str, ...] = ()


def edited_quotes(
    series: Series, case: Case, texts: Mapping[str, str], present: Curation, wanted_curation: Curation
) -> dict[str, str | None]:
    """Return the new text of quotes.yml, read again and compared.

    Raises:
        QuotingError: the file cannot be edited safely.
    """
    path = quotes_path(case.slug)
    private = series.settings.discussions is Discussions.PRIVATE
    texts = own_texts(texts, case.slug)
    try:
        writing = quotefile.Writing(case, present, wanted_curation, private=private)
        edits: dict[str, str | None] = {path: quotefile.edited(texts.get(path, ""), writing)}
        new_texts = {name: text for name, text in {**texts, **edits}.items() if text is not None}
        series, problems = readers.read(new_texts)
        newerrors.refuse(edits, readers.read(texts)[1], problems)
    except EditError as error:
        raise QuotingError(f"{path}: {error}; nothing was written") from None
    case_then = series.case(case.slug)
    curation_read = casecuration.curation_of(case_then, new_texts, present.desk) if case_then else None
    if curation_read is None or _comparable_quotes(curation_read) != _comparable_quotes(wanted_curation):
        raise QuotingError(f"{path} cannot be edited safely, because of the form in which it is written")
    return edits


def _comparable_quotes(curation: Curation) -> dict[str, MarkedQuote]:
    """Return the quotes of a curation, by id, without what no file keeps."""
    return {quote.id: replace(quote, text=one_space(quote.text), passages=(), extra=False) for quote in curation.quotes}
