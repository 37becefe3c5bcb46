"""YAML as plain words with positions.

The document is built from the parser's events, so that every value and key keeps its line and column, duplicate keys
are seen, and depth and aliases are limited while reading, before anything can grow. Plain scalars stay text: `no` is
not false and `012` is not ten; what a value means is decided by the field that takes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from casebuilder.model import Mark, Origin, Step
from casebuilder.problems import Problem

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEPTH = 16
#: How many values a document may hold after all aliases have been followed.
_WEIGHT = 20_000
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_HINTS = {
    "mapping values are not allowed": "put the value in quotes if it holds a colon",
    "cannot start any token": "put the value in quotes, and indent with spaces, not tabs",
    "could not find expected ':'": "every line of a mapping needs the form key: value",
    "did not find expected key": "check the indentation and the quotes of this line and the one before",
    "found unexpected end of stream": "a quotation mark is not closed",
    "did not find expected": "check the indentation, the hyphens and the quotes here and just above",
    "undefined alias": 'put the value in quotes if it begins with "*"',
    "control characters are not allowed": "take the invisible character out",
}

Plain = str | list["Plain"] | dict[str, "Plain"] | None


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document: mappings, lists, text and nothing else, and where each value stands."""

    value: Plain
    origin: Origin


class _Refusal(Exception):  # noqa: N818 - control flow inside this module, never seen outside
    """Reading cannot go on."""

    def __init__(self, mark: Mark, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.mark, self.code, self.message, self.hint = mark, code, message, hint


@dataclass(slots=True)
class _Builder:
    """Builds one document from the parser's events."""

    events: list[yaml.Event]
    first_line: int
    tags: bool
    marks: dict[tuple[Step, ...], Mark] = field(default_factory=dict)
    keys: dict[tuple[Step, ...], Mark] = field(default_factory=dict)
    duplicates: list[tuple[Mark, str, int]] = field(default_factory=list)
    anchors: dict[str, tuple[Plain, int] | None] = field(default_factory=dict)
    next: int = 0
    weight: int = 0

    def mark(self, event: yaml.Event) -> Mark:
        mark = event.start_mark
        return (mark.line + self.first_line, mark.column + 1) if mark else (self.first_line, 1)

    def take(self) -> yaml.Event:
        event = self.events[self.next]
        self.next += 1
        return event

    def value(self, steps: tuple[Step, ...]) -> Plain:
        """The next value, with everything in it."""
        event = self.take()
        mark = self.mark(event)
        self.marks[steps] = mark
        if len(steps) > _DEPTH:
            raise _Refusal(mark, "yaml-too-deep", f"values are nested more than {_DEPTH} deep", "write it flatter")
        self._weigh(1, mark)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor), mark)
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            raise _Refusal(mark, "yaml-syntax", "a value is missing here")
        if event.tag and not self.tags and not (isinstance(event, yaml.ScalarEvent) and event.implicit[0]):
            raise _Refusal(mark, "yaml-tag", f'the tag "{event.tag}" is not known here', "take the tag out")
        if event.anchor:
            self.anchors[event.anchor] = None
        before = self.weight
        value = self._content(event, steps)
        if event.anchor:
            self.anchors[event.anchor] = value, self.weight - before + 1
        return value

    def _content(self, event: yaml.Event, steps: tuple[Step, ...]) -> Plain:
        if isinstance(event, yaml.ScalarEvent):
            return None if not event.style and event.value in _NULL else str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(steps)
        return self._mapping(steps)

    def _list(self, steps: tuple[Step, ...]) -> Plain:
        values: list[Plain] = []
        while not isinstance(self.events[self.next], yaml.SequenceEndEvent):
            values.append(self.value((*steps, len(values))))
        self.take()
        return values

    def _mapping(self, steps: tuple[Step, ...]) -> Plain:
        values: dict[str, Plain] = {}
        while not isinstance(self.events[self.next], yaml.MappingEndEvent):
            event = self.take()
            mark = self.mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refusal(mark, "yaml-syntax", "a key must be a word", "write key: value")
            key = str(event.value)
            if key in values:
                self.duplicates.append((mark, key, self.keys[*steps, key][0]))
                self.value((*steps, key, "(again)"))
                continue
            self.keys[*steps, key] = mark
            values[key] = None
            values[key] = self.value((*steps, key))
        self.take()
        return values

    def _alias(self, name: str, mark: Mark) -> Plain:
        if name not in self.anchors:
            raise _Refusal(mark, "yaml-syntax", f'found undefined alias "{name}"', _HINTS["undefined alias"])
        known = self.anchors[name]
        if known is None:
            raise _Refusal(mark, "yaml-aliases", f'the alias "*{name}" holds itself', "write the value out")
        self._weigh(known[1], mark)
        return known[0]

    def _weigh(self, more: int, mark: Mark) -> None:
        self.weight += more
        if self.weight > _WEIGHT:
            message = f"the document grows to more than {_WEIGHT:,} values"
            raise _Refusal(mark, "yaml-aliases", message, "write the values out instead of repeating them by aliases")


def read(text: str, path: str, *, first_line: int = 1, tags: bool = False) -> tuple[Document | None, list[Problem]]:
    """One YAML document, and what is wrong with it.

    Args:
        text: the YAML.
        path: its file, for the problems and the marks.
        first_line: the line of the file on which it begins.
        tags: whether explicit tags (`!ENV`) are passed over, as in `mkdocs.yml`, or are a problem.

    Returns:
        The document, or None if it could not be read to its end; an empty text is a document with the value None.
    """
    try:
        events = list(yaml.parse(text, Loader=_LOADER))
        builder = _Builder(events, first_line, tags)
        builder.take()
        value: Plain = None
        if not isinstance(builder.take(), yaml.StreamEndEvent):
            value = builder.value(())
            builder.take()
            _refuse_second(builder)
    except _Refusal as refusal:
        return None, [Problem(path, *refusal.mark, refusal.code, refusal.message, refusal.hint)]
    except yaml.YAMLError as error:
        return None, [_syntax(error, path, first_line)]
    problems = [
        Problem(
            path,
            *mark,
            "yaml-duplicate-key",
            f'the key "{key}" stands twice',
            f"it stands on line {line} already",
        )
        for mark, key, line in builder.duplicates
    ]
    return Document(value, Origin(path, builder.marks, builder.keys)), problems


def _refuse_second(builder: _Builder) -> None:
    event = builder.take()
    if not isinstance(event, yaml.StreamEndEvent):
        hint = 'take the line "---" out'
        raise _Refusal(builder.mark(event), "yaml-syntax", "a second document begins here", hint)


def _syntax(error: yaml.YAMLError, path: str, first_line: int) -> Problem:
    """The parser's own complaint, in its place, with the remedy that mostly helps."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = getattr(error, "context", None)
    hint = next((hint for part, hint in _HINTS.items() if part in said), "check the indentation and the quotes")
    message = f"{said}, {context}" if context and context not in said else said
    return Problem(path, line + first_line, column + 1, "yaml-syntax", message, hint)
