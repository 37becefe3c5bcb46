"""Problems that only the parser can find, with their places in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

#: Line and column in a text, both from 1.
Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in a text.

    Attributes:
        place: line and column.
        code: a key of `casebuilder.problems.CODES`.
        message: what is wrong.
        hint: how to fix it.
    """

    place: Place
    code: str
    message: str
    hint: str = ""


#: Code, message and hint for a heading that is left out.
NO_WORDS = ("heading-left-out", "this heading has no words, and is left out", "write them, or delete the line")
_SHOWN = 60


def shown(text: str, longest: int = _SHOWN) -> str:
    """Return an author's words for a message: on one line, and shortened."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
