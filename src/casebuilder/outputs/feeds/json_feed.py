"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.outputs.feeds.entries import Entry
    from casebuilder.outputs.feeds.feedlist import Channel


def write(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Return a channel as JSON Feed."""
    series = channel.series
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.address("feed.json"),
        "description": channel.description,
        "language": series.language,
        "authors": [{"name": series.name, "url": channel.base}],
        "items": [_feed_item(entry) for entry in entries],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _feed_item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(timespec="seconds"),
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "language": entry.language,
    }
    if entry.authors:
        item["authors"] = [{"name": author.name, "url": author.address} for author in entry.authors]
    if entry.topics:
        item["tags"] = list(entry.topics)
    if file := entry.enclosure:
        attached = {"url": file.address, "mime_type": file.type, "title": file.title, "size_in_bytes": file.size}
        item["attachments"] = [attached]
    return item
