"""Brackets that are copied as their opposites, where a document has lines from right to left.

A bracket in such a line is drawn by the glyph of its opposite. WeasyPrint has that glyph stand for the bracket that the
text had there, and then for all text: “«so»” elsewhere in the document would be copied and read aloud as “»so«”.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.pdf.weasyprint_internals.patches import Patch
from casebuilder.writingsystems import is_leftward

if TYPE_CHECKING:
    from collections.abc import Callable

_PAIRS = ("()", "[]", "{}", "<>", "«»", "\u2039\u203a", "≤≥")
_OPPOSITE = {pair[side]: pair[1 - side] for pair in _PAIRS for side in (0, 1)}


def _with_brackets(dictionary: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the function that writes a document's fonts, so that each bracket maps to what it looks like."""

    def with_brackets(pdf: Any, fonts: Any, *others: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        if any(map(is_leftward, set("".join(text for font in fonts.values() for text in font.to_unicode.values())))):
            for font in fonts.values():
                _turn_brackets(font)
        return dictionary(pdf, fonts, *others)

    return with_brackets


def _turn_brackets(font: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Map each bracket glyph of a font to the character it looks like."""
    from fontTools.ttLib import TTFont

    brackets = {glyph: text for glyph, text in font.to_unicode.items() if text in _OPPOSITE}
    if not brackets:
        return
    with TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True) as file:
        names = file.getBestCmap() or {}
        for glyph, text in brackets.items():
            opposite_sign = _OPPOSITE[text]
            own_glyph, opposite_glyph = (names.get(ord(letter)) for letter in (text, opposite_sign))
            if (
                opposite_glyph
                and file.getGlyphID(opposite_glyph) == glyph
                and (not own_glyph or file.getGlyphID(own_glyph) != glyph)
            ):
                font.to_unicode[glyph] = opposite_sign


PATCH = Patch("Brackets are copied as their opposites", ("weasyprint.pdf", "build_fonts_dictionary"), _with_brackets)
