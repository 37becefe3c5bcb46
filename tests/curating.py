"""What the tests of the curation desk share: a small case, its curation, and marks in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import casefiles, readers
from casebuilder.editorial.curation import casecuration, saving
from casebuilder.editorial.curation.deskschema import MarkedQuote, Passage
from casebuilder.pipeline import sourcetexts
from zoo_keeper import SOUND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.editorial.curation.deskschema import Curation
    from casebuilder.editorial.curation.saving import Saved
    from casebuilder.readers import Series

SLUG = "2026-03-late-handover"
QUOTES, COMMENTARY = casefiles.quotes_path(SLUG), casefiles.commentary_path(SLUG)
RECORD = casefiles.record_path(SLUG)
DESK = "0" * 32
TEXTS = sourcetexts.read_tree(SOUND).texts


def with_texts(**changed: str) -> dict[str, str]:
    """The sound series with other texts of the case: quotes, commentary, record."""
    places = {"quotes": QUOTES, "commentary": COMMENTARY, "record": RECORD}
    return {**TEXTS, **{places[name]: text for name, text in changed.items()}}


def read(texts: Mapping[str, str]) -> Series:
    """The series, whose case of the desk has nothing wrong that a desk writes."""
    series, problems = readers.read(texts)
    assert not [each for each in problems if SLUG in each.path], problems
    return series


def curation(texts: Mapping[str, str] = TEXTS) -> Curation:
    """The curation that a case's files hold."""
    case = read(texts).case(SLUG)
    assert case is not None
    return casecuration.curation_of(case, texts, DESK)


def save(curation: Curation, texts: Mapping[str, str] = TEXTS, keep: str = "") -> Saved:
    """The files that a curation writes."""
    return saving.saved(read(texts), texts, curation, keep)


def after(curation: Curation, texts: Mapping[str, str] = TEXTS) -> dict[str, str]:
    """The texts after a curation was written."""
    result = save(curation, texts)
    assert not result.reasons, result.reasons
    assert not result.conflicts
    return {path: text for path, text in {**texts, **result.edits}.items() if text is not None}


def quote(name: str, words: str, texts: Mapping[str, str] = TEXTS, **fields: object) -> MarkedQuote:
    """A new quote of some words of a contribution."""
    case = read(texts).case(SLUG)
    assert case is not None
    text = next(item.text for item in case.contributions if item.id == name)
    start = text.index(words)
    passage = Passage(start=start, end=start + len(words))
    quote_fields = {"id": f"q-{name}", "quoted": True, "text": words, **fields}
    return MarkedQuote(contribution=name, passages=(passage,), **quote_fields)  # type: ignore[arg-type]  # a test's
