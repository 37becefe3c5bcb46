"""First names and family names alone, found in sentences: "Thanks Priya" names somebody to all who were there.

Only names of this record's own participants are looked for. A name that is no word is replaced wherever it has a
capital letter that nothing else explains. One that is a word as well, or the name of somebody in the case, is replaced
only where somebody is spoken to. What stays is counted, so that somebody can look.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import namecontexts as around
from casebuilder.editorial.discussion.displaynames import MARKS, SEVERAL, folded, plain, words_of
from casebuilder.editorial.discussion.ordinarywords import ORDINARY, PARTICLES
from casebuilder.editorial.discussion.post import count_of
from casebuilder.editorial.discussion.soughtwords import SoughtWords, occurrences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_LETTERS = rf"(?:[^\W\d_]++|[{MARKS}]++)+"
TOKEN = re.compile(rf"{_LETTERS}(?:['’-]{_LETTERS})*")
#: The same in a text of ASCII letters only, and three times as quick.
_ASCII_TOKEN = re.compile("[A-Za-z]+(?:['-][A-Za-z]+)*")
_ADDRESS = re.compile(r"https?://\S+")
_ENDS = re.compile(r"\s*(?:[.!?]|$|\n)")
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_LEAST, _FULL, _FAMILY, _MOST_NAMED = 3, 4, 2, 8


@dataclass(eq=False, slots=True)
class FirstNames:
    """The parts of names to look for, small and without accents, and whose they are; and what was found so far.

    Attributes:
        keys: the author keys of each part.
        owners: the same as sets.
        initials: the first letters of all names of those who have a part.
        words: parts that are words as well.
        others: parts that are the name of somebody in the case.
        sought: finds the words of a text that are such a part, or begin with one.
        replaced: how many posts a name was replaced in.
        left: how many posts a name stays in, because it may be a word or somebody else.
    """

    keys: Mapping[str, tuple[str, ...]]
    owners: Mapping[str, AbstractSet[str]]
    initials: Mapping[str, AbstractSet[str]]
    words: AbstractSet[str]
    others: AbstractSet[str]
    sought: SoughtWords = field(init=False)
    replaced: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.sought = SoughtWords(lambda word: self._length_of_part(word) != 0)

    def without(self, text: str, pseudonym: Callable[[str], str], several: str = SEVERAL) -> str:
        """Return a text with a pseudonym in place of each name that is surely a participant's.

        Args:
            text: with pseudonyms for whole names already.
            pseudonym: gives the pseudonym of an author key.
            several: stands for a name that several participants have.
        """
        if not self.keys:
            return text
        replaced, end_of_last, last = "", 0, tuple[str, ...]()
        names_replaced = Counter[str]()
        names_left = Counter[str]()
        for start, end, part in self._find_parts(text):
            if self._is_person(text, start, end, part):
                start_of_name = start - (text[start - 1 : start] == "@")
                keys = self.keys[part]
                if keys != last or text[end_of_last:start_of_name].strip(" "):  # "Mary Ann" is one person
                    replaced += text[end_of_last:start_of_name] + (pseudonym(keys[0]) if len(keys) == 1 else several)
                end_of_last, last = end, keys
                names_replaced[text[start:end]] += 1
            elif text[start : start + 1].isupper() or _CASELESS.match(text, start):
                names_left[text[start:end]] += 1
        self.replaced.update(set(names_replaced))
        self.left.update(set(names_left))
        return replaced + text[end_of_last:]

    def notes(self) -> Iterator[str]:
        """Yield what the editor should know: which names became pseudonyms, and which stay in sentences."""
        if self.replaced:
            yield f"first or family names alone, replaced by pseudonyms: {_list_names(self.replaced)}"
        if self.left:
            yield (
                f"left in sentences, because they may be words or other people’s names: {_list_names(self.left)}; read "
                "these posts, and change them in the record if a participant is meant"
            )

    def _find_parts(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where parts of names stand as words of their own, outside of addresses."""
        address_spans = [match.span() for match in _ADDRESS.finditer(text)] if "://" in text else []
        pattern = _words_pattern(text)
        for start, word in occurrences(text, self.sought.of(text, pattern), pattern):
            length = self._length_of_part(word)
            if length < 0:
                yield from self._find_in_unspaced(word, start)
            elif text[start - 1 : start] not in {"#", "/"} and not any(
                begin <= start < end for begin, end in address_spans
            ):
                yield start, start + length, straight(word[:length])

    def _length_of_part(self, word: str) -> int:
        """Return how many letters of a word are a part of a name: all, those before ’s or -led, or none.

        -1 of a run of letters in a script without spaces.
        """
        if not word.isascii() and _UNSPACED.match(word):
            return -1
        lower_case = straight(word)
        if lower_case in self.keys:
            return len(lower_case)
        if "'" not in lower_case and "-" not in lower_case:
            return 0
        length = max(lower_case.rfind("'"), lower_case.rfind("-"))
        return length if length > 0 and lower_case[:length] in self.keys and word[length + 1 :].islower() else 0

    def _find_in_unspaced(self, run: str, offset: int) -> Iterator[tuple[int, int, str]]:
        """Yield names before a form of address in a script without spaces."""
        for match in around.HONORIFIC.finditer(run):
            for length in (3, 2, 1):
                part = run[max(0, match.start() - length) : match.start()]
                if len(part) == length and part in self.keys:
                    yield offset + match.start() - length, offset + match.start(), part
                    break

    def _is_person(self, text: str, start: int, end: int, part: str) -> bool:
        """Return whether a part of a name, where it stands, means the participant."""
        text_before, name_written = text[max(0, start - 60) : start], text[start:end]
        if _UNSPACED.match(name_written) or (
            name_written[:1].isupper() and self._is_plainly(text, end, part, text_before)
        ):
            return True
        may_be_meant = around.may_be_meant(text_before)
        if may_be_meant and around.GREETED.search(text_before):
            return part not in self.words or name_written[:1].isupper() or bool(_CASELESS.match(name_written))
        if around.NO_PERSON.match(text, end) or self._has_next(text, end, part) or part in self.others:
            return part in self.others and name_written[:1].isupper() and _is_called(text, start, end, is_word=True)
        is_meant = may_be_meant and bool(around.MEANT.search(text_before) or around.TITLE.search(text_before))
        if not name_written[:1].isupper():
            return part not in self.words and (is_meant or _is_said(text, end))
        is_word = part in self.words or len(part) < _LEAST
        if (
            is_meant
            or _is_called(text, start, end, is_word=is_word)
            or (around.SAID.match(text, end) and not self._is_of_another(text_before, part))
        ):
            return True
        return not (is_word or self._is_of_another(text_before, part))

    def _is_plainly(self, text: str, end: int, part: str, before: str) -> bool:
        """Return whether a capitalised part of a name can be nobody else, whatever stands around it."""
        is_known = part in self.words or part in self.others or len(part) < _LEAST
        return not (
            is_known
            or around.NO_PERSON.match(text, end)
            or self._has_next(text, end, part)
            or self._is_of_another(before, part)
        )

    def _has_next(self, text: str, end: int, part: str) -> bool:
        """Return whether a word with a capital letter after a name makes it part of somebody else's."""
        match = around.next_name().match(text, end)
        return bool(match) and not self._is_beside(match[0] if match else "", part)

    def _is_of_another(self, before: str, part: str) -> bool:
        """Return whether an initial, or a word with a capital letter, makes a name part of somebody else's."""
        if initial := around.INITIAL.search(before[-6:]):
            return not self._has_initial(initial[1], part)
        word = around.word_before(before)
        if not word[:1].isupper() or word.casefold() in around.FUNCTION:
            return False
        return not self._is_beside(word, part)

    def _has_initial(self, letter: str, part: str) -> bool:
        """Return whether somebody who has a name has another one that begins with a letter: "P. Sharma"."""
        return straight(letter) in self.initials[part]

    def _is_beside(self, word: str, part: str) -> bool:
        """Return whether a word is another name of somebody who has a name, as in "Mary Ann"."""
        owners_of_word = self.owners.get(straight(word.strip()))
        return bool(owners_of_word) and not self.owners[part].isdisjoint(owners_of_word or ())


def first_names(
    names_and_keys: Iterable[tuple[str, str]], *, texts: Sequence[str], others: AbstractSet[str]
) -> FirstNames:
    """Return the parts of names to look for.

    Args:
        names_and_keys: names and author keys of this record's participants.
        texts: of the record and of the series, in which a name that is a word is seen in small letters.
        others: words of the case that begin with a capital, and the names of the people of the series.
    """
    keys: dict[str, dict[str, None]] = {}
    words = set(ORDINARY)
    for name, key in sorted(names_and_keys):
        for part, is_sure in _parts_of_name(name):
            keys.setdefault(part, {})[key] = None
            if not is_sure:
                words.add(part)
    words = (words & keys.keys()) | _lower_case_parts(keys, texts)
    initials_by_key: dict[str, set[str]] = {}
    for part, keys_of_part in keys.items():
        for key in keys_of_part:
            initials_by_key.setdefault(key, set()).add(part[:1])
    parts = {part: tuple(keys_of_part) for part, keys_of_part in keys.items()}
    owners = {part: frozenset(keys_of_part) for part, keys_of_part in keys.items()}
    initials = {
        part: frozenset[str]().union(*(initials_by_key[key] for key in keys_of_part))
        for part, keys_of_part in keys.items()
    }
    return FirstNames(parts, owners, initials, words, others & keys.keys())


def _parts_of_name(name: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a name that are names, and whether they surely are: beside a role they may be words."""
    plain_name = plain(name)
    if _UNSPACED.fullmatch(plain_name.replace(" ", "")):
        yield from ((part, True) for part in _parts_without_spaces(plain_name))
        return
    words, is_sure = words_of(name)
    for number, word in enumerate(words):
        lower_case = straight(word)
        if len(lower_case) >= _FAMILY and (
            number == 0 or lower_case not in PARTICLES
        ):  # "Al Gore", and not "Nur al Din"
            yield lower_case, is_sure


def _parts_without_spaces(name: str) -> Iterator[str]:
    """Yield the parts of a Chinese, Japanese or Korean name, if its length says where the family name ends."""
    if " " in name:
        yield from name.split()
    elif len(name) >= _FULL:
        yield from (name[:_FAMILY], name[_FAMILY:])
    else:
        yield from (name[:1], name[1:])


def _words_pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of the words in a text."""
    return _ASCII_TOKEN if text.isascii() else TOKEN


def _list_names(names: Counter[str]) -> str:
    most_common = [f"“{name}” ({count_of(number, 'post')})" for name, number in names.most_common(_MOST_NAMED)]
    remaining = len(names) - len(most_common)
    return ", ".join(most_common) + (f" and {remaining} more" if remaining > 0 else "")


@lru_cache(maxsize=16_384)
def straight(word: str) -> str:
    """Return a word in small letters, without accents and with one kind of apostrophe."""
    return folded(word).replace("’", "'")


def _lower_case_parts(parts: Iterable[str], texts: Iterable[str]) -> set[str]:
    """Return the parts that the record's texts have in small letters where nobody is spoken to or of.

    They are words.
    """
    wanted_parts = set(parts)
    lower_case: set[str] = set()
    sought_words = SoughtWords(
        lambda word: word[:1].islower() and folded(word) in wanted_parts and folded(word) not in lower_case
    )
    for text in texts:
        pattern = _words_pattern(text)
        words_in_text = sought_words.of(text, pattern)
        lower_case |= {
            folded(word)
            for start, word in occurrences(text, words_in_text, pattern)
            if not around.is_meant(text[max(0, start - 60) : start]) and not _is_said(text, start + len(word))
        }
    return lower_case


def _is_said(text: str, end: int) -> bool:
    """Return whether somebody in small letters said or wrote something: "priya said", and not "will you"."""
    match = around.SAID.match(text, end)
    return bool(match) and (match or [""])[0].strip() not in {"you", "your", "and I"}


def _is_called(text: str, start: int, end: int, *, is_word: bool) -> bool:
    """Return whether somebody is spoken to.

    "Will, I agree", "Good point, Will." or a line that is a name and a colon.
    """
    line = text[text.rfind("\n", 0, start) + 1 : start]
    first = not line.strip(" \t>*_“\"'")
    ended = line.rstrip() if line[-1:].isspace() else ""
    if (first or ended.endswith((".", "!", "?"))) and (around.CALLED if is_word else around.COMMA).match(text, end):
        return True
    if first and re.match(r"[ \t]*(?:\n|$)", text[end:]):
        return True
    return ended.endswith(",") and ended[-2:-1].isalpha() and bool(_ENDS.match(text[end : end + 3]))
