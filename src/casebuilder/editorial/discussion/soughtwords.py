"""A few words, such as names, found in many long texts without looking at each word of each text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection

#: So many words are found one by one in a text; more by reading it once.
_FEW = 32
#: So many runs of letters are remembered.
_MOST_REMEMBERED = 200_000


@dataclass(eq=False, slots=True)
class SoughtWords:
    """Words that are looked for. The same run of letters in thousands of texts is judged once.

    Attributes:
        is_sought: whether a word is looked for. A word that it refuses once is refused for good.
        passed: runs of letters between blanks that hold no such word.
    """

    is_sought: Callable[[str], bool]
    passed: set[str] = field(default_factory=set)

    def of(self, text: str, pattern: re.Pattern[str]) -> set[str]:
        """Return the words of a text that are looked for.

        Args:
            text: the text.
            pattern: matches a word, which holds no blank.
        """
        words_found = set[str]()
        for run in set(text.split()) - self.passed:
            if sought_in_run := set(filter(self.is_sought, pattern.findall(run))):
                words_found |= sought_in_run
            else:
                self.passed.add(run)
        if len(self.passed) > _MOST_REMEMBERED:
            self.passed.clear()
        return words_found


def occurrences(text: str, words: Collection[str], pattern: re.Pattern[str]) -> list[tuple[int, str]]:
    """Return where some of the words of a text stand in it, in order.

    Args:
        text: the text.
        words: words as the pattern finds them in this text.
        pattern: matches a word, from any letter of it to its end.
    """
    if len(words) > _FEW:
        return [(token.start(), token[0]) for token in pattern.finditer(text) if token[0] in words]
    places = []
    for word in words:
        start = text.find(word)
        while start >= 0:
            if _begins_word(text, start, pattern) and (token := pattern.match(text, start)) and token[0] == word:
                places.append((start, word))
            start = text.find(word, start + len(word))
    return sorted(places)


def _begins_word(text: str, start: int, pattern: re.Pattern[str]) -> bool:
    """Return whether a word begins at a letter, and not before it: one hyphen may stand between two letters of one."""
    for place in range(max(0, start - 2), start):
        before = pattern.match(text, place, start + 1)
        if before and before.end() > start:
            return False
    return True
