"""Parse one line of JSON, or explain in our own words why it is invalid.

Python's messages and limits differ between versions. Only the place of an error is taken from its parser.
"""

from __future__ import annotations

import json
import re
from collections import Counter

#: Limits of nesting and of digits in a number; no contribution needs more.
_DEPTH, _DIGITS = 8, 18
_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"')
_CURLY = frozenset("“”„‟«»")
_END_LINE = 'end the line with "}": each line is one whole contribution'
_NONE = ("this line is not a contribution", 'write it in { and }: {"id": "c1", "author": ...}')

#: The message for a text that goes on in the next line.
UNCLOSED = "the quotation mark that opens here is not closed on this line"
#: A pattern for the stable part of the parser's message with the text around the place: message and hint.
_MESSAGES = (
    (r"^Extra data.*?\|,", "there is a comma after the closing brace", "delete the comma at the end of the line"),
    (r"^Extra data", "something follows the closing brace", "begin each contribution on a line of its own"),
    (
        r"^Unterminated",
        UNCLOSED,
        "close it; a text has no line breaks: write \\n for one",
    ),
    (
        r"control character",
        "there is a tab, or another invisible character, in a text",
        "delete it, or write \\t for a tab",
    ),
    (r"^Invalid.*escape", "there is a backslash that begins nothing", "delete it, or write it twice"),
    (r"^Expecting ':'", "missing colon after the name of a field", 'write "name": "value"'),
    (
        r'^Expecting.*delimiter.*?"\|[A-Za-z.]',
        "a quotation mark within a text ends it here",
        'write \\" for each quotation mark within a text',
    ),
    (r"^Expecting.*delimiter.*?\|$", "the line ends too early", _END_LINE),
    (r"^Expecting.*delimiter", "missing comma between two fields", 'write ", " between them'),
    (r"property name", "the name of a field must be in double quotation marks", 'write "name": "value"'),
    (r"\|$", "the line ends too early", _END_LINE),
    (r"", "this text has no quotation marks", "put it in double quotation marks"),
)


class LineError(ValueError):
    """A line is not a valid object: column (from 1), message and hint."""

    def __init__(self, column: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.column, self.hint = column, hint


def parsed(line: str) -> dict[str, object]:
    """Return the object of a line.

    Raises:
        LineError: the line is not an object, or repeats a field.
    """
    if line.lstrip()[:1] not in {"{", "["}:
        raise LineError(1, *_NONE)
    without_texts = _TEXTS.sub("", line) if line.count("[") + line.count("{") > _DEPTH else ""
    if without_texts.count("[") + without_texts.count("{") > _DEPTH:
        raise LineError(
            1, f"there are more than {_DEPTH} brackets in this line", "a contribution has texts and nothing else"
        )
    try:
        value = json.loads(line, object_pairs_hook=_refuse_duplicates, parse_int=_read_integer)
    except json.JSONDecodeError as error:
        raise _explain_error(line, error) from None
    if not isinstance(value, dict):
        raise LineError(1, *_NONE)
    return value


def _read_integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise LineError(
            1, "there is a number with too many digits in this line", "put it in quotation marks if it is a text"
        )
    return int(digits)


def _refuse_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise LineError(1, f'"{twice}" is written twice in this line', "keep one of the two")
    return values


def _explain_error(line: str, error: json.JSONDecodeError) -> LineError:
    """Explain a mistake from the text around the place of the parser's error."""
    place = min(error.pos, len(line))
    before, after = line[:place].rstrip(), line[place:].lstrip()
    if curly := next((mark for mark in (line[place : place + 1], before[-1:], after[:1]) if mark in _CURLY), ""):
        at = line.index(curly, max(0, len(before) - 1))
        return LineError(at + 1, "there are curly quotation marks in this line", 'use straight quotation marks: "')
    if before.endswith(",") and after[:1] in {"}", "]"}:
        return LineError(len(before), "there is a comma too many", f'delete the comma before "{after[0]}"')
    if closed := re.match(r",\s*([}\]])", after):  # since Python 3.13 the comma is the place
        return LineError(place + 1, "there is a comma too many", f'delete the comma before "{closed[1]}"')
    if after.startswith("'"):
        return LineError(place + 1, "there are single quotation marks in this line", 'use double quotation marks: "')
    described = f"{error.msg} {before[-1:]}|{after[:1]}"  # no pattern looks further
    message, hint = next((message, hint) for form, message, hint in _MESSAGES if re.search(form, described))
    return LineError(place + 1, message, hint)
