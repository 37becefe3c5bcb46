"""The words of shaped scripts, which WeasyPrint does not write beside their glyphs.

It says of each glyph which letters it stands for, which is not enough where letters change places: what is copied,
searched or read aloud would be spelt otherwise than it is on the paper. ISO 32000-1, 14.9.4.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.pdf.weasyprint_internals.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Letters that are composed of others or joined without being marks: Hangul's parts, Mongolian, flags and skin tones.
_COMPOSED = re.compile(
    "[\u1100-\u11ff\u1800-\u18af\u200d\ua960-\ua97f\ud7b0-\ud7ff\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
#: Text without any of these, and without marks. Most text is; it is found in one step.
_PLAIN = re.compile("[\u0000-\u02ff\u2010-\u2027\u2030-\u205e]*")


def is_shaped(text: str) -> bool:
    """Return whether the glyphs of a text may stand in another order or number than its letters.

    Letters that are stacked or change places (Devanagari to Khmer, and every script of that family) do so around
    marks, and so do accents that no letter has built in. Arabic and Hebrew without marks are not among them: programs
    that copy a PDF's words turn those round themselves.
    """
    if _PLAIN.fullmatch(text):
        return False
    return bool(_COMPOSED.search(text)) or any(unicodedata.category(letter)[0] == "M" for letter in text)


def _with_words(marked: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the function that marks glyphs: add their text as ActualText."""
    from pydyf import String

    @contextmanager
    def whole(stream: Any, box: Any, tag: str) -> Iterator[None]:  # noqa: ANN401 - WeasyPrint has no types
        with marked(stream, box, tag):
            if is_shaped(getattr(box, "text", "")):
                _, properties, _ = stream.stream[-3:]
                properties["ActualText"] = String(box.text)
            yield

    return whole


PATCH = Patch("The words of shaped scripts cannot be copied", ("weasyprint.pdf.stream", "Stream.marked"), _with_words)
