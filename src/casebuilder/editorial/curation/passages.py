"""Passages of a contribution and the text of a quote, each from the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.checks.verbatim import found_in, spans
from casebuilder.editorial.curation.deskschema import Passage
from casebuilder.editorial.curation.yamledits import one_space
from casebuilder.model import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What stands between two passages of one quote.
BETWEEN = " […] "
_OMITTED = re.compile(r"(?:(?<!\s)\s*+)?\[\s*(?:\.\.\.|…)\s*\]\s*")
_ALIKE = str.maketrans("‘’‚‛`´“”„«»‐‑‒–—―−", "'" * 6 + '"' * 5 + "-" * 7)


def joined(passages: Iterable[Passage], text: str) -> str:
    """Return the text of a quote: its passages, without white space at their ends, with […] for what is left out."""
    return BETWEEN.join(one_space(text[each.start : each.end]) for each in passages)


def whole_words(passages: tuple[Passage, ...], text: str) -> tuple[Passage, ...]:
    """Return passages that neither begin nor end within a word: half a word would not be what was said."""
    words = spans(text)
    widened: list[Passage] = []
    for each in sorted(passages, key=lambda passage: (passage.start, passage.end)):
        start = next((start for start, end in words if start < each.start < end), each.start)
        end = next((end for start, end in words if start < each.end < end), each.end)
        if widened and start <= widened[-1].end:  # both had a part of the same word
            widened[-1] = Passage(start=widened[-1].start, end=max(widened[-1].end, end))
        else:
            widened.append(Passage(start=start, end=end))
    return tuple(widened)


def is_verbatim(text: str, passages: tuple[Passage, ...], contribution: str, mode: Mode) -> bool:
    """Return whether a quote may stand: it is its passages, or words in brackets replace some, as `check` allows."""
    if mode is Mode.PARAPHRASE:
        return bool(text.strip())
    return bool(passages and text.strip() and text == joined(passages, contribution)) or found_in(text, contribution)


def located(text: str, contribution: str) -> tuple[Passage, ...]:
    """Return the passages of a contribution that a quote consists of; empty if it is not made of whole passages."""
    folded_text, places = _fold_with_places(contribution)
    passages: list[Passage] = []
    begin = 0
    for part in _OMITTED.split(text):
        folded_part, _ = _fold_with_places(part)
        folded_part = folded_part.strip()
        start = folded_text.find(folded_part, begin) if folded_part else -1
        if start < 0 < len(folded_part):  # a quote may begin with a capital where the contribution has none
            start = _lower(folded_text).find(_lower(folded_part), begin)
        if start < 0:
            return ()
        begin = start + len(folded_part)
        passages.append(Passage(start=places[start], end=places[begin - 1] + 1))
    return tuple(passages)


def _lower(text: str) -> str:
    """Return a text in small letters, each letter in its place: some capitals would become two letters."""
    return "".join(lower_case if len(lower_case := letter.lower()) == 1 else letter for letter in text)


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return a text with single spaces and one form of each mark, and the place of each of its characters."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        folded_letter = " " if letter.isspace() else letter.translate(_ALIKE)
        if folded_letter == " " and letters[-1:] in ([" "], []):
            continue
        letters.append(folded_letter)
        places.append(place)
    return "".join(letters), places
