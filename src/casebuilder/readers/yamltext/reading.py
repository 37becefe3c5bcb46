"""Read one YAML text, to its end or to its first mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from casebuilder.model import Origin
from casebuilder.problems import Problem
from casebuilder.readers.yamltext.building import Builder
from casebuilder.readers.yamltext.eventplaces import LOADER, Lines, Refusal
from casebuilder.readers.yamltext.plainvalues import Document
from casebuilder.text import control

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebuilder.readers.yamltext.plainvalues import Plain

#: Line breaks that only some programs show; a text on one line continues after them.
_BREAKS = ("\u2028", "\u2029")
#: For mistakes that no rule of `slips` knows: a part of the parser's message, our message, and the hint.
_SYNTAX = (
    ("mapping values are not allowed", "there is a second colon in this line", "put the text in quotation marks"),
    ("cannot start any token", "no text can begin with this character", "put the text in quotation marks"),
    ("alphabetic or numeric character", "no text can begin with this character", "put the text in quotation marks"),
    ("could not find expected ':'", "this line belongs to no field", "write it as name: value"),
    ("end of stream", "a quotation mark is opened here and not closed", "close it, or delete it"),
    ("expected ',' or ']'", "a square bracket is opened here and not closed", 'end the list with "]"'),
    ("expected ',' or '}'", "a brace is opened here and not closed", 'end it with "}"'),
)
_UNCLEAR = (
    "this line does not line up with the lines above it",
    "compare the spaces, hyphens, colons and quotation marks here and in the line above with those of another entry",
)
#: Errors whose mistake is earlier, where the quotation mark, bracket or alias was opened.
_EARLIER = ("could not find expected ':'", "alphabetic or numeric character", "end of stream", "expected ',' or")


def read(
    text: str, path: str, *, first_line: int = 1, tags: Callable[[str, Plain], Plain] | None = None
) -> tuple[Document | None, list[Problem]]:
    """Read one YAML document that is not known; see `keptdocuments.read`."""
    text = text.lstrip("\ufeff")
    for odd in _BREAKS:
        if odd in text:
            text = text.replace(odd, " ")
    lines = Lines(text, first_line)
    if character := control(text):  # which the parser would count in bytes, and half a character not at all
        message = f"the control character U+{ord(character):04X} is not text"
        hint = "delete the invisible character"
        return None, [Problem(path, *lines.place(text.index(character)), "control-character", message, hint)]
    builder = Builder(iter(yaml.parse(text, Loader=LOADER)), lines, tags)
    try:
        builder.take()
        value: Plain = None
        if not isinstance(builder.take(), yaml.StreamEndEvent):  # but the beginning of a document
            value = builder.value(builder.take(), ())
            builder.take()
            _refuse_second(builder)
    except Refusal as refusal:
        return None, [Problem(path, *refusal.mark, refusal.code, refusal.message, refusal.hint)]
    except yaml.YAMLError as error:
        return None, [_syntax_problem(error, path, lines)]
    problems = [Problem(path, *mark, code, message, hint) for mark, code, message, hint in builder.faults]
    return Document(
        value, Origin(path, builder.marks, builder.keys, remarks=builder.remarks, text=text, first_line=first_line)
    ), problems


def _refuse_second(builder: Builder) -> None:
    event = builder.take()
    if not isinstance(event, yaml.StreamEndEvent):
        hint = 'delete the line "---"'
        message = "what follows a second line of three hyphens is not read"
        raise Refusal(builder.mark(event), "yaml-syntax", message, hint)


def _syntax_problem(error: yaml.YAMLError, path: str, lines: Lines) -> Problem:
    """Return the problem behind a parser's error, with the corrected line if a rule knows the mistake."""
    from casebuilder.readers.yamltext.slips import explain

    reason = str(getattr(error, "problem", None) or error)
    mark, opening_mark = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark:
        opening_line = lines.number(opening_mark) if opening_mark and any(part in reason for part in _EARLIER) else None
        if slip := explain(lines.text, lines.number(mark), opening_line):
            place = lines.at_line(slip.line, slip.column)
            return Problem(path, *place, "yaml-syntax", slip.message, slip.hint)
    if opening_mark and any(part in reason for part in _EARLIER):
        mark = opening_mark
    message, hint = next(((message, hint) for part, message, hint in _SYNTAX if part in reason), _UNCLEAR)
    return Problem(path, *lines.of(mark), "yaml-syntax", message, hint)
