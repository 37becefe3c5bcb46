"""What authors agreed to: which quotes and responses may be printed, and as whose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebuilder.model import Consent, ConsentState, MissingConsent, Mode, Quote, QuoteAuthor, Source, State
from casebuilder.problems import Problem
from casebuilder.published.instants import state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from casebuilder.model import Response
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

_GIVEN = frozenset((ConsentState.GRANTED, ConsentState.LICENSED))
_PRINTABLE = _GIVEN | {ConsentState.NOT_NEEDED}


def quotes(case: Case, today: date, small_count: int) -> tuple[Quote, ...]:
    """The quotes of a case as far as their authors agreed.

    Args:
        case: with its contributions, from which the contributors of each country are counted.
        today: a consent that is given on a later day does not count yet.
        small_count: a country with fewer contributors than this is not told where the author is not named.
    """
    taken_back = {item.id: item.withdrawn for item in case.contributions if item.withdrawn}
    authors: dict[str, set[str]] = {}
    for item in case.contributions:
        authors.setdefault(item.country or "", set()).add(item.author_key)
    told = frozenset(country for country, keys in authors.items() if len(keys) >= small_count)
    seen = (_quote(quote, today, taken_back, told) for quote in case.quotes)
    # Counted with those that are left out, so that none changes its number when another's author agrees.
    return tuple(quote.model_copy(update={"number": number}) for number, quote in enumerate(seen, start=1) if quote)


def _quote(quote: Quote, today: date, taken_back: Mapping[str, date | None], told: frozenset[str]) -> Quote | None:
    """A quote whole, without its author, as an empty dated slot, or not at all."""
    consent = quote.consent
    withdrawn_on = taken_back.get(quote.source.contribution)
    if consent.state is ConsentState.WITHDRAWN or withdrawn_on:
        return _slot(quote, consent.on if consent.state is ConsentState.WITHDRAWN else withdrawn_on)
    if not printable(quote, today):
        return None
    if quote.mode is Mode.NAMED:
        return quote.model_copy(update={"source": _public_source(quote, {}), "consent": _public(consent)})
    name = quote.by.name if quote.mode is Mode.PARAPHRASE and consent.state in _GIVEN else ""
    by = QuoteAuthor(name=name, role=quote.by.role, country=quote.by.country if quote.by.country in told else None)
    source = _public_source(quote, {"url": None, "archived": None, "posted": "", "contribution": ""})
    return quote.model_copy(update={"by": by, "source": source, "consent": _public(consent)})


def _public_source(quote: Quote, left_out: Mapping[str, object]) -> Source:
    """Where a quote was said, as far as that is told; by its digest editors alone know the contribution again."""
    return quote.source.model_copy(update={**left_out, "digest": ""})


def _public(consent: Consent) -> Consent:
    """What is told of a consent: that there is one. How it was given may hold an address or a name."""
    return Consent(state=consent.state)


def _slot(quote: Quote, on: date | None) -> Quote:
    """The empty place of a quote that was taken back."""
    slot: dict[str, Any] = {
        "id": quote.id, "text": "", "mode": Mode.PARAPHRASE, "theme": quote.theme, "question": quote.question,
    }  # fmt: skip
    return Quote.model_construct(**slot, consent=Consent(state=ConsentState.WITHDRAWN, on=on))


def printable(quote: Quote, today: date) -> bool:
    """Whether an author's consent lets a quote be printed on a day."""
    consent = quote.consent
    if consent.state not in _PRINTABLE or not quote.text or (consent.on and consent.on > today):
        return False
    return quote.mode is not Mode.NAMED or (bool(quote.by.name) and consent.state in _GIVEN)


def responses(case: Case, today: date) -> tuple[Response, ...]:
    """The responses whose experts agreed to their publication."""
    return tuple(response for response in case.responses if response.consent and response.consent <= today)


def missing(series: Series, as_of: datetime) -> Iterator[Problem]:
    """The items that a release waits for, where the series chose not to go on without them.

    A refusal is an answer, and so is a withdrawal: neither is waited for.
    """
    if series.settings.missing_consent is MissingConsent.OMIT:
        return
    today = as_of.astimezone(series.zone).date()
    for case in series.cases:
        known = case.origin.sound("opens") and case.origin.sound("closes") and case.origin.sound("releases")
        if not known or state(case, as_of, series.zone) is not State.COMPLETE:
            continue
        for index, quote in enumerate(case.quotes):
            if quote.consent.state is ConsentState.PENDING:
                whom = quote.by.name or _author(case, quote) or "its author"
                hint = f"ask {whom} ({quote.source.channel or 'the channel is not noted'}), or leave it out"
                place = case.quotes_origin.at(index, "consent", "state")
                yield Problem(*place, "missing-consent", f'the quote "{quote.id}" waits for consent', hint)
        for response in case.responses:
            if not response.origin.sound("consent"):
                continue
            if response.consent is None or response.consent > today:
                person = series.person(response.person)
                hint = f"ask {person.name if person else response.person}, and write the day of the answer"
                place = response.origin.at("consent")
                yield Problem(*place, "missing-consent", "the response is released and has no consent", hint)


def _author(case: Case, quote: Quote) -> str:
    return next((item.author for item in case.contributions if item.id == quote.source.contribution), "")
