"""Licences by name and address, and the strictest of several, for texts that are shared together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import LICENCE_ADDRESSES, LICENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How much each element of a Creative Commons licence restricts reuse; higher is stricter.
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
        """Sort key: stricter licences sort later, and of two equal ones the newer version."""
        restrictions = sum(_STRICT.get(part, 0) for part in self.spdx.split("-"))
        return restrictions, int(self.spdx in LICENCES and self.spdx != "CC0-1.0"), self.spdx


def licence(spdx: str) -> PublishedLicence:
    """Return the licence with this SPDX identifier."""
    address = LICENCE_ADDRESSES.get(spdx, f"https://spdx.org/licenses/{spdx}.html")
    return PublishedLicence(spdx, LICENCES.get(spdx, spdx), address)


def strictest(licences: Iterable[PublishedLicence]) -> PublishedLicence:
    """Return the most restrictive licence, under which all the texts may be shared together.

    Licences that contradict each other (ShareAlike with NoDerivatives) are not merged: each case in a joined pack keeps
    its own licence line, and the joined pack carries this one.
    """
    return max(licences, key=lambda each: each.strictness)
