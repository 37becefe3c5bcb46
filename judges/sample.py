"""Which pages to look at when looking at all of them would take too long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_CLASSES = re.compile(r'\sclass="([^"]*)"')
_SECTIONS = re.compile(r'<h2 id="([^"]*)"')
_REDIRECT = '<meta http-equiv="refresh"'


def pages(site: Path) -> list[Path]:
    """Return few pages that show everything: in each part of the site every outline and every class name.

    The part is the first folder of the path. The outlines tell the kinds of page apart, so that an open case, a
    complete one, a withdrawn one and a journal club are all there, however many cases there are; the class names
    see to the rest. Redirects are left out: they show nothing.
    """
    texts = {page: page.read_text(encoding="utf-8") for page in sorted(site.rglob("*.html"))}
    features_by_page = {
        page: _features_of(page.relative_to(site), text) for page, text in texts.items() if _REDIRECT not in text
    }
    missing = set().union(*features_by_page.values())
    sample = []
    while missing:
        page = max(features_by_page, key=lambda page: len(features_by_page[page] & missing))
        sample.append(page)
        missing -= features_by_page[page]
    return sorted(sample)


def _features_of(path: Path, text: str) -> set[tuple[str, ...]]:
    section = path.parts[0]
    classes = {name for value in _CLASSES.findall(text) for name in value.split()}
    return {(section, "outline", *_SECTIONS.findall(text)), *((section, "class", name) for name in classes)}
