"""Mistakes that leave a text valid YAML, but with another meaning than its author's.

YAML reads `note: ward #3 at night` as "ward", an entry of a list that is indented too far as part of the one above, and
`{name: Ana, on call}` as two fields. A quotation mark that is not closed takes all fields up to the next one into its
text. Each function looks at one value for one mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from casebuilder.model import field_names
from casebuilder.readers.yamltext.eventplaces import Fault, Lines, Refusal, end, start
from casebuilder.readers.yamltext.repair import NOT_IN_LINE, quoted, spaces, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.model import Mark

#: A field whose colon has no space after it: `name:Ana`.
_GLUED = re.compile(r"(?P<name>[A-Za-z_]\w*):(?P<value>\S.*)", re.DOTALL)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: The hyphen of an entry that begins a line.
_ENTRY = re.compile(r"^[ ]*(?P<hyphen>-) ", re.MULTILINE)
#: A line that begins with an entry's hyphen or the name of a field.
_PART = re.compile(r"^(?P<indent> *)(?P<hyphen>- )?(?: *- )*(?P<name>[A-Za-z_]\w*:(?:[ \t]|$))?", re.MULTILINE)
#: What follows a value on its line, and counts as a comment.
_COMMENT = re.compile(r"[ \t]+(?P<text>#[^\s#].*?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Misreading:
    """A part of a set of fields that is not what its author meant.

    Attributes:
        fault: what is wrong, and how to fix it.
        name: the field that was probably meant; empty if it cannot be known.
        value: the value of that field.
        key: where its name is.
        mark: where its value is.
        replaces_earlier: the fault before this one is about the same slip, and is replaced by this one.
    """

    fault: Fault
    name: str = ""
    value: str = ""
    key: Mark = (0, 0)
    mark: Mark = (0, 0)
    replaces_earlier: bool = False


def lost_after_hash(lines: Lines, event: yaml.ScalarEvent, name: str) -> Fault | None:
    """Return the fault of a value that goes on after " #", where YAML begins a comment. `name` is its field, or ""."""
    comment = _COMMENT.match(lines.text, end(event).index)
    if not comment:
        return None
    full_value = f"{event.value} {comment['text']}"
    hint = f'{write(name, full_value)}; if it is a comment, type a space after the "#"'
    message = 'what begins with "#" counts as a comment and would be lost'
    return Fault(lines.place(comment.start("text")), "yaml-syntax", message, hint)


def unopened_quotation_mark(lines: Lines, event: yaml.ScalarEvent, name: str) -> Fault | None:
    """Return the fault of a value that ends with its only quotation mark. One after a digit means inches."""
    text = str(event.value)
    if not text.endswith('"') or text.count('"') != 1 or text[-2:-1].isdigit():
        return None
    message = "a quotation mark is closed here that was not opened"
    return Fault(lines.place(end(event).index - 1), "yaml-syntax", message, write(name, text[:-1].rstrip()))


def refuse_unclosed_quotation_mark(lines: Lines, event: yaml.ScalarEvent) -> None:
    """Look for fields, or entries of a list, within a text in quotation marks: a later mark has closed it.

    Raises:
        Refusal: there are some; at the opening mark.
    """
    text, begin, last = lines.text, start(event).index, end(event).index
    line_start = text.rfind("\n", 0, begin) + 1
    before = text[line_start:begin]
    column = len(before) - len(before.lstrip(" -"))  # of the field, or of the entry's text
    is_alone = not before.strip(" ")  # on a line below its field, so that a text at the same column may belong to it
    for part in _PART.finditer(text, text.find("\n", begin) + 1, last):
        indent = len(part["indent"])
        is_outside = indent < column or (indent == column and bool(part["name"]) and not is_alone)
        if is_outside and (part["hyphen"] or part["name"]):
            break
    else:
        return
    from casebuilder.readers.yamltext.linemistakes import open_quotes

    row = text.count("\n", 0, begin)
    rows = text.split("\n")
    repair = next(open_quotes(rows, row), None)
    last_row = row + len(text[begin : part.start()].rstrip().split("\n")) - 1
    hint = "close it where its text ends, or delete it"
    if last_row > row:
        hint = (
            f"close it at the end of line {lines.at_line(last_row, 0)[0]}: …{rows[last_row].split()[-1]}{event.style}"
        )
    elif repair and repair.column == begin - line_start:
        hint = repair.hint
    raise Refusal(lines.of(event.start_mark), "yaml-syntax", "a quotation mark is opened here and not closed", hint)


def refuse_joined_entries(lines: Lines, event: yaml.ScalarEvent) -> None:
    """Look for two entries of a list that became one, because the second is indented further.

    Raises:
        Refusal: there are two.
    """
    text, begin = lines.text, start(event).index
    entry = _ENTRY.search(text, begin, end(event).index)
    if entry and not text[text.rfind("\n", 0, begin) + 1 : begin].strip(" -"):
        too_far = entry.start("hyphen") - entry.start() - (start(event).column - 2)
        hint = f"move this line {spaces(too_far)} to the left, so that it is under the hyphen above"
        raise Refusal(lines.place(entry.start("hyphen")), "yaml-syntax", NOT_IN_LINE, hint)


def refuse_empty_block(lines: Lines, event: yaml.ScalarEvent) -> None:
    """Look for the text of an empty block, which begins with "|" or ">", on the lines below it.

    Raises:
        Refusal: there is such a text, and it is not indented.
    """
    from casebuilder.readers.yamltext.blockmistakes import empty_block

    if stray := empty_block(lines.text.split("\n"), lines.text.count("\n", 0, start(event).index)):
        line, column, message, hint = stray
        raise Refusal(lines.at_line(line, column), "yaml-syntax", message, hint)


def lost_colon(
    lines: Lines, event: yaml.ScalarEvent, value: yaml.Event, values: Mapping[str, object]
) -> Misreading | None:
    """Return a field without its colon, whose text has another one: `title "Sepsis: a trial"`.

    Args:
        lines: the whole text.
        event: what YAML takes for the field's name: `title "Sepsis`.
        value: what it takes for the value: `a trial"`.
        values: the fields before it.
    """
    name, _, quoted_text = str(event.value).partition(" ")
    is_field = quoted_text[:1] in {'"', "'"} and name in field_names() and name not in values
    if not is_field or not isinstance(value, yaml.ScalarEvent):
        return None
    text = lines.text[start(event).index + len(name) : end(value).index].strip()
    key = lines.of(event.start_mark)
    place = key[0], key[1] + len(name)
    fault = Fault(place, "yaml-syntax", f'missing colon after "{name}"', write(name, text, bare=True))
    return Misreading(fault, name, text.strip(quoted_text[0]), key, lines.of(value.start_mark))


def without_colon(
    lines: Lines,
    event: yaml.ScalarEvent,
    values: Mapping[str, object],
    last: yaml.Event | None,
    earlier: Fault | None,
) -> Misreading:
    """Return what is meant by words in braces without a colon: a mistyped field, or the text after a comma.

    Args:
        lines: the whole text.
        event: the words.
        values: the fields before them.
        last: the value of the last of these fields.
        earlier: the fault before; may be about an earlier comma in the same text.
    """
    text, mark = str(event.value), lines.of(event.start_mark)
    if without_space := _GLUED.fullmatch(text):
        name = without_space["name"]
        place = mark[0], mark[1] + len(name)
        hint = write(name, without_space["value"], bare=True)
        return Misreading(
            Fault(place, "yaml-syntax", "missing space after the colon", hint), name, without_space["value"], mark, mark
        )
    name, _, value = text.partition(" ")
    if _DAY.fullmatch(text) and values and "on" not in values:
        name, value = "on", text
    is_field = bool(value) and name in field_names() and name not in values
    if isinstance(last, yaml.ScalarEvent) and not last.style and values and not (is_field and value[0].isdigit()):
        return _text_with_comma(lines, event, tuple(values)[-1], last, earlier)
    if is_field:
        fault = Fault(mark, "yaml-syntax", f'missing colon after "{name}"', write(name, value, bare=True))
        return Misreading(fault, name, value, mark, mark)
    return Misreading(Fault(mark, "yaml-syntax", f'missing colon after "{text}"', "write it as name: value"))


def _text_with_comma(
    lines: Lines, event: yaml.ScalarEvent, name: str, last: yaml.ScalarEvent, earlier: Fault | None
) -> Misreading:
    """Return the text of the field `name`, which a comma before the words of `event` has cut."""
    full_text = " ".join(lines.text[start(last).index : end(event).index].split())
    hint = f'put the text after "{name}:" in quotation marks; it contains a colon or a comma: {quoted(full_text)}'
    message = f'the comma before "{event.value}" ends the text of "{name}"'
    place = lines.of(last.start_mark)
    is_same_text = earlier is not None and earlier.mark == place
    if earlier and is_same_text:  # the first comma of the text is the one to name
        message = earlier.message
    return Misreading(Fault(place, "yaml-syntax", message, hint), replaces_earlier=is_same_text)
