"""Functions on words that many modules share."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
#: An email address; @name and @name@server.example are handles.
EMAIL = re.compile(r"(?i)(?<![\w.+@-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,24}\b")
#: Characters that texts never contain on purpose, surrogates included: XML and PDF do not allow them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def message(text: str) -> str:
    """Mark a message in a table for the catalogues; `casebuilder.wording` translates it when it is used."""
    return text


def mail_in(text: str) -> str:
    """Return the first email address in some words, in small letters; "" if there is none."""
    match = EMAIL.search(text)
    return match.group().casefold() if match else ""


def same_name(name: str) -> str:
    """Return a key that is equal for two spellings of one topic, which differ in case, spaces or punctuation."""
    casefolded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(" " if _is_habit(char) else char for char in casefolded).split())


def _is_habit(char: str) -> bool:
    return unicodedata.category(char)[0] in "PZC" and char not in "#%*@"


def control(text: str) -> str:
    """Return the first control character of a text; empty if there is none."""
    match = _CONTROL.search(text)
    return match.group() if match else ""


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


def word_count(text: str) -> int:
    """Return the number of words in a text; "well-being" and "don't" are one each.

    Combining marks, as in Hindi, do not end a word. In scripts without spaces between words, two characters (Chinese,
    Japanese) or three letters (Thai, Lao, Khmer, Burmese) count as one word.
    """
    if not _OTHER_SCRIPTS.search(text):
        return len(_WORD.findall(text))
    letters = "".join(char for char in text if unicodedata.category(char)[0] != "M" and char not in "\u200c\u200d")
    if not _MAY_BE_UNSPACED.search(letters):
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
    if not _MAY_BE_UNSPACED.search(text):
        return text, []
    runs = [match[0] for match in _unspaced_run().finditer(text)]
    return (_unspaced_run().sub(" ", text), runs) if runs else (text, [])


def has_blanks(text: str) -> bool:
    """Return whether a text has spaces between words, so that counting spaces gives a rough number."""
    return not _OTHER_SCRIPTS.search(text)


def printable(text: str) -> str:
    """Return a text without control characters."""
    return _CONTROL.sub("", text)


def counted(number: int) -> str:
    """Return a number of words for a sentence: "1 word", "12 words"."""
    return f"{number} word{'s' * (number != 1)}"


def did_you_mean(mistyped: str, known_words: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return a question for a mistyped word: 'did you mean "title"?'; empty if no known word is similar.

    Case is ignored. `cutoff` is the least similarity, from 0 to 1.
    """
    suggestion = nearest(mistyped, known_words, cutoff=cutoff)
    return f'did you mean "{suggestion}"?' if suggestion else ""


def nearest(mistyped: str, known_words: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return the known word most similar to a mistyped one; empty if there is none. See `did_you_mean`."""
    spellings = {word.casefold(): word for word in known_words}
    matches = difflib.get_close_matches(mistyped.casefold(), list(spellings), n=1, cutoff=cutoff)
    return spellings[matches[0]] if matches else ""


class Guesses:
    """Suggestions for the mistyped words of a series; a text with thousands of them gets only the first."""

    def __init__(self) -> None:
        """Begin with none."""
        self._left = 10_000

    def did_you_mean(self, mistyped: str, known_words: Collection[str]) -> str:
        """Return what `did_you_mean` returns; empty if too many words were compared before."""
        compares = self._left > 0
        self._left -= len(known_words)
        return did_you_mean(mistyped, known_words) if compares else ""


def straight_quotes(value: str) -> str:
    """Return the hint for a value in curly quotation marks; empty for any other value."""
    unquoted = value.strip("“”„‟«»‘’‚")
    return f'use straight quotation marks: "{unquoted}"' if value[:1] in set("“”„«‘’") and unquoted else ""


def initials(name: str) -> str:
    """Return one or two initials of a person without a photograph."""
    names = [word for word in re.sub(r"\(.*?\)", "", name).split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in (names if len(names) < 2 else (names[0], names[-1])))  # noqa: PLR2004 - two names


def grouped(value: float) -> str:
    """Return a number in digits for messages: "1,234,567", "4.5"."""
    return f"{value:,.15g}"


def share(part: float, total: float) -> int:
    """Return a part of a total in whole per cent; a half is rounded up, as in every number that is shown."""
    return int((200 * part + total) // (2 * total))


def tenths(value: float) -> float:
    """Return a number from 0 on with one decimal; a half is rounded up."""
    return int(value * 10 + 0.5) / 10


def and_list(items: Iterable[str]) -> str:
    """Return words as a list in a sentence: "a", "a and b", "a, b and c"."""
    *others, last = list(items) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def word_offset(text: str, number: int) -> int:
    """Return where a word of `words_alike` begins in a text."""
    return next(islice(_WORD.finditer(text), number, None)).start()


@lru_cache(maxsize=1024)
def words_alike(text: str) -> tuple[str, ...]:
    """Return a text's words for comparison: no punctuation, no case, one kind of apostrophe."""
    return tuple(word.casefold().replace("’", "'") for word in _WORD.findall(text))
