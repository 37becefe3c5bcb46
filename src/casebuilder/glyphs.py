"""The table of characters that packs can print, which is the same on every computer.

`make glyphs` writes it from the fonts that a build needs. Any other character would be printed as a box, which screen
readers cannot read and PDF/UA forbids.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path

#: Control characters without a glyph (Default_Ignorable_Code_Point, Unicode 15).
STEERING = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x2064), (0x2066, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0001, 0xE0001),
    (0xE0020, 0xE007F), (0xE0100, 0xE01EF),
)  # fmt: skip
_TABLE = Path(__file__).with_name("glyphs.txt")


def lacking(text: str) -> frozenset[str]:
    """Return the characters of a text that no font of the packs has."""
    if text.isascii():
        return frozenset()
    return frozenset(filter(_is_lacking, set(text)))


def steers(letter: str) -> bool:
    """Return whether a character only changes how its neighbours are drawn."""
    return any(first <= ord(letter) <= last for first, last in STEERING)


@cache  # a text has few letters, and other texts have the same
def _is_lacking(letter: str) -> bool:
    starts, ends = _ranges()
    return ord(letter) > ends[bisect_right(starts, ord(letter)) - 1]


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """Return the first and the last code point of each range, in order."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()[1:]
    pairs = [line.partition("-") for line in lines]
    return [int(first, 16) for first, _, _ in pairs], [int(last or first, 16) for first, _, last in pairs]
