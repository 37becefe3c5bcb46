"""The proof-reader: the words that went into a document, compared with those that came out on its pages.

WeasyPrint can cut a very long flow short without an error; a pack that lacks its last page must not be handed out.
"""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How many letters further on a word is looked for: more than a running header and footer, less than a page.
_REACH = 400
#: How many letters a page's running header has at most.
_HEAD = 120
_HIDDEN = frozenset(("head", "style", "script", "template"))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._hidden += tag in _HIDDEN

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found += data.split()


def words(html: str) -> list[str]:
    """The words of a document's body, in order."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return parser.found


def texts(content: bytes) -> list[str]:
    """The text of each page of a PDF, in the order in which it was drawn."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def missing(expected: Sequence[str], pages: Sequence[str]) -> list[str]:
    """The words that are not found on the pages, in their order.

    Letters alone are compared, since a PDF knows neither spaces nor which hyphen ended a line. A word is looked for
    from the end of the last one; what stands between, a header or a page's number, is passed over.
    """
    flow, feet = "", []
    for page in pages:
        flow += letters(page)
        feet.append(len(flow))
    lost = []
    at = 0
    for word in expected:
        wanted = letters(word)
        end = _found(wanted, flow, at, foot=next((foot for foot in feet if foot > at), len(flow)))
        if end is None:
            lost.append(word)
        else:
            at = end
    return lost


def _found(wanted: str, flow: str, at: int, foot: int) -> int | None:
    """Where a word ends in the flow of letters; a hyphen may have broken it between this page's foot and the next."""
    place = flow.find(wanted, at, at + _REACH + len(wanted))
    ends = [place + len(wanted)] if place >= 0 else []
    if not ends or ends[0] > foot:
        for cut in range(2, len(wanted) - 1):
            if flow.find(wanted[:cut], at, foot) >= 0:
                rest = flow.find(wanted[cut:], foot, foot + _HEAD + len(wanted))
                ends += [rest + len(wanted) - cut] if rest >= 0 else []
    return min(ends, default=None)


def letters(text: str) -> str:
    """Letters and digits alone, without case, ligatures and the marks that some scripts put on their letters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
