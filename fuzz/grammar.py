"""Texts that a fuzzer makes of its choices: pieces that readers stumble over, repeated, in files that are else sound.

Bytes at random rarely make a list of three hundred levels, or a picture. So choices are made among pieces, places and
ways of writing; what is in between is of any characters.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SOUND = Path(__file__).parents[1] / "tests" / "zoo" / "_sound"
_ELSEWHERE = ("https://elsewhere.example/p.png", "//elsewhere.example/p.png", "HTTP://elsewhere.example/a b.png")
_PICTURES = (
    "![a lamp]({})", "![a lamp](<{}>)", "![a [b] c]({} 'x')", "![p][]\n\n[p]: {}\n", "![a][p]\n\n[p]:\n  <{}>\n",
    "<img src='{}' alt='a lamp'>", '<IMG alt=x SRC="{}">', "<img alt=x src={}>", "<image src={} alt=x>",
    "[![a]({})](lamp.svg)", "![a](lamp.svg){{: src='{}' }}", "<img src=lamp.svg srcset='{} 2x' alt=x>",
    "<p style='background:url({})'>x</p>", "<a href='{}'><img src='{}'></a>",
)  # fmt: skip
#: Pieces of Markdown, of HTML, and of what stands around them.
PIECES = (
    "\n", "\n\n", " ", "    ", "\t", "- ", "* ", "1. ", "9) ", "> ", "# ", "## ", "{#id}", "|", "|a|b|\n|-|-|\n", "`",
    "```\n", "~~~\n", "*", "_", "**", "~~", "[", "]", "](", "(", ")", "!", "[^1]", "[^1]: ", "[@starmer]",
    "::quote[q1]\n",
    "<", ">", "<b>", "</b>", "<div>\n", "</div>\n", "<!--", "-->", "<script>", "<a b=c>", "<svg onload=x>", "&#0;",
    "&#x110000;", "&amp", "\\", "$", "$$\n", "---\n", "===\n", "*[HTML]: x\n", "http://a.example", "a@b.example",
    "- [ ] ",
    "\u2028", "\x85", "\u00a0", "\u202e", "\ufeff", "é", "e\u0301", "漢", "😀", "\U0010ffff", "\x1b[31m",
)  # fmt: skip
_REPEATS = (1, 1, 1, 1, 2, 3, 7, 40, 101, 300, 700)
_BREAKS = ("\n", "\r\n", "\n\n", "\u2028", "\u2029", "\x85", "\x0b", "\t", " ", "")
_WORDS = ("A lamp", "b", "#c", "d: e", "- f", "'", '"', "[", "no", "012", "2026-03-02", "", "é", "*g", "&h", "!i", "%")
#: A line of YAML that gives a field a value in words.
_FIELD = re.compile(r"(?m)^(?P<field>[ -]*[a-z_]+: )(?P<value>[^\[{&*|>\n][^\n]*)$")
_MOST_PIECES = 12
#: How many changes a series gets: what is wrong with one hides what another would show.
_CHANGES = (1, 1, 1, 2, 4)


_Thing = TypeVar("_Thing")


class Chooser(Protocol):
    """Who makes the choices: random numbers, or the bytes of a fuzzer that learns which of them reach further."""

    def below(self, count: int) -> int:
        """A number from 0 up to, but not including, a count."""

    def words(self) -> str:
        """A few characters of any kind."""


def one_of(choose: Chooser, choices: Sequence[_Thing]) -> _Thing:
    """One of several things."""
    return choices[choose.below(len(choices))]


def markdown(choose: Chooser) -> str:
    """A text of pieces, some of them repeated, and of other characters."""
    return "".join(_piece(choose) for _ in range(1 + choose.below(_MOST_PIECES)))


def _piece(choose: Chooser) -> str:
    kind = choose.below(8)
    if kind == 0:
        return choose.words()
    if kind == 1:
        return one_of(choose, _PICTURES).replace("{}", one_of(choose, _ELSEWHERE)).replace("{{", "{").replace("}}", "}")
    return one_of(choose, PIECES) * one_of(choose, _REPEATS)


def line(choose: Chooser) -> str:
    """Words, with line breaks of every kind between them."""
    parts = [one_of(choose, _WORDS) + one_of(choose, _BREAKS) for _ in range(1 + choose.below(4))]
    return "".join(parts) + (choose.words() if choose.below(4) == 0 else one_of(choose, _WORDS))


def scalar(choose: Chooser, indent: str) -> str:
    """Words as YAML writes them, in one of its ways; what is wrong with that way stays wrong."""
    text = line(choose)
    style = choose.below(6)
    if style == 0:
        return text
    if style == 1:
        return "'" + text.replace("'", "''") + "'"
    if style == 2:
        return f'"{text}"'
    if style == 3:
        header = one_of(choose, ("|", ">", "|-", ">+", "|2"))
        return header + "".join(f"\n{indent}  {text_line}" for text_line in text.split("\n"))
    return json.dumps(text, ensure_ascii=style == 4)


def sound() -> dict[str, str]:
    """The texts of a small series in which nothing is wrong, by their paths."""
    paths = sorted(path for path in _SOUND.rglob("*") if path.suffix in {".md", ".yml", ".jsonl"})
    return {path.relative_to(_SOUND).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def changed(choose: Chooser, texts: Mapping[str, str]) -> dict[str, str]:
    """A series of which one text is changed, or a few: the values of fields, and pieces among the lines of texts."""
    texts_changed = dict(texts)
    data = sorted(path for path in texts_changed if path.endswith("/case.yml"))
    for _ in range(one_of(choose, _CHANGES)):
        kind = choose.below(4)
        path = one_of(choose, data if kind < 2 else sorted(texts_changed))
        texts_changed[path] = (
            _changed_line(choose, texts_changed[path]) if kind == 3 else _changed_value(choose, texts_changed[path])
        )
    return texts_changed


def _changed_value(choose: Chooser, text: str) -> str:
    fields = list(_FIELD.finditer(text))
    if not fields:
        return _changed_line(choose, text)
    field = one_of(choose, fields)
    indent = " " * (len(field["field"]) - len(field["field"].lstrip(" -")))
    return text[: field.start("value")] + scalar(choose, indent) + text[field.end() :]


def _changed_line(choose: Chooser, text: str) -> str:
    lines = text.split("\n")
    at = choose.below(len(lines))
    return "\n".join([*lines[:at], markdown(choose), *lines[at + choose.below(2) :]])
