"""Links within a pack: each leads to something that is in this pack, or to the case's page, or is its words alone.

An edition does not hold everything that a text can link to: a handout has no responses, slides have no references.
WeasyPrint reports a link to a name that is not in the document, and a name that two elements have.
"""

from __future__ import annotations

import re
from html import escape

_NAME = re.compile(r'(?P<tag><[a-z][^<>]*?) id="(?P<name>[^"]+)"')
_LINK = re.compile(r'<a (?P<before>[^<>]*?)href="#(?P<name>[^"]*)"(?P<after>[^<>]*)>(?P<words>.*?)</a>', re.DOTALL)


def anchored(html: str, page: str) -> str:
    """A document in which every link within it leads somewhere, and every name stands once.

    Args:
        html: the document.
        page: the address of the case's page, or nothing if the site has none yet.
    """
    names: set[str] = set()

    def once(match: re.Match[str]) -> str:
        if match["name"] in names:
            return match["tag"]
        names.add(match["name"])
        return match.group()

    def led(match: re.Match[str]) -> str:
        if match["name"] in names:
            return match.group()
        if page and match["name"]:
            address = escape(f"{page}#{match['name']}")
            return f'<a {match["before"]}href="{address}"{match["after"]}>{match["words"]}</a>'
        return match["words"]

    return _LINK.sub(led, _NAME.sub(once, html))
