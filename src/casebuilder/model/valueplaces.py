"""Where each character of a YAML value is in its text.

A value is not always written as it reads: lines are folded, quotation marks doubled, characters escaped. The text is
compared with the value from its beginning; a run of white space in the text may be longer, where lines are folded.
"""

from __future__ import annotations

import re

#: White space, with breaks of a line that YAML texts are read without.
_BLANKS = re.compile(r"[ \t\r\n\u2028\u2029]*")
#: In double quotation marks, white space may be escaped, and so may the end of a line.
_ESCAPED_BLANKS = re.compile(r"(?:[ \t\r\n\u2028\u2029]|\\[tnr \t\n])*")
_ESCAPE = re.compile(r"\\(?:x(?P<two>[0-9a-fA-F]{2})|u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8})|(?P<sign>.))")
_SIGNS = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v", "N": "\x85", "_": "\xa0", "L": "\u2028",
          "P": "\u2029"}  # fmt: skip
#: An anchor or a tag before a value.
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)+")


def index_of(text: str, start: int, value: str, offset: int) -> int | None:
    """Return the index, in a YAML text, of a character of one of its values.

    Args:
        text: the YAML.
        start: the index at which the value begins, with its quotation mark or its sign for a text on several lines.
        value: the value, as it was read; white space at its ends may be missing.
        offset: of the character in the value, from 0.

    Returns:
        The index, or None if the value is not what is written there.
    """
    if match := _PROPERTIES.match(text, start):
        start = match.end()
    sign = text[start : start + 1]
    index = text.find("\n", start) if sign in {"|", ">"} else start + (sign in {'"', "'"})
    blanks = _ESCAPED_BLANKS if sign == '"' else _BLANKS
    place = 0
    while 0 <= index < len(text):
        blanks_in_text, blanks_in_value = blanks.match(text, index), _BLANKS.match(value, place)
        index_after = blanks_in_text.end() if blanks_in_text else index
        place_after = blanks_in_value.end() if blanks_in_value else place
        if place <= offset < place_after:
            return max(index, index_after - (place_after - offset))
        index, place = index_after, place_after
        if place >= len(value):
            return None
        letter, after = _letter(text, index, sign)
        if letter != value[place]:
            return None
        if place == offset:
            return index
        index, place = after, place + 1
    return None


def _letter(text: str, index: int, sign: str) -> tuple[str, int]:
    """Return the character that is written at an index, and the index after it."""
    if sign == "'" and text.startswith("''", index):
        return "'", index + 2
    if sign == '"' and (match := _ESCAPE.match(text, index)):
        digits = match["two"] or match["four"] or match["eight"]
        letter = chr(int(digits, 16)) if digits else _SIGNS.get(match["sign"], match["sign"])
        return letter, match.end()
    return text[index : index + 1], index + 1
