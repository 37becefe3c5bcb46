"""A cover of one's own: what a workshop puts on the first page of a pack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on it; all of it may be missing.

    Attributes:
        title: of the workshop.
        date: as it is to be printed: "3 April 2026".
        facilitator: who runs it.
        logo: the path under which the press is handed the picture.
    """

    title: str = ""
    date: str = ""
    facilitator: str = ""
    logo: str = ""

    def __bool__(self) -> bool:
        """Whether anything stands on it."""
        return bool(self.title or self.date or self.facilitator or self.logo)


NO_COVER = Cover()
