"""The QR code of an address: drawn in the document itself, so that no file has to travel with it."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from markupsafe import Markup

#: Modules of white that a reader needs around the code (ISO/IEC 18004).
_QUIET = 4


@lru_cache(maxsize=64)
def drawing(address: str, label: str) -> Markup:
    """Return the code as SVG with its label, which the PDF takes over as alternative text.

    Several packs of a case show the same code, so it is cached: making it takes longer than the rest.

    Each row's dark modules are filled rectangles: strokes would leave hairlines between the rows on some printers.

    Args:
        address: what a telephone opens.
        label: the alternative text.
    """
    import segno

    rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
    size = len(rows) + 2 * _QUIET
    path = "".join(
        f"M{start + _QUIET} {y + _QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark_runs(row)
    )
    return Markup(  # noqa: S704 - our own SVG; label and address are escaped or drawn
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" viewBox="0 0 {size} {size}">'
        f'<title>{escape(label)}</title><path d="{path}"/></svg>'
    )


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    """Return the start and the length of each run of dark modules in a row."""
    runs: list[tuple[int, int]] = []
    for x, module in enumerate(row):
        if module and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif module:
            runs.append((x, 1))
    return runs
