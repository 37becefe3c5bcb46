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

    def replaced(self, text: str, pseudonym: Callable[[str], str], several: str = SEVERAL) -> str:
        """Return a text with a pseudonym in place of each name.

        Args:
            text: the text.
            pseudonym: gives the pseudonym of an author key.
            several: stands for a name that several participants have.
        """
        if self.unspaced:
            text = _UNSPACED.sub(lambda run: self._replace_in_run(run[0], pseudonym, several), text)
        if not self.spaced:
            return text
        composed = unicodedata.normalize("NFC", text)
        occurrences = list(self._find_names(composed, folded(composed)))
        for start, end, keys in reversed(occurrences):
            composed = f"{composed[:start]}{_pseudonym_of(keys, pseudonym, several)}{composed[end:]}"
        return composed if occurrences else text

    def _replace_in_run(self, run: str, pseudonym: Callable[[str], str], several: str) -> str:
        """Return letters without spaces between them, with a pseudonym in place of each name, the longest first."""
        replaced, place = "", 0
        while place < len(run):
            lengths = self.lengths.get(run[place : place + _LEAST], ())
            name = next(
                (candidate for size in lengths if (candidate := run[place : place + size]) in self.unspaced), ""
            )
            replaced += _pseudonym_of(self.unspaced[name], pseudonym, several) if name else run[place]
            place += len(name) or 1
        return replaced

    def _find_names(self, text: str, lower_case: str) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        """Yield where the names stand, the longest of those that begin at one place."""
        end_of_last = 0
        pattern = _ASCII_TOKEN if lower_case.isascii() else _TOKEN
        for start, first in occurrences(lower_case, self.beginnings.of(lower_case, pattern), pattern):
            lengths = self.lengths[first]
            if start < end_of_last:
                continue
            tokens = list(islice(pattern.finditer(lower_case, start), lengths[0]))
            for end, name in self._names_beginning(lower_case, tokens, lengths):
                if not _GOES_ON.match(lower_case, end) and _is_name(text[start:end], name.exact):
                    end_of_last = end
                    yield start, end, name.keys
                    break

    def _names_beginning(
        self, lower_case: str, tokens: list[re.Match[str]], lengths: Iterable[int]
    ) -> Iterator[tuple[int, _Name]]:
        """Yield the names that a text has at these words, the longest first, with the place where each ends."""
        words = tuple(token[0] for token in tokens)
        for length in lengths:
            if names := self.spaced.get(words[:length]):
                start, end = tokens[0].start(), tokens[length - 1].end()
                spelling = _even_spelling(lower_case[start:end])
                yield from ((end, name) for name in names if name.small == spelling)


def display_names(names_and_keys: Iterable[tuple[str, str]]) -> DisplayNames:
    """Return the names to look for.

    Args:
        names_and_keys: names and author keys of participants.
    """
    keys: dict[str, tuple[str, dict[str, None]]] = {}
    for name, key in sorted(names_and_keys):
        if name_alone := plain(name):
            keys.setdefault(folded(name_alone), (name_alone, {}))[1][key] = None
    names = DisplayNames()
    for name_alone, keys_of_name in sorted(keys.values(), key=lambda item: -len(item[0])):
        if _UNSPACED.fullmatch(name_alone):
            names.unspaced[name_alone] = tuple(keys_of_name)
            _note_length(names.lengths, name_alone[:_LEAST], len(name_alone))
            continue
        lower_case = folded(name_alone)
        if words := tuple(_TOKEN.findall(lower_case)):
            names.spaced.setdefault(words, []).append(
                _Name(_even_spelling(lower_case), name_alone, tuple(keys_of_name))
            )
            _note_length(names.lengths, words[0], len(words))
    return names


def _even_spelling(lower_case: str) -> str:
    """Return a name with one blank between its words, one kind of apostrophe, and no full stop after "Dr"."""
    return _SHORTENED.sub(r"\1 ", " ".join(lower_case.replace("’", "'").split()))


def _note_length(lengths: dict[str, list[int]], first: str, length: int) -> None:
    """Note the length of a name that begins with something."""
    lengths_known = lengths.setdefault(first, [])
    if length not in lengths_known:
        lengths_known.append(length)
        lengths_known.sort(reverse=True)


def plain(name: str) -> str:
    """Return the part of a shown name that is surely a name; "" if none is."""
    name_shown = unicodedata.normalize("NFC", name).strip()
    if match := _TURNED.fullmatch(name_shown):
        name_shown = f"{match['given']} {match['family']}"
    without_titles = _AFTER.sub("", _BEFORE.sub("", name_shown)).strip()
    if _COINED.fullmatch(without_titles) or _UNSPACED.fullmatch(without_titles):
        return without_titles
    words = [word.rstrip(".") for word in _WORD.findall(without_titles)]
    if len(words) == 1 and (title := _BEFORE.match(name_shown)):
        words = [title[0].split()[-1].rstrip("."), *words]
    while len(words) > _TWO and _DEGREE.fullmatch(words[-1]):
        words.pop()
    return " ".join(words) if _name_words(words) and len(words) >= _TWO else ""


def words_of(name: str) -> tuple[list[str], bool]:
    """Return the words of a shown name that may be names, and whether they surely are: "Night Owl" has a role in it."""
    without_titles = _AFTER.sub("", _BEFORE.sub("", plain(name) or unicodedata.normalize("NFC", name).strip())).strip()
    words = [word.rstrip(".") for word in _WORD.findall(without_titles)]
    if _COINED.fullmatch(without_titles) or len(words) > _MOST_WORDS:
        return [], False
    name_words = [word for word in _name_words(words) if word[:1].isupper() or word[:1].lower() == word[:1].upper()]
    return name_words, not any(map(_is_role, words))


def _name_words(words: Iterable[str]) -> list[str]:
    """Return the words that are no roles, numbers or initials."""
    return [word for word in words if not _is_role(word) and not word.isdigit() and len(word) > 1]


def _is_role(word: str) -> bool:
    return folded(word) in _ROLES


def _is_name(text: str, exact: str) -> bool:
    """Return whether a text surely has a name; one with a word of a role must be spelt as shown, or with capitals."""
    words = text.split()
    has_capitals = all(word[:1].isupper() or word[:1].lower() == word[:1].upper() for word in (words[0], words[-1]))
    return text == exact or has_capitals or not any(_is_word(word.rstrip(".")) for word in words)


def _is_word(word: str) -> bool:
    return _is_role(word) or folded(word) in ORDINARY


def _pseudonym_of(keys: tuple[str, ...], pseudonym: Callable[[str], str], several: str) -> str:
    return pseudonym(keys[0]) if len(keys) == 1 else several


def folded(text: str) -> str:
    """Return a text in small letters without accents, as long as it was."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda run: "".join(map(_base_letter, run[0])), text)
    return text.lower()


_LETTERS: Mapping[str, str] = {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "s"}


@lru_cache(maxsize=16_384)
def _base_letter(sign: str) -> str:
    if sign in _LETTERS:
        return _LETTERS[sign]
    return unicodedata.normalize("NFD", sign)[:1].lower()[:1] or sign
