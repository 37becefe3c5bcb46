"""Fingerprints of texts that we are not allowed to store."""

from __future__ import annotations

import hashlib
from itertools import accumulate
from typing import TYPE_CHECKING

from casebuilder.text import words_alike

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The most words in a fingerprint.
_FINGERPRINT_WORDS = 12
#: The least words, or letters, that identify a text.
_TELLING_WORDS, _TELLING_LETTERS = 4, 12


def fingerprint(words: str) -> str:
    """Return a fingerprint that recognises a text we are not allowed to store: "12:57:9f2c...".

    It contains the number of the first words, the number of letters in them, and their SHA-256. The words cannot be
    restored from it, but somebody who knows them can confirm them. The number of letters saves most of the hashing.
    """
    first = words_alike(words)[:_FINGERPRINT_WORDS]
    return f"{len(first)}:{sum(map(len, first))}:{_hashed(first)}" if first else ""


def is_telling(print_: str) -> bool:
    """Return whether a fingerprint is of enough words to identify a text, unlike "Thank you"."""
    count, _, rest = print_.partition(":")
    letters = rest.partition(":")[0]
    return count.isdigit() and letters.isdigit() and (int(count) >= _TELLING_WORDS or int(letters) >= _TELLING_LETTERS)


def holds(words: str, print_: str) -> bool:
    """Return whether a text contains the words of a fingerprint, anywhere."""
    count, _, rest = print_.partition(":")
    letters, _, digest = rest.partition(":")
    if not (count.isdigit() and letters.isdigit() and digest):
        return False
    every = words_alike(words)
    length, total = int(count), int(letters)
    ends = [0, *accumulate(map(len, every))]
    return any(
        ends[start + length] - ends[start] == total and _hashed(every[start : start + length]) == digest
        for start in range(len(every) - length + 1)
    )


def _hashed(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]
