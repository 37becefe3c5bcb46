"""Edits of a YAML text by position: only the lines of a field that changes are rewritten.

Comments, order, blank lines and whatever else the text holds stay byte for byte. Whoever edits reads the result again
and compares: a form of YAML that is not foreseen here is then refused, and nothing is written.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from casebuilder.editorial.scaffold.filling import in_yaml
from casebuilder.readers.yamltext import valueends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.model import Origin, Step

#: How wide a folded text is, with its margin.
_WIDTH = 108
#: A word of more letters is cut.
_LONGEST_WORD = 5_000
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
#: Days, times and addresses, which need no quotation marks.
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?|https?://[\w./~@%+=&?:-]*(?:#[\w./-]+|[\w/])")
#: Words that some programs read as truth values or as no value.
_TRUTHS = frozenset(("true", "false", "yes", "no", "on", "off", "y", "n", "null"))
_BREAKS = re.compile(r"[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text that is folded over several lines."""

    words: str


#: The fields of an entry, or of a field.
Fields: TypeAlias = "Mapping[str, Value]"
#: A field's value: a word, yes or no, a long text, fields, a list of words, or a list of entries.
Value: TypeAlias = "str | bool | Folded | Mapping[str, Value] | Sequence[str | Mapping[str, Value]]"


def one_space(text: str) -> str:
    """Return a text with single spaces, and none at its ends; a space that keeps two words on one line stays."""
    return _BREAKS.sub(" ", text).strip()


def emitted(name: str, value: Value, margin: int = 0) -> list[str]:
    """Return the lines of a field.

    Args:
        name: the field's.
        value: a `Value`.
        margin: how many spaces stand before each line.
    """
    space = " " * margin
    if isinstance(value, Folded):
        return _folded_lines(name, value, margin)
    if isinstance(value, bool):
        return [f"{space}{name}: {'true' if value else 'false'}"]
    if isinstance(value, str):
        return [f"{space}{name}: {scalar(value)}"]
    if isinstance(value, Mapping):
        return [f"{space}{name}:", *(line for key, item in value.items() for line in emitted(key, item, margin + 2))]
    if words_only := [item for item in value if isinstance(item, str)]:
        return [f"{space}{name}: [{', '.join(map(scalar, words_only))}]"]
    return [
        f"{space}{name}:",
        *(line for item in value if isinstance(item, Mapping) for line in entry(item, margin + 2)),
    ]


def _folded_lines(name: str, value: Folded, margin: int) -> list[str]:
    """Return the lines of a long text."""
    space, text = " " * margin, one_space(value.words)
    if any(len(word) > _LONGEST_WORD for word in text.split(" ")):
        return _quoted_lines(name, text, space)
    lines = textwrap.wrap(text, _WIDTH - margin - 2, break_long_words=False, break_on_hyphens=False)
    return [f"{space}{name}: >-", *(f"{space}  {line}" for line in lines)]


def _quoted_lines(name: str, text: str, space: str) -> list[str]:
    """Return the lines of a text in quotation marks, for one with a word that is longer than a line may be.

    Each line but the last ends in a backslash, which joins it to the next without a space.
    """
    parts = [
        json.dumps(text[start : start + _WIDTH], ensure_ascii=False)[1:-1] for start in range(0, len(text), _WIDTH)
    ]
    part_lines = [f"\\{part}" if part.startswith(" ") else part for part in parts]
    return [f'{space}{name}: "\\', *(f"{space}  {part}\\" for part in part_lines[:-1]), f'{space}  {part_lines[-1]}"']


def entry(fields: Fields, margin: int = 0) -> list[str]:
    """Return the lines of an entry of a list: its first field stands behind a hyphen."""
    lines = [line for key, item in fields.items() for line in emitted(key, item, margin + 2)]
    return [f"{lines[0][:margin]}- {lines[0][margin + 2 :]}", *lines[1:]]


def scalar(value: str) -> str:
    """Return a word or a line as a value; quotation marks wherever a program could take it for something else."""
    if _WORD.fullmatch(value):
        return json.dumps(value) if value.lower() in _TRUTHS or value.isupper() else value
    return value if _PLAIN.fullmatch(value) else in_yaml(value)


@dataclass(slots=True, eq=False)
class Edits:
    """Edits of one text, which are made together.

    Attributes:
        text: before.
        origin: the places of its values, with lines counted from the file's first.
        first: the line of the file on which the text begins.
    """

    text: str
    origin: Origin
    first: int = 1
    _lines: list[str] = field(init=False)
    _ends: valueends.Ends = field(init=False)
    _made: list[tuple[int, int, list[str]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._lines = self.text.split("\n")
        self._ends = valueends.of(self.text)

    def lines(self, *steps: Step) -> tuple[int, int]:
        """Return the lines of a field, from that with its name up to the next field or comment, exclusive."""
        line, column = self.origin.keys[steps]
        return self._lines_of_block(line - self.first, column - 1, self._ends.lines.get(steps, 0) + 1)

    def block(self, *steps: Step) -> tuple[int, int]:
        """Return the lines of an entry of a list, from its hyphen on."""
        start = self.origin.marks[steps][0] - self.first
        while not self._lines[start].lstrip().startswith("-"):
            start -= 1
        return self._lines_of_block(start, self.margin(start), self._ends.lines.get(steps, 0) + 1, entry=True)

    def margin(self, line: int) -> int:
        """Return how many spaces a line begins with."""
        return len(self._lines[line]) - len(self._lines[line].lstrip(" "))

    def _lines_of_block(self, start: int, margin: int, end_of_value: int, *, entry: bool = False) -> tuple[int, int]:
        """Return the lines from one up to the next with as small a margin, exclusive, without empty ones at the end.

        The hyphens of a list may stand right below the name of its field. A text in quotation marks may go on without
        any margin: all lines above `end_of_value` belong to the value.
        """
        end = last = max(start + 1, end_of_value)
        while end < len(self._lines):
            line = self._lines[end]
            margin_of_line = len(line) - len(line.lstrip(" "))
            is_entry_of_list = (
                margin_of_line == margin == self.margin(start) and line.lstrip(" ").startswith("- ") and not entry
            )
            if line.strip() and margin_of_line <= margin and not is_entry_of_list:
                break
            end += 1
            last = end if line.strip() else last
        return start, last

    def put(self, steps: tuple[Step, ...], value: Value | None, after: tuple[Step, ...] = ()) -> None:
        """Write a field's value, or the field, below another one, if it is not there; None deletes it.

        Args:
            steps: the field.
            value: a `Value`, or None.
            after: the field that a new one follows.
        """
        name = str(steps[-1])
        if steps not in self.origin.keys:
            if value is not None:
                _, end = self.lines(*after)
                self._made.append((end, end, emitted(name, value, self.origin.keys[after][1] - 1)))
            return
        start, end = self.lines(*steps)
        margin = self.origin.keys[steps][1] - 1
        lead = self._lines[start][:margin]
        if value is None:
            self._delete_field(start, end, lead)
            return
        lines = emitted(name, value, margin)
        lines[0] += self._ends.remarks.get(steps, "")
        self._made.append((start, end, [lead + lines[0][margin:], *lines[1:]]))

    def _delete_field(self, start: int, end: int, lead: str) -> None:
        """Delete a field; if it is the first of an entry, the next one takes its place behind the hyphen."""
        if not lead.strip():
            self._made.append((start, end, []))
        elif end < len(self._lines) and self.margin(end) == len(lead):
            self._made.append((start, end + 1, [lead + self._lines[end].lstrip(" ")]))
        else:
            raise EditError("the only field of an entry cannot be deleted")

    def original(self, start: int, end: int) -> list[str]:
        """Return some lines as they were before the edits."""
        return self._lines[start:end]

    def comments(self, start: int, end: int) -> list[str]:
        """Return the comments that have a line of their own, of some lines.

        A line of a text may begin with # as well.
        """
        inside = self._ends.inside
        numbered = ((number, self._lines[number]) for number in range(start, end))
        return [line for number, line in numbered if line.lstrip(" ").startswith("#") and number not in inside]

    def replace(self, start: int, end: int, lines: Sequence[str]) -> None:
        """Write lines in the place of others."""
        self._made.append((start, end, [*lines]))

    def result(self) -> str:
        """Return the text with all edits.

        Raises:
            EditError: two edits concern the same lines.
        """
        new_lines = [*self._lines]
        later_start = len(new_lines) + 1
        order = sorted(range(len(self._made)), key=lambda number: (*self._made[number][:2], number), reverse=True)
        for start, end, lines in (self._made[number] for number in order):
            if end > later_start:
                raise EditError("two edits concern the same lines")
            new_lines[start:end] = lines
            later_start = start if end > start else later_start
        return "\n".join(new_lines)


class EditError(Exception):
    """A text cannot be edited safely; nothing was written."""
