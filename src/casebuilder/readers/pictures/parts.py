"""What the readers of picture files share: a file taken apart, and the fault of one that cannot be."""

from __future__ import annotations

from dataclasses import dataclass


class DamagedError(Exception):
    """A picture that cannot be shown whole; its argument ends the sentence "the picture x.jpg ..."."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A picture file taken apart.

    Attributes:
        kept: the file without anything but what is needed to show it.
        removed: what was left out, a piece each: metadata, thumbnails, and whatever follows the end of the picture.
    """

    kept: bytes
    removed: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a picture, whoever shows it.

    Attributes:
        code: a key of `problems.CODES`.
        message: how a sentence goes on that begins with the picture.
        hint: how to fix it.
        line: of a drawing, from 1; 0 if the file as a whole is meant.
        column: from 1; 0 if the file as a whole is meant.
    """

    code: str
    message: str
    hint: str
    line: int = 0
    column: int = 0
