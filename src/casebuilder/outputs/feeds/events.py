"""What happened in a series: cases opened, were released, were withdrawn.

Days and ids are those of the cases. Nothing is taken from the clock, from Git or from a title, so an entry that a
reader has seen never comes back as a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from casebuilder.model import ChangeKind, State, instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from casebuilder.published import PublishedCase, PublishedSeries


class EventKind(StrEnum):
    """What happened to a case. The value is part of an entry's id, so it must never change."""

    OPENED = "opened"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


_KINDS: dict[State, tuple[EventKind, ...]] = {
    State.OPEN: (EventKind.OPENED,),
    State.CURATING: (EventKind.OPENED,),
    State.COMPLETE: (EventKind.OPENED, EventKind.RELEASED),
    State.WITHDRAWN: (EventKind.WITHDRAWN,),
}


@dataclass(frozen=True, eq=False, slots=True)
class Event:
    """One event in the life of one case.

    Attributes:
        case: the case.
        kind: what happened.
        published: when; it never changes.
        updated: when the case was last changed since, or the same instant.
    """

    case: PublishedCase
    kind: EventKind
    published: datetime
    updated: datetime

    def id(self, host: str, kind: EventKind | None = None) -> str:
        """Return a tag URI (RFC 4151) of the series' host, the case's slug and the kind of this event, or of another.

        It survives a new title, a new path of the site and a new protocol; the slug is a case's address for ever.
        The slug's own month is the date on which the host must have been the series'.
        """
        return f"tag:{host},{self.case.slug[:7]}:{self.case.slug}/{kind or self.kind}"


def events(public: PublishedSeries) -> tuple[Event, ...]:
    """Return everything that happened in a published series, newest first.

    Drafts and scheduled cases have no events.
    """
    all_events = [event for case in public.cases for event in _events_of_case(case, public)]
    return tuple(sorted(all_events, key=lambda each: (each.published, each.case.slug, each.kind), reverse=True))


def _events_of_case(case: PublishedCase, public: PublishedSeries) -> Iterator[Event]:
    for kind in _KINDS.get(case.state, ()):
        published = _publication_moment(case, kind, public)
        yield Event(
            case, kind, published, max([published, *(instant(day, public.zone) for day in _days_of_change(case, kind))])
        )


def _days_of_change(case: PublishedCase, kind: EventKind) -> Iterable[date]:
    """Return the days on which the words of an event's entry may have changed. That of the opening has no quotes."""
    if kind is EventKind.OPENED:
        return (change.date for change in case.changes if change.kind is not ChangeKind.TAKEDOWN)
    return case.revised_on


def _publication_moment(case: PublishedCase, kind: EventKind, public: PublishedSeries) -> datetime:
    """Return the moment an event became public. A withdrawal has its own day, so that subscribers see it as news."""
    if kind is EventKind.RELEASED:
        return case.releases
    if kind is EventKind.WITHDRAWN:
        days = [change.date for change in case.changes if change.kind is ChangeKind.WITHDRAWAL]
        return instant(max(days), public.zone) if days else case.opens
    return case.opens
