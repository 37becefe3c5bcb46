"""The series as a calendar to subscribe to (RFC 5545, with the properties for subscribers of RFC 7986).

Each case that can be seen gives three events: it opens, it is discussed, its answers are released, if it has any; and
one for each live hour of its discussion. Their UIDs are made of the
slug, which never changes; a program that has an event already takes its new state by SEQUENCE, the number of changes.
Nothing is taken from the clock: DTSTAMP is when the case was last changed, as RFC 5545 has it for a calendar that is
published and not sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from icalendar import Calendar, Event

from casebuilder.model import File, instant
from casebuilder.published import addresses
from casebuilder.slugs import topic_slug
from casebuilder.wording import Translator, promisedanswers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.published import PublishedCase, PublishedSeries


#: How often a program should look for changes; most ignore this and look once or twice a day.
_REFRESH = timedelta(hours=12)
#: How long an event without an end of its own is shown, if it does not take the whole day.
_MOMENT = timedelta(minutes=30)
_DAY = timedelta(days=1)
#: How many cases, the newest, a calendar holds: ten years of a monthly series. The slug begins with the month.
#: Programs load all of it every few hours, and the larger ones refuse a calendar of more than a megabyte.
_CASES = 120
#: SEQUENCE must never fall, and a withdrawn case shows no other changes: a number higher than any case's changes.
_WITHDRAWN = 100


@dataclass(frozen=True, slots=True)
class Occasion:
    """One event of a case, before it is put into iCalendar's words.

    Attributes:
        name: part of its UID, so it must never change.
        title: the event and the case's title.
        start: an instant; midnight in the series' zone is a whole day.
        end: an instant, or None for an event that only begins.
        words: its description.
    """

    name: str
    title: str
    start: datetime
    end: datetime | None
    words: str


def render(public: PublishedSeries) -> Iterator[File]:
    """Yield the series' calendar, one for each topic, and one for each case: an address that was given stays."""
    yield File("calendar.ics", _write_calendar(public, public.name, "", public.cases))
    for case in public.cases:
        if not case.is_unopened:
            yield File(f"{case.address}calendar.ics", _write_calendar(public, case.title, case.address, (case,)))
    topics: dict[str, tuple[str, list[PublishedCase]]] = {}
    for case in public.cases:
        for folder, topic in {topic_slug(topic): topic for topic in reversed(case.topics)}.items():
            topics.setdefault(folder, (topic, []))[1].append(case)
    for folder, (topic, cases) in sorted(topics.items()):
        path = addresses.of_topic(folder)
        yield File(f"{path}calendar.ics", _write_calendar(public, f"{public.name}: {topic}", path, cases))


def _write_calendar(public: PublishedSeries, name: str, folder: str, listed_cases: Sequence[PublishedCase]) -> bytes:
    cases = sorted((case for case in listed_cases if not case.is_unopened), key=lambda case: case.slug)[-_CASES:]
    calendar = Calendar()
    calendar.add("PRODID", "-//casebuilder//calendar//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("UID", f"{folder.strip('/').replace('/', '-') or 'series'}@{public.id_host}")
    for key in ("NAME", "X-WR-CALNAME"):
        calendar.add(key, name)
    for key in ("DESCRIPTION", "X-WR-CALDESC"):
        calendar.add(key, public.description or name)
    calendar.add("X-WR-TIMEZONE", str(public.zone))
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT12H")
    if public.site_url:
        calendar.add("SOURCE", f"{public.site_url}{quote(folder)}calendar.ics", parameters={"VALUE": "URI"})
        calendar.add("URL", public.site_url + quote(folder))
    if cases:
        calendar.add("LAST-MODIFIED", max(_last_change(case, public) for case in cases))
    for case in cases:
        for occasion in _occasions(case, public):
            calendar.add_component(_event(occasion, case, public))
    return bytes(calendar.to_ical())


def _occasions(case: PublishedCase, public: PublishedSeries) -> Iterator[Occasion]:
    """Yield the three events of a case and its live hours: the same in every state until it is withdrawn."""
    opens, closes, released = case.opens, case.closes, case.releases
    translator = Translator(case.language, public.zone)
    yield Occasion("opening", translator.gettext("Opens: %(title)s", title=case.title), opens, None, case.teaser)
    yield Occasion(
        "discussion", translator.gettext("Discussion: %(title)s", title=case.title), opens, closes, case.teaser
    )
    for number, hour in enumerate(case.live, start=1):
        title = translator.gettext("Live: %(title)s", title=case.title)
        details = "\n".join(filter(None, (translator.live(hour), hour.channel.url if hour.channel else None)))
        yield Occasion(f"live-{number}", title, hour.starts, hour.ends, details)
    if case.answers or case.is_withdrawn:
        answers_text = translator.gettext(promisedanswers.OCCASION[case.answers]) if case.answers else ""
        yield Occasion(
            "release", translator.gettext("Released: %(title)s", title=case.title), released, None, answers_text
        )


def _event(occasion: Occasion, case: PublishedCase, public: PublishedSeries) -> Event:
    event = Event()
    event.add("UID", f"{case.slug}-{occasion.name}@{public.id_host}")
    event.add("DTSTAMP", _last_change(case, public))
    event.add("LAST-MODIFIED", _last_change(case, public))
    event.add("CREATED", case.opens.astimezone(UTC))
    event.add("SEQUENCE", len(case.changes) + (_WITHDRAWN if case.is_withdrawn else 0))
    event.add("SUMMARY", occasion.title)
    event.add("STATUS", "CANCELLED" if case.is_withdrawn else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")
    for key, value in _start_and_end(occasion).items():
        event.add(key, value)
    description = " ".join(change.note for change in case.changes) if case.is_withdrawn else occasion.words
    paragraphs = "\n\n".join(part for part in (description, case.url, public.notice) if part)
    if paragraphs:
        event.add("DESCRIPTION", paragraphs)
    if case.url:
        event.add("URL", case.url)
    if case.topics:
        event.add("CATEGORIES", list(case.topics))
    return event


def _start_and_end(occasion: Occasion) -> dict[str, date | datetime]:
    """Return when an event is: whole days where the author wrote days, else instants in UTC, which need no time zone.

    The end is the first moment after the event, in both forms: a discussion that closes on the 30th at midnight is
    over when the 30th begins.
    """
    start, end = occasion.start, occasion.end
    if start.time() == time() and (end is None or end.time() == time()):
        return {"DTSTART": start.date(), "DTEND": end.date() if end else start.date() + _DAY}
    return {"DTSTART": start.astimezone(UTC), "DTEND": (end or start + _MOMENT).astimezone(UTC)}


def _last_change(case: PublishedCase, public: PublishedSeries) -> datetime:
    """Return when a case last changed, in UTC: its opening, or the last change that was made since."""
    changes = (instant(change.date, public.zone) for change in case.changes)
    return max((case.opens, *changes)).astimezone(UTC)
