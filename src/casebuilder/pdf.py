"""Print HTML to PDF/UA-1, and the result read back. The only importer of WeasyPrint.

WeasyPrint keeps memory until its process ends and can run long on an unlucky page, so this is called in worker
processes. It gets no way to any file or host: what a document shows is handed to it.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
#: What WeasyPrint says when no font has a character.
_NO_GLYPH = re.compile(r'\.notdef glyph rendered .*?"(?P<letter>.)" \(U\+(?P<code>[0-9A-F]+)\)', re.DOTALL)
#: How many letters further on a word is looked for: more than a running header and footer, less than a page.
_REACH = 400
#: How many letters a page's running header has at most.
_HEAD = 120
_HIDDEN = frozenset(("head", "style", "script", "template"))


class PdfError(Exception):
    """A document that cannot be printed as it should be; its arguments are the reasons, a sentence each."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF that was read back and holds every word that went in.

    Attributes:
        content: its bytes.
        pages: how many pages it has.
    """

    content: bytes
    pages: int


def printed(html: str, *, styles: Sequence[str], files: Mapping[str, bytes | Path]) -> Printed:
    """Print a document and make sure that nothing was lost.

    Args:
        html: the whole document.
        styles: style sheets, in order.
        files: every file that document and styles may ask for, by its address.

    Raises:
        PdfError: a file was asked for that is not there, a character has no glyph, or words are missing on paper.
    """
    content = _rendered(html, styles, files)
    pages = texts(content)
    lost = missing(words(html), pages)
    if lost:
        some = " ".join(lost[:12]) + (" …" if len(lost) > 12 else "")  # noqa: PLR2004 - enough to find the place
        raise PdfError(f"{len(lost)} words did not reach the paper: {some}")
    return Printed(content, len(pages))


def _rendered(html: str, styles: Sequence[str], files: Mapping[str, bytes | Path]) -> bytes:
    import weasyprint  # noqa: PLC0415 - half a second, and only a worker needs it
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    fetcher = _fetcher(files)
    fonts = _font_configuration()
    with _complaints() as complaints:
        try:
            sheets = [weasyprint.CSS(string=style, font_config=fonts, url_fetcher=fetcher) for style in styles]
            document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="pack:/")
            content: bytes = document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
        except FatalURLFetchingError as refused:
            raise PdfError(str(refused)) from None
    if complaints:
        raise PdfError(*dict.fromkeys(complaints))
    return content


@cache
def _font_configuration() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """One set-up of fonts a process: reading them again for each pack would take as long as a page."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - see above

    return FontConfiguration()


def _fetcher(files: Mapping[str, bytes | Path]) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """What WeasyPrint asks for files: it serves those that were handed over, and stops the rendering at any other."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415 - see above

    class Handed(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401, ARG002 - the base class's form
            if url not in files:
                raise FatalURLFetchingError(f"the document asks for {url}, which is not part of it")
            held = files[url]
            kind = _TYPES.get(PurePosixPath(url).suffix.lower(), "application/octet-stream")
            content = held.read_bytes() if isinstance(held, Path) else held
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return Handed()


class _Complaints(logging.Handler):
    """Collects what WeasyPrint only logs: a character without a glyph, a picture that cannot be read, a missing alt."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def __enter__(self) -> list[str]:
        logging.getLogger("weasyprint").addHandler(self)
        return self.found

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if found := _NO_GLYPH.search(said):
            name = unicodedata.name(found["letter"], "without a name")
            self.found.append(f'no font has the character "{found["letter"]}" (U+{found["code"]}, {name})')
        else:
            self.found.append(said)


def _complaints() -> _Complaints:
    return _Complaints()


# What went in, and what came out


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
    import pypdfium2  # noqa: PLC0415 - only a worker needs it

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
    """Where a word ends in the flow of letters; a hyphen may have broken it between this page's foot and the next page."""
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
    return "".join(_bare(plain))


def _bare(text: str) -> Iterator[str]:
    return (letter for letter in text if letter.isalnum())
