"""Print HTML to PDF/UA-1, read back and compared before anybody gets it.

WeasyPrint keeps memory until its process ends and can run long on an unlucky page, so this is called in worker
processes. It gets no way to any file or host: what a document shows is handed to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.pdf.engine import PdfError, rendered
from casebuilder.pdf.proof import letters, missing, paragraphs, texts, words
from casebuilder.pdf.room import LINE, room

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["LINE", "PdfError", "Printed", "letters", "missing", "paragraphs", "printed", "room", "texts", "words"]

#: So many lost words are named: enough to find the place.
_NAMED = 12
_LEFTWARD = re.compile(r'<html\b[^>]* dir="rtl"')


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
    content = rendered(html, styles, files)
    pages = texts(content)
    lost = missing(paragraphs(html), pages, leftward=_LEFTWARD.search(html) is not None)
    if lost:
        some = " ".join(lost[:_NAMED]) + (" …" if len(lost) > _NAMED else "")
        raise PdfError(f"{len(lost)} words did not reach the paper: {some}")
    return Printed(content, len(pages))
