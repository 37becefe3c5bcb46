"""The work of one worker for one pack: find the fonts, print, verify. Every input is an argument of the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from casebuilder import fonts
from casebuilder.outputs.packs import pdf
from casebuilder.outputs.packs.press.toolchain import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_FONTS = "pack:fonts/"


@dataclass(frozen=True, slots=True)
class PressedFont:
    """A face that a pack is printed with.

    Attributes:
        face: where its file lies on the machine that asks for the pack.
        digest: the SHA-256 of that file: another machine may have another file in the same place.
    """

    face: fonts.Face
    digest: str


PressedFonts: TypeAlias = tuple[PressedFont, ...]


def used_fonts(html: str) -> PressedFonts:
    """Return our own faces, and the system's for characters that those lack."""
    own_faces = fonts.faces()
    faces = (*own_faces, *fonts.fallbacks(fonts.uncovered(" ".join(pdf.words(html)), own_faces)))
    return tuple(PressedFont(face, digest(face.path)) for face in faces)


def print_job(
    html: str, style: str, pictures: Mapping[str, bytes], used_fonts: PressedFonts, page_numbering: str = ""
) -> tuple[bytes, int]:
    """Return one pack as a PDF, and how many pages it has.

    Args:
        html: the whole document.
        style: its style sheet, without the fonts.
        pictures: the bytes of each picture, by the address under which the document asks for it.
        used_fonts: the faces.
        page_numbering: the form of a page number.

    Raises:
        pdf.PdfError: it cannot be printed as it should be.
    """
    faces = _local_faces(used_fonts)
    styles, files = _styles_and_files(style, pictures, faces)
    printed = pdf.print_document(
        html, styles=styles, files=files, page_numbering=page_numbering, shared_glyphs=lambda: fonts.alike(faces)
    )
    return printed.content, printed.pages


def merge_job(  # noqa: PLR0913, PLR0917 - what travels with the call
    html: str,
    style: str,
    pictures: Mapping[str, bytes],
    used_fonts: PressedFonts,
    page_numbering: str,
    parts: Sequence[tuple[bytes, str]],
) -> tuple[bytes, int]:
    """Return a volume as one PDF, and how many pages it has.

    Args:
        html: the cover, contents and index.
        style: its style sheet, without the fonts.
        pictures: the bytes of each picture, by the address under which the document asks for it.
        used_fonts: the faces.
        page_numbering: the form of a page number in the volume; if empty, each pack keeps its own numbers.
        parts: the bytes and the title of each pack.

    Raises:
        pdf.PdfError: it cannot be printed as it should be.
    """
    styles, files = _styles_and_files(style, pictures, _local_faces(used_fonts))
    printed = pdf.print_volume(
        html, styles=styles, files=files, parts=[pdf.Part(*part) for part in parts], page_numbering=page_numbering
    )
    return printed.content, printed.pages


def _local_faces(pressed_fonts: PressedFonts) -> tuple[fonts.Face, ...]:
    """Return the faces as this machine has them: the same files, if perhaps in other places.

    Raises:
        pdf.PdfError: a file is missing here, or is another.
    """
    faces_here = {face.name: face for face in fonts.faces()}
    faces = tuple(faces_here.get(font.face.name, font.face) for font in pressed_fonts)
    for font, face in zip(pressed_fonts, faces, strict=True):
        if not face.path.is_file() or digest(face.path) != font.digest:
            name = face.path.name
            raise pdf.PdfError(
                pdf.Fault(f"the machine that prints has another font file {name}, or none: install the same")
            )
    return faces


def _styles_and_files(
    style: str, pictures: Mapping[str, bytes], faces: tuple[fonts.Face, ...]
) -> tuple[tuple[str, str], dict[str, bytes | Path]]:
    """Return the style sheets of a document, the fonts' first, and all files that it may ask for."""
    files: dict[str, bytes | Path] = {**pictures, **{_FONTS + face.name: face.path for face in faces}}
    return (fonts.css(faces, lambda face: _FONTS + face.name), style), files
