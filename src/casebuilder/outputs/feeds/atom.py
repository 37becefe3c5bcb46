"""Atom (RFC 4287), written with the standard library.

feedgen 1.0 is not used for it: while it writes an entry's links it overwrites the link that it reads from, so each
loses its `rel`, `type` and `length` (lkiesow/python-feedgen#135, open since 2023), and a handout's link could not be
distinguished from the page's. Correcting its output would take more code than writing it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from casebuilder.outputs.feeds import browserpage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from casebuilder.outputs.feeds.entries import Author, Entry
    from casebuilder.outputs.feeds.feedlist import Channel

_ATOM = "http://www.w3.org/2005/Atom"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


def write(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Return a channel as Atom. A removed entry is named by a tombstone (RFC 6721), so that feed readers delete it."""
    series = channel.series
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": series.language})
    _add_text(feed, "id", channel.id)
    _add_text(feed, "title", channel.title)
    _add_text(feed, "subtitle", channel.description)
    _add_text(feed, "updated", _rfc3339(channel.updated))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=channel.address("atom.xml"))
    SubElement(feed, "link", rel="alternate", type="text/html", href=channel.home)
    SubElement(feed, "link", rel="license", href=series.licence.address)
    _add_text(feed, "rights", channel.rights)
    _add_text(feed, "generator", "casebuilder")
    # An entry that nobody signs is the series' own: RFC 4287 wants an author there or here.
    _add_text(SubElement(feed, "author"), "name", series.name)
    feed.append(browserpage.page(channel, entries))
    # Before every entry: RFC 4287's grammar has foreign elements among the feed's own.
    for entry in entries:
        for replaced in entry.replaces:
            attributes = {"xmlns:at": _TOMBSTONES, "ref": replaced, "when": _rfc3339(entry.published)}
            SubElement(feed, "at:deleted-entry", attributes)
    for entry in entries:
        _add_entry(feed, entry)
    indent(feed)
    return browserpage.prologue(channel) + tostring(feed, encoding="unicode").encode()


def _add_entry(feed: Element, entry: Entry) -> None:
    element = SubElement(feed, "entry", {"xml:lang": entry.language})
    _add_text(element, "id", entry.id)
    _add_text(element, "title", entry.title)
    _add_text(element, "published", _rfc3339(entry.published))
    _add_text(element, "updated", _rfc3339(entry.updated))
    SubElement(element, "link", rel="alternate", type="text/html", href=entry.address)
    SubElement(element, "link", rel="license", href=entry.licence)
    if file := entry.enclosure:
        SubElement(
            element, "link", rel="enclosure", type=file.type, length=str(file.size), title=file.title, href=file.address
        )
    for author in entry.authors:
        _add_author(element, author)
    for topic in entry.topics:
        SubElement(element, "category", term=topic)
    _add_text(element, "summary", entry.summary)
    _add_text(element, "content", entry.html, type="html")


def _add_author(parent: Element, author: Author) -> None:
    element = SubElement(parent, "author")
    _add_text(element, "name", author.name)
    _add_text(element, "uri", author.address)


def _add_text(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = text


def _rfc3339(moment: datetime) -> str:
    """Return a time in RFC 3339, with the offset of the series' zone."""
    return moment.isoformat(timespec="seconds")
