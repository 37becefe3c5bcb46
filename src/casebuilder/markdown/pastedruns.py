"""Lines below each other that are meant as a list, a dialogue or a chat, and would be printed as one paragraph.

One line may begin with a dash by chance; lines below each other that all begin with a sign, with the next number, or
with a speaker's name hardly do.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from casebuilder.markdown.parserproblems import shown

#: Categories of Unicode: symbols and emoji, arrows, dashes, signs of Word's symbol fonts.
_SIGNS = frozenset(("So", "Sm", "Pd", "Co"))
_OTHER_SIGNS = "§†‡¶※・"
#: Signs that belong to the number after them.
_OF_NUMBERS = frozenset("±≥≤≈×÷≠")
#: What is left of a bullet of Word: the letter that its symbol font shows as a circle, tick, arrow or square.
_LETTER_SIGN = r"(?:[oüØqvŸ]|-{2,}|~|[-=]>)(?=[ \t])|-(?=[^\W\d_])|\*(?=[^\W\d_])(?![^*\n]*\*)"
#: A box to tick, without the hyphen of its list.
_BOX = r"\[[ xX]?\](?=[ \t]\S)"
#: A number that Markdown does not take for a list's, or not here.
_NUMBER = (
    r"\(?(?P<number>\d{1,2}|[^\W\d_])"
    r"(?:\.\)|[.)](?=\s|[^\W\d_])|[)\]]?[ \t]?[-–/:](?=\s)|[、．）]|\ufe0f?\u20e3|\.?º)[ \t]*\S"  # noqa: RUF001 - other scripts
)
_CHINESE = "一二三四五六七八九十"
#: A person and a colon: `Dr Layla:`, `**Nurse (nights):**`, `Ida :`.
_SPEAKER = (
    r"\*{0,2}[^\W\d_a-z][\w.’'-]*(?: [\w.’'-]+){0,3}(?: \([^()\n]{1,30}\))?\*{0,2}"
    r"(?:[ \u00a0\u202f]?:\*{0,2}(?=[\s“\"«])|：)\s*\S"  # noqa: RUF001 - the colon of Chinese and Japanese
)
#: The date or time before a message of a chat, or an entry of a log.
_TIME = r"[\[(]?(?:\d{1,2}:\d{2}(?!\d)|\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d))"
#: A name and a time on a line of their own, above each message.
_HEAD = r"[^\W\d_][\w.’' -]{1,40}[ \t,–—]\[?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?\]?$"
#: The end of a message that goes over several lines.
_END = r"[.?!…。？！؟][”\"»)]*$"  # noqa: RUF001 - signs of other scripts
_HARD_BREAKS = ("  ", "\\")
_LIST_HINT = 'begin each line with "- " in place of the sign; for a dialogue, put an empty line between its lines'
_NUMBER_HINT = 'begin each line with "1. "; to keep these numbers, put an empty line between the entries'
_CHAT_HINT = "put an empty line between the messages"


def run(lines: list[str]) -> tuple[int, str, str] | None:
    """Find the first run of such lines in a paragraph.

    Args:
        lines: the lines of a paragraph.

    Returns:
        The number of its first line, from 0, message and hint; None if there is no run.
    """
    stripped = [line.strip() for line in lines]
    for number, (line, following) in enumerate(pairwise(stripped)):
        if lines[number].endswith(_HARD_BREAKS):
            continue
        if _begins_with_sign(line) and _begins_with_sign(following):
            return number, _message(line), _LIST_HINT
        if re.match(_BOX, line) and re.match(_BOX, following):
            return number, _message(line), 'begin each line with "- [ ] ", or with "- [x] " if it is ticked'
        if _is_numbered(line, following):
            return number, _message(line), _NUMBER_HINT
    if any(line.endswith(_HARD_BREAKS) for line in lines[:-1]):
        return None
    for form in (_SPEAKER, _TIME, _HEAD):
        found = [number for number, line in enumerate(stripped) if re.match(form, line)]
        for first, second in pairwise(found):
            if second == first + 1 or form == _HEAD or (first == 0 and re.search(_END, stripped[second - 1])):
                return first, _message(stripped[first]), _CHAT_HINT
    return None


def _begins_with_sign(line: str) -> bool:
    """Return whether a line begins with a sign that other programs put before the entries of a list."""
    if re.match(_LETTER_SIGN, line):
        return True
    if not line or line[0].isascii() or line[0] in _OF_NUMBERS or len(line) == 1:
        return False
    is_sign = unicodedata.category(line[0]) in _SIGNS or line[0] in _OTHER_SIGNS
    return is_sign and not line[1].isdigit()


def _is_numbered(line: str, following: str) -> bool:
    """Return whether two lines begin with a number or a letter and the next one, in any script."""
    first, second = re.match(_NUMBER, line), re.match(_NUMBER, following)
    if first and second:
        return _follows(first["number"], second["number"])
    signs = line[:1], following[:1]
    return all(sign and unicodedata.category(sign) in {"No", "Nl"} for sign in signs) and _follows(*signs)


def _follows(first: str, second: str) -> bool:
    if first.isdecimal() and second.isdecimal():
        return int(second) == int(first) + 1
    if first in _CHINESE and second in _CHINESE:
        return _CHINESE.index(second) == _CHINESE.index(first) + 1
    return len(first) == len(second) == 1 and ord(second) == ord(first) + 1


def _message(line: str) -> str:
    return f'"{shown(line, 40)}" and the lines below it would be printed as one paragraph'
