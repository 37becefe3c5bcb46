"""Faults of feedgen that our feeds repair, each shown in what feedgen writes by itself and in what we write.

When one of the first assertions fails, feedgen has repaired its fault: delete our repair, and its section in
docs/upstream.md.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedgen.feed import FeedGenerator

from feed_reader import ATOM, HANDOUTS, parsed, written
from series_factory import SITE, make_series

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

_SELF = {"href": "https://example.org/feed.xml", "rel": "self", "type": "application/rss+xml"}
_PAGE = {"href": "https://example.org/", "rel": "alternate", "type": "text/html"}


def generator() -> FeedGenerator:
    feed = FeedGenerator()
    feed.id("tag:example.org,2026:x")
    feed.title("A title")
    feed.description("About it")
    return feed


def rss(feed: FeedGenerator) -> ET.Element:
    return parsed(feed.rss_str())


def test_a_new_entry_comes_first_unless_it_is_asked_not_to() -> None:
    feed = generator()
    feed.link(_PAGE)
    for title in ("newest", "older"):
        feed.add_entry().title(title)
    assert [item.findtext("title") for item in rss(feed).iter("item")] == ["older", "newest"]
    ours = parsed(written(make_series())["feed.xml"])
    assert [str(item.findtext("guid")).rpartition("/")[2] for item in ours.iter("item")] == ["released", "opened"]


def test_a_feed_without_a_date_gets_the_time_of_the_build() -> None:
    feed = generator()
    feed.link(_PAGE)
    found = datetime.strptime(str(rss(feed).findtext("channel/lastBuildDate")), "%a, %d %b %Y %H:%M:%S %z")
    assert abs((datetime.now(UTC) - found).total_seconds()) < 3600
    empty = parsed(written(make_series(people=(), cases=()))["feed.xml"])
    assert empty.findtext("channel/lastBuildDate") == "Thu, 01 Jan 1970 00:00:00 +0000"


def test_the_last_link_becomes_the_channels_link() -> None:
    feed = generator()
    feed.link(_PAGE)
    feed.link(_SELF)
    assert rss(feed).findtext("channel/link") == _SELF["href"]
    ours = parsed(written(make_series())["feed.xml"])
    assert ours.findtext("channel/link") == SITE
    (own,) = ours.findall(f"channel/{ATOM}link")
    assert own.attrib == {"href": f"{SITE}feed.xml", "rel": "self", "type": "application/rss+xml"}


def test_links_of_an_atom_entry_lose_their_attributes() -> None:
    feed = generator()
    entry = feed.add_entry()
    entry.id("tag:example.org,2026:y")
    entry.title("An entry")
    entry.content("Words.")
    entry.link(href="https://example.org/a.pdf", rel="enclosure", type="application/pdf", length="12")
    (link,) = parsed(feed.atom_str()).findall(f"{ATOM}entry/{ATOM}link")
    assert link.attrib == {"href": "https://example.org/a.pdf"}
    ours = parsed(written(make_series(), HANDOUTS)["atom.xml"]).findall(f"{ATOM}entry/{ATOM}link")
    assert [each.attrib["rel"] for each in ours] == ["alternate", "license", "enclosure"] * 2
    assert {"type", "length", "title", "href"} <= ours[2].attrib.keys()
