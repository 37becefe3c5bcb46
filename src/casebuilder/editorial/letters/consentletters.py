"""Asking for consent: who is to be asked for which quotes, where they can be reached, and a letter to each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import deskthread
from casebuilder.editorial.curation.authors import author
from casebuilder.editorial.letters import templates
from casebuilder.editorial.letters.lettervalues import common
from casebuilder.model import Consent, ConsentState, Mode, Role, Use, window
from casebuilder.published import consent
from casebuilder.wording import Translator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from casebuilder.editorial.discussion import Person
    from casebuilder.editorial.letters.templates import Letter
    from casebuilder.model import Quote
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series
    from casebuilder.published import PublishedQuote

#: How long people have to answer if the case is released already.
_TIME_TO_ANSWER = timedelta(days=14)
_NO = frozenset((ConsentState.REFUSED, ConsentState.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody whose words are quoted and not yet allowed.

    Attributes:
        author: who they are (`curation.authors`).
        voice: what the desk calls them, such as "v3"; empty for a quote from no contribution.
        name: their name, or else their pseudonym.
        reach: where they can be reached: the channel, and the handle or address there.
        quotes: the ids of the quotes in question.
        on: the last day on which they were asked, or said no; None if that is not written down.
        letter: the letter to them; None if they are not to be asked (again).
    """

    author: str
    voice: str
    name: str
    reach: tuple[tuple[str, str], ...]
    quotes: tuple[str, ...]
    on: date | None = None
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask about a case.

    Attributes:
        letters: those to ask, each with a letter.
        waiting: those who were asked and have not answered.
        refused: those who said no to a quote of this round: they are not asked again, for any other.
        knows_people: whether the editors' list of people is on this computer.
    """

    letters: tuple[Addressee, ...]
    waiting: tuple[Addressee, ...]
    refused: tuple[Addressee, ...]
    knows_people: bool

    def as_json(self) -> list[dict[str, object]]:
        """Return the letters for the desk's page."""
        return [
            {
                "voice": addressee.voice,
                "name": addressee.name,
                "where": [{"how": how, "where": address} for how, address in addressee.reach],
                "subject": addressee.letter.subject,
                "text": addressee.letter.text,
                "quotes": [*addressee.quotes],
            }
            for addressee in self.letters
            if addressee.letter
        ]


def consent_letters(  # noqa: PLR0913 - what a letter is made of
    series: Series,
    case: Case,
    people: Sequence[Person] | None,
    series_templates: Mapping[str, str],
    *,
    today: date,
    reply_by: date | None = None,
    language: str = "",
    again: bool = False,
) -> Asking:
    """Return whom to ask about the quotes of a case, with a letter to each person.

    Args:
        series: for its people and settings.
        case: with its record, if that is here; without it every quote by an unknown author is a person.
        people: who is who; None if the list is not on this computer.
        series_templates: the series' own templates, by path.
        today: the day that counts as today.
        reply_by: until when they are asked to answer; by default the day before the release, or in two weeks.
        language: of the letters; by default the case's.
        again: whether to write to those who were asked before, too.

    Raises:
        templates.LetterError: the template is wrong.
    """
    template = templates.choose("consent", language or case.language or series.language, series_templates)
    translator = Translator(template.language, series.zone)
    values = _common_values(series, case, translator, reply_by or _answer_by(series, case, today))
    printed = _printed_quotes(series, case, today)
    letters, still_waiting, refused = [], [], []
    for addressee, quotes in _addressees(case, people):
        if refused_quotes := [
            quote for quote in case.quotes if quote.consent.state in _NO and author(case, quote) == addressee.author
        ]:
            refused.append(replace(addressee, on=_last_day(refused_quotes)))
            continue
        asked_quotes = [quote for quote in quotes if quote.consent.on and not again]
        if asked_quotes:
            still_waiting.append(replace(addressee, quotes=_ids_of(asked_quotes), on=_last_day(asked_quotes)))
        if new_quotes := [quote for quote in quotes if quote not in asked_quotes]:
            quote_values = [_quote_values(quote, printed, case, translator) for quote in new_quotes]
            letter = templates.filled(
                template,
                {**values, "name": addressee.name, "quotes": quote_values, "named": _is_signed(new_quotes, printed)},
            )
            letters.append(replace(addressee, quotes=_ids_of(new_quotes), letter=letter))
    return Asking(tuple(letters), tuple(still_waiting), tuple(refused), people is not None)


def consent_patterns(
    series: Series, case: Case, series_templates: Mapping[str, str], *, today: date, is_named: bool = True
) -> tuple[str, str]:
    """Return the letter as the desk's file fills it in, which has no template language: for one quote, and for two.

    Both have {name}, and {words}, {signed} and {theme} for each quote; the first line is the subject.

    Args:
        series: for its people and settings.
        case: whose quotes they are about.
        series_templates: the series' own templates, by path.
        today: the day that counts as today.
        is_named: whether a quote would be printed with the person's name.

    Raises:
        templates.LetterError: the template is wrong.
    """
    template = templates.choose("consent", case.language or series.language, series_templates)
    translator = Translator(template.language, series.zone)
    values = {
        **_common_values(series, case, translator, _answer_by(series, case, today)),
        "name": "{name}",
        "named": is_named,
    }
    quote: dict[str, object] = {
        "id": "",
        "words": "{words}",
        "signed": "{signed}",
        "theme": "{theme}",
        "question": "",
        "post": "",
        "paraphrase": False,
        "named": False,
        **dict.fromkeys((use.value for use in Use), True),
    }
    of_one, of_two = (templates.filled(template, {**values, "quotes": [quote] * count}) for count in (1, 2))
    return f"{of_one.subject}\n{of_one.text}", f"{of_two.subject}\n{of_two.text}"


def _addressees(case: Case, people: Sequence[Person] | None) -> Iterator[tuple[Addressee, tuple[Quote, ...]]]:
    """Yield the authors of quotes that wait for consent, each with these quotes, in the order of the file."""
    contributions = deskthread.shown(case)
    people_by_voice = {
        person.voice: person for person in deskthread.people(people, contributions, case.quotes, case.slug) or ()
    }
    voices = deskthread.voices(contributions)
    record = {item.id: item for item in case.contributions}
    for author_id, quotes in _waiting_quotes(case).items():
        voice, contribution, first_quote = (
            voices.get(author_id, ""),
            record.get(quotes[0].source.contribution),
            quotes[0],
        )
        person = people_by_voice.get(voice)
        name = (
            (person.name if person else "")
            or first_quote.by.name
            or (contribution.author if contribution else "")
            or first_quote.id
        )
        reach = tuple((contact.how, contact.where) for contact in person.reach) if person else ()
        if not reach and (post := first_quote.source.url or (contribution.url if contribution else "")):
            reach = ((first_quote.source.channel or (contribution.channel if contribution else ""), post),)
        yield Addressee(author_id, voice, name, reach, _ids_of(quotes)), tuple(quotes)


def _ids_of(quotes: Iterable[Quote]) -> tuple[str, ...]:
    return tuple(quote.id for quote in quotes)


def _last_day(quotes: Iterable[Quote]) -> date | None:
    return max((quote.consent.on for quote in quotes if quote.consent.on), default=None)


def _waiting_quotes(case: Case) -> Mapping[str, list[Quote]]:
    """Return the quotes that wait for consent, by author."""
    withdrawn_ids = consent.withdrawn_contributions(case)
    by_author: dict[str, list[Quote]] = {}
    for quote in case.quotes:
        if quote.consent.state is ConsentState.PENDING and consent.may_be_asked_for(quote, withdrawn_ids):
            by_author.setdefault(author(case, quote), []).append(quote)
    return by_author


def _answer_by(series: Series, case: Case, today: date) -> date:
    *_, releases = window(case, series.zone)
    day = releases.date() - timedelta(days=1)
    return day if day > today else today + _TIME_TO_ANSWER


def _common_values(series: Series, case: Case, translator: Translator, reply_by: date) -> dict[str, object]:
    """Return what every letter about a case may name."""
    curators = case.commentary.curators if case.commentary else ()
    credited = [
        credit.person for role in (Role.CURATOR, Role.EDITOR) for credit in case.credits if role in credit.roles
    ]
    names = curators or tuple(dict.fromkeys(credited))[:2]  # somebody who curates and edits signs once
    people = {person.id: person.name for person in series.people}
    return {
        **common(series, case),
        "curators": translator.listed(people.get(name, name) for name in names) or series.name,
        "reply_by": translator.day(reply_by),
    }


def _printed_quotes(series: Series, case: Case, today: date) -> Mapping[str, PublishedQuote]:
    """Return each waiting quote as it would be printed if its author said yes: `publish` decides, and nobody else."""
    granted = Consent(state=ConsentState.GRANTED)
    answered_quotes = (q.with_consent(granted) if q.consent.state is ConsentState.PENDING else q for q in case.quotes)
    case_with_consent = case.with_quotes(tuple(answered_quotes))
    return {quote.id: quote for quote in consent.quotes(case_with_consent, today, series.settings.small_count)}


def _is_signed(quotes: Iterable[Quote], printed: Mapping[str, PublishedQuote]) -> bool:
    """Return whether any of them would be printed with its author's name, so that one may ask to leave it out."""
    return any(printed.get(quote.id, quote.by).name for quote in quotes)


def _quote_values(
    quote: Quote, printed: Mapping[str, PublishedQuote], case: Case, translator: Translator
) -> dict[str, object]:
    themes = {theme.id: theme.title for theme in (case.commentary.themes if case.commentary else ())}
    questions = {question.id: question.title for question in case.questions}
    return {
        "id": quote.id,
        "words": quote.text,
        "paraphrase": quote.mode is Mode.PARAPHRASE,
        "named": quote.mode is Mode.NAMED,
        "signed": translator.speaker(printed.get(quote.id, quote.by)),
        "theme": themes.get(quote.theme, ""),
        "question": questions.get(quote.question, ""),
        "post": (quote.source.url or "") if quote.mode is Mode.NAMED else "",
        **{use.value: quote.consent.covers(use) for use in Use},
    }
