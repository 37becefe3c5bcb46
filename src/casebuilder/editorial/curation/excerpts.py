"""Words that somebody typed, found in a contribution: the passages that hold them, as the record has them."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from casebuilder.editorial.curation.deskschema import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: One form for each quotation mark, apostrophe and dash.
_ALIKE = str.maketrans('"‘’‚‛`´“”„«»‐‑‒–—―−', "'" * 12 + "-" * 7)
_OMITTED = re.compile(r"(?:(?<!\s)\s*+)?(?:\[\s*(?:\.\.\.|…)\s*\]|…|\.\.\.)\s*")
_SENTENCE_ENDS = frozenset(".!?…。\uff01\uff1f؟।")
_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[^\w\s]|_")
#: The share of somebody's words from which they nearly match, and how much of a text is shown.
_NEAR, _SHOWN = 0.6, 200


class ExcerptError(Exception):
    """Words are not in a contribution; the message shows the difference."""


class _Token(NamedTuple):
    word: str
    start: int
    end: int


def excerpt(words: Sequence[str], name: str, texts: Mapping[str, str]) -> tuple[Passage, ...]:
    """Return the passages of a contribution with these words, in the order of the contribution.

    Letters may differ in case, and quotation marks, dashes and white space in form: what counts is what the record has.
    An ellipsis within the words stands for others. Neighbouring passages become one.

    Args:
        words: each piece.
        name: the contribution's id.
        texts: of every contribution that may be quoted, by id.

    Raises:
        ExcerptError: a piece is not there word for word.
    """
    contribution = texts[name]
    recorded = list(_tokens(contribution))
    passages: list[Passage] = []
    for piece in (part for each in words for part in _OMITTED.split(each)):
        wanted = list(_tokens(piece))
        if any(token.word[0].isalnum() for token in wanted):
            begin = passages[-1].end if passages else 0
            place = _found(wanted, recorded, begin) or _found(wanted, recorded, 0)
            if place is None:
                raise ExcerptError(_difference(wanted, recorded, piece, name, texts))
            passages.append(place)
    if not passages:
        raise ExcerptError("there are no words to look for")
    return _joined(passages, contribution)


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the words and marks of a text in one form each, with their places in the text."""
    plain, places = "", []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        composed = unicodedata.normalize("NFC", text[start:end]).translate(_ALIKE)
        plain += composed
        places += [(start, end)] * len(composed)
        start = end
    for match in _TOKEN.finditer(plain):
        yield _Token(match[0].casefold(), places[match.start()][0], places[match.end() - 1][1])


def _found(piece: Sequence[_Token], recorded: Sequence[_Token], begin: int) -> Passage | None:
    """Return where words first occur from a place on; punctuation around them belongs to it where both have it."""
    words = [index for index, token in enumerate(piece) if token.word[0].isalnum()]
    first, last = words[0], words[-1]
    wanted = [token.word for token in piece[first : last + 1]]
    for index in range(len(recorded) - len(wanted) + 1):
        if recorded[index].start < begin or [token.word for token in recorded[index : index + len(wanted)]] != wanted:
            continue
        low, high = index, index + len(wanted)
        before, after = [token.word for token in piece[:first]], [token.word for token in piece[last + 1 :]]
        while before and low and recorded[low - 1].word == before.pop() and recorded[low - 1].start >= begin:
            low -= 1
        while after and high < len(recorded) and recorded[high].word == after.pop(0):
            high += 1
        return Passage(start=recorded[low].start, end=recorded[high - 1].end)
    return None


def _joined(passages: Sequence[Passage], contribution: str) -> tuple[Passage, ...]:
    """Return passages in the order of the text; those that touch or overlap are one."""
    joined: list[Passage] = []
    for passage in sorted(passages, key=lambda each: (each.start, each.end)):
        if joined and not contribution[joined[-1].end : passage.start].strip():
            joined[-1] = Passage(start=joined[-1].start, end=max(joined[-1].end, passage.end))
        else:
            joined.append(passage)
    return tuple(joined)


def _difference(
    wanted: Sequence[_Token], recorded: Sequence[_Token], piece: str, name: str, texts: Mapping[str, str]
) -> str:
    """Return why words are not found: who else said them, what is nearly the same, or what the contribution says."""
    elsewhere = [other for other, text in texts.items() if other != name and _found(wanted, list(_tokens(text)), 0)]
    if elsewhere:
        return f"“{piece}” is not in {name}, but in {', '.join(elsewhere)}"
    wanted_words, recorded_words = [token.word for token in wanted], [token.word for token in recorded]
    matcher = difflib.SequenceMatcher(a=wanted_words, b=recorded_words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    text = texts[name]
    if sum(block.size for block in blocks) < _NEAR * len(wanted_words):
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
        return f"“{piece}” is not in {name}, which says: {shown}"
    first, last = blocks[0], blocks[-1]
    low = _reached(recorded, first.b, -1, _count(wanted[: first.a]))
    high = _reached(recorded, last.b + last.size - 1, 1, _count(wanted[last.a + last.size :])) + 1
    window = text[recorded[low].start : recorded[high - 1].end]
    yours, record = _marked(piece, wanted, text, recorded[low:high])
    near = json.dumps(" ".join(window.split()), ensure_ascii=False)
    both = f"\n  yours:      {yours}\n  the record: {record}"
    return f"“{piece}” is not word for word in {name}; did you mean --words {near}?{both}"


def _count(tokens: Sequence[_Token]) -> int:
    """Return how many of the tokens are words, not punctuation."""
    return sum(token.word[0].isalnum() for token in tokens)


def _reached(recorded: Sequence[_Token], begin: int, step: int, words: int) -> int:
    """Return the place some words further on, or back, in the same sentence, where the mistyped words would be."""
    reached, place = begin, begin + step
    while words and 0 <= place < len(recorded) and recorded[place].word not in _SENTENCE_ENDS:
        if recorded[place].word[0].isalnum():
            reached, words = place, words - 1
        place += step
    return reached


def _marked(piece: str, wanted: Sequence[_Token], contribution: str, recorded: Sequence[_Token]) -> tuple[str, str]:
    """Return both texts, with >>the words<< in which they differ."""
    wanted_words, recorded_words = [token.word for token in wanted], [token.word for token in recorded]
    left, right = [], []
    for sort, a1, a2, b1, b2 in difflib.SequenceMatcher(a=wanted_words, b=recorded_words, autojunk=False).get_opcodes():
        wanted_text = piece[wanted[a1].start : wanted[a2 - 1].end] if a2 > a1 else ""
        recorded_text = contribution[recorded[b1].start : recorded[b2 - 1].end] if b2 > b1 else ""
        left.append(wanted_text if sort == "equal" else f">>{wanted_text}<<")
        right.append(recorded_text if sort == "equal" else f">>{recorded_text}<<")
    return " ".join(left), " ".join(right)
