"""The page that a person sees who opens a feed in a browser.

It is CSS. An XSL sheet was the custom, but browsers are taking XSLT out: Chromium 156 puts a red warning across each
feed that still uses it. CSS can lay a feed out but not make a link of its text; so a feed carries its page in XHTML,
which RSS 2.0 and RFC 4287 (section 6) allow and readers skip. It is a single `div` of the channel, the one place that
the W3C's validator accepts.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from casebuilder.model import File
from casebuilder.wording import Translator, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.outputs.feeds.entries import Entry
    from casebuilder.outputs.feeds.feedlist import Channel

_NAME = "feed.css"
_EXPLANATION = message(
    "This is a feed, for programs that tell you when a case opens and when it is released. "
    "To follow “%(title)s”, copy the address of this page into such a program."
)


def render() -> File:
    """Return the style sheet, which all feeds of a site share."""
    return File(_NAME, files("casebuilder.outputs.feeds").joinpath("templates", _NAME).read_bytes())


def prologue(channel: Channel) -> bytes:
    """Return the lines before a feed's root element. The style sheet's address is relative, for local previews."""
    style = "../" * channel.folder.count("/") + _NAME
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/css" href="{style}"?>\n'.encode()


def page(channel: Channel, entries: Sequence[Entry]) -> Element:
    """Return the page for people: what a feed is, and its entries as links. The namespace needs no prefix here."""
    box = Element("div", {"xmlns": "http://www.w3.org/1999/xhtml", "lang": channel.series.language})
    translator = Translator(channel.series.language, channel.series.zone)
    if translator.direction == "rtl":
        box.set("dir", "rtl")
    _add_element(box, "h1", channel.title)
    _add_element(box, "p", channel.description)
    explained = _add_element(box, "p", f"{translator.gettext(_EXPLANATION, title=channel.title)} ")
    _add_element(explained, "a", translator.gettext("Read on the site."), href=channel.home)
    for entry in entries:
        _add_element(_add_element(box, "h2", lang=entry.language), "a", entry.title, href=entry.address)
        _add_element(box, "p", entry.summary, lang=entry.language)
    return box


def _add_element(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element
