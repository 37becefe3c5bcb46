"""What makes a page of a feed for a person who opens it in a browser: a style sheet, and a link or two to follow.

It is CSS. An XSL sheet was the custom, but browsers are taking XSLT out: Chromium 156 puts a red warning across the
page of each site that still uses it. CSS can show a feed but not make its links work, so the feeds carry a few
elements of XHTML in its own namespace, which RSS 2.0 and RFC 4287 (section 6) both allow and readers skip.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder.model import File

if TYPE_CHECKING:
    from casebuilder.feeds.channels import Channel

XHTML = "http://www.w3.org/1999/xhtml"
_NAME = "feed.css"
_EXPLANATION = (
    "This is a feed, for programs that tell you of new cases as they open and are released. "
    "To follow “{title}”, copy the address of this page into such a program."
)


def render() -> File:
    """The style sheet, which all feeds of a site share."""
    return File(_NAME, files("casebuilder").joinpath("templates", "feeds", _NAME).read_bytes())


def prologue(channel: Channel) -> bytes:
    """The lines before a feed's root element. The sheet's address is relative: a preview must find its own."""
    sheet = "../" * channel.folder.count("/") + _NAME
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/css" href="{sheet}"?>\n'.encode()


def explanation(channel: Channel) -> str:
    """What a feed is, for somebody who meets the first one."""
    return _EXPLANATION.format(title=channel.title)
