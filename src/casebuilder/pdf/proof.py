"""The proof-reader: the words that went into a document, compared with those that came out on its pages.

WeasyPrint can cut a very long flow short without an error; a pack that lacks its last page must not be handed out.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How many letters further on a word is looked for: more than a running header and footer, less than a page.
_REACH = 400
#: How many letters a page's running header has at most.
_HEAD = 120
#: So many words at a paragraph's beginning tell where it stands: few, if a page ends soon after.
_OPENINGS = (1, 2, 3, 5)
#: Of a drawing nothing is set as text: its title becomes its alternative text.
_HIDDEN = frozenset(("head", "style", "script", "template", "svg"))
_INLINE = frozenset(re.split(" ", "a abbr b cite code del em i ins kbd mark q s small span strong sub sup u"))


class _Paragraphs(HTMLParser):
    """Cuts a document's words wherever a block begins or ends."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = [[]]
        self._hidden = 0
        self._glued = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._hidden += tag in _HIDDEN
        self._cut(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN
        self._cut(tag)

    def _cut(self, tag: str) -> None:
        if tag not in _INLINE and self.found[-1]:
            self.found.append([])
        self._glued = self._glued and tag in _INLINE

    def handle_data(self, data: str) -> None:
        if self._hidden or not data:
            return
        first, *rest = data.split() or [""]
        if self._glued and not data[0].isspace():
            self.found[-1][-1] += first
        elif first:
            self.found[-1].append(first)
        self.found[-1] += rest
        self._glued = bool(self.found[-1]) and not data[-1].isspace()


def paragraphs(html: str) -> list[list[str]]:
    """The words of a document's body, block by block, in order."""
    parser = _Paragraphs()
    parser.feed(html)
    parser.close()
    return [found for found in parser.found if found]


def words(html: str) -> list[str]:
    """The words of a document's body, in order."""
    return [word for found in paragraphs(html) for word in found]


def texts(content: bytes) -> list[str]:
    """The text of each page of a PDF, in the order in which it was drawn."""
    import pypdfium2  # type: ignore[import-untyped]  # it has no types

    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def missing(expected: Sequence[Sequence[str]], pages: Sequence[str]) -> list[str]:
    """The words that are not found on the pages, in their order.

    Letters alone are compared, since a PDF knows neither spaces nor which hyphen ended a line. A paragraph is looked
    for whole, from the end of the last one, then anywhere, since columns are drawn side by side; one that is nowhere
    whole goes over a page's foot, and is followed word by word.

    Args:
        expected: the words of each paragraph.
        pages: the text of each page.
    """
    flow = _Flow(pages)
    return [word for paragraph in expected for word in flow.lost(paragraph)]


class _Flow:
    """The letters of all pages, and a reader's finger on them."""

    def __init__(self, pages: Sequence[str]) -> None:
        self._letters = ""
        self._feet = []
        for page in pages:
            self._letters += letters(page)
            self._feet.append(len(self._letters))
        self._at = 0

    def lost(self, paragraph: Sequence[str]) -> list[str]:
        """The words of a paragraph that are not there."""
        whole = letters("".join(paragraph))
        place = self._letters.find(whole, self._at)
        if place >= 0:
            self._at = place + len(whole)
            return []
        if whole in self._letters:
            return []
        openings = {letters("".join(paragraph[:count])) for count in _OPENINGS}
        starts = {self._at, *(max(self._letters.find(opening), 0) for opening in openings)}
        lost, end = min((self._followed(paragraph, start) for start in sorted(starts)), key=lambda one: len(one[0]))
        self._at = self._at if lost else end
        return lost

    def _followed(self, paragraph: Sequence[str], start: int) -> tuple[list[str], int]:
        """The words that are missing from a place on, and where the last of the others ends."""
        lost = []
        at = start
        for word in paragraph:
            end = self._end(letters(word), at)
            if end is None:
                lost.append(word)
            else:
                at = end
        return lost, at

    def _end(self, wanted: str, at: int) -> int | None:
        """Where a word ends; a hyphen may have broken it between this page's foot and the next page's head."""
        place = self._letters.find(wanted, at, at + _REACH + len(wanted))
        ends = [place + len(wanted)] if place >= 0 else []
        foot = next((foot for foot in self._feet if foot > at), len(self._letters))
        if not ends or ends[0] > foot:
            for cut in range(2, len(wanted) - 1):
                if self._letters.find(wanted[:cut], at, foot) >= 0:
                    rest = self._letters.find(wanted[cut:], foot, foot + _HEAD + len(wanted))
                    ends += [rest + len(wanted) - cut] if rest >= 0 else []
        return min(ends, default=None)


def letters(text: str) -> str:
    """Letters and digits alone, without case, ligatures and the marks that some scripts put on their letters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
