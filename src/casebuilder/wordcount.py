"""The words of a text in any script: counted, found and compared."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice
from math import ceil

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
#: Scripts without spaces between words: Chinese, Japanese, and those of South-East Asia.
_CHARACTERS = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
_CHARACTERS += "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_SYLLABLES = "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
#: A letter of a script without spaces between words: each is compared for itself.
UNSPACED = f"[{_CHARACTERS}{_SYLLABLES}]"
#: Characters for each word in these scripts. A page of 400 English words has about 800 characters in Japanese or
#: Chinese, and about 1,200 letters in Thai, without the marks above and below.
_CHARACTERS_A_WORD, _LETTERS_A_WORD = 2, 3
#: Characters other than Latin, Greek, Cyrillic and Armenian letters, and common signs. The set is negated because
#: Python 3.11 takes milliseconds to compile large ones.
_OTHER_SCRIPTS = re.compile("[^\0-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u200b\u200e-\u2c7f]")
#: A character that may be of a script without spaces. Most texts have none, and need no larger pattern.
_MAY_BE_UNSPACED = re.compile("[^\0-\u0dff\u1e00-\u2bff\ufb50-\ufdff\ufe70-\ufeff]")


@cache
def _unspaced_letter() -> re.Pattern[str]:
    """Return the pattern of one letter in a script without spaces; its group is a Chinese or Japanese character."""
    return re.compile(f"(?P<characters>[{_CHARACTERS}])|[{_SYLLABLES}]")


@cache
def _unspaced_run() -> re.Pattern[str]:
    """Return the pattern of letters in scripts without spaces, one after the other."""
    return re.compile(f"{UNSPACED}+")


def may_be_unspaced(text: str) -> bool:
    """Return whether a text may have letters of a script without spaces between words; if not, it has none."""
    return _MAY_BE_UNSPACED.search(text) is not None


def word_count(text: str) -> int:
    """Return the number of words in a text; "well-being" and "don't" are one each.

    Combining marks, as in Hindi, do not end a word. In scripts without spaces between words, two characters (Chinese,
    Japanese) or three letters (Thai, Lao, Khmer, Burmese) count as one word.
    """
    if not _OTHER_SCRIPTS.search(text):
        return len(_WORD.findall(text))
    letters = "".join(char for char in text if unicodedata.category(char)[0] != "M" and char not in "\u200c\u200d")
    if not may_be_unspaced(letters):
        return len(_WORD.findall(letters))
    characters = short = 0
    for match in _unspaced_letter().finditer(letters):
        if match["characters"]:
            characters += 1
        else:
            short += unicodedata.category(match[0])[0] == "L"
    spaced = len(_WORD.findall(_unspaced_letter().sub(" ", letters)))
    return spaced + ceil(characters / _CHARACTERS_A_WORD) + ceil(short / _LETTERS_A_WORD)


def unspaced_runs(text: str) -> tuple[str, list[str]]:
    """Return a text without what is written in scripts without spaces, and each such run of characters."""
    if not may_be_unspaced(text):
        return text, []
    runs = [match[0] for match in _unspaced_run().finditer(text)]
    return (_unspaced_run().sub(" ", text), runs) if runs else (text, [])


def has_blanks(text: str) -> bool:
    """Return whether a text has spaces between words, so that counting spaces gives a rough number."""
    return not _OTHER_SCRIPTS.search(text)


def word_offset(text: str, number: int) -> int:
    """Return where a word of `words_alike` begins in a text."""
    return next(islice(_WORD.finditer(text), number, None)).start()


@lru_cache(maxsize=1024)
def words_alike(text: str) -> tuple[str, ...]:
    """Return a text's words for comparison: no punctuation, no case, one kind of apostrophe."""
    return tuple(word.casefold().replace("’", "'") for word in _WORD.findall(text))
