"""The cover that a workshop can put on a pack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cover:
    """The contents of a cover; every field may be empty.

    Attributes:
        title: of the workshop.
        date: as printed: "3 April 2026".
        facilitator: who runs it.
        logo: the path under which the press is handed the picture.
    """

    title: str = ""
    date: str = ""
    facilitator: str = ""
    logo: str = ""

    def __bool__(self) -> bool:
        """Return whether any field is filled in."""
        return bool(self.title or self.date or self.facilitator or self.logo)


NO_COVER = Cover()
