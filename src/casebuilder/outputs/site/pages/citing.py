"""How a work is cited, as its page tells it: in words, and as files for reference managers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.published.references import apa_of, vancouver_of

if TYPE_CHECKING:
    from casebuilder.published.references import Work


@dataclass(frozen=True, slots=True)
class Citation:
    """A work in the two styles, and where its files are.

    Attributes:
        vancouver: as the ICMJE has it.
        apa: as the American Psychological Association has it.
        stem: the files' address from the page, without its ending.
    """

    vancouver: str
    apa: str
    stem: str


def citation(work: Work, stem: str) -> Citation:
    """A work's citation; its files are those that `citations` writes."""
    return Citation(vancouver_of(work), apa_of(work), stem)
