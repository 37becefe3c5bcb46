"""Build a plain value from the parser's events, with the place of each part.

Duplicate fields are reported, and depth and repetition are limited while reading. Unquoted values stay text: `no` is
not false and `012` is not ten; the type of the field decides.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

import yaml

from casebuilder.model import field_names
from casebuilder.readers.yamltext.lines import Lines, Refusal, end, is_empty, start
from casebuilder.readers.yamltext.repair import NOT_IN_LINE, ODD_BLANKS, begins_with, odd_blank, quoted, spaces, write
from casebuilder.text import control, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.model import Mark, Step

_DEPTH = 16
#: The most values in a file, after all aliases are replaced.
_WEIGHT = 20_000
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_GLUED = re.compile(r"(?P<name>[A-Za-z_]\w*):(?P<value>\S.*)", re.DOTALL)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ENTRY = re.compile(r"^[ ]*(?P<hyphen>-) ", re.MULTILINE)
_LOST = re.compile(r"[ \t]+(?P<lost>#[^\s#].*?)[ \t]*$", re.MULTILINE)
_REMARK = re.compile(r"[ \t]*:[ \t]+(?P<remark>#\S.*?)[ \t]*$", re.MULTILINE)


_Value = yaml.ScalarEvent | yaml.CollectionStartEvent


class Unknown(Enum):
    """The value of a tag that would have to run code."""

    UNKNOWN = "unknown"


Plain = str | list["Plain"] | dict[str, "Plain"] | Unknown | None


class TagError(Exception):
    """A tag cannot be used with its value: message and hint."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Builder:
    """Builds one document from the parser's events, which are read only as needed."""

    def __init__(self, events: Iterator[yaml.Event], lines: Lines, tags: Callable[[str, Plain], Plain] | None) -> None:
        self.take = events.__next__
        self.marks: dict[tuple[Step, ...], Mark] = {}
        self.keys: dict[tuple[Step, ...], Mark] = {}
        self.faults: list[tuple[Mark, str, str, str]] = []
        self.remarks: dict[tuple[Step, ...], str] = {}
        self._lines, self._tags = lines, tags
        self._anchors: dict[str, tuple[Plain, int] | None] = {}
        self._weight = 0

    def mark(self, event: yaml.Event) -> Mark:
        """Return the place of an event's start."""
        return self._lines.of(event.start_mark)

    def value(self, event: yaml.Event, steps: tuple[Step, ...]) -> Plain:
        """Build the value that begins with an event."""
        mark = self.marks[steps] = self.mark(event)
        if len(steps) > _DEPTH:
            message = f"there are more than {_DEPTH} brackets or lists within each other"
            raise Refusal(mark, "yaml-too-deep", message, "no field needs that: look for brackets that are not closed")
        self._weigh(1, mark)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor), mark)
        if not isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            raise Refusal(mark, "yaml-syntax", "a value is missing here")
        if isinstance(event, yaml.ScalarEvent) and event.anchor and self._is_nobodys(event.anchor):
            return self._ampersand(event, mark)
        if not event.anchor:
            return self._tagged(event, steps, mark)
        self._anchors[event.anchor] = None
        before = self._weight
        value = self._tagged(event, steps, mark)
        self._anchors[event.anchor] = value, self._weight - before + 1
        return value

    def _tagged(self, event: _Value, steps: tuple[Step, ...], mark: Mark) -> Plain:
        """Return a value with its explicit tag evaluated, if it has one."""
        if not event.tag or (isinstance(event, yaml.ScalarEvent) and event.implicit[0]):
            return self._content(event, steps, mark)
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        if not self._tags:
            message = f'"{tag}" is an instruction to a program, and not allowed here'
            hint = 'delete it; put the text in quotation marks if the "!" belongs to it'
            raise Refusal(mark, "yaml-tag", message, hint)
        try:
            return self._tags(tag, self._content(event, steps, mark))
        except TagError as error:
            self.faults.append((mark, "yaml-tag", str(error), error.hint))
            return Unknown.UNKNOWN

    def _is_nobodys(self, anchor: str) -> bool:
        """Return whether a text that begins with "&" defines an anchor that is never used."""
        return not self._tags and f"*{anchor}" not in self._lines.text

    def _content(self, event: _Value, steps: tuple[Step, ...], mark: Mark) -> Plain:
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(steps)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(steps, flow=bool(event.flow_style))
        if not isinstance(event, yaml.ScalarEvent) or (not event.style and event.value in _NULL):
            return None
        if event.style in {"|", ">"} and not event.value and not self._tags:
            self._refuse_empty_block(event)
        if not event.style and steps and isinstance(steps[-1], int) and end(event).line > start(event).line:
            self._refuse_joined(event)
        words = self._text(event, mark)
        closed = not event.style and not self._tags and self._note_lost(event, steps)
        return words[:-1].rstrip() if closed else words

    def _note_lost(self, event: yaml.ScalarEvent, steps: tuple[Step, ...]) -> bool:
        """Report text that counts as a comment, and a closing quotation mark that was not opened.

        Returns whether there is such a mark, which does not belong to the value.
        """
        words, after = str(event.value), end(event).index
        if self._lines.text[after : after + 1] not in {" ", "\t"} and not words.endswith('"'):
            return False  # true of nearly every text; the rest would double the time
        name = str(steps[-1]) if steps and isinstance(steps[-1], str) else ""
        if lost := _LOST.match(self._lines.text, after):
            place = self._lines.place(lost.start("lost"))
            value_with_rest = f"{words} {lost['lost']}"
            hint = f'{write(name, value_with_rest)}; if it is a comment, type a space after the "#"'
            self.faults.append(
                (place, "yaml-syntax", 'what begins with "#" counts as a comment and would be lost', hint)
            )
        elif words.endswith('"') and words.count('"') == 1 and not words[-2:-1].isdigit():
            line, column = self._lines.place(end(event).index - 1)
            message = "a quotation mark is closed here that was not opened"
            self.faults.append(((line, column), "yaml-syntax", message, write(name, words[:-1].rstrip())))
            return True
        return False

    def _refuse_joined(self, event: yaml.ScalarEvent) -> None:
        """Report two entries of a list that became one, because the second is indented further."""
        text, begin = self._lines.text, start(event).index
        found = _ENTRY.search(text, begin, end(event).index)
        if not text[text.rfind("\n", 0, begin) + 1 : begin].strip(" -") and found and not self._tags:
            above = start(event).column - 2
            more = found.start("hyphen") - found.start() - above
            line, column = self._lines.place(found.start("hyphen"))
            hint = f"move this line {spaces(more)} to the left, so that it is under the hyphen above"
            raise Refusal((line, column), "yaml-syntax", NOT_IN_LINE, hint)

    def _ampersand(self, event: yaml.ScalarEvent, mark: Mark) -> str:
        """Report a text that begins with "&" without quotation marks."""
        words = f"&{event.anchor} {event.value}".strip()
        self.faults.append(
            (mark, "yaml-syntax", begins_with("&"), f"put the whole text in quotation marks: {quoted(words)}")
        )
        return words

    def _refuse_empty_block(self, event: yaml.ScalarEvent) -> None:
        from casebuilder.readers.yamltext.blocks import empty_block

        lines = self._lines.text.split("\n")
        if stray := empty_block(lines, self._lines.text.count("\n", 0, start(event).index)):
            line, column, message, hint = stray
            raise Refusal(self._lines.at_line(line, column), "yaml-syntax", message, hint)

    def _text(self, event: yaml.ScalarEvent, mark: Mark) -> str:
        """Return a value's text, and report escapes of characters that no file may contain."""
        words = str(event.value)
        if event.style == '"' and (found := control(words)):
            message = f"the text contains the code of U+{ord(found):04X}, which is not a character"
            hint = "delete the backslash, or write it twice"
            self.faults.append((mark, "control-character", message, hint))
            return printable(words)
        return words

    def _list(self, steps: tuple[Step, ...]) -> Plain:
        values: list[Plain] = []
        while not isinstance(event := self.take(), yaml.SequenceEndEvent):
            values.append(self.value(event, (*steps, len(values))))
        return values

    def _mapping(self, steps: tuple[Step, ...], *, flow: bool) -> Plain:
        values: dict[str, Plain] = {}
        last, is_repeated = None, False
        while not isinstance(event := self.take(), yaml.MappingEndEvent):
            mark = self.mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise Refusal(mark, "yaml-syntax", "the name of a field must be a word", "write it as name: value")
            key, value = self._key(event, mark), self.take()
            if flow and is_empty(value) and not self._lines.text[end(event).index :].lstrip().startswith(":"):
                self._without_colon(event, key, values, steps, last)
                continue
            last = value
            if not flow and self._lost_colon(event, key, value, values, steps):
                continue
            if key in values:
                if not is_repeated:  # in an entry that lost its hyphen, every field is repeated
                    self._note_again(key, mark, steps, flow=flow)
                is_repeated = True
                self.value(value, (*steps, key, "(again)"))
                continue
            self.keys[*steps, key] = mark
            values[key] = None
            values[key] = self.value(value, (*steps, key))
            if values[key] is None and (remark := _REMARK.match(self._lines.text, end(event).index)):
                self.remarks[*steps, key] = remark["remark"]
        return _with_merged(values) if self._tags and "<<" in values else values

    def _lost_colon(
        self, event: yaml.ScalarEvent, key: str, value: yaml.Event, values: dict[str, Plain], steps: tuple[Step, ...]
    ) -> bool:
        """Report and read a field without its colon, whose text has another one: `title "Sepsis: a trial"`."""
        name, _, words = key.partition(" ")
        known = words[:1] in {'"', "'"} and name in field_names() and name not in values and not self._tags
        if not known or not isinstance(value, yaml.ScalarEvent):
            return False
        text = self._lines.text[start(event).index + len(name) : end(value).index].strip()
        self.keys[*steps, name], self.marks[*steps, name] = self.mark(event), self.mark(value)
        values[name] = text.strip(words[0])
        line, column = self.mark(event)
        hint = write(name, text, bare=True)
        self.faults.append(((line, column + len(name)), "yaml-syntax", f'missing colon after "{name}"', hint))
        return True

    def _note_again(self, key: str, mark: Mark, steps: tuple[Step, ...], *, flow: bool) -> None:
        hint = f"it is on line {self.keys[*steps, key][0]} already: keep one of the two"
        if steps and isinstance(steps[-1], int) and not flow:
            hint += ", or begin a new entry with a hyphen"
            raise Refusal(mark, "yaml-duplicate-key", f'"{key}" is written twice', hint)
        self.faults.append((mark, "yaml-duplicate-key", f'"{key}" is written twice', hint))

    def _key(self, event: yaml.ScalarEvent, mark: Mark) -> str:
        """Return a field's name, without invisible characters."""
        if event.anchor and not self._tags:
            message = f'"&{event.anchor}" does not belong before the name of a field'
            raise Refusal(mark, "yaml-syntax", message, "delete it")
        key = self._text(event, mark)
        for index, character in enumerate("" if key.isascii() else key):
            if character in ODD_BLANKS:
                place = mark[0], mark[1] + index
                raise Refusal(place, "yaml-syntax", *odd_blank(character))
        return key

    def _without_colon(
        self,
        event: yaml.ScalarEvent,
        key: str,
        values: dict[str, Plain],
        steps: tuple[Step, ...],
        last: yaml.Event | None,
    ) -> None:
        """Report words in braces without a colon: a mistyped field, or the rest of the text before a comma."""
        mark = self.mark(event)
        glued = _GLUED.fullmatch(key)
        if glued:
            self.keys[*steps, glued["name"]] = self.marks[*steps, glued["name"]] = mark
            values[glued["name"]] = glued["value"]
            hint = write(glued["name"], glued["value"], bare=True)
            place = mark[0], mark[1] + len(glued["name"])
            self.faults.append((place, "yaml-syntax", "missing space after the colon", hint))
            return
        name, _, words = key.partition(" ")
        if _DAY.fullmatch(key) and values and "on" not in values:
            name, words = "on", key
        is_field = bool(words) and name in field_names() and name not in values
        if isinstance(last, yaml.ScalarEvent) and not last.style and values and not (is_field and words[0].isdigit()):
            name = next(reversed(values))
            words = " ".join(self._lines.text[start(last).index : end(event).index].split())
            hint = f'put the text after "{name}:" in quotation marks; it contains a colon or a comma: {quoted(words)}'
            message = f'the comma before "{key}" ends the text of "{name}"'
            place = self._lines.of(last.start_mark)
            if self.faults and self.faults[-1][0] == place:  # a second comma in the same text
                message = self.faults.pop()[2]
            self.faults.append((place, "yaml-syntax", message, hint))
        else:
            if is_field:
                self.keys[*steps, name] = self.marks[*steps, name] = mark
                values[name] = words
            hint = write(name, words, bare=True) if is_field else "write it as name: value"
            shown = name if is_field else key
            self.faults.append((mark, "yaml-syntax", f'missing colon after "{shown}"', hint))

    def _alias(self, name: str, mark: Mark) -> Plain:
        if name not in self._anchors:
            hint = f"put the whole text in quotation marks: {quoted(self._lines.rest(mark) or f'*{name}')}"
            raise Refusal(mark, "yaml-syntax", begins_with("*"), hint)
        known = self._anchors[name]
        if known is None:
            raise Refusal(
                mark, "yaml-aliases", f'"*{name}" repeats a value that contains itself', "write the value out"
            )
        self._weigh(known[1], mark)
        return known[0]

    def _weigh(self, more: int, mark: Mark) -> None:
        self._weight += more
        if self._weight > _WEIGHT:
            message = f"the file grows to more than {_WEIGHT:,} values"
            raise Refusal(mark, "yaml-aliases", message, 'write the values out instead of repeating them with "*"')


def _with_merged(values: dict[str, Plain]) -> Plain:
    """Add the fields of `<<`, one set of fields or a list of them, unless they are written out."""
    merged = values.pop("<<")
    parts = [part for part in (merged if isinstance(merged, list) else [merged]) if isinstance(part, dict)]
    below = {key: value for part in reversed(parts) for key, value in part.items()}
    return {**below, **values}
