"""Shared by the readers of picture files: the parts of a file, and the fault of a damaged one."""

from __future__ import annotations

from dataclasses import dataclass


class DamagedError(Exception):
    """A picture that cannot be shown completely; its argument completes the sentence "the picture x.jpg ..."."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a picture file.

    Attributes:
        picture: the file with only the parts needed to show it.
        removed: the other parts: metadata, thumbnails, and anything after the end of the picture.
    """

    picture: bytes
    removed: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a picture.

    Attributes:
        code: a key of `problems.CODES`.
        message: completes a sentence that begins with the picture.
        hint: how to fix it.
        line: for drawings, from 1; 0 for the whole file.
        column: for drawings, from 1; 0 for the whole file.
    """

    code: str
    message: str
    hint: str
    line: int = 0
    column: int = 0
