"""Where the values of a YAML text end, by the parser's own account, and the comments behind them.

No pattern can tell a comment from a # within quotation marks in every form that YAML has; the parser can.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from casebuilder.readers.yamltext.eventplaces import LOADER, end, start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.model import Step

    Steps = tuple[Step, ...]

#: Breaks of a line for the parser only; `yamltext` reads them as spaces, too.
_BREAKS = str.maketrans("\u2028\u2029", "  ")
#: A list or fields on lines of their own have no end that a comment could follow.
_NOWHERE = -1
_REMARK = re.compile(r"[ \t]+#.*")
#: The beginning of a literal or folded text, with what is said of its line ends and margin.
_HEAD = re.compile(r"[|>][-+0-9]*")


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of the values of one text, with lines counted from 0.

    Attributes:
        lines: the line on which each value ends.
        remarks: the comment behind the value of a field, with the spaces before it.
        inside: the lines on which a text goes on that began on an earlier one.
    """

    lines: Mapping[Steps, int]
    remarks: Mapping[Steps, str]
    inside: frozenset[int]


def of(text: str) -> Ends:
    """Return the ends of all values of a text; of one that cannot be read, those before the mistake."""
    text = text.translate(_BREAKS)
    walk = _Walk(text, iter(yaml.parse(text, Loader=LOADER)))
    with suppress(yaml.YAMLError):  # whoever reads the text says what is wrong with it
        walk.whole()
    return Ends(walk.lines, walk.remarks, frozenset(walk.inside))


class _Walk:
    """A walk through the parser's events, which notes where each value ends."""

    def __init__(self, text: str, events: Iterator[yaml.Event]) -> None:
        self.lines: dict[Steps, int] = {}
        self.remarks: dict[Steps, str] = {}
        self.inside: set[int] = set()
        self._text, self._events = text, events
        self._breaks = [place for place, letter in enumerate(text) if letter == "\n"]

    def whole(self) -> None:
        """Walk to the end."""
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                self.value(event, ())

    def value(self, event: yaml.Event, steps: Steps, key: yaml.Event | None = None) -> int:
        """Note a value and all that is in it; where it ends."""
        first = start(event).index
        behind = last = end(event).index
        if isinstance(event, yaml.SequenceStartEvent):
            last, behind = self._end_of_list(event, steps)
        elif isinstance(event, yaml.MappingStartEvent):
            last, behind = self._end_of_fields(event, steps)
        elif isinstance(event, yaml.ScalarEvent) and event.style in {"|", ">"}:
            behind = self._end_of_head(first)
        while last > first and self._text[last - 1] in " \t\r\n":
            last -= 1
        if isinstance(event, yaml.ScalarEvent):
            self.inside.update(range(self._line_number(first) + 1, self._line_number(last) + 1))
        self.lines[steps] = self._line_number(last)
        if key is not None:
            self._keep_comment(steps, self._end_of_colon(key) if behind == _NOWHERE else behind)
        return last

    def _end_of_list(self, event: yaml.SequenceStartEvent, steps: Steps) -> tuple[int, int]:
        """Return where a list ends, and what a comment behind it follows."""
        last = start(event).index
        for number, each in enumerate(self._events):
            if isinstance(each, yaml.SequenceEndEvent):
                return (end(each).index,) * 2 if event.flow_style else (last, _NOWHERE)
            last = self.value(each, (*steps, number))
        return last, _NOWHERE

    def _end_of_fields(self, event: yaml.MappingStartEvent, steps: Steps) -> tuple[int, int]:
        """Return where fields end, and what a comment behind them follows."""
        last = start(event).index
        for key in self._events:
            if isinstance(key, yaml.MappingEndEvent):
                return (end(key).index,) * 2 if event.flow_style else (last, _NOWHERE)
            if not isinstance(key, yaml.ScalarEvent):  # a name that is no text, which no file of a series has
                self.value(key, (*steps, ""))
            name = str(key.value) if isinstance(key, yaml.ScalarEvent) else ""
            last = self.value(next(self._events), (*steps, name), key)
        return last, _NOWHERE

    def _end_of_head(self, first: int) -> int:
        """Return where the beginning of a literal or folded text ends, after its anchor, tag and sign."""
        match = _HEAD.search(self._rest_of_line(first))
        return first + (match.end() if match else 0)

    def _end_of_colon(self, key: yaml.Event) -> int:
        """Return where the colon behind a field's name ends."""
        return self._text.find(":", end(key).index) + 1

    def _keep_comment(self, steps: Steps, behind: int) -> None:
        line_end = self._rest_of_line(behind)
        if _REMARK.fullmatch(line_end):
            self.remarks[steps] = line_end

    def _rest_of_line(self, index: int) -> str:
        """Return the rest of a line."""
        return self._text[
            index : self._breaks[place] if (place := self._line_number(index)) < len(self._breaks) else None
        ]

    def _line_number(self, index: int) -> int:
        return bisect_right(self._breaks, index - 1)
