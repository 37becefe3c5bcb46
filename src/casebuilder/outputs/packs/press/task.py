"""What one worker does for one pack: find the fonts, print, read back. Everything it needs travels with the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from casebuilder import fonts
from casebuilder.outputs.packs import pdf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: The faces that a pack is printed with.
PressedFonts: TypeAlias = tuple[fonts.Face, ...]
_FONTS = "pack:fonts/"


def used_fonts(html: str) -> PressedFonts:
    """Our own faces, and the system's for characters that those lack."""
    own = fonts.faces()
    return (*own, *fonts.fallbacks(fonts.uncovered(" ".join(pdf.words(html)), own)))


def print_job(
    html: str, style: str, pictures: Mapping[str, bytes], used: PressedFonts, folio: str = ""
) -> tuple[bytes, int]:
    """One pack as a PDF, and how many pages it has.

    Args:
        html: the whole document.
        style: its style sheet, without the fonts.
        pictures: the bytes of each picture, by the address under which the document asks for it.
        used: the faces.
        folio: how a page is numbered.

    Raises:
        pdf.PdfError: it cannot be printed as it should be.
    """
    styles, files = _equipped(style, pictures, used)
    made = pdf.printed(html, styles=styles, files=files, folio=folio, alike=lambda: fonts.alike(used))
    return made.content, made.pages


def bind_job(  # noqa: PLR0913, PLR0917 - what travels with the call
    html: str,
    style: str,
    pictures: Mapping[str, bytes],
    used: PressedFonts,
    folio: str,
    parts: Sequence[tuple[bytes, str]],
) -> tuple[bytes, int]:
    """Packs bound as one PDF, and how many pages it has.

    Args:
        html: what stands before and after them.
        style: its style sheet, without the fonts.
        pictures: the bytes of each picture, by the address under which the document asks for it.
        used: the faces.
        folio: how a page is numbered through the whole; each pack keeps its own numbers if it is empty.
        parts: the bytes and the title of each pack.

    Raises:
        pdf.PdfError: it cannot be printed as it should be.
    """
    styles, files = _equipped(style, pictures, used)
    made = pdf.bound(html, styles=styles, files=files, parts=[pdf.Part(*part) for part in parts], folio=folio)
    return made.content, made.pages


def _equipped(
    style: str, pictures: Mapping[str, bytes], used: PressedFonts
) -> tuple[tuple[str, str], dict[str, bytes | Path]]:
    """The style sheets of a document, the fonts' first, and all files that it may ask for."""
    here = {face.name: face for face in fonts.faces()}  # another machine has the same faces in other places
    used = tuple(here.get(face.name, face) for face in used)
    files: dict[str, bytes | Path] = {**pictures, **{_FONTS + face.name: face.path for face in used}}
    return (fonts.css(used, lambda face: _FONTS + face.name), style), files
