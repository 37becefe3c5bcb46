"""What is found in a text while it is read: places, and problems that only the parser can see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

#: Line and column in a text, both from 1.
Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in a text.

    Attributes:
        place: where.
        code: a key of `casebuilder.problems.CODES`.
        message: what is wrong.
        hint: how to fix it.
    """

    place: Place
    code: str
    message: str
    hint: str = ""


_SHOWN = 60


def shown(words: str, longest: int = _SHOWN) -> str:
    """An author's words as a message quotes them: on one line, and not too many of them."""
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
