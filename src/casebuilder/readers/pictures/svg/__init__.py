"""Drawings (SVG): their faults, and the safe copy that is published.

Browsers run the scripts of a drawing whose address is opened, on the same origin as the site. So the author's file is
never published: it is read into a tree, filtered by tables of allowed names, and written again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.readers.pictures.svg.complexity import weigh
from casebuilder.readers.pictures.svg.filtering import Sifter
from casebuilder.readers.pictures.svg.tree import RefusedError, read
from casebuilder.readers.pictures.svg.writing import written

if TYPE_CHECKING:
    from casebuilder.readers.pictures.picturefile import Fault

__all__ = ["Drawing", "sifted"]


#: The most faults that are reported; a drawing with more needs to be exported again.
_MOST_FAULTS = 50


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that was read.

    Attributes:
        content: the bytes to publish; empty if it is refused.
        faults: what is wrong with it, and what was removed.
        metadata: the text of parts that were removed without a report.
    """

    content: bytes
    faults: tuple[Fault, ...] = ()
    metadata: tuple[str, ...] = ()


def sifted(content: bytes) -> Drawing:
    """Return the safe copy of a drawing."""
    sifter = Sifter()
    try:
        drawing = read(content)
        root = sifter.sift(drawing.root)
        weigh(root, sifter.rules)
    except RefusedError as refused:
        return Drawing(b"", (*sifter.faults, refused.fault))
    faults = tuple(sorted((*drawing.faults, *sifter.faults), key=lambda fault: (fault.line, fault.column)))
    return Drawing(written(root), faults[:_MOST_FAULTS], (*drawing.aside, *sifter.metadata))
