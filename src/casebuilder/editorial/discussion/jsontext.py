"""JSON as platforms and programs save it: one value, a value a line, or several after each other.

Limits are ours and the same on every Python: of nesting, and of the digits of a number.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TypeAlias

from casebuilder.editorial.discussion.post import TranscriptError
from casebuilder.problems import Problem

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
#: Lists and objects within each other. Each reply of a thread of Bluesky takes two, and 250 replies deep is a quarrel.
MOST_NESTED = 600
_DIGITS = 40
#: A text; one without an end ends with its line, as the next value is looked for at the beginning of a line.
_STRING = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?')
#: An escaped backslash, a letter in two halves as JSON escapes it, or one half alone, which is not a character.
_HALVES = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_NO_BRACKET = re.compile(r"[^\[\]{}]+")
_BLANK = re.compile(r"\s*")
_NEXT = re.compile(r"^[\[{]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a JSON text with the line of each, and the problems of lines without one."""

    values: tuple[tuple[int, Json], ...]
    problems: tuple[Problem, ...] = ()


def values(text: str, name: str, start: int = 0) -> Values:
    """Return the values of a text.

    Args:
        text: JSON, or JSON Lines.
        name: its file, for the problems.
        start: where it begins.

    Raises:
        TranscriptError: it is nested too deeply, or not even its first value can be read.
    """
    if _deepest_nesting(text) > MOST_NESTED:
        message = f"{name}: more than {MOST_NESTED} nested lists, which no discussion has"
        raise TranscriptError("SOURCE", message)
    text = (
        _HALVES.sub(lambda values_by_line: "\\ufffd" if values_by_line[1] else values_by_line[0], text)
        if "\\u" in text
        else text
    )
    decoder = json.JSONDecoder(parse_int=_read_integer, parse_constant=_refuse_constant)
    values_by_line: list[tuple[int, Json]] = []
    problems: list[Problem] = []
    place, line, counted_to = start, 1, 0
    while (place := _after_blanks(text, place)) < len(text):
        line, counted_to = line + text.count("\n", counted_to, place), place
        try:
            value, place = decoder.raw_decode(text, place)
        except RecursionError:  # on a stack that is full already
            raise TranscriptError("SOURCE", f"{name}: too many lists are nested") from None
        except ValueError as error:
            error_offset = error.pos if isinstance(error, json.JSONDecodeError) else place
            problems.append(_syntax_problem(text, name, error_offset))
            next_value = _NEXT.search(text, place + 1)
            place = next_value.start() if next_value else len(text)
        else:
            values_by_line.append((line, value))
    if problems and not values_by_line:
        first = problems[0]
        raise TranscriptError("SOURCE", f"{name}, line {first.line}: {first.message}; {first.hint}")
    return Values(tuple(values_by_line), tuple(problems))


def _after_blanks(text: str, place: int) -> int:
    """Return the position of the next value, after blanks and the semicolon that ends a script."""
    match = _BLANK.match(text, place)
    end = match.end() if match else place
    return _after_blanks(text, end + 1) if text[end : end + 1] == ";" and text[end + 1 :].strip() == "" else end


def _deepest_nesting(text: str) -> int:
    """Return the deepest nesting of lists and objects; brackets within texts are not counted."""
    depth = deepest = 0
    for bracket in _NO_BRACKET.sub("", _STRING.sub("", text)):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def _read_integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise ValueError("a number has too many digits")
    return int(digits)


def _refuse_constant(constant: str) -> Json:
    raise ValueError(f"{constant} is not valid JSON")


def _syntax_problem(text: str, name: str, place: int) -> Problem:
    """Return the problem of invalid JSON at a position, worded for an editor."""
    line = text.count("\n", 0, place) + 1
    column = place - text.rfind("\n", 0, place)
    if not text[place:].strip():
        hint = "download or save it again, whole"
        return Problem(name, line, 1, "json-syntax", "the file ends in the middle of a post", hint)
    return Problem(
        name, line, column, "json-syntax", "this is not JSON as programs write it", "save it again as it came"
    )


def at(value: Json, *steps: str) -> Json:
    """Return the value at a path of names; None if it does not exist."""
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def word(value: Json, *steps: str) -> str:
    """Return the text, or the number as text, at a path of names; "" for anything else."""
    word_value = at(value, *steps)
    return str(word_value) if isinstance(word_value, str | int | float) and not isinstance(word_value, bool) else ""


def entries(value: Json, *steps: str) -> list[Json]:
    """Return the list at a path of names; empty for anything else."""
    value_found = at(value, *steps)
    return value_found if isinstance(value_found, list) else []


def true(value: Json, *steps: str) -> bool:
    """Return whether the value at a path of names is true itself."""
    return at(value, *steps) is True


def number(value: Json, *steps: str) -> int:
    """Return the whole number at a path of names; 0 for anything else."""
    number_value = at(value, *steps)
    if (
        isinstance(number_value, str)
        and number_value.isascii()
        and number_value.isdigit()
        and len(number_value) <= _DIGITS
    ):
        return int(number_value)
    return number_value if isinstance(number_value, int) and not isinstance(number_value, bool) else 0
