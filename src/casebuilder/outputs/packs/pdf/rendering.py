"""Print HTML to PDF/UA-1 by WeasyPrint's public functions; `weasyprint_internals` holds all that is not public.

WeasyPrint keeps memory until its process ends and can run long on an unlucky page, so this is called in worker
processes. It gets no way to any file or host: what a document shows is handed to it.
"""

from __future__ import annotations

import gc
import logging
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.pdf.comparabletext import words
from casebuilder.outputs.packs.pdf.faults import Fault, PdfError
from casebuilder.outputs.packs.pdf.ruledlines import with_more_lines
from casebuilder.outputs.packs.pdf.stylefaults import style_fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.outputs.packs.pdf.stylefaults import StyleFault

_VARIANT = "pdf/ua-1"
#: The highest resolution of a picture in dots per inch: a camera's full picture makes a pack too large to send.
_DPI = 300
#: How much of another program's message is repeated.
_REASON = 120
_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
#: From this number of pages on, garbage is collected before writing: a second for less memory.
_MANY = 100
_DRAWING = "data:image/svg+xml"
#: WeasyPrint's message when no font has a character.
_NO_GLYPH = re.compile(r'\.notdef glyph rendered .*?"(?P<letter>.)" \(U\+(?P<code>[0-9A-F]+)\)', re.DOTALL)


def render(html: str, styles: Sequence[str], files: Mapping[str, bytes | Path]) -> bytes:
    """Return a document as PDF/UA-1; its last ruled lines use the room that is left on their pages.

    Raises:
        PdfError: a file is not in `files`, WeasyPrint logged a warning, it is another version than the one that our
            patches were written for, or the libraries that it needs are missing.
    """
    _apply_patches()
    from weasyprint.urls import FatalURLFetchingError

    with _Complaints(html) as complaints:
        try:
            layout = _Layout(styles, files, complaints)
            document = layout.of(html)
            if roomy := with_more_lines(html, document.pages):
                fuller = layout.of(roomy)
                document = fuller if len(fuller.pages) == len(document.pages) else document
            if len(document.pages) > _MANY:
                gc.collect()  # frees the layout's memory before writing
            content: bytes = document.write_pdf(pdf_variant=_VARIANT, finisher=_set_duplex)
        except FatalURLFetchingError as refused:
            raise PdfError(Fault(str(refused))) from None
    if complaints:
        raise PdfError(*dict.fromkeys(complaints))
    return content


def style_faults(style: str) -> tuple[StyleFault, ...]:
    """Return what WeasyPrint would not use of a style sheet, in order. Nothing is printed, and no file is read.

    Raises:
        PdfError: the libraries that it needs are missing, or it is another version than ours.
    """
    _apply_patches()
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError

    fetcher = _make_fetcher({}, (style,))
    with _Complaints("") as complaints:
        try:
            weasyprint.CSS(string=style, font_config=_font_configuration(), url_fetcher=fetcher, base_url="pack:/")
        except FatalURLFetchingError:
            complaints.append(Fault("packs have no fonts and files but casebuilder’s own, and pictures in theme/"))
        except Exception as error:  # noqa: BLE001 - whatever a style makes it stumble over
            complaints.append(Fault(f"the program that reads styles fails ({type(error).__name__})"))
    return tuple(dict.fromkeys(style_fault(str(complaint)) for complaint in complaints))


@cache
def _apply_patches() -> None:
    """Have WeasyPrint run with our patches from now on.

    Raises:
        PdfError: it is a version that they were not written for, or the libraries that it needs are missing.
    """
    try:
        from casebuilder.outputs.packs.pdf.weasyprint_internals import apply
    except OSError as error:
        reason = " ".join(str(error).split())[:_REASON]
        raise PdfError(Fault(f"Pango cannot be loaded ({reason}); casebuilder doctor says how to get it")) from None

    apply()


def _set_duplex(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Make one-sided printing the default where the back of a sheet would show an answer or be cut apart."""
    if document.metadata.custom.get("casebuilder.sides") == "one":
        pdf.catalog["ViewerPreferences"]["Duplex"] = "/Simplex"


class _Layout:
    """Lays documents out with the same styles and files."""

    def __init__(self, styles: Sequence[str], files: Mapping[str, bytes | Path], complaints: list[Fault]) -> None:
        self._fetcher = _make_fetcher(files, styles)
        self._fonts = _font_configuration()
        self._styles = []
        for style in styles:
            parsed, faults = _parse_style(style, tuple((name, files[name]) for name in sorted(files) if name in style))
            self._styles.append(parsed)
            complaints += faults

    def of(self, html: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        from casebuilder.outputs.packs.pdf.weasyprint_internals import lean_html

        source = lean_html()(string=html, url_fetcher=self._fetcher, base_url="pack:/")
        return source.render(
            stylesheets=self._styles,
            font_config=self._fonts,
            presentational_hints=True,  # without them `<ol start="3">` is printed as 1, 2, 3
            pdf_variant=_VARIANT,
            dpi=_DPI,
        )


@lru_cache(maxsize=32)
def _parse_style(style: str, files: tuple[tuple[str, bytes | Path], ...]) -> tuple[Any, tuple[Fault, ...]]:
    """Return a parsed style sheet and its faults. Most packs share theirs, so each process caches it.

    Args:
        style: the style sheet.
        files: every file that it names, by its address: with another file it is another style.
    """
    import weasyprint

    with _Complaints("") as faults:
        parsed = weasyprint.CSS(
            string=style, font_config=_font_configuration(), url_fetcher=_make_fetcher(dict(files), (style,))
        )
    return parsed, tuple(faults)


@cache
def _font_configuration() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return one set-up of fonts a process: reading them again for each pack would take as long as a page."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _make_fetcher(files: Mapping[str, bytes | Path], styles: Sequence[str] = ()) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return WeasyPrint's URL fetcher: it serves the given files, and stops the rendering at any other address.

    A picture may travel in a style or a drawing, as a `data:` address; in no text, which authors write.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class GivenFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401 - the base class's form
            if url.startswith("data:image/") and _is_within(url, styles, files):
                return super().fetch(url, headers)
            if url not in files:
                raise FatalURLFetchingError(f"the document asks for {url}, which is not part of it")
            source = files[url]
            kind = _TYPES.get(PurePosixPath(url).suffix.lower(), "application/octet-stream")
            content = source.read_bytes() if isinstance(source, Path) else source
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return GivenFiles()


def _is_within(url: str, styles: Sequence[str], files: Mapping[str, bytes | Path]) -> bool:
    """Return whether a style or a drawing that was handed over holds a picture in itself, under this address."""
    contents = (content for content in files.values() if isinstance(content, bytes))
    in_style = any(url in style or _DRAWING in style for style in styles)  # a drawing there is written in Base64
    return in_style or any(url.encode() in content for content in contents)


class _Complaints(logging.Handler):
    """Collects what WeasyPrint only logs: a character without a glyph, a picture that cannot be read, a missing alt."""

    def __init__(self, html: str) -> None:
        super().__init__(logging.WARNING)
        self.found: list[Fault] = []
        self._html = html

    def __enter__(self) -> list[Fault]:
        logging.getLogger("weasyprint").addHandler(self)
        return self.found

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if match := _NO_GLYPH.search(message):
            name = unicodedata.name(match["letter"], "without a name")
            message = f'no font on this machine has the character "{match["letter"]}" (U+{match["code"]}, {name})'
            self.found.append(Fault(message, _nearby_words(match["letter"], words(self._html))))
        else:
            self.found.append(Fault(message))


def _nearby_words(letter: str, document_words: Sequence[str]) -> str:
    """Return the words around the first occurrence of a character; empty if only a style has it."""
    place = next((place for place, word in enumerate(document_words) if letter in word), None)
    return "" if place is None else " ".join(document_words[max(place - 3, 0) : place + 4])
