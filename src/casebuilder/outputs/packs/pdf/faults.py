"""Why a document cannot be printed, with the words at which its author finds the place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason.

    Attributes:
        message: a sentence without a full stop.
        words: a few printed words at the fault; empty if it has no place.
    """

    message: str
    words: str = ""

    def __str__(self) -> str:
        """Return the fault as people read it."""
        return f"{self.message}: “{self.words}”" if self.words else self.message


class PdfError(Exception):
    """A document that cannot be printed as it should be; its arguments are the faults."""
