"""Links within a pack: each leads to something that is in this pack, or is its words alone.

An edition does not hold everything that a text can link to: a handout has no responses, slides have no references.
WeasyPrint reports a link to a name that is not in the document, and a name that two elements have.
"""

from __future__ import annotations

import re

_NAME = re.compile(r'(?P<tag><[a-z][^<>]*?) id="(?P<name>[^"]+)"')
_LINK = re.compile(r'<a [^<>]*?href="#(?P<name>[^"]*)"[^<>]*>(?P<words>.*?)</a>', re.DOTALL)


def anchored(html: str) -> str:
    """A document in which every link within it leads somewhere, and every name stands once."""
    names: set[str] = set()

    def once(match: re.Match[str]) -> str:
        if match["name"] in names:
            return match["tag"]
        names.add(match["name"])
        return match.group()

    def led(match: re.Match[str]) -> str:
        return match.group() if match["name"] in names else match["words"]

    return _LINK.sub(led, _NAME.sub(once, html))
