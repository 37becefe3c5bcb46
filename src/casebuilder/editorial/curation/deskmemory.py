"""What a desk remembers beside the case's files: marks, memos, what was read, colours, and the steps to undo.

It lies in the editors' private folder, which Git ignores. Words of the record are not in it: a mark knows its passages
by their offsets.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from casebuilder.editorial.curation.deskschema import Curation, Form, MarkedQuote, Marks
from casebuilder.editorial.curation.passages import joined
from casebuilder.fingerprints import holds
from casebuilder.model import Consent, ConsentState, Mode, Quote, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Memory(Form):
    """The last curation that was saved."""

    curation: Curation | None = None


@cache
def _memories() -> TypeAdapter[Memory]:
    return TypeAdapter(Memory)


def read(text: str | None) -> Memory:
    """Return what a desk remembered; an empty memory without such a file, or if another version wrote it."""
    try:
        return _memories().validate_json(text) if text else Memory()
    except ValidationError:
        return Memory()


def dump(memory: Memory) -> str:
    """Return the text of the file, without the words of quotes: quotes.yml has them, and marks know their passages."""
    if memory.curation is not None:
        quotes = tuple(_without_words(quote) for quote in memory.curation.quotes)
        memory = replace(memory, curation=replace(memory.curation, quotes=quotes))
    return json.dumps(_memories().dump_python(memory, mode="json"), ensure_ascii=False, indent=1) + "\n"


def without(memory: Memory, readable_ids: Collection[str], prints: Collection[str]) -> Memory:
    """Return a memory without what was withdrawn.

    These are marks of contributions that may not be shown, and texts with their words.

    Args:
        memory: what was remembered.
        readable_ids: the ids of the contributions that may be shown.
        prints: fingerprints of what was withdrawn.
    """
    curation = memory.curation
    if curation is None:
        return memory

    def clean(text: str) -> str:
        return "" if any(holds(text, each) for each in prints) else text

    quotes = tuple(
        replace(quote, text=clean(quote.text), memo=clean(quote.memo))
        for quote in curation.quotes
        if quote.contribution in readable_ids
    )
    themes = tuple(replace(theme, summary=clean(theme.summary)) for theme in curation.themes)
    marks = {
        name: replace(each, memo=clean(each.memo))
        for name, each in curation.contributions.items()
        if name in readable_ids
    }
    introduction = clean(curation.introduction)
    return Memory(replace(curation, quotes=quotes, themes=themes, contributions=marks, introduction=introduction))


def beside(curation: Curation, memory: Memory) -> Curation:
    """Return a curation from a file with what this desk remembers beside it: marks, memos, and what was read here."""
    old = memory.curation
    if old is None:
        return curation
    names = {quote.id for quote in curation.quotes}
    marks = (quote for quote in old.quotes if not quote.quoted and quote.id not in names)
    nothing = Marks()
    read = {
        name: Marks(
            read=curation.contributions.get(name, nothing).read or each.read,
            spam=curation.contributions.get(name, nothing).spam,
            memo=curation.contributions.get(name, nothing).memo or each.memo,
        )
        for name, each in old.contributions.items()
    }
    return replace(curation, quotes=(*curation.quotes, *marks), contributions={**curation.contributions, **read})


def refused(memory: Memory) -> tuple[Quote, ...]:
    """Return quotes that were dropped because their authors said no: these people are not asked again."""
    marks = memory.curation.quotes if memory.curation else ()
    return tuple(
        Quote.model_construct(
            id=mark.id,
            mode=mark.mode,
            consent=Consent(state=ConsentState.REFUSED, on=mark.consent.on, how=mark.consent.how),
            source=Source.model_construct(contribution=mark.contribution),
        )
        for mark in marks
        if not mark.quoted and mark.consent.state is ConsentState.REFUSED
    )


def _without_words(quote: MarkedQuote) -> MarkedQuote:
    unsaid = quote.quoted or quote.mode is not Mode.PARAPHRASE
    return replace(quote, text="") if unsaid else quote


def remembered(curation: Curation, memory: Memory, texts: Mapping[str, str], *, has_commentary: bool) -> Curation:
    """Return the curation in a case's files with what the desk remembered.

    Args:
        curation: what the files hold.
        memory: what was remembered.
        texts: the text of each contribution that may be shown; what was remembered of others is dropped.
        has_commentary: whether there is a commentary; without one, themes and words of it are only remembered.
    """
    old = memory.curation
    if old is None:
        return curation
    curation = replace(
        curation,
        revision=old.revision,
        quotes=(
            *_with_memos(curation.quotes, old.quotes, texts),
            *_marks_without_quote(curation.quotes, old.quotes, texts),
        ),
        contributions=_merge_marks(curation, old, texts),
    )
    if not has_commentary:
        return replace(
            curation,
            arranged=old.arranged,
            curators=old.curators,
            method=old.method,
            method_automatic=old.method_automatic,
            introduction=old.introduction,
            themes=old.themes,
        )
    old_themes = {theme.id: theme for theme in old.themes}
    themes = tuple(
        replace(theme, colour=old_themes[theme.id].colour, letter=old_themes[theme.id].letter)
        if theme.id in old_themes
        else theme
        for theme in curation.themes
    )
    is_automatic = old.method_automatic and old.method == curation.method
    return replace(curation, themes=themes, method_automatic=curation.method_automatic or is_automatic)


def _with_memos(
    quotes: Iterable[MarkedQuote], old: Iterable[MarkedQuote], texts: Mapping[str, str]
) -> Iterator[MarkedQuote]:
    """Yield quotes with their memos, and with their passages as they were marked, if they still give the same words."""
    old_by_id = {quote.id: quote for quote in old}
    for quote in quotes:
        old_quote = old_by_id.get(quote.id)
        if old_quote is None:
            yield quote
            continue
        are_same_words = (
            old_quote.passages and joined(old_quote.passages, texts.get(quote.contribution, "")) == quote.text
        )
        yield replace(quote, memo=old_quote.memo, passages=old_quote.passages if are_same_words else quote.passages)


def _marks_without_quote(
    quotes: Iterable[MarkedQuote], old: Iterable[MarkedQuote], texts: Mapping[str, str]
) -> Iterator[MarkedQuote]:
    """Yield the marks that are not quotes yet, with their words from the record."""
    quoted_ids = {quote.id for quote in quotes}
    for quote in old:
        if quote.quoted or quote.id in quoted_ids or quote.contribution not in texts:
            continue
        text = texts[quote.contribution]
        if quote.mode is Mode.PARAPHRASE:
            yield quote
        elif all(each.start < each.end <= len(text) for each in quote.passages):
            yield replace(quote, text=joined(quote.passages, text))


def _merge_marks(curation: Curation, old: Curation, texts: Mapping[str, str]) -> dict[str, Marks]:
    """Return what was noted of each contribution; whether it is spam stands in the record."""
    names = [name for name in {**curation.contributions, **old.contributions} if name in texts]
    no_marks = Marks()
    marks_by_id = {
        name: replace(old.contributions.get(name, no_marks), spam=curation.contributions.get(name, no_marks).spam)
        for name in names
    }
    return {name: marks for name, marks in marks_by_id.items() if marks != no_marks}
