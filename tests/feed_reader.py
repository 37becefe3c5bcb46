"""Reads feeds back, whatever their format: what a subscriber's program does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from casebuilder.model import Pack
from casebuilder.outputs import feeds
from series_factory import SLUG

if TYPE_CHECKING:
    from casebuilder.model.series import Series

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
FORMATS = ("feed.xml", "atom.xml", "feed.json")
HANDOUTS = tuple(
    Pack(f"packs/{SLUG}-{edition}-{paper}.pdf", SLUG, edition, paper, 3, size)
    for edition in ("handout", "guide")
    for paper, size in (("letter", 140_001), ("a4", 142_345))
)


def written(series: Series, packs: tuple[Pack, ...] = ()) -> dict[str, bytes]:
    return {file.path: file.content for file in feeds.render(series, packs)}


def parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - our own output


def items(series: Series, name: str = "feed.xml", packs: tuple[Pack, ...] = ()) -> list[dict[str, str]]:
    """The entries of a feed in any format: id, title, address, html."""
    content = written(series, packs)[name]
    if name.endswith("feed.json"):
        return [
            {"id": each["id"], "title": each["title"], "address": each["url"], "html": each["content_html"]}
            for each in json.loads(content)["items"]
        ]
    root = parsed(content)
    if name.endswith("feed.xml"):
        keys = {"id": "guid", "title": "title", "address": "link", "html": CONTENT}
        return [{key: each.findtext(tag, "") for key, tag in keys.items()} for each in root.iter("item")]
    keys = {"id": f"{ATOM}id", "title": f"{ATOM}title", "html": f"{ATOM}content"}
    return [
        {key: each.findtext(tag, "") for key, tag in keys.items()}
        | {"address": each.find(f"{ATOM}link[@rel='alternate']").attrib["href"]}
        for each in root.iter(f"{ATOM}entry")
    ]
