"""Fingerprints of texts that we are not allowed to store."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING

from casebuilder.wordcount import words_alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_UNSEEN = re.compile("[\u00ad\u180e\u200b\u2060\ufeff]")
#: The most words in a fingerprint.
_FINGERPRINT_WORDS = 12
#: The least words, or letters, that identify a text.
_TELLING_WORDS, _TELLING_LETTERS = 4, 12
#: The least words, and letters, that nobody else writes by chance.
_LONG_WORDS, _LONG_LETTERS = 6, 25


def fingerprint(text: str) -> str:
    """Return a fingerprint that recognises a text we are not allowed to store: "12:57:9f2c...".

    It contains the number of the first words, the number of letters in them, and their SHA-256. The words cannot be
    restored from it, but somebody who knows them can confirm them. The number of letters saves most of the hashing.
    """
    first_words = words_alike(_plain_letters(text))[:_FINGERPRINT_WORDS]
    return f"{len(first_words)}:{sum(map(len, first_words))}:{_hash_of(first_words)}" if first_words else ""


def is_telling(print_: str) -> bool:
    """Return whether a fingerprint is of enough words to identify a text, unlike "Thank you"."""
    count, _, size_and_digest = print_.partition(":")
    letters = size_and_digest.partition(":")[0]
    return count.isdigit() and letters.isdigit() and (int(count) >= _TELLING_WORDS or int(letters) >= _TELLING_LETTERS)


def is_long(print_: str) -> bool:
    """Return whether a fingerprint is of so many words that nobody else writes them by chance."""
    count, _, size_and_digest = print_.partition(":")
    letters = size_and_digest.partition(":")[0]
    return count.isdigit() and letters.isdigit() and int(count) >= _LONG_WORDS and int(letters) >= _LONG_LETTERS


def holds(text: str, print_: str) -> bool:
    """Return whether a text contains the words of a fingerprint, anywhere."""
    return found_in(text, (print_,)) is not None


def found_in(text: str, prints: Iterable[str]) -> tuple[str, int] | None:
    """Return a fingerprint whose words a text contains, and the number of their first word, from 0.

    None if it contains the words of none.
    """
    sizes = _by_size(prints)
    # Fingerprints of earlier versions are of words as they were written.
    return _fingerprint_in(text, sizes) or (
        _fingerprint_in(plain, sizes) if (plain := _plain_letters(text)) != text else None
    )


def _plain_letters(text: str) -> str:
    """Return a text without signs that nobody sees, and with each accent in its letter.

    Programs put hyphens that show only at the end of a line, and blanks of no width, into words.
    """
    return text if text.isascii() else _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def _fingerprint_in(text: str, sizes: Mapping[int, Mapping[int, Mapping[str, str]]]) -> tuple[str, int] | None:
    """Return the fingerprint that a text contains, and the number of its first word; None if it contains none."""
    text_words = words_alike(text)
    ends = [0, *accumulate(map(len, text_words))]
    for length, totals in sizes.items():
        for start in range(len(text_words) - length + 1):
            if digests := totals.get(ends[start + length] - ends[start]):
                digest = _hash_of(text_words[start : start + length])
                if digest in digests:
                    return digests[digest], start
    return None


def _by_size(prints: Iterable[str]) -> dict[int, dict[int, dict[str, str]]]:
    """Return fingerprints by their number of words, of letters, and their digest. Others than ours are left out."""
    sizes: dict[int, dict[int, dict[str, str]]] = {}
    for print_ in prints:
        count, _, size_and_digest = print_.partition(":")
        letters, _, digest = size_and_digest.partition(":")
        if count.isdigit() and letters.isdigit() and digest:
            sizes.setdefault(int(count), {}).setdefault(int(letters), {})[digest] = print_
    return sizes


def _hash_of(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]
