"""What readers subscribe to: one feed for the series, each topic and each person, in three formats.

A case gives two entries, when it opens and when it is released; a withdrawn case gives one notice in their place.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from casebuilder.model import File
from casebuilder.outputs.feeds import atom, browserpage, json_feed, rss
from casebuilder.outputs.feeds.entries import write
from casebuilder.outputs.feeds.feedlist import channels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.model import Pack
    from casebuilder.published import PublishedSeries

__all__ = ["render"]

#: The formats: a file's name, and what writes it.
_FORMATS = {"feed.xml": rss.write, "atom.xml": atom.write, "feed.json": json_feed.write}


def render(public: PublishedSeries, packs: Sequence[Pack]) -> Iterator[File]:
    """Yield every feed of a published series, and the sheets that make a page of one for a person who opens it.

    Without `site_url` there is no absolute address to be had: addresses are then relative to the feed.
    """
    entry_of = lru_cache(maxsize=None)(partial(write, public, packs))
    for channel in channels(public):
        entries = [entry_of(event, channel.base) for event in channel.events]
        for name, serialise in _FORMATS.items():
            yield File(channel.folder + name, serialise(channel, entries))
    yield browserpage.render()
