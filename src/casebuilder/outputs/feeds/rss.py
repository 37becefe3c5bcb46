"""RSS 2.0, by feedgen."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import tostring

from feedgen.feed import FeedGenerator
from feedgen.util import xml_fromstring

from casebuilder.outputs.feeds import browserpage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.outputs.feeds.entries import Entry
    from casebuilder.outputs.feeds.feedlist import Channel

_PLAIN = re.compile(r"<(?P<tag>title|description|copyright|category|dc:creator)>(?P<words>[^<]*)</")
_HEXADECIMAL = {"&amp;": "&#x26;", "&lt;": "&#x3C;", "&gt;": "&#x3E;"}


class _ForPeople:
    """An extension of feedgen: the page that `browserpage` shows instead of the channel."""

    page = ""

    def extend_ns(self) -> dict[str, str]:
        """Return no namespace: the page declares it, so that no prefix is needed."""
        return {}

    def extend_rss(self, root: Any) -> None:  # noqa: ANN401 - lxml's elements have no types
        """Add the page to the channel, which is the root's only child."""
        root[0].append(xml_fromstring(self.page))


def write(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Return a channel as RSS 2.0: full text in `content:encoded`, a few sentences in `description`."""
    series = channel.series
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False)
    feed.register_extension("for_people", _ForPeople, atom=False)
    feed.for_people.page = tostring(browserpage.page(channel, entries), encoding="unicode")
    feed.title(channel.title)
    # RSS reads a description as HTML, that of a channel too.
    feed.description(html.escape(channel.description, quote=False))
    feed.language(series.language)
    feed.generator("casebuilder")
    feed.copyright(channel.rights)
    # feedgen takes the last link for <link>, so the page comes after the feed itself.
    feed.link(href=channel.address("feed.xml"), rel="self", type="application/rss+xml")
    feed.link(href=channel.home, rel="alternate", type="text/html")
    # Without a date feedgen writes the current one, and no build would ever equal the one before.
    feed.lastBuildDate(channel.updated)
    for entry in entries:
        _add_entry(feed, entry)
    return browserpage.prologue(channel) + _escape_plain_text(feed.rss_str(xml_declaration=False).decode()).encode()


def _add_entry(feed: FeedGenerator, entry: Entry) -> None:
    # By default, feedgen puts a new entry first.
    item = feed.add_entry(order="append")
    item.title(entry.title)
    item.guid(entry.id, permalink=False)
    item.link(href=entry.address)
    item.published(entry.published)
    # <author> would need an email address, which nobody's profile holds.
    item.description(html.escape(entry.summary, quote=False))
    item.content(entry.html)
    item.category([{"term": topic} for topic in entry.topics])
    if entry.authors:
        item.dc.dc_creator([author.name for author in entry.authors])
    if entry.enclosure:
        item.enclosure(entry.enclosure.address, str(entry.enclosure.size), entry.enclosure.type)


def _escape_plain_text(xml: str) -> str:
    """Return the same XML with "&", "<" and ">" as hexadecimal references wherever plain text is meant.

    RSS does not say whether a title is text or HTML. The RSS Advisory Board found that most readers take this form
    for the text it is, and the W3C's validator asks for it.
    """

    def escape_text(match: re.Match[str]) -> str:
        escaped = re.sub("&(?:amp|lt|gt);", lambda entity: _HEXADECIMAL[entity.group()], match["words"])
        return f"<{match['tag']}>{escaped}</"

    return _PLAIN.sub(escape_text, xml)
