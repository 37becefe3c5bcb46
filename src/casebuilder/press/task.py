"""What one worker does for one pack: find the fonts, print, read back. Everything it needs travels with the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from casebuilder import fonts, pdf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: The faces that a pack is printed with.
PressedFonts: TypeAlias = tuple[fonts.Face, ...]
_FONTS = "pack:fonts/"


def used_fonts(html: str) -> PressedFonts:
    """Our own faces, and the system's for characters that those lack."""
    own = fonts.faces()
    return (*own, *fonts.fallbacks(fonts.uncovered(" ".join(pdf.words(html)), own)))


def print_job(html: str, style: str, pictures: Mapping[str, bytes], used: PressedFonts) -> tuple[bytes, int]:
    """One pack as a PDF, and how many pages it has.

    Args:
        html: the whole document.
        style: its style sheet, without the fonts.
        pictures: the bytes of each picture, by the address under which the document asks for it.
        used: the faces.

    Raises:
        pdf.PdfError: it cannot be printed as it should be.
    """
    here = {face.name: face for face in fonts.faces()}  # another machine has the same faces in other places
    used = tuple(here.get(face.name, face) for face in used)
    files: dict[str, bytes | Path] = {**pictures, **{_FONTS + face.name: face.path for face in used}}
    made = pdf.printed(html, styles=(fonts.css(used, lambda face: _FONTS + face.name), style), files=files)
    return made.content, made.pages
