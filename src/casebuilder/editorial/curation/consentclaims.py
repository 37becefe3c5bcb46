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
    agreed, declined, claims_listed, refused = [], [], [], []
    for quote in curation.quotes:
        if _is_unchanged(quote, curation):  # the merge takes what the series has
            agreed.append(quote)
            declined.append(quote)
            continue
        own_quote = old.get(quote.id)
        refusal = _refusal(quote, own_quote, authors.get(quote.contribution, "") in unwilling)
        refused += [refusal] if refusal else []
        allowed = replace(quote, consent=_present_consent(quote, own_quote)) if refusal else quote
        claims_of_quote, without_claims = _without_claims(allowed, own_quote, names.get(quote.contribution, ""))
        claims_listed += claims_of_quote
        agreed.append(allowed)
        declined.append(without_claims)
    deleted_quotes, deleted_themes = _deleted_ids(curation, present)
    curation_kept = replace(
        curation,
        quotes=(*declined, *(quote for quote in present.quotes if quote.id in deleted_quotes)),
        themes=(*curation.themes, *(theme for theme in present.themes if theme.id in deleted_themes)),
    )
    claims_listed += [
        f'the quote "{quote.id}" was deleted: {_first_words(quote)}'
        for quote in present.quotes
        if quote.id in deleted_quotes
    ]
    claims_listed += [
        f'the theme "{theme.title}" was deleted' for theme in present.themes if theme.id in deleted_themes
    ]
    return Claims(replace(curation, quotes=tuple(agreed)), curation_kept, tuple(claims_listed), tuple(refused))


def _deleted_ids(curation: Curation, present: Curation) -> tuple[set[str], set[str]]:
    """Return the ids of quotes and of themes that the series has, and that were deleted in a file that began with them.

    By questions nobody deletes a theme: the questions are the case's.
    """
    quotes, themes = {quote.id for quote in curation.quotes if quote.quoted}, {theme.id for theme in curation.themes}
    deleted_quotes = {
        quote.id
        for quote in present.quotes
        if quote.quoted and quote.id not in quotes and f"quote {quote.id}" in curation.base.parts
    }
    is_by_themes = curation.arranged is present.arranged is Arranged.THEMES
    deleted_themes = {
        theme.id for theme in present.themes if theme.id not in themes and f"theme {theme.id}" in curation.base.parts
    }
    return deleted_quotes, deleted_themes if is_by_themes else set()


def _first_words(quote: MarkedQuote) -> str:
    all_words = one_space(quote.text).split(" ")
    return " ".join(all_words[:_FIRST_WORDS]) + " …" * (len(all_words) > _FIRST_WORDS)


def _is_unchanged(quote: MarkedQuote, curation: Curation) -> bool:
    """Return whether a quote of a file is as it was when the file was made."""
    name = f"quote {quote.id}"
    part = parts(replace(curation, quotes=(quote,))).get(name)
    return part is not None and curation.base.parts.get(name) == digest(json.dumps(part, sort_keys=True))


def _refusal(quote: MarkedQuote, own_quote: MarkedQuote | None, is_unwilling: bool) -> str:  # noqa: FBT001 - a fact of the author
    """Return why the consent of a quote is not taken over in any case; empty if it may be."""
    state, is_verbatim = quote.consent.state, quote.mode is not Mode.PARAPHRASE
    if own_quote and own_quote.consent.state in _NO and quote.consent != own_quote.consent:
        return f'the author of "{quote.id}" said no: the file says "{state.value}", which is not taken over'
    if own_quote and own_quote.consent == quote.consent and own_quote.mode is quote.mode:
        return ""
    if is_unwilling and is_verbatim and state.allows_printing:
        return f'the author of "{quote.id}" said no to another quote: "{state.value}" is not taken over'
    if is_verbatim and state is ConsentState.NOT_NEEDED:
        return f'"{quote.id}" has its author’s own words, which need their consent: "not-needed" is not taken over'
    return ""


def _present_consent(quote: MarkedQuote, own_quote: MarkedQuote | None) -> Agreement:
    """Return the consent that the series has for a quote; a paraphrase that becomes its author's words has none yet."""
    if own_quote is None or (
        own_quote.consent.state not in _NO and own_quote.mode is Mode.PARAPHRASE and quote.mode is not own_quote.mode
    ):
        return Agreement()
    return own_quote.consent


def _without_claims(quote: MarkedQuote, own_quote: MarkedQuote | None, recorded: str) -> tuple[list[str], MarkedQuote]:
    """Return what a file's quote claims, in sentences, and the quote without these claims."""
    claims_listed = []
    quote_without_claims = quote
    present_consent = _present_consent(quote, own_quote)
    if quote.consent.state.is_given and (quote.consent.state, quote.consent.uses) != (
        present_consent.state,
        present_consent.uses,
    ):
        details = f" ({quote.consent.how})" if quote.consent.how else ""
        claims_listed.append(
            f'consent to "{quote.id}": {quote.consent.state.value}{details}; here it is {present_consent.state.value}'
        )
        quote_without_claims = replace(quote_without_claims, consent=present_consent)
    name = one_space(quote.by.name) if quote.mode is not Mode.ANONYMOUS else ""
    present_name = own_quote.by.name if own_quote and own_quote.mode is not Mode.ANONYMOUS else ""
    if name and name != present_name and (name != recorded or quote.consent.state.is_given):
        claims_listed.append(f'the name under "{quote.id}": {name}; the record has {recorded or "none"}')
        mode = Mode.ANONYMOUS if quote.mode is Mode.NAMED and not present_name else quote.mode
        quote_without_claims = replace(quote_without_claims, mode=mode, by=replace(quote.by, name=present_name))
    return claims_listed, quote_without_claims
