"""A mistake with its repair, and the forms of a line that the rules look for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The longest value that a hint repeats in its corrected form.
_SHORT = 100
#: Characters that word processors and people use instead of a hyphen before an entry of a list.
BULLETS = "–—−•·‣◦▪●*+"
NOT_IN_LINE = "this line does not line up with the lines above"
#: Zero-width characters, and characters that look like a space: from Word, web pages, and Option+Space on a Mac.
WITHOUT_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
ODD_BLANKS = "".join(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))) + WITHOUT_WIDTH
#: A line with a field and its value, perhaps as the first of a list's entry.
FIELD = re.compile(r"(?P<lead> *(?:- +)*)(?P<name>[A-Za-z_]\w*)(?P<colon>:[ \t]+)(?P<value>\S.*?)[ \t]*$")
#: A line that begins an entry of a list without a field.
ENTRY = re.compile(r"(?P<lead> *(?:- +)+)(?P<value>\S.*?)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Repair:
    """A mistake, and the corrected lines.

    Attributes:
        line: where it is, from 0.
        column: the character in the line, from 0.
        message: what is wrong.
        hint: how to fix it.
        lines: the corrected lines, by their numbers from 0.
        doubt: of two repairs that help equally, the one with less doubt is chosen; one without doubt ends the search.
    """

    line: int
    column: int
    message: str
    hint: str
    lines: Mapping[int, str] = field(default_factory=dict)
    doubt: int = 0

    def applied(self, lines: list[str]) -> str:
        """Return the whole text, corrected."""
        return "\n".join(self.lines.get(number, line) for number, line in enumerate(lines))


def quoted(value: str) -> str:
    """Return a value in the kind of quotation marks that it does not contain."""
    if '"' in value or "\\" in value:
        return f"'{value.replace(chr(39), chr(39) * 2)}'"
    return f'"{value}"'


def write(name: str, value: str, *, bare: bool = False) -> str:
    """Return the hint "write title: "..."", without the value if it is long. `name` is empty in a list's entry."""
    if len(value) > _SHORT:
        return f'put the whole text after "{name}:" in quotation marks' if name else "put the entry in quotation marks"
    quoted_value = value if bare else quoted(value)
    return f"write {name}: {quoted_value}" if name else f"write - {quoted_value}"


def match_field(line: str) -> re.Match[str] | None:
    """Return the line as a field with its value, or as an entry of a list."""
    return FIELD.match(line) or ENTRY.match(line)


def without_outer_marks(value: str) -> str:
    """Return a text without the quotation mark that opens it, if a later one only seems to close it.

    In 'the registrar's chair' and "the "boss" here" the second mark is an apostrophe or opens a word. In "Use mine" and
    others it closes a part of the text, and all marks belong to it.
    """
    mark, second = value[0], value.find(value[0], 1)
    closes = not value[second - 1].isspace() and not value[second + 1 : second + 2].isalnum()
    if closes and (value.count(mark) % 2 == 0 or not value.endswith(mark)):
        return value
    content = value[1:-1] if value.endswith(mark) and value.count(mark) > 2 else value[1:]  # noqa: PLR2004 - both ends
    return content.replace(f"\\{mark}" if mark == '"' else mark * 2, mark)


def indentation(line: str) -> int:
    """Return the number of spaces before a line's first character."""
    return len(line) - len(line.lstrip(" "))


def odd_blank(character: str) -> tuple[str, str]:
    """Return message and hint for a blank character that is not a space."""
    if character == "\u00a0":
        return "there is a no-break space here (from Word, or Option+Space)", "delete it and type a space"
    number = f"U+{ord(character):04X}, from Word or a web page"
    if character in WITHOUT_WIDTH:
        return f"there is an invisible character here ({number})", "delete it"
    return f"there is a blank here that is not a space ({number})", "delete it and type a space"


def begins_with(sign: str) -> str:
    """Return the message for a value that begins with a special character."""
    quoted_sign = f"'{sign}'" if sign == '"' else f'"{sign}"'
    return f"a text that begins with {quoted_sign} must be in quotation marks"


def spaces(count: int) -> str:
    """Return a number of spaces, in words up to ten."""
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
    return f"{names[count] if count < len(names) else count} space{'s' * (count != 1)}"
