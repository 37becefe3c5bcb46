"""What a file that somebody sent says of permissions, and what it deletes. Pure: a person decides what is taken over.

A refusal is never undone by a file. Permissions and names that only the file has are claims, which somebody who knows
agrees to; else they stay what they were. So are quotes and themes that its curator deleted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.editorial.curation.casecuration import digest, parts
from casebuilder.editorial.curation.deskschema import Agreement
from casebuilder.editorial.curation.yamledits import one_space
from casebuilder.model import Arranged, ConsentState, Mode

if TYPE_CHECKING:
    from casebuilder.editorial.curation.deskschema import Curation, MarkedQuote
    from casebuilder.model.case import Case

_NO = frozenset((ConsentState.REFUSED, ConsentState.WITHDRAWN))
_YES = frozenset((ConsentState.GRANTED, ConsentState.LICENSED))
#: How many words of a deleted quote are shown.
_FIRST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Claims:
    """A curation from a file, with and without what it claims.

    Attributes:
        agreed: the curation if somebody agrees to the claims.
        declined: the curation if nobody does.
        listed: the claims, a sentence each; what the file deletes is among them.
        refused: what is not taken over in any case, a sentence each.
    """

    agreed: Curation
    declined: Curation
    listed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def claims(curation: Curation, present: Curation, case: Case) -> Claims:
    """Compare the permissions of a file with those that the series has.

    Args:
        curation: from the file.
        present: what the series has now, with the marks that a desk remembers.
        case: with its record.
    """
    old = {quote.id: quote for quote in present.quotes}
    authors = {contribution.id: contribution.author_key for contribution in case.contributions}
    names = {contribution.id: contribution.author for contribution in case.contributions}
    unwilling = {authors.get(quote.contribution, "") for quote in present.quotes if quote.consent.state in _NO} - {""}
    agreed, declined, listed, refused = [], [], [], []
    for quote in curation.quotes:
        if _is_unchanged(quote, curation):  # the merge takes what the series has
            agreed.append(quote)
            declined.append(quote)
            continue
        own = old.get(quote.id)
        no = _refusal(quote, own, authors.get(quote.contribution, "") in unwilling)
        refused += [no] if no else []
        allowed = replace(quote, consent=_before(quote, own)) if no else quote
        listed_here, less = _less(allowed, own, names.get(quote.contribution, ""))
        listed += listed_here
        agreed.append(allowed)
        declined.append(less)
    gone, kept = _deleted(curation, present)
    whole = replace(
        curation,
        quotes=(*declined, *(quote for quote in present.quotes if quote.id in gone)),
        themes=(*curation.themes, *(theme for theme in present.themes if theme.id in kept)),
    )
    listed += [
        f'the quote "{quote.id}" was deleted: {_beginning(quote)}' for quote in present.quotes if quote.id in gone
    ]
    listed += [f'the theme "{theme.title}" was deleted' for theme in present.themes if theme.id in kept]
    return Claims(replace(curation, quotes=tuple(agreed)), whole, tuple(listed), tuple(refused))


def _deleted(curation: Curation, present: Curation) -> tuple[set[str], set[str]]:
    """Return the ids of quotes and of themes that the series has, and that were deleted in a file that began with them.

    By questions nobody deletes a theme: the questions are the case's.
    """
    quotes, themes = {quote.id for quote in curation.quotes if quote.quoted}, {theme.id for theme in curation.themes}
    gone = {
        quote.id
        for quote in present.quotes
        if quote.quoted and quote.id not in quotes and f"quote {quote.id}" in curation.base.parts
    }
    is_by_themes = curation.arranged is present.arranged is Arranged.THEMES
    lost = {
        theme.id for theme in present.themes if theme.id not in themes and f"theme {theme.id}" in curation.base.parts
    }
    return gone, lost if is_by_themes else set()


def _beginning(quote: MarkedQuote) -> str:
    words = one_space(quote.text).split(" ")
    return " ".join(words[:_FIRST_WORDS]) + " …" * (len(words) > _FIRST_WORDS)


def _is_unchanged(quote: MarkedQuote, curation: Curation) -> bool:
    """Return whether a quote of a file is as it was when the file was made."""
    name = f"quote {quote.id}"
    part = parts(replace(curation, quotes=(quote,))).get(name)
    return part is not None and curation.base.parts.get(name) == digest(json.dumps(part, sort_keys=True))


def _refusal(quote: MarkedQuote, own: MarkedQuote | None, unwilling: bool) -> str:  # noqa: FBT001 - a fact of the author
    """Return why the consent of a quote is not taken over in any case; empty if it may be."""
    state, verbatim = quote.consent.state, quote.mode is not Mode.PARAPHRASE
    if own and own.consent.state in _NO and quote.consent != own.consent:
        return f'the author of "{quote.id}" said no: the file says "{state.value}", which is not taken over'
    if own and own.consent == quote.consent and own.mode is quote.mode:
        return ""
    if unwilling and verbatim and state in {*_YES, ConsentState.NOT_NEEDED}:
        return f'the author of "{quote.id}" said no to another quote: "{state.value}" is not taken over'
    if verbatim and state is ConsentState.NOT_NEEDED:
        return f'"{quote.id}" has its author’s own words, which need their consent: "not-needed" is not taken over'
    return ""


def _before(quote: MarkedQuote, own: MarkedQuote | None) -> Agreement:
    """Return the consent that the series has for a quote; a paraphrase that becomes its author's words has none yet."""
    if own is None or (own.consent.state not in _NO and own.mode is Mode.PARAPHRASE and quote.mode is not own.mode):
        return Agreement()
    return own.consent


def _less(quote: MarkedQuote, own: MarkedQuote | None, recorded: str) -> tuple[list[str], MarkedQuote]:
    """Return what a file's quote claims, in sentences, and the quote without these claims."""
    listed = []
    less = quote
    before = _before(quote, own)
    if quote.consent.state in _YES and (quote.consent.state, quote.consent.uses) != (before.state, before.uses):
        how = f" ({quote.consent.how})" if quote.consent.how else ""
        listed.append(f'consent to "{quote.id}": {quote.consent.state.value}{how}; here it is {before.state.value}')
        less = replace(less, consent=before)
    name = one_space(quote.by.name) if quote.mode is not Mode.ANONYMOUS else ""
    was = own.by.name if own and own.mode is not Mode.ANONYMOUS else ""
    if name and name != was and (name != recorded or quote.consent.state in _YES):
        listed.append(f'the name under "{quote.id}": {name}; the record has {recorded or "none"}')
        mode = Mode.ANONYMOUS if quote.mode is Mode.NAMED and not was else quote.mode
        less = replace(less, mode=mode, by=replace(quote.by, name=was))
    return listed, less
