"""Where the parser's events stand, as an editor counts lines, and what stops the reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

import yaml

if TYPE_CHECKING:
    from casebuilder.model import Mark

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BREAKS_OF_YAML = re.compile("[\r\x85\u2028\u2029]")


class YamlMark(Protocol):
    """A place as the parser tells it, in C or in Python: characters, lines and columns from 0."""

    index: int
    line: int
    column: int


class Refusal(Exception):  # noqa: N818 - control flow inside this module, never seen outside
    """Reading cannot go on."""

    def __init__(self, mark: Mark, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.mark, self.code, self.message, self.hint = mark, code, message, hint


class Lines:
    """Where lines begin, counted as an editor counts them: the parser also breaks them at U+2028 and the like."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self._first_line = first_line
        self._counted_alike = not _BREAKS_OF_YAML.search(text)

    def of(self, mark: YamlMark | None) -> Mark:
        """The place that the parser names; where it counts lines as an editor does, its own count is taken."""
        if mark is None:
            return self.place(0)
        if self._counted_alike and mark.index < len(self.text):  # it ends a last line that nobody ended
            return mark.line + self._first_line, mark.column + 1
        return self.place(mark.index)

    def rest(self, mark: Mark) -> str:
        """What stands from a place to the end of its line, if no bracket ends it before."""
        words = self.text.split("\n")[mark[0] - self._first_line][mark[1] - 1 :].strip()
        return "" if set(words) & set("[]{}") else words

    def number(self, mark: YamlMark) -> int:
        """The line that the parser names, from 0, as an editor counts it."""
        return self.of(mark)[0] - self._first_line

    def at_line(self, line: int, column: int) -> Mark:
        """The place of a character of a line, both counted from 0 and told from 1."""
        return line + self._first_line, column + 1

    def place(self, index: int) -> Mark:
        """The line and column of a character, which is counted from 0 and told from 1."""
        before = self.text.count("\n", 0, index)
        return before + self._first_line, index - self.text.rfind("\n", 0, index)


def start(event: yaml.Event) -> YamlMark:
    """Where an event begins."""
    assert event.start_mark  # noqa: S101 - the parser always tells it
    return event.start_mark


def end(event: yaml.Event) -> YamlMark:
    """Where an event ends."""
    assert event.end_mark  # noqa: S101 - the parser always tells it
    return event.end_mark
