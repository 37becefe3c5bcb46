"""The statements of a style sheet: where each begins and ends, and slips in what encloses them.

A library that reads styles forgives what is not closed, and takes the rest of the file for a part of one rule. So
brackets, quotation marks and remarks are followed here, to say where the first slip is (CSS Syntax Level 3, 4.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(
    r"/\*(?P<remark>.*?(?:\*/|\Z))"
    r"|(?P<quoted>\"(?:\\.|[^\"\\\n])*(?:\"|\n|\Z)|'(?:\\.|[^'\\\n])*(?:'|\n|\Z))"
    r"|\burl\(\s*(?![\"'\s])[^)\n]*\)"
    r"|\\."
    r"|(?P<open>[({\[])|(?P<close>[)}\]])|(?P<end>;)"
    r"|(?P<curly>[\u2018\u2019\u201a-\u201f\u00ab\u00bb])"
    r"|(?P<unseen>[\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff])",
    re.DOTALL | re.IGNORECASE,
)
_PARTNERS = {")": "(", "}": "{", "]": "["}
_BLANKS = re.compile(r"(?:\s|/\*.*?\*/)*", re.DOTALL)
_MEDIA = re.compile(
    r"/\*.*?(?:\*/|\Z)|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|@media\b(?P<media>[^{;]*)", re.DOTALL | re.IGNORECASE
)
_WORD = re.compile(r"/\*.*?\*/|\([^()]*\)|(?P<word>-?[a-z_][\w-]*)", re.DOTALL | re.IGNORECASE)
#: What media there are (Media Queries Level 4, 2.3, with those that are no longer used), and words between them.
_MEDIA_TYPES = ("print", "all", "screen", "speech")
_OTHER_WORDS = frozenset(
    ["and", "not", "only", "or", "aural", "braille", "embossed", "handheld", "projection", "tty", "tv"]
)
#: How deep brackets may be in each other: libraries that read styles call themselves for each.
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a style at one place.

    Attributes:
        offset: of the first character.
        message: without a full stop.
        hint: what to do.
    """

    offset: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A declaration such as `color: red`, or a rule without any.

    Attributes:
        start: the offset of its first character.
        end: the offset after it, with its semicolon or the bracket that ends its rule.
        depth: how many curly brackets are open after it.
        rule: the offset of the rule that it stands in, where the selector begins.
    """

    start: int
    end: int
    depth: int
    rule: int


class Sheet:
    """A style sheet that is followed from its beginning to its end, or to its first slip."""

    def __init__(self, style: str) -> None:
        self.style = style
        self.slip: Slip | None = None
        self.statements: list[Statement] = []
        self._open: list[tuple[str, int]] = []
        self._rules: list[int] = []
        self._from = 0
        for token in _TOKEN.finditer(style):
            self._follow(token)
            if self.slip:
                return
        if self._open:
            self._report_open(*self._open[-1])

    def until(self, count: int) -> str:
        """Return the style with its first statements only."""
        if not count:
            return ""
        last = self.statements[count - 1]
        return self.style[: last.end] + "}" * last.depth

    def without(self, number: int) -> str:
        """Return the style without one statement; the place of all others is the same."""
        one = self.statements[number]
        kept = "".join(letter if letter in "{}\n" else " " for letter in self.style[one.start : one.end])
        return self.style[: one.start] + kept + self.style[one.end :]

    def text(self, number: int) -> str:
        """Return a statement in one line, without its semicolon."""
        one = self.statements[number]
        return " ".join(self.style[one.start : one.end].rstrip("};\n\t ").split())

    def _follow(self, token: re.Match[str]) -> None:
        sign, offset = token[0], token.start()
        if token["open"]:
            self._open_bracket(sign, offset)
        elif token["close"]:
            self._close_bracket(sign, offset)
        elif token["end"]:
            if all(bracket == "{" for bracket, _ in self._open):
                self._end_statement(token.end())
        elif token["remark"] is not None:
            if not token["remark"].endswith("*/"):
                self.slip = Slip(offset, "this remark has no end", "write */ where it ends")
        elif token["quoted"]:
            if sign[-1] != sign[0] or len(sign) == 1:
                message = f"the quotation mark {sign[0]} has no partner on its line"
                self.slip = Slip(offset, message, f"write {sign[0]} where the text ends")
        else:
            self._report_sign(token, offset)

    def _report_sign(self, token: re.Match[str], offset: int) -> None:
        if token["curly"]:
            message = f"the quotation mark {token[0]} means nothing in a style"
            self.slip = Slip(offset, message, "type straight quotation marks")
        elif token["unseen"]:
            message = f"there is an invisible character here (U+{ord(token[0]):04X})"
            self.slip = Slip(offset, message, "delete it, and type a space if one belongs here")

    def _open_bracket(self, sign: str, offset: int) -> None:
        if sign == "{" and self._open and self._open[-1][0] != "{":
            self._report_open(*self._open[-1])
            return
        self._open.append((sign, offset))
        if len(self._open) > _DEEPEST:
            message = f"more than {_DEEPEST} brackets are open here"
            self.slip = Slip(offset, message, "write this rule with fewer brackets in each other")
        elif sign == "{":
            self._rules.append(self._skip_blanks(self._from))
            self._from = offset + 1

    def _close_bracket(self, sign: str, offset: int) -> None:
        if not self._open:
            message = f"this {sign} closes nothing"
            self.slip = Slip(offset, message, "delete it, or write the bracket that it closes")
        elif self._open[-1][0] != _PARTNERS[sign]:
            self._report_open(*self._open[-1])
        else:
            self._open.pop()
            if sign == "}":
                self._end_statement(offset + 1)
                self._rules.pop()

    def _end_statement(self, end: int) -> None:
        start = self._skip_blanks(self._from)
        self._from = end
        if start < end and self.style[start] not in "};":
            self.statements.append(Statement(start, end, len(self._open), (self._rules or [start])[-1]))

    def _skip_blanks(self, offset: int) -> int:
        match = _BLANKS.match(self.style, offset)
        return match.end() if match else offset

    def _report_open(self, sign: str, offset: int) -> None:
        partner = {opening: closing for closing, opening in _PARTNERS.items()}[sign]
        self.slip = Slip(offset, f"this {sign} is never closed", f"write {partner} where it ends")


def first_statement(sheet: Sheet, is_faulty: Callable[[str], bool]) -> int | None:
    """Return the number of the statement with which a style begins to be faulty; None if it always is, or never."""
    sound, faulty = 0, len(sheet.statements)
    if not faulty or is_faulty(""):
        return None
    while faulty - sound > 1:
        middle = (sound + faulty) // 2
        sound, faulty = (sound, middle) if is_faulty(sheet.until(middle)) else (middle, faulty)
    return faulty - 1


def unknown_medium(style: str) -> Slip | None:
    """Return the first word after `@media` that names no medium; packs would ignore the rule without a word."""
    for rule in _MEDIA.finditer(style):
        for found in _WORD.finditer(rule["media"] or ""):
            word = found["word"]
            if word and word.lower() not in {*_MEDIA_TYPES, *_OTHER_WORDS}:
                hint = did_you_mean(word, _MEDIA_TYPES) or "write @media print, or delete the line and its closing }"
                message = f'"{word}" after @media is not a medium, so nothing uses these rules'
                return Slip(rule.start("media") + found.start(), message, hint)
    return None
