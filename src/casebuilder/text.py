"""Small things one does with words, the same everywhere."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
#: Characters that no file of text holds on purpose, halves of characters among them: XML and PDF cannot take them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


#: Letters that Unicode does not take apart into a plain one and an accent.
_READ_AS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "đ": "d", "Đ": "D"}
    | {"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "\u0131": "i", "ħ": "h", "Ħ": "H"}
)


def message(words: str) -> str:
    """Mark words for the catalogues, where a table tells them and `casebuilder.wording` asks for their translation."""
    return words


def slug(words: str) -> str:
    """A lower-case ASCII name for an address: "Wellbeing at work" gives "wellbeing-at-work".

    Letters with a stroke or a tie become those that they are read as, accents go, and letters of other scripts are
    dropped; a text of which nothing is left gives an empty string.
    """
    plain = unicodedata.normalize("NFKD", words.translate(_READ_AS)).encode("ascii", "ignore").decode("ascii")
    return _NOT_SLUG.sub("-", plain.lower()).strip("-")


def control(words: str) -> str:
    """The first control character of a text, or nothing."""
    found = _CONTROL.search(words)
    return found.group() if found else ""


def word_count(words: str) -> int:
    """How many words a text has; "well-being" and "don't" are one each."""
    return len(_WORD.findall(words))


def printable(words: str) -> str:
    """A text without its control characters."""
    return _CONTROL.sub("", words)


def counted(words: int) -> str:
    """A number of words as a sentence has it: "1 word", "12 words"."""
    return f"{words} word{'s' * (words != 1)}"


def did_you_mean(wrong: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """The question that helps who mistyped: 'did you mean "title"?', or nothing if nothing known is near.

    Capital letters count as small ones. `cutoff` is how near it must be, of 1.
    """
    spelt = {word.casefold(): word for word in known}
    near = difflib.get_close_matches(wrong.casefold(), list(spelt), n=1, cutoff=cutoff)
    return f'did you mean "{spelt[near[0]]}"?' if near else ""


def straight_quotes(words: str) -> str:
    """The remedy for a value in the quotation marks of a word processor, which no file of data takes for such."""
    inner = words.strip("“”„‟«»‘’‚")
    return f'use straight quotation marks: "{inner}"' if words[:1] in set("“”„«‘’") and inner else ""


def initials(name: str) -> str:
    """At most two letters that stand for a person where there is no photograph: first and last name's."""
    words = [word for word in re.sub(r"\(.*?\)", "", name).split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in (words if len(words) < 2 else (words[0], words[-1])))  # noqa: PLR2004 - two names


def and_list(words: Iterable[str]) -> str:
    """Words as a sentence lists them: "a", "a and b", "a, b and c"."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} and {last}" if head else last


@lru_cache(maxsize=1024)
def words_alike(words: str) -> tuple[str, ...]:
    """A text as the words by which it is recognised: no punctuation, no case, one kind of apostrophe."""
    return tuple(word.casefold().replace("’", "'") for word in _WORD.findall(words))


#: How many words of a text its fingerprint is made of, at most.
_FINGERPRINT_WORDS = 12


def fingerprint(words: str) -> str:
    """By what a text is found again that may not be kept: "12:57:9f2c...".

    These are the number of its first words, the letters that they have together, and their SHA-256. A hash does not
    give the words back; whoever knows them can tell that it is theirs. The letters spare most of the hashing.
    """
    first = words_alike(words)[:_FINGERPRINT_WORDS]
    return f"{len(first)}:{sum(map(len, first))}:{_hashed(first)}" if first else ""


def holds(words: str, print_: str) -> bool:
    """Whether a text holds, anywhere, the words that a fingerprint was made of."""
    count, _, rest = print_.partition(":")
    letters, _, digest = rest.partition(":")
    if not (count.isdigit() and letters.isdigit() and digest):
        return False
    every = words_alike(words)
    length, total = int(count), int(letters)
    ends = [0, *accumulate(map(len, every))]
    return any(
        ends[start + length] - ends[start] == total and _hashed(every[start : start + length]) == digest
        for start in range(len(every) - length + 1)
    )


def _hashed(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]
