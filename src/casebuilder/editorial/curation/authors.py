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
    printed_name = same_name(quote.by.name)
    if not printed_name:
        return f"quote {quote.id}"
    quotes_of_name = (other for other in case.quotes if same_name(other.by.name) == printed_name)
    return next(
        (keys[other.source.contribution] for other in quotes_of_name if other.source.contribution in keys), printed_name
    )


def quotes_of(case: Case, argument: str, people: Sequence[Person] | None) -> tuple[Quote, ...]:
    """Return the quotes that somebody means: the one with this id, else all by the person of this name.

    A person is called by the name below a quote, by what the record calls them, by their key, or, where the list of
    people is, by their handle or name.

    Raises:
        LookupError: nobody and nothing is called so, or several people are.
    """
    if quotes_of_id := tuple(quote for quote in case.quotes if quote.id == argument):
        return quotes_of_id
    name = same_name(argument)
    names_by_author: dict[str, set[str]] = {}
    for quote in case.quotes:
        author_id = author(case, quote)
        names_by_author.setdefault(author_id, {author_id}).add(same_name(quote.by.name))
    for contribution in case.contributions:
        names_by_author.setdefault(contribution.author_key, {contribution.author_key}).add(
            same_name(contribution.author)
        )
    authors = {
        author_id for author_id, names in names_by_author.items() if argument in names or (name and name in names)
    }
    authors |= {person.author_key for person in people or () if person.answers_to(argument)}
    quotes = tuple(quote for quote in case.quotes if author(case, quote) in authors)
    if not quotes:
        names = [*(quote.id for quote in case.quotes), *(contribution.author for contribution in case.contributions)]
        suggestion = did_you_mean(argument, [*names, *(quote.by.name for quote in case.quotes if quote.by.name)])
        reason = "nobody of this name is quoted" if authors else "there is no quote and no person of this name"
        raise LookupError(f'"{argument}": {reason}; {suggestion}'.rstrip("; "))
    if len({author(case, quote) for quote in quotes}) > 1:
        raise LookupError(f'"{argument}" can be several people: name the quotes ({", ".join(q.id for q in quotes)})')
    return quotes
