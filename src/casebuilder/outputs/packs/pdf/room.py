"""Room to write: where a page has room left below its ruled lines, it gets more of them.

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
#: At most so many lines more in one place: beyond that, white space is the better invitation.
_MOST = 9
_PIXELS = 96 / 72
_ROOM = re.compile(r'<div class="room" id="(room-[\w-]+)"></div>')


def room(name: str) -> str:
    """The mark after ruled lines, at which more of them may be put in."""
    return f'<div class="room" id="room-{name}"></div>'


def with_room(html: str, pages: Sequence[Any]) -> str:
    """A document with more ruled lines, or nothing if none fit.

    Args:
        html: the document.
        pages: WeasyPrint's pages of it.
    """
    if not _ROOM.search(html):
        return ""
    extra: dict[str, int] = {}
    step = _step(pages)
    for page in pages:
        places = {name: place[1] for name, place in page.anchors.items() if name.startswith("room-")}
        names = sorted(places, key=lambda name: places[name])
        for turn in range(int(_left(page) // step) if names else 0):
            name = names[turn % len(names)]
            extra[name] = min(extra.get(name, 0) + 1, _MOST)
    if not extra:
        return ""
    return _ROOM.sub(lambda match: LINE * extra.get(match[1], 0) + match[0], html)


def _step(pages: Sequence[Any]) -> float:
    """From line to line, in CSS pixels, as the style sheet has it: large print sets its lines further apart."""
    lines = (box for page in pages for box in page._page_box.descendants() if _is_line(box))  # noqa: SLF001 - see below
    return max((float(box.margin_height()) for box in lines), default=0.0) or STEP * _PIXELS


def _is_line(box: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    return box.element is not None and box.element_tag == "div" and box.element.get("class") == "line"


def _left(page: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """The free height at the foot of a page, in CSS pixels; no public attribute says where a page's text ends."""
    sheet = page._page_box  # noqa: SLF001 - nothing public tells the room left on a page
    lowest = max((_bottom(child) for child in sheet.children if child.element_tag == "html"), default=0.0)
    return float(sheet.content_box_y() + sheet.height - lowest)


def _bottom(box: Any) -> float:  # noqa: ANN401 - see above
    """Where the lowest thing in a box ends; a box that goes on overleaf is itself as high as the page."""
    children = getattr(box, "children", ())
    if children and box.is_in_normal_flow() and box.element_tag in {"html", "body", "section"}:
        return max(_bottom(child) for child in children)
    return float(box.position_y + box.margin_height())
