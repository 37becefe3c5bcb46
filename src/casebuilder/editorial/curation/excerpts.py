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


def excerpt(excerpts: Sequence[str], name: str, texts: Mapping[str, str]) -> tuple[Passage, ...]:
    """Return the passages of a contribution with these words, in the order of the contribution.

    Letters may differ in case, and quotation marks, dashes and white space in form: what counts is what the record has.
    An ellipsis within the words stands for others. Neighbouring passages become one.

    Args:
        excerpts: each piece.
        name: the contribution's id.
        texts: of every contribution that may be quoted, by id.

    Raises:
        ExcerptError: a piece is not there word for word.
    """
    contribution = texts[name]
    recorded = list(_tokens(contribution))
    passages: list[Passage] = []
    for passage_text in (part for each in excerpts for part in _OMITTED.split(each)):
        part_tokens = list(_tokens(passage_text))
        if any(token.word[0].isalnum() for token in part_tokens):
            begin = passages[-1].end if passages else 0
            place = _find_passage(part_tokens, recorded, begin) or _find_passage(part_tokens, recorded, 0)
            if place is None:
                raise ExcerptError(_explain_difference(part_tokens, recorded, passage_text, name, texts))
            passages.append(place)
    if not passages:
        raise ExcerptError("there are no words to look for")
    return _join_passages(passages, contribution)


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the words and marks of a text in one form each, with their places in the text."""
    composed_text, places = "", []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        composed = unicodedata.normalize("NFC", text[start:end]).translate(_ALIKE)
        composed_text += composed
        places += [(start, end)] * len(composed)
        start = end
    for match in _TOKEN.finditer(composed_text):
        yield _Token(match[0].casefold(), places[match.start()][0], places[match.end() - 1][1])


def _find_passage(piece: Sequence[_Token], recorded: Sequence[_Token], begin: int) -> Passage | None:
    """Return where words first occur from a place on; punctuation around them belongs to it where both have it."""
    words = [index for index, token in enumerate(piece) if token.word[0].isalnum()]
    first, last = words[0], words[-1]
    wanted_words = [token.word for token in piece[first : last + 1]]
    for index in range(len(recorded) - len(wanted_words) + 1):
        if (
            recorded[index].start < begin
            or [token.word for token in recorded[index : index + len(wanted_words)]] != wanted_words
        ):
            continue
        first_index, end_index = index, index + len(wanted_words)
        before, after = [token.word for token in piece[:first]], [token.word for token in piece[last + 1 :]]
        while (
            before
            and first_index
            and recorded[first_index - 1].word == before.pop()
            and recorded[first_index - 1].start >= begin
        ):
            first_index -= 1
        while after and end_index < len(recorded) and recorded[end_index].word == after.pop(0):
            end_index += 1
        return Passage(start=recorded[first_index].start, end=recorded[end_index - 1].end)
    return None


def _join_passages(passages: Sequence[Passage], contribution: str) -> tuple[Passage, ...]:
    """Return passages in the order of the text; those that touch or overlap are one."""
    result: list[Passage] = []
    for passage in sorted(passages, key=lambda each: (each.start, each.end)):
        if result and not contribution[result[-1].end : passage.start].strip():
            result[-1] = Passage(start=result[-1].start, end=max(result[-1].end, passage.end))
        else:
            result.append(passage)
    return tuple(result)


def _explain_difference(
    piece_tokens: Sequence[_Token], recorded: Sequence[_Token], piece: str, name: str, texts: Mapping[str, str]
) -> str:
    """Return why words are not found: who else said them, what is nearly the same, or what the contribution says."""
    other_contributions = [
        other for other, text in texts.items() if other != name and _find_passage(piece_tokens, list(_tokens(text)), 0)
    ]
    if other_contributions:
        return f"“{piece}” is not in {name}, but in {', '.join(other_contributions)}"
    wanted_words, recorded_words = [token.word for token in piece_tokens], [token.word for token in recorded]
    matcher = difflib.SequenceMatcher(a=wanted_words, b=recorded_words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    text = texts[name]
    if sum(block.size for block in blocks) < _NEAR * len(wanted_words):
        excerpt_shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
        return f"“{piece}” is not in {name}, which says: {excerpt_shown}"
    first, last = blocks[0], blocks[-1]
    window_start = _place_after_words(recorded, first.b, -1, _count_words(piece_tokens[: first.a]))
    window_end = (
        _place_after_words(recorded, last.b + last.size - 1, 1, _count_words(piece_tokens[last.a + last.size :])) + 1
    )
    window = text[recorded[window_start].start : recorded[window_end - 1].end]
    yours, record = _mark_differences(piece, piece_tokens, text, recorded[window_start:window_end])
    suggestion = json.dumps(" ".join(window.split()), ensure_ascii=False)
    both_texts = f"\n  yours:      {yours}\n  the record: {record}"
    return f"“{piece}” is not word for word in {name}; did you mean --words {suggestion}?{both_texts}"


def _count_words(tokens: Sequence[_Token]) -> int:
    """Return how many of the tokens are words, not punctuation."""
    return sum(token.word[0].isalnum() for token in tokens)


def _place_after_words(recorded: Sequence[_Token], begin: int, step: int, remaining_words: int) -> int:
    """Return the place some words further on, or back, in the same sentence, where the mistyped words would be."""
    last_word, place = begin, begin + step
    while remaining_words and 0 <= place < len(recorded) and recorded[place].word not in _SENTENCE_ENDS:
        if recorded[place].word[0].isalnum():
            last_word, remaining_words = place, remaining_words - 1
        place += step
    return last_word


def _mark_differences(
    piece: str, piece_tokens: Sequence[_Token], contribution: str, recorded: Sequence[_Token]
) -> tuple[str, str]:
    """Return both texts, with >>the words<< in which they differ."""
    wanted_words, recorded_words = [token.word for token in piece_tokens], [token.word for token in recorded]
    left, right = [], []
    for sort, a1, a2, b1, b2 in difflib.SequenceMatcher(a=wanted_words, b=recorded_words, autojunk=False).get_opcodes():
        wanted_text = piece[piece_tokens[a1].start : piece_tokens[a2 - 1].end] if a2 > a1 else ""
        recorded_text = contribution[recorded[b1].start : recorded[b2 - 1].end] if b2 > b1 else ""
        left.append(wanted_text if sort == "equal" else f">>{wanted_text}<<")
        right.append(recorded_text if sort == "equal" else f">>{recorded_text}<<")
    return " ".join(left), " ".join(right)
