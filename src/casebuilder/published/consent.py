"""Consent: which quotes and responses may be printed, and under which name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.model import (
    Arranged,
    ConsentState,
    MissingConsent,
    Mode,
    State,
    Use,
    counting,
    window,
)
from casebuilder.problems import Problem
from casebuilder.published.quotes import PublishedQuote
from casebuilder.published.states import state

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from datetime import date, datetime

    from casebuilder.model import Quote, Response
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


def quotes(case: Case, today: date, small_count: int) -> tuple[PublishedQuote, ...]:
    """Return the quotes of a case that their authors allow to be printed.

    Args:
        case: the case, with its contributions, which give the number of contributors of each country.
        today: consent dated after this day does not count yet.
        small_count: numbers below this are hidden. The country of an author without a name, and the role of one who was
            not asked, are printed only if the tables of the discussion do not hide them.
    """
    withdrawn_dates = withdrawn_contributions(case)
    attribution = counting.attribution(case.contributions, case.figures, small_count)
    # Numbers also count the omitted quotes, so that no number changes when another author consents.
    numbered_quotes = enumerate(case.quotes, start=1)
    printable_quotes = (
        (quote, _publish_quote(quote, number, today, withdrawn_dates, attribution)) for number, quote in numbered_quotes
    )
    is_by_question = case.commentary is not None and case.commentary.arranged is Arranged.QUESTIONS
    return tuple(
        replace(published, theme=quote.question if is_by_question else quote.theme)
        for quote, published in printable_quotes
        if published
    )


def _publish_quote(
    quote: Quote,
    number: int,
    today: date,
    withdrawn_dates: Mapping[str, date],
    attribution: counting.Attribution,
) -> PublishedQuote | None:
    """Return a quote: whole, without its author, or as an empty dated slot; None if it may not be printed."""
    consent = quote.consent
    withdrawn_on = withdrawn_dates.get(quote.source.contribution)
    if consent.state is ConsentState.WITHDRAWN or withdrawn_on:
        return _empty_slot(quote, number, consent.on if consent.state is ConsentState.WITHDRAWN else withdrawn_on)
    if not printable(quote, today):
        return None
    published = PublishedQuote(
        id=quote.id,
        number=number,
        text=quote.text,
        theme=quote.theme,
        mode=quote.mode,
        consent=consent.state,
        uses=frozenset(use for use in Use if consent.covers(use)),
        role=quote.by.role,
    )
    if quote.mode is Mode.NAMED:
        post = quote.source.archived or quote.source.url or ""
        return replace(published, name=quote.by.name, country=quote.by.country, post=post)
    name = quote.by.name if quote.mode is Mode.PARAPHRASE and consent.state.is_given else ""
    role = quote.by.role if consent.state.is_given else attribution.role(quote.by.role)
    return replace(published, name=name, role=role, country=attribution.country(quote.by.country, role))


def _empty_slot(quote: Quote, number: int, on: date | None) -> PublishedQuote:
    """Return the empty slot of a withdrawn quote."""
    return PublishedQuote(
        id=quote.id,
        number=number,
        text="",
        theme=quote.theme,
        mode=Mode.PARAPHRASE,
        consent=ConsentState.WITHDRAWN,
        uses=frozenset(Use),
        withdrawn_on=on,
    )


def printable(quote: Quote, today: date) -> bool:
    """Return whether an author's consent allows a quote to be printed on a day."""
    consent = quote.consent
    if not consent.state.allows_printing or not quote.text or (consent.on and consent.on > today):
        return False
    return quote.mode is not Mode.NAMED or (bool(quote.by.name) and consent.state.is_given)


def withdrawn_contributions(case: Case) -> dict[str, date]:
    """Return the day on which each withdrawn contribution of a case was withdrawn, by its id."""
    return {item.id: item.withdrawn for item in case.contributions if item.withdrawn}


def may_be_asked_for(quote: Quote, withdrawn_ids: Container[str]) -> bool:
    """Return whether an author may be asked about a quote: it has words, and they were not withdrawn."""
    return bool(quote.text) and quote.source.contribution not in withdrawn_ids


def responses(case: Case, today: date) -> tuple[Response, ...]:
    """Return the responses whose experts consented to publication."""
    return tuple(response for response in case.responses if response.consent and response.consent <= today)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that is not printed until somebody agrees.

    Attributes:
        what: it, in a few words: 'the quote "q3"', "the response".
        whom: whom to ask; "its author" if no name is known.
        where: where they wrote; empty for an expert, or if it is not noted.
        place: path, line and column at which the answer is written.
        since: for an answer that is dated in the future: the day from which it counts.
    """

    what: str
    whom: str
    where: str
    place: tuple[str, int, int]
    since: date | None = None

    @property
    def request(self) -> str:
        """Whom to ask, and where: "Ida Holm, email"."""
        return f"{self.whom}, {self.where}" if self.where else self.whom


def waiting(case: Case, series: Series, as_of: datetime) -> Iterator[Waiting]:
    """Yield what of a case waits for consent from the close of the discussion on.

    A refusal or a withdrawal is an answer. A consent dated in the future counts from that day on, and waits for it.
    """
    if not _is_dated(case) or state(case, as_of, series.zone) not in {State.CURATING, State.COMPLETE}:
        return
    today = as_of.astimezone(series.zone).date()
    withdrawn_ids = withdrawn_contributions(case)
    for index, quote in enumerate(case.quotes):
        if not may_be_asked_for(quote, withdrawn_ids):
            continue
        counts_from = quote.consent.on if quote.consent.state.allows_printing else None
        counts_from = counts_from if counts_from and counts_from > today else None
        if counts_from or quote.consent.state is ConsentState.PENDING:
            author, channel = _author_and_channel(case, quote)
            author_name = quote.by.name or author or "its author"
            place = case.quotes_origin.at(index, "consent", "on" if counts_from else "state")
            yield Waiting(f'the quote "{quote.id}"', author_name, quote.source.channel or channel, place, counts_from)
    released = window(case, series.zone)[2].date()
    for response in case.responses:
        if not response.origin.sound("consent"):
            continue
        # One dated after the release has a problem of its own, `consent-after-release`.
        counts_from = response.consent if response.consent and today < response.consent <= released else None
        if counts_from or response.consent is None:
            person = series.person(response.person)
            author_name = person.name if person else response.person
            yield Waiting("the response", author_name, "", response.origin.at("consent"), counts_from)


def missing_consents(series: Series, as_of: datetime) -> Iterator[Problem]:
    """Yield a problem for each item that waits for consent from the close of a discussion on.

    From the release on it is an error if the series chose to wait for consent; until then, and in every other series,
    it is a warning. A consent dated after the release has a problem of its own, `consent-after-release`.
    """
    for case in series.cases:
        is_released = _is_dated(case) and state(case, as_of, series.zone) is State.COMPLETE
        is_error = is_released and series.settings.missing_consent is MissingConsent.ERROR
        for each in waiting(case, series, as_of):
            if each.since:
                message = f"the consent for {each.what} is dated {each.since}, and it is not printed before that day"
                hint = f"if {each.since} is a slip, write the day of the answer"
                yield Problem(*each.place, "pending-consent", message, hint)
            elif is_error:
                message = (
                    f"{each.what} {'is released and has no' if each.what == 'the response' else 'waits for'} consent"
                )
                yield Problem(*each.place, "missing-consent", message, _request_for(each))
            else:
                message = f"{each.what} waits for consent, and is not printed before it"
                yield Problem(*each.place, "pending-consent", message, _request_for(each))


def _request_for(waiting: Waiting) -> str:
    if waiting.what == "the response":
        return f"ask {waiting.whom}, and write the day of the answer"
    channel = waiting.where or "the channel is not noted"
    return f'ask {waiting.whom} ({channel}), and write the answer; if none comes, write "refused"'


def _is_dated(case: Case) -> bool:
    return all(case.origin.sound(name) for name in ("opens", "closes", "releases"))


def _author_and_channel(case: Case, quote: Quote) -> tuple[str, str]:
    """Return the author of the contribution that a quote was drawn from, and its channel; empty if it is not known."""
    sources = ((item.author, item.channel) for item in case.contributions if item.id == quote.source.contribution)
    return next(sources, ("", ""))
