"""How wide a text is on a slide, and how blocks of known heights are shared out among slides."""

from __future__ import annotations

import unicodedata
from math import ceil, inf
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.outputs.packs.views.printedaddresses import printed_address

if TYPE_CHECKING:
    from casebuilder.markup import Element

#: The width of a letter of a printed address, in letters of the text around it; see slides.css.
_ADDRESS = 0.85


def text_width(text: str) -> int:
    """Return the width of a text in letters; a Chinese character counts as two."""
    return len(text) + (0 if text.isascii() else sum(unicodedata.east_asian_width(letter) in "WF" for letter in text))


def printed_width(element: Element) -> int:
    """Return the width of an element's words in letters, with the addresses that are printed after its links."""
    addresses = (printed_address(link, markup.text(link)) for link in markup.elements(element, "a"))
    printed = sum(len(f" ({address})") for address in addresses if address)
    return text_width(markup.text(element)) + ceil(printed * _ADDRESS)


def on_one_line(title: str, letters: int) -> str:
    """Return a title of at most so many letters, shortened after a word where it has more."""
    if text_width(title) <= letters:
        return title
    length = next(end for end in range(len(title), 0, -1) if text_width(title[:end]) < letters)
    return f"{title[:length].rsplit(maxsplit=1)[0]}…"


def slide_ends(heights: tuple[float, ...], most_lines: float) -> tuple[int, ...]:
    """Return the index at which each slide ends: the fewest slides, as even as possible."""
    count = len(heights)
    # From each index on: how many slides, how uneven, and where the first of them ends.
    best = [(0, 0.0, count)] * (count + 1)
    for start in reversed(range(count)):
        best_from_here = (count + 1, inf, count)
        filled = 0.0
        for end in range(start + 1, count + 1):
            filled += heights[end - 1]
            if filled > most_lines and end > start + 1:
                break
            slides, uneven, _ = best[end]
            best_from_here = min(best_from_here, (slides + 1, uneven + filled**2, end))
        best[start] = best_from_here
    ends, index = [], 0
    while index < count:
        index = best[index][2]
        ends.append(index)
    return tuple(ends)
