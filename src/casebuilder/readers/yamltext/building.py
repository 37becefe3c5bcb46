"""Build a plain value from the parser's events, with the place of each part.

Duplicate fields are reported, and depth and repetition are limited while reading. Unquoted values stay text: `no` is
not false and `012` is not ten; the type of the field decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from casebuilder.readers.yamltext import misreadings
from casebuilder.readers.yamltext.eventplaces import Fault, Lines, Refusal, end, is_empty, start
from casebuilder.readers.yamltext.plainvalues import TagError, Unknown
from casebuilder.readers.yamltext.repair import ODD_BLANKS, begins_with, odd_blank, quoted
from casebuilder.text import control, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.model import Mark, Step
    from casebuilder.readers.yamltext.plainvalues import Plain

_DEPTH = 16
#: The most values in a file, after all aliases are replaced.
_WEIGHT = 20_000
#: The most fields in one place. In settings, some plugins take a field for each page.
_MOST_FIELDS = 500
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
#: A comment in place of a field's value.
_REMARK = re.compile(r"[ \t]*:[ \t]+(?P<remark>#\S.*?)[ \t]*$", re.MULTILINE)


_Value = yaml.ScalarEvent | yaml.CollectionStartEvent


class Builder:
    """Builds one document from the parser's events, which are read only as needed."""

    def __init__(self, events: Iterator[yaml.Event], lines: Lines, tags: Callable[[str, Plain], Plain] | None) -> None:
        self.take = events.__next__
        self.marks: dict[tuple[Step, ...], Mark] = {}
        self.keys: dict[tuple[Step, ...], Mark] = {}
        self.faults: list[Fault] = []
        self.remarks: dict[tuple[Step, ...], str] = {}
        self._lines, self._tags = lines, tags
        self._anchors: dict[str, tuple[Plain, int] | None] = {}
        self._weight = 0
        self._repeated: frozenset[str] | None = None

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
            return self._evaluate_tag(event, steps, mark)
        self._anchors[event.anchor] = None
        before = self._weight
        value = self._evaluate_tag(event, steps, mark)
        self._anchors[event.anchor] = value, self._weight - before + 1
        return value

    def _evaluate_tag(self, event: _Value, steps: tuple[Step, ...], mark: Mark) -> Plain:
        """Return a value with its explicit tag evaluated, if it has one."""
        if not event.tag or (isinstance(event, yaml.ScalarEvent) and event.implicit[0]):
            return self._build_value(event, steps, mark)
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        if not self._tags:
            message = f'"{tag}" is an instruction to a program, and not allowed here'
            hint = 'delete it; put the text in quotation marks if the "!" belongs to it'
            raise Refusal(mark, "yaml-tag", message, hint)
        try:
            return self._tags(tag, self._build_value(event, steps, mark))
        except TagError as error:
            self.faults.append(Fault(mark, "yaml-tag", str(error), error.hint))
            return Unknown.UNKNOWN

    def _is_nobodys(self, anchor: str) -> bool:
        """Return whether a text that begins with "&" defines an anchor that is never used."""
        if self._repeated is None:
            self._repeated = frozenset(re.findall(r"\*([\w-]+)", self._lines.text))
        return not self._tags and anchor not in self._repeated

    def _build_value(self, event: _Value, steps: tuple[Step, ...], mark: Mark) -> Plain:
        if isinstance(event, yaml.SequenceStartEvent):
            return self._build_list(steps)
        if isinstance(event, yaml.MappingStartEvent):
            return self._build_fields(steps, flow=bool(event.flow_style))
        if not isinstance(event, yaml.ScalarEvent) or (not event.style and event.value in _NULL):
            return None
        text = self._scalar_text(event, mark)
        if event.style in {'"', "'"} and end(event).line > start(event).line:
            misreadings.refuse_unclosed_quotation_mark(self._lines, event)
        if event.style in {"|", ">"} and not text and not self._tags:
            misreadings.refuse_empty_block(self._lines, event)
        return text if event.style or self._tags else self._unquoted(event, text, steps)

    def _unquoted(self, event: yaml.ScalarEvent, text: str, steps: tuple[Step, ...]) -> str:
        """Return a text without quotation marks, and report what YAML takes out of it or adds to it."""
        in_list = bool(steps) and isinstance(steps[-1], int)
        if in_list and end(event).line > start(event).line:
            misreadings.refuse_joined_entries(self._lines, event)
        after = end(event).index
        if self._lines.text[after : after + 1] not in {" ", "\t"} and not text.endswith('"'):
            return text  # true of nearly every text; the search below would double the time
        name = str(steps[-1]) if steps and not in_list else ""
        if fault := misreadings.lost_after_hash(self._lines, event, name):
            self.faults.append(fault)
        elif fault := misreadings.unopened_quotation_mark(self._lines, event, name):
            self.faults.append(fault)
            return text[:-1].rstrip()
        return text

    def _ampersand(self, event: yaml.ScalarEvent, mark: Mark) -> str:
        """Report a text that begins with "&" without quotation marks."""
        text = f"&{event.anchor} {event.value}".strip()
        hint = f"put the whole text in quotation marks: {quoted(text)}"
        self.faults.append(Fault(mark, "yaml-syntax", begins_with("&"), hint))
        return text

    def _scalar_text(self, event: yaml.ScalarEvent, mark: Mark) -> str:
        """Return a value's text, and report escapes of characters that no file may contain."""
        text = str(event.value)
        if event.style == '"' and (character := control(text)):
            message = f"the text contains the code of U+{ord(character):04X}, which is not a character"
            hint = "delete the backslash, or write it twice"
            self.faults.append(Fault(mark, "control-character", message, hint))
            return printable(text)
        return text

    def _build_list(self, steps: tuple[Step, ...]) -> Plain:
        values: list[Plain] = []
        while not isinstance(event := self.take(), yaml.SequenceEndEvent):
            values.append(self.value(event, (*steps, len(values))))
        return values

    def _build_fields(self, steps: tuple[Step, ...], *, flow: bool) -> Plain:
        values: dict[str, Plain] = {}
        last, is_repeated = None, False
        while not isinstance(event := self.take(), yaml.MappingEndEvent):
            mark = self.mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise Refusal(mark, "yaml-syntax", "the name of a field must be a word", "write it as name: value")
            key, value = self._field_name(event, mark), self.take()
            if flow and is_empty(value) and not self._lines.text[end(event).index :].lstrip().startswith(":"):
                earlier = self.faults[-1] if self.faults else None
                self._take_over(misreadings.without_colon(self._lines, event, values, last, earlier), values, steps)
                continue
            last = value
            if (
                not flow
                and not self._tags
                and (misreading := misreadings.lost_colon(self._lines, event, value, values))
            ):
                self._take_over(misreading, values, steps)
                continue
            if key in values:
                if not is_repeated:  # in an entry that lost its hyphen, every field is repeated
                    self._note_again(key, mark, steps, flow=flow)
                is_repeated = True
                self.value(value, (*steps, key, "(again)"))
                continue
            if len(values) >= _MOST_FIELDS and not self._tags:
                message = f"there are more than {_MOST_FIELDS} fields in one place"
                raise Refusal(mark, "file-too-large", message, "look for what was pasted here by mistake")
            self.keys[*steps, key] = mark
            values[key] = None
            values[key] = self.value(value, (*steps, key))
            if values[key] is None and (remark := _REMARK.match(self._lines.text, end(event).index)):
                self.remarks[*steps, key] = remark["remark"]
        return _merge_fields(values) if self._tags and "<<" in values else values

    def _take_over(self, misreading: misreadings.Misreading, values: dict[str, Plain], steps: tuple[Step, ...]) -> None:
        """Report a misread part of a set of fields, and add the field that it stands for."""
        if misreading.replaces_earlier:
            self.faults.pop()
        self.faults.append(misreading.fault)
        if misreading.name:
            self.keys[*steps, misreading.name], self.marks[*steps, misreading.name] = misreading.key, misreading.mark
            values[misreading.name] = misreading.value

    def _note_again(self, key: str, mark: Mark, steps: tuple[Step, ...], *, flow: bool) -> None:
        hint = f"it is on line {self.keys[*steps, key][0]} already: keep one of the two"
        if steps and isinstance(steps[-1], int) and not flow:
            hint += ", or begin a new entry with a hyphen"
            raise Refusal(mark, "yaml-duplicate-key", f'"{key}" is written twice', hint)
        self.faults.append(Fault(mark, "yaml-duplicate-key", f'"{key}" is written twice', hint))

    def _field_name(self, event: yaml.ScalarEvent, mark: Mark) -> str:
        """Return a field's name, without invisible characters."""
        if event.anchor and not self._tags:
            message = f'"&{event.anchor}" does not belong before the name of a field'
            raise Refusal(mark, "yaml-syntax", message, "delete it")
        key = self._scalar_text(event, mark)
        for index, character in enumerate("" if key.isascii() else key):
            if character in ODD_BLANKS:
                place = mark[0], mark[1] + index
                raise Refusal(place, "yaml-syntax", *odd_blank(character))
        return key

    def _alias(self, name: str, mark: Mark) -> Plain:
        if name not in self._anchors:
            hint = f"put the whole text in quotation marks: {quoted(self._lines.rest(mark) or f'*{name}')}"
            raise Refusal(mark, "yaml-syntax", begins_with("*"), hint)
        anchored = self._anchors[name]
        if anchored is None:
            raise Refusal(
                mark, "yaml-aliases", f'"*{name}" repeats a value that contains itself', "write the value out"
            )
        self._weigh(anchored[1], mark)
        return anchored[0]

    def _weigh(self, weight: int, mark: Mark) -> None:
        self._weight += weight
        if self._weight > _WEIGHT:
            message = f"the file grows to more than {_WEIGHT:,} values"
            raise Refusal(mark, "yaml-aliases", message, 'write the values out instead of repeating them with "*"')


def _merge_fields(values: dict[str, Plain]) -> Plain:
    """Add the fields of `<<`, one set of fields or a list of them, unless they are written out."""
    merged = values.pop("<<")
    sets = [fields for fields in (merged if isinstance(merged, list) else [merged]) if isinstance(fields, dict)]
    inherited = {key: value for fields in reversed(sets) for key, value in fields.items()}
    return {**inherited, **values}
