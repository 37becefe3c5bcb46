"""A slip with its remedy, and the forms of a line that the rules look for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: How long a value may be to be shown again, put right.
_SHORT = 100
#: What word processors, and people, put before an entry of a list instead of a hyphen.
BULLETS = "–—−•·‣◦▪●*+"
NOT_IN_LINE = "this line does not line up with the lines above"
#: Blanks without width, and all that look like a space and are none: from Word, web pages, and Option+Space on a Mac.
WITHOUT_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
ODD_BLANKS = "".join(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))) + WITHOUT_WIDTH
#: A line that gives a field its value, perhaps as the first of a list's entry.
FIELD = re.compile(r"(?P<lead> *(?:- +)*)(?P<name>[A-Za-z_]\w*)(?P<colon>:[ \t]+)(?P<value>\S.*?)[ \t]*$")
#: A line that begins an entry of a list, which holds no field.
ENTRY = re.compile(r"(?P<lead> *(?:- +)+)(?P<value>\S.*?)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Repair:
    """A slip, and the lines as they were meant.

    Attributes:
        line: where it is, from 0.
        column: the character in the line, from 0.
        message: what is wrong.
        hint: how to fix it.
        lines: each line that changes, put right, by its number from 0.
        doubt: of two that help as far, the one with less is taken; with none it is taken at once.
    """

    line: int
    column: int
    message: str
    hint: str
    lines: Mapping[int, str] = field(default_factory=dict)
    doubt: int = 0

    def applied(self, lines: list[str]) -> str:
        """The whole text, put right."""
        return "\n".join(self.lines.get(number, line) for number, line in enumerate(lines))


def quoted(value: str) -> str:
    """A value in the quotation marks that it does not hold itself."""
    if '"' in value or "\\" in value:
        return f"'{value.replace(chr(39), chr(39) * 2)}'"
    return f'"{value}"'


def write(name: str, value: str, *, bare: bool = False) -> str:
    """The remedy "write title: "..."", or in words if the value is long. `name` is empty in a list's entry."""
    if len(value) > _SHORT:
        return f'put the whole text after "{name}:" in quotation marks' if name else "put the entry in quotation marks"
    right = value if bare else quoted(value)
    return f"write {name}: {right}" if name else f"write - {right}"


def indentation(line: str) -> int:
    """How many spaces stand before a line's first character."""
    return len(line) - len(line.lstrip(" "))


def odd_blank(character: str) -> tuple[str, str]:
    """What is wrong with a blank that is no space, and how to fix it."""
    if character == "\u00a0":
        return "there is a no-break space here (from Word, or Option+Space)", "delete it and type a space"
    number = f"U+{ord(character):04X}, from Word or a web page"
    if character in WITHOUT_WIDTH:
        return f"there is an invisible character here ({number})", "delete it"
    return f"there is a blank here that is not a space ({number})", "delete it and type a space"


def begins_with(sign: str) -> str:
    """What is wrong with a value that begins with a sign."""
    shown = f"'{sign}'" if sign == '"' else f'"{sign}"'
    return f"a text that begins with {shown} must be in quotation marks"


def spaces(count: int) -> str:
    """A number of spaces in words, as far as one says them."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
    return f"{words[count] if count < len(words) else count} space{'s' * (count != 1)}"
