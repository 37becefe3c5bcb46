"""Ruled lines to write on: a page with space left below its lines gets more of them.

CSS has no way to say "as many lines as fit", so a document is laid out twice: first with as few lines as there must
be, then with what the first layout left free. Lines are added only where they move nothing to another page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

#: One ruled line; a style sheet says how high it is.
LINE = '<div class="line"></div>'
#: From line to line, in points, where no style gives a line its height.
STEP = 21.0
#: The most lines that are added in one place; more than that looks like an exam.
_MOST = 9
_PIXELS = 96 / 72
_ANSWER_SPACE = re.compile(r'<div class="room" id="(room-[\w-]+)"></div>')


def growth_mark(name: str) -> str:
    """Return a mark after ruled lines where more lines may be inserted."""
    return f'<div class="room" id="room-{name}"></div>'


def with_more_lines(html: str, pages: Sequence[Any]) -> str:
    """Return a document with more ruled lines; empty if none fit.

    Args:
        html: the document.
        pages: WeasyPrint's pages of it.
    """
    if not _ANSWER_SPACE.search(html):
        return ""
    from casebuilder.outputs.packs.pdf.weasyprint_internals import free_height, line_height

    step = line_height(pages, "line") or STEP * _PIXELS  # large print sets its lines further apart
    extra: dict[str, int] = {}
    for page in pages:
        places = {name: place[1] for name, place in page.anchors.items() if name.startswith("room-")}
        names = sorted(places, key=lambda name: places[name])
        for number in range(int(free_height(page) // step) if names else 0):
            name = names[number % len(names)]
            extra[name] = min(extra.get(name, 0) + 1, _MOST)
    if not extra:
        return ""
    return _ANSWER_SPACE.sub(lambda match: LINE * extra.get(match[1], 0) + match[0], html)
