"""The live hours of a discussion, as readers may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from casebuilder.model import Channel, instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from zoneinfo import ZoneInfo

    from casebuilder.model import Discussion
    from casebuilder.published.people import PublishedPerson


@dataclass(frozen=True, slots=True)
class PublishedLiveHour:
    """A part of the discussion in which people write at the same time.

    Attributes:
        starts, ends: in the series' time zone.
        minutes: how long it is.
        channel: where it is; None for everywhere.
        guests: who is there.
    """

    starts: datetime
    ends: datetime
    minutes: int
    channel: Channel | None
    guests: tuple[PublishedPerson, ...]

    @property
    def place(self) -> str:
        """The type of its channel; empty for everywhere."""
        return self.channel.type if self.channel else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the guests."""
        return tuple(person.name for person in self.guests)


def live_hours(
    discussion: Discussion, zone: ZoneInfo, people_named: Callable[[Iterable[str]], tuple[PublishedPerson, ...]]
) -> tuple[PublishedLiveHour, ...]:
    """Return the live hours of a discussion, in order of time.

    Args:
        discussion: its channels and live hours.
        zone: the series' time zone.
        people_named: gives the people with these ids.
    """
    places = {channel.type: channel for channel in discussion.channels}
    hours = []
    for hour in discussion.live:
        starts = instant(hour.starts, zone).astimezone(zone)
        ends = datetime.fromtimestamp(starts.timestamp() + 60 * hour.minutes, tz=zone)  # across clock changes
        channel = places.get(hour.channel) or (Channel(type=hour.channel) if hour.channel else None)
        hours.append(PublishedLiveHour(starts, ends, hour.minutes, channel, people_named(hour.guests)))
    return tuple(sorted(hours, key=lambda hour: hour.starts.timestamp()))
