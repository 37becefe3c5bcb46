"""The feeds by the rules of their formats, and the calendars by theirs, down to the bytes.

Atom is judged by libxml2 against a RELAX NG grammar (RFC 4287); RSS 2.0, JSON Feed 1.1 and iCalendar (RFC 5545) have no
grammar to be had, so their rules stand here. Programs that read feeds forgive nearly everything, and prove nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from icalendar import Calendar
from lxml import etree

from judges.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_ATOM = "{http://www.w3.org/2005/Atom}"
_FULL = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WIDTH = 75  # octets of a line (RFC 5545, 3.1)


def judge(site: Path) -> Verdict:
    """Look at every feed and calendar of the site."""
    counts: Counter[str] = Counter()
    findings: list[str] = []
    for name, read in _READERS.items():
        for path in sorted(site.rglob(name)):
            counts[name] += 1
            findings += (f"{path.relative_to(site)}: {finding}" for finding in read(path))
    missing = [f"the site has no {name}" for name in _READERS if not counts[name]]
    return Verdict(f"{sum(counts.values())} feeds and calendars", (*missing, *findings))


def _atom(path: Path) -> Iterator[str]:
    grammar = etree.RelaxNG(file=str(Path(__file__).with_name("atom.rng")))
    feed = etree.parse(path)
    if not grammar.validate(feed):
        yield from (f"line {error.line}: {error.message}" for error in grammar.error_log)
        return
    entries = feed.findall(f"{_ATOM}entry")
    yield from _repeated_ids(entry.findtext(f"{_ATOM}id") for entry in entries)
    signed = feed.find(f"{_ATOM}author") is not None
    for entry in entries:
        links = [link.get("rel", "alternate") for link in entry.findall(f"{_ATOM}link")]
        content = entry.find(f"{_ATOM}content")
        if "alternate" not in links and content is None:
            yield "an entry has neither content nor a page"
        if not signed and entry.find(f"{_ATOM}author") is None:
            yield "an entry has no author, and the feed has none"
        yield from _content((content.text or "") if content is not None else "")


def _rss(path: Path) -> Iterator[str]:
    root = etree.parse(path).getroot()
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        yield "no channel of RSS 2.0"
        return
    yield from (f"the channel has no {name}" for name in ("title", "link", "description") if not channel.findtext(name))
    items = channel.findall("item")
    yield from _repeated_ids(item.findtext("guid") for item in items)
    for item in items:
        if not item.findtext("title") and not item.findtext("description"):
            yield "an item has neither title nor description"
        try:
            parsedate_to_datetime(item.findtext("pubDate") or "")
        except ValueError:
            yield f"no date of RFC 822: {item.findtext('pubDate')}"
        for enclosure in item.findall("enclosure"):
            if not all(enclosure.get(name) for name in ("url", "length", "type")):
                yield "an enclosure lacks its address, length or type"
        yield from _content(item.findtext("description") or "")


def _json(path: Path) -> Iterator[str]:
    feed: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if feed.get("version") != "https://jsonfeed.org/version/1.1" or not feed.get("title"):
        yield "no version 1.1, or no title"
    items = feed.get("items", [])
    yield from _repeated_ids(item.get("id") for item in items)
    for item in items:
        if not isinstance(item.get("id"), str) or not (item.get("content_html") or item.get("content_text")):
            yield "an item has no id that is a text, or no content"
        for name in ("date_published", "date_modified"):
            try:
                has_zone = name not in item or datetime.fromisoformat(item[name]).tzinfo
            except ValueError:
                has_zone = None
            if not has_zone:
                yield f"no date of RFC 3339: {item[name]}"
        yield from _content(item.get("content_html", ""))


def _calendar(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    if content.count(b"\n") != content.count(b"\r\n") or not content.endswith(b"\r\n"):
        yield "a line does not end in CR and LF"
    yield from (f"a line of {len(line)} octets" for line in content.split(b"\r\n") if len(line) > _WIDTH)
    calendar = Calendar.from_ical(content)
    for component in (calendar, *calendar.walk("VEVENT")):
        yield from (f"{component.name}: {error}" for error in component.errors)
        for name in map(str, component.required):
            if name not in component:
                yield f"{component.name} has no {name}"
    yield from _repeated_ids(str(event.get("UID")) for event in calendar.walk("VEVENT"))


class _Content(HTMLParser):
    """What is in an entry's HTML that a reader's program would refuse or could not follow."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.findings: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "form", "object"}:
            self.findings.append(f"<{tag}> in an entry")
        for name, value in attrs:
            if name in {"href", "src"} and not _FULL.match(value or ""):
                self.findings.append(f"an address that is not whole in an entry: {value}")


def _content(html: str) -> list[str]:
    return _Content(html).findings


def _repeated_ids(ids: Iterable[str | None]) -> Iterator[str]:
    yield from (f"the id {name} is given {count} times" for name, count in Counter(ids).items() if count > 1)


_READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "atom.xml": _atom,
    "feed.xml": _rss,
    "feed.json": _json,
    "calendar.ics": _calendar,
}
