"""Drawings (SVG): what is wrong with one, and the one that is published in its place.

A drawing is a program that browsers run when its address is opened, on the same origin as the site. So nothing of an
author's file is passed on: the drawing is read into a tree, what tables allow is kept, and it is written anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.readers.pictures.svg.sifting import Sifter
from casebuilder.readers.pictures.svg.tree import RefusedError, read
from casebuilder.readers.pictures.svg.weight import weigh
from casebuilder.readers.pictures.svg.writing import written

if TYPE_CHECKING:
    from casebuilder.readers.pictures.parts import Fault

__all__ = ["Drawing", "sifted"]


#: A drawing with more faults than these is drawn anew, not repaired line by line.
_MOST_FAULTS = 50


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that was read.

    Attributes:
        content: what is published; nothing if it is refused.
        faults: what is wrong with it, and what was left out.
        metadata: the text of what was left out without a word.
    """

    content: bytes
    faults: tuple[Fault, ...] = ()
    metadata: tuple[str, ...] = ()


def sifted(content: bytes) -> Drawing:
    """A drawing made safe."""
    sifter = Sifter()
    try:
        found = read(content)
        root = sifter.sift(found.root)
        weigh(root, sifter.rules)
    except RefusedError as refused:
        return Drawing(b"", (*sifter.faults, refused.fault))
    faults = tuple(sorted((*found.faults, *sifter.faults), key=lambda fault: (fault.line, fault.column)))
    return Drawing(written(root), faults[:_MOST_FAULTS], (*found.aside, *sifter.metadata))
