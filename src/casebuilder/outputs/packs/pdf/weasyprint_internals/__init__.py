"""Everything that depends on private parts of WeasyPrint 70: functions that are wrapped, and layout that is read.

WeasyPrint promises nothing of this. So this package checks, when it is imported, that the installed version still has
every name, parameter and rule that it uses, and refuses to print if not. `docs/upstream.md` holds, for each patch, a
report to WeasyPrint; `tests/test_weasyprint_internals.py` shows, for each, what is wrong without it, and fails when
WeasyPrint no longer needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.outputs.packs.pdf.weasyprint_internals import (
    brackets,
    earlybreaks,
    fontdates,
    missingtags,
    narrowcells,
    patches,
    shapedwords,
    splittables,
    tablecells,
)
from casebuilder.outputs.packs.pdf.weasyprint_internals.directions import taken_for_letters
from casebuilder.outputs.packs.pdf.weasyprint_internals.layout import free_height, line_height
from casebuilder.outputs.packs.pdf.weasyprint_internals.requirements import require
from casebuilder.outputs.packs.pdf.weasyprint_internals.stylesheet import lean_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.outputs.packs.pdf.weasyprint_internals.patches import Patch

__all__ = ["PATCHES", "apply", "free_height", "lean_html", "line_height", "taken_for_letters"]

#: In the order in which they are applied: of two that wrap the same function, the later is the outer.
PATCHES: tuple[Patch, ...] = (
    tablecells.PATCH,  # sees each table's own tag, before those of list items take it into their body
    *missingtags.PATCHES,
    shapedwords.PATCH,
    brackets.PATCH,
    earlybreaks.PATCH,
    fontdates.PATCH,
    narrowcells.PATCH,
    *splittables.PATCHES,
)

require()
_ORIGINALS = patches.originals(PATCHES)


def apply(chosen: Sequence[Patch] = PATCHES) -> None:
    """Have WeasyPrint run with these patches and no others, from now on and in this process.

    WeasyPrint has no settings for what they do, so its functions are replaced where they are looked up.
    """
    patches.put_on(chosen, _ORIGINALS)
