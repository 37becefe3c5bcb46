"""A part of the story dealt out over slides: whole paragraphs, about as many lines on each, and room left on every one.

Left to the page breaks alone, one slide is filled to its foot and the next holds the line that was left over, or a
heading stands on a slide by itself. So what is long is cut here: a paragraph after a sentence, a quotation between its
paragraphs, a list between its entries. A heading always stays with what it heads.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from html import unescape
from html.parser import HTMLParser
from math import ceil, inf

#: Lines that a slide holds below its heading, letters on a line, and letters on a line of the heading; see slides.css.
_ROOM, _LETTERS, _TITLE = 8.8, 56, 52
#: Letters of a paragraph that a slide holds, and of one that stands below a heading of its own.
_MOST, _HEADED = 480, 360
#: Lines: the space after a paragraph, a heading with the space around it, a row of a table, a picture.
_GAP, _HEADING, _ROW, _PICTURE = 0.3, 1.6, 1.2, 7.0
_WRAPS = frozenset(("blockquote", "ul", "ol"))
_VOID = frozenset(("br", "hr", "img"))
#: Where a paragraph too long for a slide may be cut: after a sentence; if none ends, between words or signs of Chinese.
_CUTS = (
    re.compile(r"[.?!…][”’»)\]]*( )(?=\S)|[。！？][”’」』）]*()(?=[^\s”’」』）])"),  # noqa: RUF001 - Chinese has its own
    re.compile(r"\S( )(?=\S)|[\u3000-\u9fff]()(?=[\u3000-\u9fff])"),
)
_TAGS = re.compile(r"<[^>]*>")
_NAME = re.compile(r"<(\w+)")
_START = re.compile(r'\bstart="(\d+)"')
_RULE = re.compile(r"<hr\b[^>]*>")


@dataclass(frozen=True, slots=True)
class _Block:
    """An outermost element: its HTML, and how many lines it takes."""

    html: str
    height: float

    @property
    def name(self) -> str:
        found = _NAME.match(self.html)
        return found[1] if found else ""

    @property
    def heads(self) -> bool:
        return re.fullmatch("h[1-6]", self.name) is not None


def dealt(html: str, title: str = "") -> tuple[str, ...]:
    """The HTML of each slide of a part.

    Args:
        html: of the whole part: paragraphs, lists, quotations, tables, one after another.
        title: the part's, which stands on every slide.
    """
    units = _units(_Blocks(_RULE.sub("", html)).blocks)
    if not units:
        return (html,)
    room = _ROOM - max(ceil(_wide(title) / _TITLE) - 1, 0)
    ends = _ends(tuple(unit.height for unit in units), room)
    return tuple(
        "\n".join(unit.html for unit in units[start:end]) for start, end in zip((0, *ends), ends, strict=False)
    )


def _units(blocks: list[_Block]) -> list[_Block]:
    """What stays together: each piece of a block, and a heading with the first piece of what it heads."""
    units: list[_Block] = []
    headings: list[_Block] = []
    for block in blocks:
        if block.heads:
            headings.append(block)
            continue
        first, *others = _cut(block, _HEADED if headings else _MOST)
        units += [_joined([*headings, first]), *others]
        headings = []
    if headings:  # of nothing: it closes what comes before
        units[-1:] = [_joined([*units[-1:], *headings])]
    return units


def _joined(blocks: list[_Block]) -> _Block:
    return _Block("\n".join(block.html for block in blocks), sum(block.height for block in blocks))


def _cut(block: _Block, most: int) -> list[_Block]:
    """A block, in as many as slides hold it; what cannot be cut stays whole, and goes on on the next slide."""
    if _wide(block.html) <= most and (block.height <= _lines(most) or block.name not in _WRAPS):
        return [block]
    if block.name == "p":
        return [piece for html in _paragraph(block.html, most) for piece in _Blocks(html).blocks]
    if block.name in _WRAPS:
        return _wrapped(block, most)
    return [block]


def _lines(most: int) -> float:
    """Lines of short entries in the place of so many letters."""
    return _ROOM * most / _MOST + 0.5  # the last entry needs no space below it


def _paragraph(html: str, most: int) -> list[str]:
    """A paragraph in several."""
    begun = html.index(">") + 1
    pieces, wide = [], _wide(html)
    while (parts := ceil(wide / most)) > 1 and (cut := _nearest(html, begun, len(html) / parts)):
        start, end = cut
        pieces.append(f"{html[:start]}</p>")
        wide -= _wide(pieces[-1])
        html = html[:begun] + html[end:]
    return [*pieces, html]


def _nearest(html: str, begun: int, wanted: float) -> tuple[int, int] | None:
    """Where a paragraph is best cut, near a length; what lies far behind is not looked at, to save time."""
    for kind in _CUTS:
        found = kind.finditer(html, begun, begun + int(4 * wanted) + 200)
        cuts = [match.span(match.lastindex or 0) for match in found]
        for cut in sorted(cuts, key=lambda cut: abs(wanted - cut[0])):
            if _outside(html[begun : cut[0]]):
                return cut
    return None


def _wrapped(block: _Block, most: int) -> list[_Block]:
    """A quotation or a list in several, each with whole paragraphs or entries; a list's numbers go on."""
    begun, ended = block.html.index(">") + 1, block.html.rindex("</")
    opening, closing = block.html[:begun], block.html[ended:]
    inner = [piece for one in _Blocks(block.html[begun:ended]).blocks for piece in _cut(one, most)]
    count = int(found[1]) if (found := _START.search(opening)) else 1
    made: list[_Block] = []
    for group in _grouped(inner, most):
        tag = f'{_START.sub("", opening)[:-1].rstrip()} start="{count}">' if block.name == "ol" else opening
        count += len(group)
        made += _Blocks(f"{tag}{_joined(group).html}{closing}").blocks
    return made or [block]


def _grouped(pieces: list[_Block], most: int) -> list[list[_Block]]:
    """Pieces in order, as many together as a slide holds, and never a heading last."""
    groups: list[list[_Block]] = []
    filled, tall = 0, 0.0
    for piece in pieces:
        wide = _wide(piece.html)
        fits = filled + wide <= most and tall + piece.height <= _lines(most)
        if groups and (fits or groups[-1][-1].heads):
            groups[-1].append(piece)
            filled, tall = filled + wide, tall + piece.height
        else:
            groups.append([piece])
            filled, tall = wide, piece.height
    return groups


def _outside(text: str) -> bool:
    """Whether every element that begins in a text ends in it; a line break has no end."""
    tags = [tag for tag in _TAGS.findall(text) if not tag.startswith("<br")]
    return text.count("<") == text.count(">") and 2 * sum(tag.startswith("</") for tag in tags) == len(tags)


def _wide(html: str) -> int:
    """Letters of a text; a sign of Chinese is as wide as two."""
    text = unescape(_TAGS.sub("", html))
    return len(text) + (0 if text.isascii() else sum(unicodedata.east_asian_width(letter) in "WF" for letter in text))


def _ends(heights: tuple[float, ...], room: float) -> tuple[int, ...]:
    """Where each slide ends: as few slides as can be, and those as even as can be."""

    @cache
    def best(start: int) -> tuple[int, float, tuple[int, ...]]:
        if start == len(heights):
            return 0, 0.0, ()
        found: tuple[int, float, tuple[int, ...]] = (len(heights) + 1, inf, ())
        filled = 0.0
        for end in range(start + 1, len(heights) + 1):
            filled += heights[end - 1]
            if filled > room and end > start + 1:
                break
            slides, uneven, ends = best(end)
            found = min(found, (slides + 1, uneven + filled**2, (end, *ends)))
        return found

    for start in range(len(heights) - 1, -1, -1):  # from the end, or a long part would call itself too deep
        best(start)
    return best(0)[2]


class _Blocks(HTMLParser):
    """Cuts HTML between its outermost elements, and measures each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[_Block] = []
        self._depth = self._begun = 0
        self._items = self._rows = self._pictures = self._headings = 0
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
            self._items = self._rows = self._pictures = self._headings = 0
        self._items += tag in {"li", "p"}
        self._rows += tag == "tr"
        self._pictures += tag == "img"
        self._headings += re.fullmatch("h[1-6]", tag) is not None
        self._depth += tag not in _VOID

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag not in _VOID
        if self._depth == 0:
            end = self.rawdata.index(">", self._place()) + 1
            html = self.rawdata[self._begun : end]
            self.blocks.append(_Block(html, self._height(html)))

    def _height(self, html: str) -> float:
        """In lines; a list's items and a table's rows each begin a line of their own."""
        if self._rows:
            return self._rows * _ROW + self._pictures * _PICTURE + max(ceil(_wide(html) / _LETTERS) - self._rows, 0)
        lines = ceil(_wide(html) / _LETTERS) + max(self._items - 1, 0) * 0.7
        return lines + _GAP + self._headings * (_HEADING - 1) + self._pictures * _PICTURE
