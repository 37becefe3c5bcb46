"""The least width of a text that may be broken anywhere, which a table asks for each of its cells.

WeasyPrint splits such a text letter by letter, and lays out the rest of it for each: a cell of 300 words takes ten
seconds, one of 3,000 words more than an hour. The width is that of the widest letter, so only this one is split off.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from casebuilder.outputs.packs.pdf.weasyprint_internals.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

#: A text of so few letters is measured whole.
_SHORT = 8
#: The letters that are kept of a longer one: the first, the widest and the last.
_KEPT = 3
_WRAPPING = frozenset(("normal", "pre-wrap", "pre-line"))
_JOINER = "\u200d"
#: The width of each letter in CSS pixels, by its style and size, of each set-up of fonts.
_WIDTHS: WeakKeyDictionary[Any, defaultdict[str, dict[str, float]]] = WeakKeyDictionary()


def _with_each_letter_once(measure: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Wrap the function that yields the widths of lines: long texts that break anywhere have each letter once."""

    def measure_lines(  # noqa: PLR0913, PLR0917 - WeasyPrint's
        context: Any,  # noqa: ANN401 - WeasyPrint has no types
        box: Any,  # noqa: ANN401 - WeasyPrint has no types
        outer: bool,  # noqa: FBT001 - WeasyPrint's
        is_line_start: bool,  # noqa: FBT001 - WeasyPrint's
        minimum: bool,  # noqa: FBT001 - WeasyPrint's
        skip_stack: Any = None,  # noqa: ANN401 - WeasyPrint has no types
        first_line: bool = False,  # noqa: FBT001, FBT002 - WeasyPrint's
    ) -> Iterator[Any]:
        if minimum and skip_stack is None and not first_line and any(map(_is_long, box.children)):
            box = box.copy_with_children(
                [_shortened(child, context) if _is_long(child) else child for child in box.children]
            )
        return measure(context, box, outer, is_line_start, minimum, skip_stack, first_line)

    return measure_lines


def _is_long(box: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Return whether a box is a long text that may be broken anywhere."""
    text = getattr(box, "text", "")
    style = box.style
    return len(text) > _SHORT and style["overflow_wrap"] == "anywhere" and style["white_space"] in _WRAPPING


def _shortened(box: Any, context: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return a copy of a text with its first, its widest and its last letter, each a word."""
    letters = _letters(box.text)
    if len(letters) <= _KEPT:
        return box
    first, *others, last = letters
    widths = _widths_of(dict.fromkeys(others), box.style, context)
    return box.copy_with_text(f"{first} {max(widths, key=widths.__getitem__)} {last}")


def _widths_of(letters: Collection[str], style: Any, context: Any) -> dict[str, float]:  # noqa: ANN401 - WeasyPrint's
    """Return how wide letters are in a style and its size, in CSS pixels."""
    from weasyprint.text.line_break import _font_style_cache_key, split_first_line

    known = _WIDTHS.setdefault(style.font_config, defaultdict(dict))[_font_style_cache_key(style, include_size=True)]
    for letter in letters:
        if letter not in known:
            known[letter] = split_first_line(letter, style, context, None, 0)[3]
    return {letter: known[letter] for letter in letters}


def _letters(text: str) -> list[str]:
    """Return the letters of a text, each with its marks."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for letter in text:
        if found and (unicodedata.category(letter)[0] == "M" or _JOINER in {letter, found[-1][-1]}):
            found[-1] += letter
        else:
            found.append(letter)
    return found


PATCH = Patch(
    "A text that may be broken anywhere is measured letter by letter",
    ("weasyprint.layout.preferred", "inline_line_widths"),
    _with_each_letter_once,
)
