"""The record of a discussion as a desk may show it: never what was withdrawn, nor a contribution that repeats it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from casebuilder.editorial.curation.deskschema import DeskPerson, Reach, Row
from casebuilder.fingerprints import holds, is_telling
from casebuilder.model import ConsentState
from casebuilder.model.counting.repeats import folds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casebuilder.editorial.discussion import Person
    from casebuilder.model import Contribution, Quote
    from casebuilder.model.case import Case
    from casebuilder.wording import Translator


def shown(case: Case) -> tuple[Contribution, ...]:
    """Return the contributions that a curator may read, in the order of the record.

    What was withdrawn has no words left in the record. Somebody who repeats these words keeps them there until an
    editor deletes them (`checks.withdrawn`): until then that contribution is not shown either.
    """
    prints = [quote.consent.fingerprint for quote in case.quotes if quote.consent.fingerprint]
    prints += [contribution.fingerprint for contribution in case.contributions if contribution.withdrawn]
    telling_prints = [print_ for print_ in prints if is_telling(print_)]
    return tuple(
        contribution
        for contribution in case.contributions
        if not contribution.withdrawn
        and contribution.text
        and not any(holds(contribution.text, print_) for print_ in telling_prints)
    )


def voices(contributions: Iterable[Contribution]) -> dict[str, str]:
    """Return a short name for each author, by key, in the order in which they spoke.

    Keys themselves stay in the record.
    """
    keys = dict.fromkeys(item.author_key for item in contributions)
    return {key: f"v{number}" for number, key in enumerate(keys, start=1)}


def when(contribution: Contribution, translator: Translator) -> str:
    """Return the day and the time of a contribution in the series' time zone, by 24 hours as on the site."""
    return (
        f"{translator.day(contribution.posted, weekday=False)}, {contribution.posted.astimezone(translator.zone):%H:%M}"
    )


def rows(contributions: Sequence[Contribution], translator: Translator) -> tuple[Row, ...]:
    """Return contributions as the page shows them."""
    names, repeats = voices(contributions), folds(contributions)
    replies = Counter(item.in_reply_to for item in contributions if item.in_reply_to)
    ids = {item.id for item in contributions}
    return tuple(
        Row(
            id=item.id,
            author=item.author,
            role=item.role,
            country=item.country or "",
            channel=item.channel,
            posted=item.posted.isoformat(),
            when=when(item, translator),
            kind=item.kind,
            in_reply_to=item.in_reply_to if item.in_reply_to in ids else "",
            question=item.question,
            text=item.text,
            url=item.url or "",
            spam=item.spam,
            fold=repeats.get(item.id, ""),
            replies=replies[item.id],
            voice=names[item.author_key],
        )
        for item in contributions
    )


def people(
    list_of_people: Sequence[Person] | None, contributions: Sequence[Contribution], quotes: Iterable[Quote], slug: str
) -> tuple[DeskPerson, ...] | None:
    """Return who took part, and where each can be reached; None if the list of people is not on this computer."""
    if list_of_people is None:
        return None
    names, states = voices(contributions), _states_of_authors(contributions, quotes)
    return tuple(
        DeskPerson(
            voice=names[person.author_key],
            name=person.name or person.handle or person.pseudonym,
            reach=_ways_to_reach(person, slug, contributions),
            state=states.get(person.author_key, ""),
        )
        for person in list_of_people
        if person.author_key in names
    )


def _states_of_authors(contributions: Iterable[Contribution], quotes: Iterable[Quote]) -> Mapping[str, str]:
    """Return the answer of each author whose words are quoted. Who refused once is not asked again in this round."""
    keys = {item.id: item.author_key for item in contributions}
    states_of: dict[str, set[ConsentState]] = {}
    for quote in quotes:
        if key := keys.get(quote.source.contribution):
            states_of.setdefault(key, set()).add(quote.consent.state)
    order = (ConsentState.REFUSED, ConsentState.PENDING, ConsentState.GRANTED)
    return {key: next((state for state in order if state in states), "") for key, states in states_of.items()}


def _ways_to_reach(person: Person, slug: str, contributions: Iterable[Contribution]) -> tuple[Reach, ...]:
    reached_by = [Reach(how=person.channel, where=person.handle)] if person.handle else []
    for item in contributions:
        if item.author_key == person.author_key and (address := person.posts.get(f"{slug} {item.id}")):
            reached_by.append(Reach(how=item.channel, where=address))
            break
    return tuple(reached_by)
