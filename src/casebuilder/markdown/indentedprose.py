"""Sentences in a block of indented lines, which Markdown prints as a program's text.

Word and many writers indent the first line of a paragraph. A program has signs, calls and columns that sentences do not
have, and sentences begin or end as such in every script.
"""

from __future__ import annotations

import re
import unicodedata

#: Markdown within a line, which prose may have as well: citations and notes, links, and marks of emphasis.
_MARKS = (
    r"\[[@^][\w.-]+\]|!?\[(?=[^\]\n]{0,200}\]\()|\]\([^)\n]{0,500}\)"
    r"|(?<![\w*])[*_]{1,3}(?=[^\s*])|(?<=[^\s*])[*_]{1,3}(?![\w*])"
)
#: A word of a program: an operator, a call, a path, an option, a name with dots.
_OF_PROGRAM = r"[=<>{}\[\]|\\$_@#~^`*+]|\w\((?!e?s\))|:/|^/\w|\w/\w*/|^-{1,2}[^\W\d_]|[^\W\d_]{2,}\.[a-z]{2,}|^%\w"
#: Columns, or words apart by more than the two spaces that some people put after a full stop.
_COLUMNS = r"\S\t+\S|\S {3,}\S|[^\s.?!”\"’)] {2}\S"
_SENTENCE_END = r"[.?!…。？！؟۔।։።][”\"’')\]»」』]*$"  # noqa: RUF001 - signs of other scripts
_ROW_OF_NUMBERS, _ENTRY = r"[-−+\d.,%]+(?: [-−+\d.,%]+)+", r"(?:[-–—•*+]|\w{1,2}[.)])\s"
#: First words of lines of a program that have no signs: `import numpy as np`, `SELECT name FROM patients`.
_COMMAND = (
    "(?:import|from|def|class|for|while|if|return|let|var|const|use|using|print|echo|select|insert|update|delete|create"
    "|alter|drop|grant|sudo|apt|apt-get|pip|git|cd|ls|cp|mv|rm|make|docker|npm|brew|call|do|end|begin|then|else)"
)
#: The scripts that are written without spaces between words: this many letters count as one word.
_LETTERS_OF_A_WORD, _WITHOUT_SPACES = (
    2,
    re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"),
)
#: The fewest words of a sentence whose beginning and end are here, one of the two, and neither.
_FEW_WORDS, _SOME_WORDS, _MANY_WORDS = 2, 5, 8
#: Words for each word that could be a program's: `p < 0.05` in a sentence.
_WORDS_FOR_A_SIGN = 8


def is_prose(content: str) -> bool:
    """Return whether indented lines are sentences in any script, and no program, output or table."""
    content = re.sub(_MARKS, "", content)
    lines = [line.strip() for line in content.splitlines() if line.strip()]
    if not lines or any(re.search(_COLUMNS, line) for line in lines) or _is_table(lines):
        return False
    words = [word for line in lines for word in line.split()]
    signs = sum(re.search(_OF_PROGRAM, word) is not None for word in words) + sum(line.endswith(";") for line in lines)
    numbers = sum(any(map(str.isdigit, word)) and not any(map(str.isalpha, word)) for word in words)
    natural = sum(_words_of_letters(word) for word in words)
    if signs * _WORDS_FOR_A_SIGN > natural or numbers >= natural:
        return False
    begins, ends = _begins(words), any(re.search(_SENTENCE_END, line) for line in lines)
    if not ends and re.fullmatch(f"{_COMMAND}|{_COMMAND.upper()}", words[0]):
        return False
    if begins and ends:
        return natural >= _FEW_WORDS
    has_comma = any(re.search(r"[^\W\d_], [^\W\d_]", line) for line in lines)
    return natural >= (_SOME_WORDS if begins or ends else _MANY_WORDS) and (begins or ends or has_comma)


def _is_table(lines: list[str]) -> bool:
    """Return whether a line has only numbers, or all have the same number of words and none ends as a sentence does."""
    if any(re.fullmatch(_ROW_OF_NUMBERS, line) for line in lines):
        return True
    numbers_of_words = {len(line.split()) for line in lines}
    is_list = all(re.match(_ENTRY, line) for line in lines)
    ends = any(re.search(_SENTENCE_END, line) for line in lines)
    return len(lines) > 1 and len(numbers_of_words) == 1 and not is_list and not ends


def _words_of_letters(word: str) -> int:
    """Return how many words of a language a part between two spaces has; names of constants and of columns are none."""
    if re.search(_OF_PROGRAM, word):
        return 0
    letters = [letter for letter in word if letter.isalpha()]
    unspaced = len(_WITHOUT_SPACES.findall(word))
    if unspaced:
        return -(-unspaced // _LETTERS_OF_A_WORD)
    return int(len(letters) > 1 and not all(map(str.isupper, letters)))


def _begins(words: list[str]) -> bool:
    """Return whether the first letter is a capital, or of a script that has none."""
    first = next((letter for letter in "".join(words) if letter.isalpha()), "")
    return bool(first) and unicodedata.category(first) in {"Lu", "Lt", "Lo"}
