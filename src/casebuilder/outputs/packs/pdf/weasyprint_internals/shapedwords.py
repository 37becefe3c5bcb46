"""The text of shaped scripts and of code, which WeasyPrint does not write beside its glyphs.

It says of each glyph which letters it stands for, which is not enough where letters change places: what is copied,
searched or read aloud would be spelt otherwise than it is on the paper. Programs copy several blanks as one, so that
columns of code are lost. ISO 32000-1, 14.9.4.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.pdf.shapedtext import is_shaped
from casebuilder.outputs.packs.pdf.weasyprint_internals.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _has_columns(box: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Return whether the blanks of a text are kept, as in code, and there are several in a row."""
    return "  " in getattr(box, "text", "") and box.style["white_space"] == "pre-wrap"


def _string(text: str) -> bytes:
    """Return a text as a PDF's string of hexadecimal digits: brackets of code would end other strings."""
    return b"<" + f"\ufeff{text}".encode("utf-16-be").hex().encode() + b">"


def _with_words(marked: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the function that marks glyphs: add their text as ActualText."""

    @contextmanager
    def whole(stream: Any, box: Any, tag: str) -> Iterator[None]:  # noqa: ANN401 - WeasyPrint has no types
        with marked(stream, box, tag):
            if _has_columns(box) or is_shaped(getattr(box, "text", "")):
                _, properties, _ = stream.stream[-3:]
                properties["ActualText"] = _string(box.text)
            yield

    return whole


PATCH = Patch("The words of shaped scripts cannot be copied", ("weasyprint.pdf.stream", "Stream.marked"), _with_words)
