"""The words of an HTML document, and their normalised form for comparison with a PDF's text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from itertools import product
from typing import TYPE_CHECKING

from casebuilder import markup

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Of a drawing nothing is set as text: its title becomes its alternative text.
_HIDDEN = frozenset(("head", "style", "script", "template", "svg"))
_INLINE = frozenset(re.split(" ", "a abbr b cite code del em i ins kbd mark q s small span strong sub sup u"))
#: Blanks and what steers joining and direction are not drawn.
_UNDRAWN = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))
#: Hyphens share one glyph, which is extracted as the first of them in the document.
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
_SELECTORS = range(0xFE00, 0xFE10)
_BRACKETS = str.maketrans(")]}>»\u203a≥", "([{<«\u2039≤")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d)")
#: Stand-ins for the text before and after: nothing, or a word in one of the directions, in which numbers, signs and
#: emoji beside it go on; digits after a word of Arabic go another way than after one of Hebrew (UAX 9, W2).
_BEFORE = ("", "\u200e", "\u200f", "\u061c")
_AFTER = ("", "\u200e", "\u200f")


class _Paragraphs:
    """Cuts a document's words wherever a block begins or ends."""

    def __init__(self, html: str) -> None:
        self.found: list[list[str]] = [[]]
        #: The number of the table that holds each paragraph; the cells of the longest row of each table.
        self.tables: list[int | None] = [None]
        self.columns: list[int] = []
        self._inside: list[int] = []
        self._cells = 0
        self._hidden = 0
        self._glued = False
        for node, entering in markup.walk(markup.parse(html)):
            if isinstance(node, markup.Element):
                (self._begin_element if entering else self._end_element)(node.tag)
            elif not isinstance(node, markup.Other):
                self._add_text(unescape(node))

    def _begin_element(self, tag: str) -> None:
        self._hidden += tag in _HIDDEN
        if tag == "table":
            self._inside.append(len(self.columns))
            self.columns.append(0)
        elif tag == "tr":
            self._cells = 0
        elif tag in {"td", "th"} and self._inside:
            self._cells += 1
            self.columns[self._inside[-1]] = max(self.columns[self._inside[-1]], self._cells)
        self._cut_paragraph(tag)

    def _end_element(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN
        if tag == "table" and self._inside:
            self._inside.pop()
        self._cut_paragraph(tag)

    def _cut_paragraph(self, tag: str) -> None:
        if tag not in _INLINE and self.found[-1]:
            self.found.append([])
            self.tables.append(None)
        self.tables[-1] = self._inside[-1] if self._inside else None
        self._glued = self._glued and tag in _INLINE

    def _add_text(self, data: str) -> None:
        if self._hidden or not data:
            return
        first, *other_words = data.split() or [""]
        if self._glued and not data[0].isspace():
            self.found[-1][-1] += first
        elif first:
            self.found[-1].append(first)
        self.found[-1] += other_words
        self._glued = bool(self.found[-1]) and not data[-1].isspace()


def paragraphs(html: str) -> list[list[str]]:
    """Return the words of a document's body, block by block, in order."""
    return [paragraph for paragraph in _Paragraphs(html).found if paragraph]


def columns(html: str) -> list[int]:
    """Return for each paragraph the number of columns of the table that holds it; 0 outside tables."""
    parsed = _Paragraphs(html)
    pairs = zip(parsed.found, parsed.tables, strict=True)
    return [0 if table is None else parsed.columns[table] for paragraph, table in pairs if paragraph]


def words(html: str) -> list[str]:
    """Return the words of a document's body, in order."""
    return [word for paragraph in paragraphs(html) for word in paragraph]


def drawn(text: str) -> str:
    """Return the characters of a text that are drawn, each in the one form that both sides of a comparison have."""
    if text.isascii():
        return "".join(text.split()).lower()
    casefolded = unicodedata.normalize("NFKC", text).casefold().translate(_HYPHENS)
    return "".join(
        letter
        for letter in casefolded
        if unicodedata.category(letter) not in _UNDRAWN and ord(letter) not in _SELECTORS
    )


def letters(text: str) -> str:
    """Return only the letters and digits of a text, normalised, to compare text whose punctuation may be moved."""
    return "".join(letter for letter in drawn(text) if letter.isalnum())


def drawing_orders(text: str) -> Iterator[str]:
    """Yield the characters of some words from left to right, in every way in which a line may have them."""
    from bidi import get_display  # type: ignore[import-untyped]  # it has no types

    # The blank within a number may have been one that does not break: it then goes with the number's direction.
    spellings = dict.fromkeys((text, text.replace(" ", "\u00a0"), _THOUSANDS.sub("\u00a0", text)))
    for spelling, before, after, side in product(spellings, _BEFORE, _AFTER, "LR"):
        yield get_display(before + spelling + after, base_dir=side)


@lru_cache(maxsize=20_000)
def sort_letters(text: str) -> str:
    """Return the letters and digits of a text, in one order."""
    return "".join(sorted(filter(str.isalnum, text)))


@lru_cache(maxsize=20_000)
def without_direction(text: str) -> str:
    """Return drawn characters without accents and with brackets turned one way: a line's direction turns them."""
    decomposed = unicodedata.normalize("NFKD", text).translate(_BRACKETS)
    return "".join(letter for letter in decomposed if not _is_mark(letter))


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"
