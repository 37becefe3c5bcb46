"""A line that WeasyPrint breaks too early: after its first word, although all of its text fits.

It happens where a text that ends in a space fills a line to within that space, and an element follows: `he had <em>no
choice</em>`. The space hangs over the edge, where it does no harm; WeasyPrint takes the line for one that nothing can
break, and keeps its first word alone. One paragraph in a hundred with an element in it looked so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.pdf.weasyprint_internals.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable

#: Spaces that may hang over the end of a line, the no-break space among them.
_SPACES = " \u00a0"


def _with_hanging_spaces(split: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the function that splits off the first line of a text: where it is short, try without the last space."""

    def split_line(text: str, style: Any, context: Any, width: float | None, *others: Any, **named: Any) -> Any:  # noqa: ANN401 - no types
        first_try = split(text, style, context, width, *others, **named)
        _, _, remainder, used_width, _, _ = first_try
        without_spaces = text.rstrip(_SPACES)
        if width is None or remainder is None or used_width * 2 > width or without_spaces in {"", text}:
            return first_try
        fits = split(without_spaces, style, context, width, *others, **named)[2] is None
        return split(text, style, context, None, *others, **named) if fits else first_try

    return split_line


PATCH = Patch(
    "A line is broken after its first word", ("weasyprint.layout.inline", "split_first_line"), _with_hanging_spaces
)
