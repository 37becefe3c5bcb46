"""Contributions that say the opposite in the same words.

The rule: a sentence of one person and a sentence of another have at least three telling words in common, these are at
least half of the telling words of the shorter sentence, and they differ in a turn: an odd number of words that deny
("not", "never", "nadie", "hindi", "لا") stands in one of the two only, or one of them has a word and the other its
opposite ("always", "never"). Words that more than 100 sentences have lead to no pair. It reads words and no meaning, so
it overlooks most contradictions, and sometimes names two people who agree. Both tables are in `words.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from casebuilder.editorial.curation.suggestions_words import is_subject, listed, plain, table, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Between two sentences, or two halves of one, in any script.
_SENTENCE = re.compile("[^.!?…;:\n\u061b\u061f\u3002\uff01\uff1f]+")
#: The least words that both sentences have, and their least share of those of the shorter one.
_SHARED, _SHARE = 3, 0.5
MOST = 10
#: A word that more sentences have leads to no pair: it says little, and would compare nearly all of them.
_COMMON = 100
#: In longer records the comparison would take minutes.
_LONGEST_RECORD = 4000


@dataclass(frozen=True, slots=True)
class Opposite:
    """Two contributions with a sentence each that say the opposite in the same words.

    Attributes:
        first: the id of the earlier one.
        second: the id of the later one.
        words: those that both have, in the order of the first.
        turns: the words in which they differ.
    """

    first: str
    second: str
    words: tuple[str, ...]
    turns: tuple[str, ...]


class _Sentence(NamedTuple):
    owner: str
    words: Mapping[str, str]
    subjects: frozenset[str]


def opposites(texts: Mapping[str, str], voices: Mapping[str, str]) -> tuple[Opposite, ...]:
    """Return the pairs with the most words in common, each pair of contributions once; at most ten.

    () for a record of more than 4000.

    Args:
        texts: of the contributions, by id, in the order of the record.
        voices: who wrote each. Nobody is set against themselves.
    """
    if len(texts) > _LONGEST_RECORD:
        return ()
    sentences = [sentence for name, text in texts.items() for sentence in _sentences(name, text)]
    pairs: dict[tuple[str, str], Opposite] = {}
    for first, second in _similar_pairs(sentences, voices):
        turning_words = _turning_words(first, second)
        common_words = tuple(
            spelling for word, spelling in first.words.items() if word in first.subjects & second.subjects
        )
        pair = (first.owner, second.owner)
        if turning_words and (pair not in pairs or len(common_words) > len(pairs[pair].words)):
            pairs[pair] = Opposite(*pair, common_words, turning_words)
    return tuple(sorted(pairs.values(), key=lambda pair: -len(pair.words))[:MOST])


@lru_cache(maxsize=1)
def _opposites_by_word() -> Mapping[str, frozenset[str]]:
    """Return the opposites of each word."""
    opposites_of: dict[str, set[str]] = defaultdict(set)
    for pair in (pair for pairs in table("opposites") for pair in pairs.split("|")):
        first, second = map(plain, pair.split())
        opposites_of[first].add(second)
        opposites_of[second].add(first)
    return {word: frozenset(words) for word, words in opposites_of.items()}


def _sentences(name: str, text: str) -> Iterator[_Sentence]:
    turning = listed("denying") | _opposites_by_word().keys()
    for part in _SENTENCE.findall(text):
        words = dict(words_of(part))
        subjects = frozenset(word for word in words if is_subject(word) and word not in turning)
        if len(subjects) >= _SHARED:
            yield _Sentence(name, words, subjects)


def _similar_pairs(sentences: Sequence[_Sentence], voices: Mapping[str, str]) -> Iterator[tuple[_Sentence, _Sentence]]:
    """Yield pairs of sentences of two people that have enough telling words in common."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for word in sentence.subjects:
            holders[word].append(number)
    pairs = {pair for numbers in holders.values() if len(numbers) <= _COMMON for pair in combinations(numbers, 2)}
    for first_number, second_number in sorted(pairs):
        first_sentence, second_sentence = sentences[first_number], sentences[second_number]
        count = len(first_sentence.subjects & second_sentence.subjects)
        least = max(_SHARED, _SHARE * min(len(first_sentence.subjects), len(second_sentence.subjects)))
        if count >= least and voices.get(first_sentence.owner, first_sentence.owner) != voices.get(
            second_sentence.owner, second_sentence.owner
        ):
            yield first_sentence, second_sentence


def _turning_words(first: _Sentence, second: _Sentence) -> tuple[str, ...]:
    """Return the words that turn one sentence into the opposite of the other; () if none does."""
    opposed = [
        (word, opposite)
        for word in first.words
        for opposite in _opposites_by_word().get(word, ())
        if opposite in second.words
    ]
    opposed = [
        (word, opposite) for word, opposite in opposed if word not in second.words and opposite not in first.words
    ]
    if len(opposed) == 1:
        word, opposite = opposed[0]
        return (first.words[word], second.words[opposite])
    denied = [[spelling for word, spelling in each.words.items() if _is_denial(word)] for each in (first, second)]
    if not opposed and (len(denied[0]) + len(denied[1])) % 2 == 1 and not (denied[0] and denied[1]):
        return tuple(denied[0] + denied[1])
    return ()


def _is_denial(word: str) -> bool:
    return word in listed("denying") or word.endswith("n't")
