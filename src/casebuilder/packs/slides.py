"""A part of the story dealt out over slides: whole paragraphs, about as many lines on each, and room left on every one.

Left to the page breaks alone, one slide is filled to its foot and the next holds the line that was left over.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from math import ceil, inf

#: Lines that a slide holds below its heading, and letters on a line; see slides.css.
_ROOM, _LETTERS = 8.8, 56
#: Letters of a paragraph that a slide holds.
_MOST = 480
#: Lines: the space after a paragraph, a row of a table, a picture.
_GAP, _ROW, _PICTURE = 0.3, 1.2, 8.0
_VOID = frozenset(("br", "hr", "img"))
#: Where a paragraph too long for a slide may be cut: after a sentence; if it never ends, between words.
_CUTS = (re.compile(r"[.?!…][”’»)\]]*( )(?=\S)"), re.compile(r"\S( )(?=\S)"))
_TAGS = re.compile(r"<[^>]*>")


def dealt(html: str) -> tuple[str, ...]:
    """The HTML of each slide of a part.

    Args:
        html: of the whole part: paragraphs, lists, quotations, tables, one after another.
    """
    found = _Blocks("\n".join(part for block in _Blocks(html).blocks for part in _cut(block)))
    blocks, heights = found.blocks, [_height(*measures) for measures in found.measures]
    if not blocks:
        return (html,)
    ends = _ends(tuple(heights))
    return tuple("\n".join(blocks[start:end]) for start, end in zip((0, *ends), ends, strict=False))


def _cut(block: str) -> list[str]:
    """A paragraph, in as many as slides hold it; anything else stays whole."""
    parts = ceil(len(_TAGS.sub("", block)) / _MOST)
    if parts <= 1 or not block.startswith("<p"):
        return [block]
    begun = block.index(">") + 1
    for kind in _CUTS:
        cuts = [found.start(1) for found in kind.finditer(block, begun) if _outside(block[begun : found.start(1)])]
        if cuts:
            place = min(cuts, key=lambda cut: abs(len(block) / parts - cut))
            return [f"{block[:place]}</p>", *_cut(block[:begun] + block[place + 1 :])]
    return [block]


def _outside(text: str) -> bool:
    """Whether every element that begins in a text ends in it; a line break has no end."""
    tags = [tag for tag in _TAGS.findall(text) if not tag.startswith("<br")]
    return text.count("<") == text.count(">") and 2 * sum(tag.startswith("</") for tag in tags) == len(tags)


def _ends(heights: tuple[float, ...]) -> tuple[int, ...]:
    """Where each slide ends: as few slides as can be, and those as even as can be."""

    @cache
    def best(start: int) -> tuple[int, float, tuple[int, ...]]:
        if start == len(heights):
            return 0, 0.0, ()
        found: tuple[int, float, tuple[int, ...]] = (len(heights) + 1, inf, ())
        filled = 0.0
        for end in range(start + 1, len(heights) + 1):
            filled += heights[end - 1]
            if filled > _ROOM and end > start + 1:
                break
            slides, uneven, ends = best(end)
            found = min(found, (slides + 1, uneven + filled**2, (end, *ends)))
        return found

    return best(0)[2]


def _height(letters: int, paragraphs: int, rows: int, pictures: int) -> float:
    """In lines; a list's items and a table's rows each begin a line of their own."""
    return ceil(letters / _LETTERS) + max(paragraphs - 1, 0) * 0.7 + _GAP + rows * _ROW + pictures * _PICTURE


class _Blocks(HTMLParser):
    """Cuts HTML between its outermost elements, and counts what each holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.measures: list[tuple[int, int, int, int]] = []
        self._depth = self._begun = 0
        self._letters = self._items = self._rows = self._pictures = 0
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if self._depth == 0:
            self._begun = self._place()
            self._letters = self._items = self._rows = self._pictures = 0
        self._items += tag in {"li", "p"}
        self._rows += tag == "tr"
        self._pictures += tag == "img"
        self._depth += tag not in _VOID

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag not in _VOID
        if self._depth == 0:
            end = self.rawdata.index(">", self._place()) + 1
            self.blocks.append(self.rawdata[self._begun : end])
            self.measures.append((self._letters, self._items, self._rows, self._pictures))

    def handle_data(self, data: str) -> None:
        self._letters += len(data)
