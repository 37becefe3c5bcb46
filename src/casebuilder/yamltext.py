"""YAML as plain words with positions.

The document is built from the parser's events, so that every value and key keeps its line and column, duplicate keys
are seen, and depth and aliases are limited while reading, before anything can grow. Plain scalars stay text: `no` is
not false and `012` is not ten; what a value means is decided by the field that takes it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

import yaml

from casebuilder.model import Mark, Origin, Step
from casebuilder.problems import Problem
from casebuilder.text import control, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEPTH = 16
#: How many values a document may hold after all aliases have been followed.
_WEIGHT = 20_000
#: The longest number, day or word that YAML makes a value of.
_LONGEST_TYPED = 60
_BREAKS_OF_YAML = re.compile("[\r\x85\u2028\u2029]")
_CURLY = re.compile("[“”„«»]")
#: The last line above, if it is a key whose colon sticks to its value.
_ABOVE = re.compile(r"^[ \t]*+(?:- )?[A-Za-z_]++(?P<colon>:)[^\s:/][^\n:]*+\n\Z", re.MULTILINE)
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_INDENT = "indent the lines of one list or mapping alike, with spaces"
_QUOTES = "put the value in quotes"
_SPACED = "write key: value in each line, with a space behind the colon"
#: What the parser says, in words that help: a part of its own words, the message, and the hint.
_SYNTAX = (
    ("mapping values are not allowed", "a second colon in this line", f"{_QUOTES} if it holds a colon"),
    ("tab character", "the line is indented with a tab", "indent with spaces"),
    ("cannot start any token", "no value can begin with this character", _QUOTES),
    ("alphabetic or numeric character", "no value can begin with this character", _QUOTES),
    (
        "could not find expected ':'",
        "the colon after a key is missing",
        _SPACED,
    ),
    ("expected '-' indicator", "the line does not fit the list above it", _INDENT),
    ("did not find expected key", "the line does not fit the ones above it", f"{_INDENT}; close quotation marks"),
    ("end of stream", "a quotation mark is not closed", "close it, or take it out"),
    ("expected ',' or ']'", "a list in square brackets is not closed", 'end it with "]", with commas between'),
    ("expected ',' or '}'", "a mapping in braces is not closed", 'end it with "}", with commas between'),
)
#: Those whose fault began earlier, where the quotation mark, bracket or alias was opened.
_EARLIER = ("could not find expected ':'", "alphabetic or numeric character", "end of stream", "expected ',' or")


class _YamlMark(Protocol):
    """A place as the parser tells it, in C or in Python: characters, lines and columns from 0."""

    index: int
    line: int
    column: int


_Value = yaml.ScalarEvent | yaml.CollectionStartEvent


class Unknown(Enum):
    """The value of a tag that only a build can know, since it takes running code."""

    UNKNOWN = "unknown"


Plain = str | list["Plain"] | dict[str, "Plain"] | Unknown | None


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document: mappings, lists, text and nothing else, and where each value stands."""

    value: Plain
    origin: Origin


class TagError(Exception):
    """A tag cannot be used on the value behind it: what is wrong, and how to write it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class _Refusal(Exception):  # noqa: N818 - control flow inside this module, never seen outside
    """Reading cannot go on."""

    def __init__(self, mark: Mark, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.mark, self.code, self.message, self.hint = mark, code, message, hint


class _Lines:
    """Where lines begin, counted as an editor counts them: the parser also breaks them at U+2028 and the like."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self._first_line = first_line
        self._counted_alike = not _BREAKS_OF_YAML.search(text)

    def of(self, mark: _YamlMark | None) -> Mark:
        """The place that the parser names; where it counts lines as an editor does, its own count is taken."""
        if mark is None:
            return self.place(0)
        if self._counted_alike and mark.index < len(self.text):  # it ends a last line that nobody ended
            return mark.line + self._first_line, mark.column + 1
        return self.place(mark.index)

    def place(self, index: int) -> Mark:
        before = self.text.count("\n", 0, index)
        return before + self._first_line, index - self.text.rfind("\n", 0, index)


class _Builder:
    """Builds one document from the parser's events, which are read no further than they are wanted."""

    def __init__(self, events: Iterator[yaml.Event], lines: _Lines, tags: Callable[[str, Plain], Plain] | None) -> None:
        self.take = events.__next__
        self.marks: dict[tuple[Step, ...], Mark] = {}
        self.keys: dict[tuple[Step, ...], Mark] = {}
        self.faults: list[tuple[Mark, str, str, str]] = []
        self._lines, self._tags = lines, tags
        self._anchors: dict[str, tuple[Plain, int] | None] = {}
        self._weight = 0

    def mark(self, event: yaml.Event) -> Mark:
        return self._lines.of(event.start_mark)

    def value(self, event: yaml.Event, steps: tuple[Step, ...]) -> Plain:
        """The value that begins with an event, with everything in it."""
        mark = self.marks[steps] = self.mark(event)
        if len(steps) > _DEPTH:
            raise _Refusal(mark, "yaml-too-deep", f"values are nested more than {_DEPTH} deep", "write it flatter")
        self._weigh(1, mark)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor), mark)
        if not isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            raise _Refusal(mark, "yaml-syntax", "a value is missing here")
        if not event.anchor:
            return self._tagged(event, steps, mark)
        self._anchors[event.anchor] = None
        before = self._weight
        value = self._tagged(event, steps, mark)
        self._anchors[event.anchor] = value, self._weight - before + 1
        return value

    def _tagged(self, event: _Value, steps: tuple[Step, ...], mark: Mark) -> Plain:
        """What an explicit tag makes of the value behind it; without one, the value."""
        if not event.tag or (isinstance(event, yaml.ScalarEvent) and event.implicit[0]):
            return self._content(event, steps, mark)
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        if not self._tags:
            raise _Refusal(mark, "yaml-tag", f'the tag "{tag}" is not known here', "take the tag out")
        try:
            return self._tags(tag, self._content(event, steps, mark))
        except TagError as error:
            self.faults.append((mark, "yaml-tag", str(error), error.hint))
            return Unknown.UNKNOWN

    def _content(self, event: _Value, steps: tuple[Step, ...], mark: Mark) -> Plain:
        if isinstance(event, yaml.ScalarEvent):
            return None if not event.style and event.value in _NULL else self._text(event, mark)
        return self._list(steps) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(steps)

    def _text(self, event: yaml.ScalarEvent, mark: Mark) -> str:
        """A scalar's words, in which no escape has brought back what no file may hold."""
        words = str(event.value)
        if event.style == '"' and (found := control(words)):
            message = f"the text holds the escape of U+{ord(found):04X}, which is no letter"
            hint = "take the backslash out, or write it twice"
            self.faults.append((mark, "control-character", message, hint))
            return printable(words)
        return words

    def _list(self, steps: tuple[Step, ...]) -> Plain:
        values: list[Plain] = []
        while not isinstance(event := self.take(), yaml.SequenceEndEvent):
            values.append(self.value(event, (*steps, len(values))))
        return values

    def _mapping(self, steps: tuple[Step, ...]) -> Plain:
        values: dict[str, Plain] = {}
        while not isinstance(event := self.take(), yaml.MappingEndEvent):
            mark = self.mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refusal(mark, "yaml-syntax", "a key must be a word", "write key: value")
            key = self._text(event, mark)
            if key in values:
                hint = f"it stands on line {self.keys[*steps, key][0]} already"
                self.faults.append((mark, "yaml-duplicate-key", f'the key "{key}" stands twice', hint))
                self.value(self.take(), (*steps, key, "(again)"))
                continue
            self.keys[*steps, key] = mark
            values[key] = None
            values[key] = self.value(self.take(), (*steps, key))
        return _with_merged(values) if self._tags and "<<" in values else values

    def _alias(self, name: str, mark: Mark) -> Plain:
        if name not in self._anchors:
            raise _Refusal(
                mark, "yaml-syntax", f'nothing is called "&{name}"', 'put the value in quotes if it begins with "*"'
            )
        known = self._anchors[name]
        if known is None:
            raise _Refusal(mark, "yaml-aliases", f'the alias "*{name}" holds itself', "write the value out")
        self._weigh(known[1], mark)
        return known[0]

    def _weigh(self, more: int, mark: Mark) -> None:
        self._weight += more
        if self._weight > _WEIGHT:
            message = f"the document grows to more than {_WEIGHT:,} values"
            raise _Refusal(mark, "yaml-aliases", message, "write the values out instead of repeating them by aliases")


def _with_merged(values: dict[str, Plain]) -> Plain:
    """The keys of `<<`, which is one mapping or a list of them, below those that are written out."""
    given = values.pop("<<")
    parts = [part for part in (given if isinstance(given, list) else [given]) if isinstance(part, dict)]
    below = {key: value for part in reversed(parts) for key, value in part.items()}
    return {**below, **values}


def read(
    text: str, path: str, *, first_line: int = 1, tags: Callable[[str, Plain], Plain] | None = None
) -> tuple[Document | None, list[Problem]]:
    """One YAML document, and what is wrong with it.

    Args:
        text: the YAML.
        path: its file, for the problems and the marks.
        first_line: the line of the file on which it begins.
        tags: what makes a value of a tag, such as `!ENV`, and of the value behind it, as in `mkdocs.yml`; it may raise
            `TagError`. Without it a tag is a problem, and `<<` a key like any other.

    Returns:
        The document, or None if it could not be read to its end; an empty text is a document with the value None.
    """
    text = text.removeprefix("\ufeff")
    lines = _Lines(text, first_line)
    if found := control(text):  # which the parser would count in bytes, and half a character not at all
        message = f"the control character U+{ord(found):04X} is not text"
        hint = "take the invisible character out"
        return None, [Problem(path, *lines.place(text.index(found)), "control-character", message, hint)]
    builder = _Builder(iter(yaml.parse(text, Loader=_LOADER)), lines, tags)
    try:
        builder.take()
        value: Plain = None
        if not isinstance(builder.take(), yaml.StreamEndEvent):  # but the beginning of a document
            value = builder.value(builder.take(), ())
            builder.take()
            _refuse_second(builder)
    except _Refusal as refusal:
        return None, [Problem(path, *refusal.mark, refusal.code, refusal.message, refusal.hint)]
    except yaml.YAMLError as error:
        return None, [_syntax(error, path, lines)]
    problems = [Problem(path, *mark, code, message, hint) for mark, code, message, hint in builder.faults]
    return Document(value, Origin(path, builder.marks, builder.keys)), problems


def typed(words: str) -> Hashable:
    """What YAML makes of unquoted words: a number, a day, true or false."""
    try:
        value = yaml.safe_load(words) if len(words) <= _LONGEST_TYPED else words
    except (yaml.YAMLError, ValueError):
        return words
    return value if isinstance(value, Hashable) else words


def _refuse_second(builder: _Builder) -> None:
    event = builder.take()
    if not isinstance(event, yaml.StreamEndEvent):
        hint = 'take the line "---" out'
        raise _Refusal(builder.mark(event), "yaml-syntax", "a second document begins here", hint)


def _syntax(error: yaml.YAMLError, path: str, lines: _Lines) -> Problem:
    """The parser's complaint, in its place, with the remedy that mostly helps."""
    said = str(getattr(error, "problem", None) or error)
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if opened and any(part in said for part in _EARLIER):
        mark = opened
    if mark and lines.text[mark.index : mark.index + 1] == "\t":
        said = "tab character"
    if mark and (earlier := _earlier(lines, mark, said)):
        place, message, hint = earlier
        return Problem(path, *lines.place(place), "yaml-syntax", message, hint)
    known = ((message, hint) for part, message, hint in _SYNTAX if part in said)
    message, hint = next(known, (said, "check the indentation, the hyphens and the quotes here and just above"))
    if mark and "mapping values" in said and _CURLY.search(lines.text[: mark.index].rpartition("\n")[2]):
        hint = f'{_QUOTES} if it holds a colon: straight ones, ", since “ and ” count as letters'
    return Problem(path, *lines.of(mark), "yaml-syntax", message, hint)


def _earlier(lines: _Lines, mark: _YamlMark, said: str) -> tuple[int, str, str] | None:
    """What was wrong in a line above the one at which the parser stumbled: its place, the message and the hint."""
    text = lines.text
    above = _ABOVE.search(text, 0, text.rfind("\n", 0, mark.index) + 1)
    if above and "mapping values" in said:
        return above.start("colon"), "the colon has no space behind it", _SPACED
    quoted = _runaway(text, mark)
    if quoted is None:
        return None
    message = f"the quotation mark that opens here is closed on line {lines.place(quoted[1])[0]} only"
    return quoted[0], message, "close it on its own line, or take it out"


def _runaway(text: str, mark: _YamlMark) -> tuple[int, int] | None:
    """From where to where the last quoted text goes that ends lines below: mostly it was not closed."""
    found = None
    with suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=_LOADER):
            if token.start_mark.index > mark.index:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in {'"', "'"}:
                start, end = token.start_mark, token.end_mark
                if start.line < end.line and mark.line - 1 <= end.line:
                    found = start.index, end.index
    return found
