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
#: How many letters a page holds, about: in columns that run from right to left a word may be drawn so far away.
_PAGE = 3000
#: So many words at a paragraph's beginning tell where it stands: few, if a page ends soon after.
_OPENINGS = (1, 2, 3, 5)
#: Of a drawing nothing is set as text: its title becomes its alternative text.
_HIDDEN = frozenset(("head", "style", "script", "template", "svg"))
#: Two Arabic letters that are drawn as one, of which nobody can tell on paper which came first.
_LAM_ALEF = re.compile("(\u0644)([\u0622\u0623\u0625\u0627])")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
#: What is drawn in one direction: an Arabic "and" is written to the word after it, which may be English.
_RUNS = re.compile(r"[\u0590-\u08ff]+|[^\W_\u0590-\u08ff]+")
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


def missing(expected: Sequence[Sequence[str]], pages: Sequence[str], *, leftward: bool = False) -> list[str]:
    """The words that are not found on the pages, in their order.

    Letters alone are compared, since a PDF knows neither spaces nor which hyphen ended a line. A paragraph is looked
    for whole, from the end of the last one, then anywhere, since columns are drawn side by side; one that is nowhere
    whole goes over a page's foot, and is followed word by word.

    Args:
        expected: the words of each paragraph.
        pages: the text of each page.
        leftward: whether the document runs from right to left, so that even its English is drawn in another order.
    """
    flow = _Flow(pages, leftward=leftward)
    return [word for paragraph in expected for word in flow.lost(paragraph)]


class _Flow:
    """The letters of all pages, and a reader's finger on them."""

    def __init__(self, pages: Sequence[str], *, leftward: bool) -> None:
        self._letters = ""
        self._leftward = leftward
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
            # What is drawn in another order is not followed far: a short text stands in many places.
            self._at = self._at + len(whole) if self._leftward and place > self._at + _REACH else place + len(whole)
            return []
        if whole in self._letters:
            return []
        if self._leftward or _RIGHT_TO_LEFT.search(whole):
            return self._unordered(paragraph, len(whole))
        openings = {letters("".join(paragraph[:count])) for count in _OPENINGS}
        starts = {self._at, *(max(self._letters.find(opening), 0) for opening in openings)}
        nearest = sorted(starts, key=lambda start: (start != self._at, start))  # min takes the first of equals
        lost, end = min((self._followed(paragraph, start) for start in nearest), key=lambda one: len(one[0]))
        self._at = self._at if lost else end
        return lost

    def _unordered(self, paragraph: Sequence[str], length: int) -> list[str]:
        """The missing words of a paragraph with two directions, of which a PDF does not keep the order."""
        near = self._letters[max(self._at - _PAGE, 0) : self._at + length + _PAGE]
        lost = [word for word in paragraph if not all(_drawn(letters(run), near) for run in _RUNS.findall(word))]
        self._at += 0 if lost else length
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


def _drawn(run: str, near: str) -> bool:
    """Whether letters of one direction are on paper. A shaped mark may part a word there, or hide the letter below."""
    if run in near:
        return True
    cuts = range(len(run)) if _RIGHT_TO_LEFT.match(run) else ()
    return any(run[:cut] in near and (run[cut:] in near or run[cut + 1 :] in near) for cut in cuts)


def letters(text: str) -> str:
    """Letters and digits alone, without case, ligatures and the marks that some scripts put on their letters."""
    plain = _LAM_ALEF.sub(r"\2\1", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in plain if letter.isalnum())
