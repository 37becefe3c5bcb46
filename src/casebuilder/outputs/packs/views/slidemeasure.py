"""How wide a text is on a slide, and how blocks of known heights are shared out among slides."""

from __future__ import annotations

import unicodedata
from math import inf


def text_width(text: str) -> int:
    """Return the width of a text in letters; a Chinese character counts as two."""
    return len(text) + (0 if text.isascii() else sum(unicodedata.east_asian_width(letter) in "WF" for letter in text))


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
