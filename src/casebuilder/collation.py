"""The order of words in lists: Unicode's own (UTS #10), with its default table.

A letter with marks stands beside the letter without (Ł with L, Ø with O), capitals beside small letters, and each
script together: Latin, Greek, Cyrillic, Hebrew, Arabic ... A language's own order (å after z in Danish) is not
followed: a list holds names of many languages.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyuca.collator import Collator_10_0_0 as Collator


def key(text: str) -> tuple[int, ...]:
    """Return the sort key of words."""
    return tuple(_collator().sort_key(text))


@cache
def _collator() -> Collator:
    """Return the table of the order of all letters, read once: it takes 0.13 s."""
    from pyuca.collator import Collator_10_0_0

    return Collator_10_0_0()
