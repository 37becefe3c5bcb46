"""Names that participants show, found in sentences: "I agree with Ida Holm" names a person as much as a handle does.

Only names that are surely names are looked for: two words or more that are not all roles, or one that nobody uses as
a word, such as MiaTheMedic or 田中太郎. "Anna" alone, or "the night nurse", stays.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.ordinarywords import ORDINARY
from casebuilder.editorial.discussion.soughtwords import SoughtWords, occurrences
from casebuilder.wording import recordwords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: Words of names that are roles or no names. A name of such words alone is not looked for.
_ROLES = frozenset((
    "a", "account", "admin", "administrator", "an", "anon", "anonymous", "author", "chair", "clinical", "clinician",
    "club", "consultant", "director", "doctor", "doctors", "dr", "editor", "educator", "expert", "faculty",
    "fellow", "first", "for", "general", "gp", "guest", "health", "hospital", "host", "house", "in", "intern",
    "journal", "junior", "learner", "lecturer", "locum", "medical", "medicine", "member", "midwife", "moderator",
    "new", "night", "no", "nobody", "nurse", "of", "officer", "on", "one", "organiser", "organizer", "paramedic",
    "participant", "patient", "pharmacist", "physician", "practice", "practitioner", "professor", "program",
    "programme", "reader", "registrar", "research", "researcher", "resident", "school", "second", "senior",
    "sister", "site", "somebody", "someone", "specialist", "staff", "student", "supervisor", "surgeon", "surgical",
    "teacher", "team", "the", "third", "trainee", "trainer", "tutor", "unknown", "user", "ward", "web", "webmaster",
    "writer", "year",
))  # fmt: skip
#: Forms of address before a name, and what stands after a comma or in brackets, are no part of it.
_BEFORE = re.compile(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|mx|miss|sir|dame|sr|sra|dra|herr|frau)\.?\s+)+", re.IGNORECASE
)
_AFTER = re.compile(r"(?<!\s)\s*(?:[,(\[{|/•·–—]|\s-\s).*", re.DOTALL)
#: "Holm, Ida", and degrees after a name.
_TURNED = re.compile(r"(?P<family>[^\W\d_][\w'’-]+), (?P<given>[A-ZÀ-Þ]?[^\W\dA-Z_][\w'’-]*)")
_DEGREE = re.compile(r"[A-Z]{2,6}|PhD|DPhil|[BM]Sc|MEd|EdD|PharmD")
_TWO = 2
#: Forms of address that may be shortened with a full stop.
_SHORTENED = re.compile(r"\b(dr|prof|mr|mrs|ms|mx|sr|sra|dra)\. ")
#: A longer name is a sentence, or a motto.
_MOST_WORDS = 5
#: Signs that belong to the letter before them, as the vowels of Hindi do, and are no letters to regular expressions.
MARKS = "".join(chr(code) for code in range(0x300, 0x1B00) if unicodedata.category(chr(code)) in {"Mn", "Mc"})
_WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+(?:['’.-](?:[^\W_]|[{MARKS}])+)*\.?")
#: After a name that is the beginning of another: Holm in Holmes, or in Holm-Berg.
_GOES_ON = re.compile(rf"[\w{MARKS}]|-[^\W\d_]")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_TOKEN, _ASCII_TOKEN = re.compile(rf"(?:\w++|[{MARKS}]++)+"), re.compile("[A-Za-z0-9_]+")
#: One word that is surely a name: two capitals with a small letter between them, a digit or an underscore.
_COINED = re.compile(r"(?=.{5})(?:[^\Wa-z]*+[a-z][^\WA-Z]*+[A-Z]\w*+|[^\WA-Za-z]*+[A-Za-z][^\W\d_]*+[\d_]\w*+)")
#: Han, Kana and Hangul are written without spaces: three letters are a family name and a given one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{3,}")
#: The letters of the shortest of such names.
_LEAST = 3
#: What stands for a name that several participants have, if nobody says it in another language.
SEVERAL = recordwords.several("en")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name to look for.

    Attributes:
        small: in small letters and without accents.
        exact: with its capitals and accents.
        keys: of those who show it.
    """

    small: str
    exact: str
    keys: tuple[str, ...]


@dataclass(eq=False, slots=True)
class DisplayNames:
    """The names to look for: thousands of participants may share a first name, so a name is found by all its words.

    Attributes:
        spaced: the names by their words as `_TOKEN` finds them.
        unspaced: the keys of those in scripts without spaces.
        lengths: how many words names have that begin with a word, or letters those that begin with three; most first.
        beginnings: finds the words of a text that a name begins with.
    """

    spaced: dict[tuple[str, ...], list[_Name]] = field(default_factory=dict)
    unspaced: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lengths: dict[str, list[int]] = field(default_factory=dict)
    beginnings: SoughtWords = field(init=False)

    def __post_init__(self) -> None:
        self.beginnings = SoughtWords(self.lengths.__contains__)

    def replaced(self, words: str, pseudonym: Callable[[str], str], several: str = SEVERAL) -> str:
        """Return a text with a pseudonym in place of each name.

        Args:
            words: the text.
            pseudonym: gives the pseudonym of an author key.
            several: stands for a name that several participants have.
        """
        if self.unspaced:
            words = _UNSPACED.sub(lambda run: self._without(run[0], pseudonym, several), words)
        if not self.spaced:
            return words
        text = unicodedata.normalize("NFC", words)
        occurrences = list(self._found(text, folded(text)))
        for start, end, keys in reversed(occurrences):
            text = f"{text[:start]}{_shown(keys, pseudonym, several)}{text[end:]}"
        return text if occurrences else words

    def _without(self, run: str, pseudonym: Callable[[str], str], several: str) -> str:
        """Return letters without spaces between them, with a pseudonym in place of each name, the longest first."""
        written, place = "", 0
        while place < len(run):
            lengths = self.lengths.get(run[place : place + _LEAST], ())
            name = next((part for size in lengths if (part := run[place : place + size]) in self.unspaced), "")
            written += _shown(self.unspaced[name], pseudonym, several) if name else run[place]
            place += len(name) or 1
        return written

    def _found(self, text: str, small: str) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        """Yield where the names stand, the longest of those that begin at one place."""
        done = 0
        pattern = _ASCII_TOKEN if small.isascii() else _TOKEN
        for start, first in occurrences(small, self.beginnings.of(small, pattern), pattern):
            lengths = self.lengths[first]
            if start < done:
                continue
            tokens = list(islice(pattern.finditer(small, start), lengths[0]))
            for end, name in self._beginning(small, tokens, lengths):
                if not _GOES_ON.match(small, end) and _is_name(text[start:end], name.exact):
                    done = end
                    yield start, end, name.keys
                    break

    def _beginning(
        self, small: str, tokens: list[re.Match[str]], lengths: Iterable[int]
    ) -> Iterator[tuple[int, _Name]]:
        """Yield the names that a text has at these words, the longest first, with the place where each ends."""
        words = tuple(token[0] for token in tokens)
        for length in lengths:
            if names := self.spaced.get(words[:length]):
                start, end = tokens[0].start(), tokens[length - 1].end()
                written = _evenly(small[start:end])
                yield from ((end, name) for name in names if name.small == written)


def display_names(shown: Iterable[tuple[str, str]]) -> DisplayNames:
    """Return the names to look for.

    Args:
        shown: names and author keys of participants.
    """
    keys: dict[str, tuple[str, dict[str, None]]] = {}
    for name, key in sorted(shown):
        if bare := plain(name):
            keys.setdefault(folded(bare), (bare, {}))[1][key] = None
    names = DisplayNames()
    for bare, own in sorted(keys.values(), key=lambda item: -len(item[0])):
        if _UNSPACED.fullmatch(bare):
            names.unspaced[bare] = tuple(own)
            _note(names.lengths, bare[:_LEAST], len(bare))
            continue
        small = folded(bare)
        if words := tuple(_TOKEN.findall(small)):
            names.spaced.setdefault(words, []).append(_Name(_evenly(small), bare, tuple(own)))
            _note(names.lengths, words[0], len(words))
    return names


def _evenly(small: str) -> str:
    """Return a name with one blank between its words, one kind of apostrophe, and no full stop after "Dr"."""
    return _SHORTENED.sub(r"\1 ", " ".join(small.replace("’", "'").split()))


def _note(lengths: dict[str, list[int]], first: str, length: int) -> None:
    """Note the length of a name that begins with something."""
    known = lengths.setdefault(first, [])
    if length not in known:
        known.append(length)
        known.sort(reverse=True)


def plain(name: str) -> str:
    """Return the part of a shown name that is surely a name; "" if none is."""
    shown = unicodedata.normalize("NFC", name).strip()
    if turned := _TURNED.fullmatch(shown):
        shown = f"{turned['given']} {turned['family']}"
    bare = _AFTER.sub("", _BEFORE.sub("", shown)).strip()
    if _COINED.fullmatch(bare) or _UNSPACED.fullmatch(bare):
        return bare
    words = [word.rstrip(".") for word in _WORD.findall(bare)]
    if len(words) == 1 and (title := _BEFORE.match(shown)):
        words = [title[0].split()[-1].rstrip("."), *words]
    while len(words) > _TWO and _DEGREE.fullmatch(words[-1]):
        words.pop()
    return " ".join(words) if _own(words) and len(words) >= _TWO else ""


def words_of(name: str) -> tuple[list[str], bool]:
    """Return the words of a shown name that may be names, and whether they surely are: "Night Owl" has a role in it."""
    bare = _AFTER.sub("", _BEFORE.sub("", plain(name) or unicodedata.normalize("NFC", name).strip())).strip()
    words = [word.rstrip(".") for word in _WORD.findall(bare)]
    if _COINED.fullmatch(bare) or len(words) > _MOST_WORDS:
        return [], False
    named = [word for word in _own(words) if word[:1].isupper() or word[:1].lower() == word[:1].upper()]
    return named, not any(map(_is_role, words))


def _own(words: Iterable[str]) -> list[str]:
    """Return the words that are no roles, numbers or initials."""
    return [word for word in words if not _is_role(word) and not word.isdigit() and len(word) > 1]


def _is_role(word: str) -> bool:
    return folded(word) in _ROLES


def _is_name(found: str, exact: str) -> bool:
    """Return whether a text surely has a name; one with a word of a role must be spelt as shown, or with capitals."""
    parts = found.split()
    capitals = all(part[:1].isupper() or part[:1].lower() == part[:1].upper() for part in (parts[0], parts[-1]))
    return found == exact or capitals or not any(_is_word(part.rstrip(".")) for part in parts)


def _is_word(part: str) -> bool:
    return _is_role(part) or folded(part) in ORDINARY


def _shown(keys: tuple[str, ...], pseudonym: Callable[[str], str], several: str) -> str:
    return pseudonym(keys[0]) if len(keys) == 1 else several


def folded(words: str) -> str:
    """Return a text in small letters without accents, as long as it was."""
    if not words.isascii():
        words = _NOT_ASCII.sub(lambda run: "".join(map(_letter, run[0])), words)
    return words.lower()


_LETTERS: Mapping[str, str] = {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "s"}


@lru_cache(maxsize=16_384)
def _letter(sign: str) -> str:
    if sign in _LETTERS:
        return _LETTERS[sign]
    return unicodedata.normalize("NFD", sign)[:1].lower()[:1] or sign
