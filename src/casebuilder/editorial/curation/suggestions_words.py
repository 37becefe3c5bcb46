"""The words of a contribution that say what it is about, in any language.

Left out are words of the lists in `words.toml`, words shorter than three letters, numbers, handles, addresses, and
words that most contributions of a record have, which need no list. In scripts without spaces between words, each pair
of neighbouring characters counts as a word.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder.wordcount import unspaced_runs
from casebuilder.wording import recordwords

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|[@#]\w[\w.@-]*")
#: Within a word: apostrophes, and the joiners of Persian and of Indian scripts.
_INNER = "'’\u200c\u200d"
#: Marks on letters that writers may leave out: accents, and the vowels of Arabic and Hebrew.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670\u200c\u200d]")
_SHORTEST = 3
#: A word is no subject if more than this share of at least so many contributions have it.
_COMMON, _ENOUGH = 0.4, 10
#: Letters that Arabic writes in several ways.
_ARABIC = str.maketrans(dict.fromkeys("\u0622\u0623\u0625", "\u0627") | {"\u0649": "\u064a", "\u0640": ""})


@lru_cache(maxsize=8)
def table(name: str) -> tuple[str, ...]:
    """Return a table of `words.toml`: every language together, because a contribution may mix them."""
    text = (files("casebuilder.editorial.curation") / "words.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[name].values())


@lru_cache(maxsize=8)
def listed(name: str) -> frozenset[str]:
    """Return the words of a table, in the form for comparison."""
    return frozenset(plain(word) for words in table(name) for word in words.split())


def plain(word: str) -> str:
    """Return the form in which a word is compared: in small letters, without accents and without the English ’s."""
    without_case = unicodedata.normalize("NFD", word.casefold().replace("’", "'").removesuffix("'s"))
    return unicodedata.normalize("NFC", _MARKS.sub("", without_case)).translate(_ARABIC)


def words_of(text: str) -> list[tuple[str, str]]:
    """Return every word of a text: its form for comparison, and its spelling.

    Addresses and names of people are left out.
    """
    spaced, unspaced = unspaced_runs(recordwords.numbered().sub(" ", _NOT_WORDS.sub(" ", text)))
    pairs = [run[start : start + 2] for run in unspaced for start in range(max(1, len(run) - 1))]
    letters = "".join(char if char in _INNER or unicodedata.category(char)[0] in "LM" else " " for char in spaced)
    return [(plain(word), word) for word in (*(each.strip(_INNER) for each in letters.split()), *pairs) if word]


def is_subject(word: str) -> bool:
    """Return whether a word, in the form for comparison, can say what a text is about."""
    if unspaced_runs(word)[1]:
        return True
    filling = listed("filling")
    return len(word) >= _SHORTEST and word not in filling and not (word.endswith("s") and word[:-1] in filling)


def subjects(texts: Sequence[str]) -> tuple[list[list[str]], Mapping[str, str]]:
    """Return the telling words of each text, and the spelling in which to show each.

    A plural in -s counts as its singular if the texts have that, too.
    """
    words_of_texts = [[(word, shown) for word, shown in words_of(text) if is_subject(word)] for text in texts]
    all_words = {word for words_of_text in words_of_texts for word, _ in words_of_text}
    singulars = {
        word: word[:-1] for word in all_words if word.endswith("s") and word[:-1] in all_words and len(word) > _SHORTEST
    }
    merged_words = [[singulars.get(word, word) for word, _ in words_of_text] for words_of_text in words_of_texts]
    too_common = _common_words(merged_words)
    spellings: dict[str, Counter[str]] = {}
    for words_of_text in words_of_texts:
        for word, shown in words_of_text:
            spellings.setdefault(singulars.get(word, word), Counter())[shown.casefold()] += 1
    spelling_of_word = {word: min(counts, key=lambda each: (-counts[each], each)) for word, counts in spellings.items()}
    return [
        [word for word in words_of_text if word not in too_common] for words_of_text in merged_words
    ], spelling_of_word


def _common_words(texts: Sequence[Iterable[str]]) -> frozenset[str]:
    """Return the words that most texts have."""
    if len(texts) < _ENOUGH:
        return frozenset()
    counts = Counter(word for words in texts for word in set(words))
    return frozenset(word for word, count in counts.items() if count > _COMMON * len(texts))
