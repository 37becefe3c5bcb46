"""Copies of withdrawn words in files that no case is read from, such as a desk in one file, or a page of the record."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from casebuilder.fingerprints import fingerprint, found_in, is_telling

if TYPE_CHECKING:
    from collections.abc import Collection

    from casebuilder.model.case import Case

_TAG = re.compile(r"<[^<>]*>")
#: A character as JSON and scripts write it.
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")


def taken_back(before: Case, after: Case | None) -> frozenset[str]:
    """Return the fingerprints of the texts that a case had before a withdrawal and no longer has.

    Words that anybody writes, such as "Thank you", are not among them.
    """
    prints = (
        fingerprint(words) for words in _texts_of_case(before) - (_texts_of_case(after) if after else frozenset())
    )
    return frozenset(print_ for print_ in prints if is_telling(print_))


def _texts_of_case(case: Case) -> frozenset[str]:
    return frozenset(
        (*(quote.text for quote in case.quotes), *(contribution.text for contribution in case.contributions))
    )


def holds_any(text: str, prints: Collection[str]) -> bool:
    """Return whether a file's text contains words of a fingerprint, also as HTML or JSON writes them."""
    return which(text, prints) is not None


def which(text: str, prints: Collection[str]) -> str | None:
    """Return a fingerprint whose words a file's text contains, also as HTML or JSON writes them; None if none."""
    decoded = html.unescape(_ESCAPED.sub(_decode_escape, text))
    readings = (decoded, _TAG.sub(" ", decoded)) if "<" in decoded else (decoded,)
    return next((match[0] for reading in readings if (match := found_in(reading, prints))), None)


def _decode_escape(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else {"n": "\n", "t": " ", "r": " "}.get(match[2], match[2])
