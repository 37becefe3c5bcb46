"""Fonts that WeasyPrint changes before it embeds them, with the date of their makers instead of the time of printing.

It makes one weight of a variable font, and takes the pictures out of a font of emoji. Without this a pack would have
other bytes each time it is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.pdf.weasyprint_internals.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable


def _without_clock(open_font: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the class that reads a font, so that writing it keeps its date."""

    def opened(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        return open_font(*args, **{"recalcTimestamp": False, **kwargs})

    return opened


PATCH = Patch("A changed font has the time of printing", ("weasyprint.pdf.fonts", "TTFont"), _without_clock)
