"""Who said a quote, and whom somebody means by a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.text import did_you_mean, same_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.editorial.discussion import Person
    from casebuilder.model import Quote
    from casebuilder.model.case import Case


def author(case: Case, quote: Quote) -> str:
    """Return who said a quote: the key in the record, else the name printed below it, else the quote's own id."""
    keys = {contribution.id: contribution.author_key for contribution in case.contributions}
    if key := keys.get(quote.source.contribution):
        return key
    plain = same_name(quote.by.name)
    if not plain:
        return f"quote {quote.id}"
    same = (other for other in case.quotes if same_name(other.by.name) == plain)
    return next((keys[other.source.contribution] for other in same if other.source.contribution in keys), plain)


def quotes_of(case: Case, words: str, people: Sequence[Person] | None) -> tuple[Quote, ...]:
    """Return the quotes that somebody means: the one with this id, else all by the person of this name.

    A person is called by the name below a quote, by what the record calls them, by their key, or, where the list of
    people is, by their handle or name.

    Raises:
        LookupError: nobody and nothing is called so, or several people are.
    """
    if own := tuple(quote for quote in case.quotes if quote.id == words):
        return own
    plain = same_name(words)
    called: dict[str, set[str]] = {}
    for quote in case.quotes:
        who = author(case, quote)
        called.setdefault(who, {who}).add(same_name(quote.by.name))
    for contribution in case.contributions:
        called.setdefault(contribution.author_key, {contribution.author_key}).add(same_name(contribution.author))
    authors = {who for who, names in called.items() if words in names or (plain and plain in names)}
    authors |= {person.author_key for person in people or () if person.answers_to(words)}
    quotes = tuple(quote for quote in case.quotes if author(case, quote) in authors)
    if not quotes:
        names = [*(quote.id for quote in case.quotes), *(contribution.author for contribution in case.contributions)]
        near = did_you_mean(words, [*names, *(quote.by.name for quote in case.quotes if quote.by.name)])
        known = "nobody of this name is quoted" if authors else "there is no quote and no person of this name"
        raise LookupError(f'"{words}": {known}; {near}'.rstrip("; "))
    if len({author(case, quote) for quote in quotes}) > 1:
        raise LookupError(f'"{words}" can be several people: name the quotes ({", ".join(q.id for q in quotes)})')
    return quotes
