"""Functions on words that many modules share."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

#: An email address; @name and @name@server.example are handles, and logo@2x.png is a picture.
EMAIL = re.compile(
    r"(?i)(?<![\w.+@-])[\w.+-]{1,64}@(?!\d(?:\.\d)?x\.(?:png|jpe?g|webp|svg)\b)"
    r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,24}\b"
)
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
    if text.isprintable():  # most are, which costs far less to see
        return ""
    match = _CONTROL.search(text)
    return match.group() if match else ""


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


#: Words before or after a name: any that is shortened with a full stop, and the most frequent without one.
TITLE = re.compile(r"[^\W\d_]{2,}\.|(?i:dra?|profa?|professor|mrs?|ms|miss|mx|sir|dame|sr|jr|ii|iii)")


def initials(name: str) -> str:
    """Return one or two initials of a person without a photograph. Titles and ranks have none: "Dr.", "Jr."."""
    words = [word for word in re.sub(r"\(.*?\)|,.*", "", name).split() if word[0].isalpha()]
    names = [word for word in words if not TITLE.fullmatch(word)] or words
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
