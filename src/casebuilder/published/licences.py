"""Licences by name and address, and the one under which several texts may be passed on together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import LICENCE_ADDRESSES, LICENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What each element of a Creative Commons licence takes away; the more, the stricter.
_STRICT = {"NC": 2, "ND": 4, "SA": 1, "BY": 0}


@dataclass(frozen=True, slots=True)
class PublishedLicence:
    """A licence.

    Attributes:
        spdx: its SPDX identifier: "CC-BY-4.0".
        name: for people: "CC BY 4.0".
        address: where its text is.
    """

    spdx: str
    name: str
    address: str

    @property
    def strictness(self) -> tuple[int, int, str]:
        """How little it allows, for an order of licences: the strictest comes last. Of two alike the newer does."""
        taken = sum(_STRICT.get(part, 0) for part in self.spdx.split("-"))
        return taken, int(self.spdx in LICENCES and self.spdx != "CC0-1.0"), self.spdx


def licence(spdx: str) -> PublishedLicence:
    """The licence with an SPDX identifier."""
    address = LICENCE_ADDRESSES.get(spdx, f"https://spdx.org/licenses/{spdx}.html")
    return PublishedLicence(spdx, LICENCES.get(spdx, spdx), address)


def strictest(licences: Iterable[PublishedLicence]) -> PublishedLicence:
    """The licence that allows least: under it all of them may be passed on together.

    Licences that contradict each other (ShareAlike with NoDerivatives) are not merged: each case in a joined pack keeps
    its own licence line, and the joined pack carries this one.
    """
    return max(licences, key=lambda each: each.strictness)
