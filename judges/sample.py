"""Which pages to look at when looking at all of them would take too long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_CLASSES = re.compile(r'\sclass="([^"]*)"')
_REDIRECT = '<meta http-equiv="refresh"'


def pages(site: Path) -> list[Path]:
    """Return few pages in which each thing of the site occurs at least once.

    A thing is a class name within one part of the site (the first folder of the path), so that a withdrawn
    case, an open one and a complete one are each in the sample, however many cases there are. Redirects are
    left out: they show nothing.
    """
    texts = {page: page.read_text(encoding="utf-8") for page in sorted(site.rglob("*.html"))}
    things = {page: _things(page.relative_to(site), text) for page, text in texts.items() if _REDIRECT not in text}
    missing = set().union(*things.values())
    chosen = []
    while missing:
        page = max(things, key=lambda page: len(things[page] & missing))
        chosen.append(page)
        missing -= things[page]
    return sorted(chosen)


def _things(path: Path, text: str) -> set[tuple[str, str]]:
    part = path.parts[0]
    return {(part, ""), *((part, name) for value in _CLASSES.findall(text) for name in value.split())}
