"""Functions on words that many modules share."""

from __future__ import annotations

import difflib
import hashlib
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
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
#: Characters that texts never contain on purpose, surrogates included: XML and PDF do not allow them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


#: Letters that Unicode does not decompose into a base letter and an accent.
_READ_AS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "đ": "d", "Đ": "D"}
    | {"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "\u0131": "i", "ħ": "h", "Ħ": "H"}
)


def message(text: str) -> str:
    """Mark a message in a table for the catalogues; `casebuilder.wording` translates it when it is used."""
    return text


#: Names of devices, which Windows does not allow for files and folders, with any ending.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(1, 10)))
)


def mail_in(text: str) -> str:
    """Return the first email address in some words, in small letters; "" if there is none."""
    match = EMAIL.search(text)
    return match.group().casefold() if match else ""


def slug(text: str) -> str:
    """Return a lower-case ASCII name for an address: "Wellbeing at work" gives "wellbeing-at-work".

    Accents are removed, letters such as ø and æ are spelt out, and letters of other scripts are dropped, so the result
    may be empty.
    """
    ascii_text = unicodedata.normalize("NFKD", text.translate(_READ_AS)).encode("ascii", "ignore").decode("ascii")
    hyphenated = _NOT_SLUG.sub("-", ascii_text.lower()).strip("-")
    return f"{hyphenated}-1" if hyphenated in _DEVICES else hyphenated


#: Words for + and # at the end of a word: C, C++ and C# are three topics.
_SIGNS = re.compile(r"(?<=[^\W_])[+#]+(?![^\W_])")
_SIGN_NAMES = {"+": "-plus", "#": "-sharp"}
#: Names in file systems have at most 255 bytes, and percent-encoding makes letters three times as long.
_LONGEST_ADDRESS = 160


@lru_cache(maxsize=4096)
def address(topic: str) -> str:
    """Return a name for the address of a topic or an audience, in any script; never empty.

    "Wellbeing at work" gives "wellbeing-at-work", "Λάθη" gives "λάθη", "C++" gives "c-plus-plus". Words in Latin
    letters get the result of `slug`. In other scripts all letters and marks are kept (NFC, in lower case), because each
    makes another word. A text without letters is named by the code points of its characters.
    """
    with_sign_names = _SIGNS.sub(lambda match: "".join(map(_SIGN_NAMES.__getitem__, match[0])) + "-", topic)
    name = (
        _address_in_any_script(with_sign_names)
        if any(map(_is_foreign, unicodedata.normalize("NFKC", with_sign_names)))
        else slug(with_sign_names)
    )
    name = name or "-".join(f"u{ord(char):x}" for char in unicodedata.normalize("NFC", topic) if not char.isspace())
    if len(name.encode()) <= _LONGEST_ADDRESS:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name.encode()[: _LONGEST_ADDRESS - 9].decode(errors='ignore').rstrip('-')}-{digest}"


def _is_foreign(char: str) -> bool:
    """Return whether a character is a letter or number that `slug` drops because it is not Latin."""
    if char.isascii() or unicodedata.category(char)[0] not in "LN" or slug(char):
        return False
    return not unicodedata.name(char, "").startswith(("LATIN ", "MODIFIER "))


def _address_in_any_script(text: str) -> str:
    letters = ""
    for char in unicodedata.normalize("NFKC", text).lower():  # lower() needs the whole word for a final sigma
        category = unicodedata.category(char)
        if ascii_letter := slug(char):
            letters += ascii_letter
        elif category[0] in "LN" or (category[0] == "M" and letters[-1:] > "\x7f"):
            letters += char
        elif category[0] != "M" and char not in _JOINED:
            letters += "-"
    return unicodedata.normalize("NFC", re.sub("-{2,}", "-", letters).strip("-"))


#: Invisible characters within words: soft hyphen, zero-width joiners and word joiner.
_JOINED = "\u00ad\u200d\u2060\ufeff"


def same_name(name: str) -> str:
    """Return a key that is equal for two spellings of one topic, which differ in case, spaces or punctuation."""
    casefolded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(" " if _is_habit(char) else char for char in casefolded).split())


def _is_habit(char: str) -> bool:
    return unicodedata.category(char)[0] in "PZC" and char not in "#%*@"


#: Languages in which ä, ö and ü become a, o and u in addresses.
_DOTS_DROPPED = frozenset(
    ("az", "ca", "es", "et", "eu", "fi", "fil", "fr", "gl", "hu", "it", "nl", "pt", "sk", "sv", "tk", "tr")
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def short_name(title: str, language: str) -> str:
    """Return a title's slug: "Die Überstunden" gives "die-ueberstunden", but "Pingüino" in Spanish gives "pinguino".

    ä, ö and ü are spelt out as in German and in passports (ICAO Doc 9303), except in languages (BCP 47) with another
    custom.
    """
    title = unicodedata.normalize("NFC", title)
    return slug(title if language.partition("-")[0] in _DOTS_DROPPED else title.translate(_UMLAUTS))


#: Titles and degrees around a name, which are not part of an address.
_TITLES = frozenset(
    ("dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "sr", "sra", "dra", "doctor")
)
_DEGREES = frozenset(
    ("md", "phd", "mbbs", "mbchb", "frcs", "frcp", "mrcp", "mrcgp", "frca", "bsc", "msc", "rn", "do", "jr")
)


def person_slug(name: str) -> str:
    """Return the slug of a person's profile: "Dr Leo Stern, MD" gives "leo-stern"."""
    parts = slug(name).split("-")
    while len(parts) > 1 and parts[0] in _TITLES:
        parts = parts[1:]
    while len(parts) > 2 and parts[-1] in _DEGREES:  # noqa: PLR2004 - "An Do" has a first and a last name
        parts = parts[:-1]
    return "-".join(parts)


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


def did_you_mean(wrong: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return a question for a mistyped word: 'did you mean "title"?'; empty if no known word is similar.

    Case is ignored. `cutoff` is the least similarity, from 0 to 1.
    """
    suggestion = nearest(wrong, known, cutoff=cutoff)
    return f'did you mean "{suggestion}"?' if suggestion else ""


def nearest(wrong: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return the known word most similar to a mistyped one; empty if there is none. See `did_you_mean`."""
    spellings = {word.casefold(): word for word in known}
    matches = difflib.get_close_matches(wrong.casefold(), list(spellings), n=1, cutoff=cutoff)
    return spellings[matches[0]] if matches else ""


class Guesses:
    """Suggestions for the mistyped words of a series; a text with thousands of them gets only the first."""

    def __init__(self) -> None:
        """Begin with none."""
        self._left = 10_000

    def did_you_mean(self, wrong: str, known: Collection[str]) -> str:
        """Return what `did_you_mean` returns; empty if too many words were compared before."""
        compares = self._left > 0
        self._left -= len(known)
        return did_you_mean(wrong, known) if compares else ""


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
