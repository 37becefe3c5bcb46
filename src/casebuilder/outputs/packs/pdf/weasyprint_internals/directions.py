"""Signs that Pango sets as if they were letters: its tables are older than they are.

Pango asks FriBidi which way a character runs, and FriBidi takes each sign that is newer than its copy of Unicode for a
letter that runs from left to right. In a line from right to left some emoji of one sentence then stand in another order
than the rest.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: PANGO_DIRECTION_LTR, as Pango's documentation has it.
_RIGHTWARD = 0
#: Unicode's classes of letters (UAX 9), which are no signs.
_LETTERS = frozenset(("L", "R", "AL"))


def taken_for_letters(text: str) -> frozenset[str]:
    """Return the signs of a text that this machine's Pango sets as letters that run from left to right."""
    signs = {sign for sign in text if not sign.isascii() and unicodedata.bidirectional(sign) not in _LETTERS}
    return frozenset(sign for sign in signs if _direction_function()(ord(sign)) == _RIGHTWARD)


@cache
def _direction_function() -> Callable[[int], int]:
    """Return Pango's function, which WeasyPrint has no use for and does not declare."""
    from weasyprint.text.ffi import ffi, pango

    ffi.cdef("int pango_unichar_direction(unsigned int);")
    function: Callable[[int], int] = pango.pango_unichar_direction
    return function
