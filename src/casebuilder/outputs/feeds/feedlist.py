"""Which feeds there are, and the events in each: of the series, its topics, its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote

from casebuilder.outputs.feeds.events import events
from casebuilder.published import addresses
from casebuilder.slugs import topic_slug
from casebuilder.wording import Translator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.outputs.feeds.events import Event
    from casebuilder.published import PublishedCase, PublishedSeries

#: How many entries the series' own feed holds, and that of a topic or a person: each holds a full text, and
#: programs that follow a feed load the whole of it many times a day.
_SERIES_ENTRIES = 50
_OTHER_ENTRIES = 12
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed.

    Attributes:
        folder: where its files lie below the site's root: "" or "topics/handover/".
        title: what it is called.
        description: what the feed is about.
        series: whose feed it is: for language, licence and address.
        events: newest first.
    """

    folder: str
    title: str
    description: str
    series: PublishedSeries
    events: tuple[Event, ...]

    @property
    def base(self) -> str:
        """The prefix of addresses: the site's address, or "../" steps from the feed to the site's root."""
        return self.series.site_url or "../" * self.folder.count("/") or "./"

    @property
    def home(self) -> str:
        """The address of the page that the feed belongs to."""
        return self.base + quote(self.folder)

    @property
    def id(self) -> str:
        """The feed's permanent identifier; it survives a new site address if the series has an `id_base`."""
        return (self.series.id_base or self.base) + quote(self.folder)

    @property
    def rights(self) -> str:
        """Whose it is, and the licence that it is under."""
        return Translator(self.series.language, self.series.zone).gettext(
            "%(series)s. Licence: %(licence)s, %(address)s",
            series=self.series.name,
            licence=self.series.licence.name,
            address=self.series.licence.address,
        )

    @property
    def updated(self) -> datetime:
        """When something last changed in it; for an empty one a fixed date, since "now" would differ in each build."""
        return max((event.updated for event in self.events), default=_NEVER)

    def address(self, name: str) -> str:
        """Return the address of one of its files."""
        return self.home + name


def channels(public: PublishedSeries) -> Iterator[Channel]:
    """Yield the series' feed, then one for each topic, then one for each person."""
    all_events = events(public)
    name, translator = public.name, Translator(public.language, public.zone)
    yield Channel("", name, public.description or name, public, all_events[:_SERIES_ENTRIES])
    for folder, topic in _topics(public.cases).items():
        topic_events = tuple(event for event in all_events if folder in map(topic_slug, event.case.topics))
        description = translator.gettext("Cases about %(topic)s in %(series)s.", topic=topic, series=name)
        yield Channel(
            addresses.of_topic(folder), f"{name}: {topic}", description, public, topic_events[:_OTHER_ENTRIES]
        )
    events_by_signer: dict[str, list[Event]] = {}
    for event in all_events:
        for signer in event.case.signers():
            events_by_signer.setdefault(signer.id, []).append(event)
    for person in public.people:
        own_events = tuple(events_by_signer.get(person.id, ()))
        description = translator.gettext("Cases that %(name)s contributed to.", name=person.name)
        yield Channel(person.address, f"{name}: {person.name}", description, public, own_events[:_OTHER_ENTRIES])


def _topics(cases: tuple[PublishedCase, ...]) -> dict[str, str]:
    """Return the folder of each topic, and the topic as its first case writes it."""
    topics: dict[str, str] = {}
    for topic in chain.from_iterable(case.topics for case in cases):
        topics.setdefault(topic_slug(topic), topic)
    return dict(sorted(topics.items()))
