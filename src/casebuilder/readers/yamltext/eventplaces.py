"""Places of the parser's events, with lines counted as a text editor does, and the error that ends reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

import yaml

if TYPE_CHECKING:
    from casebuilder.model import Mark

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BREAKS_OF_YAML = re.compile("[\r\x85\u2028\u2029]")


class YamlMark(Protocol):
    """The parser's own form of a place: characters, lines and columns from 0."""

    index: int
    line: int
    column: int


class Fault(NamedTuple):
    """A mistake after which reading goes on: its place, the problem's code, what is wrong, and how to fix it."""

    mark: Mark
    code: str
    message: str
    hint: str


class Refusal(Exception):  # noqa: N818 - control flow inside this module, never seen outside
    """A mistake after which reading cannot go on. Takes the same four parts as a `Fault`."""

    def __init__(self, mark: Mark, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.mark, self.code, self.message, self.hint = mark, code, message, hint


class Lines:
    """Where lines begin for a text editor; the parser also breaks lines at U+2028 and the like."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self._first_line = first_line
        self._counted_alike = not _BREAKS_OF_YAML.search(text)

    def of(self, mark: YamlMark | None) -> Mark:
        """Return the offset of a parser's place; its own count is used if it agrees with a text editor's."""
        if mark is None:
            return self.place(0)
        if self._counted_alike and mark.index < len(self.text):  # the parser adds a missing line break at the end
            return mark.line + self._first_line, mark.column + 1
        return self.place(mark.index)

    def rest(self, mark: Mark) -> str:
        """Return the text from a place to the end of the line, or to a closing bracket."""
        line_end = self.text.split("\n")[mark[0] - self._first_line][mark[1] - 1 :].strip()
        return "" if set(line_end) & set("[]{}") else line_end

    def number(self, mark: YamlMark) -> int:
        """Return the line of a parser's place, from 0, as a text editor counts."""
        return self.of(mark)[0] - self._first_line

    def at_line(self, line: int, column: int) -> Mark:
        """Convert line and column from 0 to 1."""
        return line + self._first_line, column + 1

    def place(self, index: int) -> Mark:
        """Return line and column, from 1, of a character, from 0."""
        before = self.text.count("\n", 0, index)
        return before + self._first_line, index - self.text.rfind("\n", 0, index)


def start(event: yaml.Event) -> YamlMark:
    """Return where an event begins."""
    assert event.start_mark  # noqa: S101 - the parser always gives it
    return event.start_mark


def end(event: yaml.Event) -> YamlMark:
    """Return where an event ends."""
    assert event.end_mark  # noqa: S101 - the parser always gives it
    return event.end_mark


def is_empty(event: yaml.Event) -> bool:
    """Return whether an event is an empty value without quotation marks."""
    return isinstance(event, yaml.ScalarEvent) and not event.value and not event.style
