"""Consent: which quotes and responses may be printed, and under which name."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    """Return the quotes of a case that their authors allow to be printed.

    Args:
        case: the case, with its contributions, which give the number of contributors of each country.
        today: consent dated after this day does not count yet.
        small_count: the country of an anonymous author is removed if fewer contributors than this are from it.
    """
    taken_back = {item.id: item.withdrawn for item in case.contributions if item.withdrawn}
    authors: dict[str, set[str]] = {}
    for item in case.contributions:
        authors.setdefault(item.country or "", set()).add(item.author_key)
    printed_countries = frozenset(country for country, keys in authors.items() if len(keys) >= small_count)
    # Numbers also count the omitted quotes, so that no number changes when another author consents.
    numbered = enumerate(case.quotes, start=1)
    return tuple(
        seen for number, quote in numbered if (seen := _quote(quote, number, today, taken_back, printed_countries))
    )


def _quote(
    quote: Quote, number: int, today: date, taken_back: Mapping[str, date | None], printed_countries: frozenset[str]
) -> Quote | None:
    """Return a quote: whole, without its author, or as an empty dated slot; None if it may not be printed."""
    consent = quote.consent
    withdrawn_on = taken_back.get(quote.source.contribution)
    if consent.state is ConsentState.WITHDRAWN or withdrawn_on:
        return _slot(quote, number, consent.on if consent.state is ConsentState.WITHDRAWN else withdrawn_on)
    if not printable(quote, today):
        return None
    if quote.mode is Mode.NAMED:
        return _public(quote, number, quote.by, _source(quote.source))
    name = quote.by.name if quote.mode is Mode.PARAPHRASE and consent.state in _GIVEN else ""
    country = quote.by.country if quote.by.country in printed_countries else None
    by = QuoteAuthor(name=name, role=quote.by.role, country=country)
    return _public(quote, number, by, Source.model_construct(channel=quote.source.channel))


def _source(source: Source) -> Source:
    """Return the public part of a quote's source. Without the digest, which identifies the contribution."""
    return Source.model_construct(
        channel=source.channel,
        url=source.url,
        archived=source.archived,
        posted=source.posted,
        contribution=source.contribution,
    )


def _public(quote: Quote, number: int, by: QuoteAuthor, source: Source) -> Quote:
    """Return a quote to print. Of its consent only the state is kept: how it was given may contain a name."""
    return Quote.model_construct(
        id=quote.id,
        text=quote.text,
        mode=quote.mode,
        by=by,
        consent=Consent(state=quote.consent.state),
        source=source,
        theme=quote.theme,
        question=quote.question,
        number=number,
    )


def _slot(quote: Quote, number: int, on: date | None) -> Quote:
    """Return the empty slot of a withdrawn quote."""
    return Quote.model_construct(
        id=quote.id,
        text="",
        mode=Mode.PARAPHRASE,
        consent=Consent(state=ConsentState.WITHDRAWN, on=on),
        theme=quote.theme,
        question=quote.question,
        number=number,
    )


def printable(quote: Quote, today: date) -> bool:
    """Return whether an author's consent allows a quote to be printed on a day."""
    consent = quote.consent
    if consent.state not in _PRINTABLE or not quote.text or (consent.on and consent.on > today):
        return False
    return quote.mode is not Mode.NAMED or (bool(quote.by.name) and consent.state in _GIVEN)


def responses(case: Case, today: date) -> tuple[Response, ...]:
    """Return the responses whose experts consented to publication."""
    return tuple(response for response in case.responses if response.consent and response.consent <= today)


def missing(series: Series, as_of: datetime) -> Iterator[Problem]:
    """Yield a problem for each item whose consent a release waits for, if the series chose to wait.

    A refusal or a withdrawal is an answer, so a release does not wait for it.
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
