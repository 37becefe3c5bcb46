"""Mistakes within one line: quotation marks, colons, and characters with a meaning at a value's start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.model import field_names
from casebuilder.readers.yamltext.bracketmistakes import BRACKET_RULES
from casebuilder.readers.yamltext.repair import (
    FIELD,
    ODD_BLANKS,
    WITHOUT_WIDTH,
    Repair,
    begins_with,
    match_field,
    odd_blank,
    quoted,
    without_outer_marks,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Rule = Callable[[list[str], int], Iterator[Repair]]

_CURLY = "“”„‟«»‘’‚‛"
#: An odd blank at the start of a line, where a hyphen may stand before it, or after a colon.
_ODD = re.compile(rf"(?:^(?:[ {ODD_BLANKS}]*+-)?|:) *+(?P<odd>[{ODD_BLANKS}])")
_HEADED = re.compile(r"(?P<head> *(?:- +)*(?:[A-Za-z_]\w*:[ \t]+)?)(?P<value>\S.*?)[ \t]*$")
_AFTER_QUOTES = re.compile(r"""(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?P<rest>\s*[^\s#].*)$""")
_GLUED = re.compile(r"(?P<lead> *(?:- +)*)(?P<name>[A-Za-z_]\w*):(?P<value>[^\s:/].*)$")
_BARE = re.compile(r"(?P<lead> *(?:- +)*)(?P<name>[A-Za-z_]\w*)(?P<gap> ?[=;,.\uff1a\ufe55] ?|[ \t]+)(?P<value>\S.*)$")
_JSON = re.compile(
    r'(?P<lead> *(?:- +)*)"?(?P<name>[A-Za-z_]\w*)"?:[ \t]*(?P<value>"[^"]*"|[^"\s][^"]*?)(?P<comma>,)[ \t]*$'
)
_STARRED = re.compile(
    r"(?P<lead> *(?:- +)*)(?P<signs>[*_`]{1,3})(?P<name>[A-Za-z]\w*?)"
    r"(?::(?P=signs)|(?P=signs):)[ \t]*(?P<value>.*?)[ \t]*$"
)
_SIGNS = "@`%*&!|>?-[]{},\"'"


def _name_of(match: re.Match[str]) -> str:
    return str(match["name"]) if "name" in match.re.groupindex and match["name"] else ""


def starred_names(lines: list[str], number: int) -> Iterator[Repair]:
    """Find the name of a field in bold or as code, as word processors and chats have it."""
    match = _STARRED.match(lines[number])
    if match:
        corrected = f"{match['lead']}{match['name']}: {match['value']}".rstrip()
        signs = match["signs"]
        hint = write(match["name"], match["value"], bare=True) if match["value"] else f"write {match['name']}:"
        yield Repair(number, match.start("signs"), f'the name of a field has no "{signs}"', hint, {number: corrected})


def odd_blanks(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a no-break space, or a zero-width space, where a space must be."""
    line = lines[number]
    if match := _ODD.search(line):
        place = match.start("odd")
        corrected = {row: even(text) for row, text in enumerate(lines) if _ODD.search(text)}
        yield Repair(number, place, *odd_blank(line[place]), corrected)


def even(text: str) -> str:
    """Replace unusual spaces by ordinary ones, and delete zero-width ones."""
    return re.sub(rf"[{ODD_BLANKS}]", lambda blank: "" if blank[0] in WITHOUT_WIDTH else " ", text)


def tabs(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a tab before a line's first word."""
    line = lines[number]
    blanks = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" in blanks:
        for width in (2, 4, 8, 6, 3, 1, 0):
            corrected = {row: re.sub(r"^[ \t]+", lambda indent: indent[0].replace("\t", " " * width), text)  # noqa: B023 - called at once
                     for row, text in enumerate(lines) if re.match(r"[ ]*\t", text)}  # fmt: skip
            hint = f"delete the tab and type {width} spaces" if width else "delete the tab"
            yield Repair(number, blanks.index("\t"), "the line is indented with a tab", hint, corrected)


def as_json(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a line in a program's style: its name in quotation marks, a comma at its end."""
    match = _JSON.match(lines[number])
    if match:
        corrected = {
            row: f"{line['lead']}{line['name']}: {line['value']}"
            for row, text in enumerate(lines)
            if (line := _JSON.match(text))
        }
        message = "there is a comma at the end of the line"
        hint = write(match["name"], match["value"], bare=True)
        yield Repair(number, match.start("comma"), message, hint, corrected)


def backslashes(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a backslash in double quotation marks, where it has a special meaning."""
    line = lines[number]
    field = match_field(line)
    if field and field["value"][0] == field["value"][-1] == '"' and "\\" in field["value"]:
        corrected = line[: field.start("value")] + quoted(field["value"][1:-1])
        place = field.start("value") + field["value"].index("\\")
        message = "there is a backslash in double quotation marks"
        yield Repair(
            number, place, message, f"use single ones: {corrected[field.start('value') :]}", {number: corrected}
        )


def after_quotes(lines: list[str], number: int) -> Iterator[Repair]:
    """Find text, or a comma, after the closing quotation mark."""
    line = lines[number]
    head = _HEADED.match(line)
    if head and (remainder := _AFTER_QUOTES.match(head["value"])):
        place = head.start("value") + remainder.start("rest") + len(remainder["rest"]) - len(remainder["rest"].lstrip())
        if set(remainder["rest"].strip()) <= set(",;."):
            corrected = line[: head.start("value") + remainder.end("quoted")]
            hint = f'delete the "{remainder["rest"].strip()}" at the end of the line'
            yield Repair(number, place, "something follows the closing quotation mark", hint, {number: corrected})
        name = _name_of(match) if (match := match_field(line)) else ""
        quoted_value = quoted(without_outer_marks(head["value"]))
        kind = "single" if quoted_value.startswith("'") else "double"
        hint = f"put the whole {name or 'text'} in {kind} quotation marks: {quoted_value}"
        corrected = line[: head.start("value")] + quoted_value
        yield Repair(number, place, "text follows the closing quotation mark", hint, {number: corrected})


def open_quotes(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a quotation mark that is not closed on its line."""
    line = lines[number]
    head = _HEADED.match(line)
    if head and (mark := head["value"][0]) in "\"'" and not head["value"].endswith(mark) | (len(head["value"]) == 1):
        content = head["value"][1:].rstrip(_CURLY) if head["value"][-1] in _CURLY else head["value"][1:]
        closed_value = f"{mark}{content}{mark}"
        hint = "close it at the end of the line"
        if len(closed_value) < 120:  # noqa: PLR2004 - a line of a terminal
            hint += f": {closed_value}"
        corrected = line[: head.start("value")] + closed_value
        yield Repair(
            number, head.start("value"), "a quotation mark is opened here and not closed", hint, {number: corrected}
        )
        hint = f"delete it, or {write(_name_of(match) if (match := match_field(line)) else '', head['value'])}"
        corrected = line[: head.start("value")] + quoted(head["value"])
        yield Repair(
            number, head.start("value"), "a quotation mark is opened here and not closed", hint, {number: corrected}
        )


def two_fields(lines: list[str], number: int) -> Iterator[Repair]:
    """Find two fields on one line."""
    line = lines[number]
    field = FIELD.match(line)
    match = re.search(r"(?:[,;]| ) +(?P<name>[A-Za-z_]\w*): ", field["value"]) if field else None
    if field and match and match["name"] in field_names():
        place = field.start("value") + match.start("name")
        lead = " " * len(field["lead"])
        corrected = f"{line[: field.start('value') + match.start()]}\n{lead}{line[place:]}"
        hint = f"begin a new line with {line[place:].strip()}"
        yield Repair(
            number, place, f'"{field["name"]}" and "{match["name"]}" are on one line', hint, {number: corrected}
        )


def second_colon(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a colon in a value without straight quotation marks; curly ones count as letters."""
    line = lines[number]
    field = match_field(line)
    if field and ": " in f"{field['value']} " and field["value"][0] not in "\"'[{|>":
        value = field["value"]
        name, _, rest = value.partition(":")
        if name.casefold() == _name_of(field).casefold() and rest.strip():  # "pmid: PMID: 25830536"
            corrected = line[: field.start("value")] + quoted(rest.strip())
            message = f'"{name}" is written twice in this line'
            hint = f"write {_name_of(field)}: {rest.strip()}"
            yield Repair(number, field.start("value"), message, hint, {number: corrected})
        curly = value[0] in _CURLY and value[-1] in _CURLY
        content = value.strip(_CURLY) if curly else value
        hint = write(_name_of(field), content)
        if curly:
            hint += f', with straight quotation marks: "{value[0]}" counts as a letter'
        corrected = line[: field.start("value")] + quoted(content)
        place = field.start("value") + value.index(":")
        yield Repair(number, place, "there is a second colon in this line", hint, {number: corrected})


def first_sign(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a value that begins with a special character."""
    line = lines[number]
    field = match_field(line)
    if field and re.fullmatch(r"[<>~≈]\s*\d[\d.,]*", field["value"]):
        digits = field["value"].lstrip("<>~≈ ")
        corrected = line[: field.start("value")] + quoted(digits)
        hint = f"write {_name_of(field)}: {digits}".replace(" :", "")
        yield Repair(number, field.start("value"), begins_with(field["value"][0]), hint, {number: corrected})
    if field and (sign := field["value"][0]) in _SIGNS:
        corrected = line[: field.start("value")] + quoted(field["value"])
        yield Repair(
            number, field.start("value"), begins_with(sign), write(_name_of(field), field["value"]), {number: corrected}
        )


def glued_colon(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a colon without a space after it."""
    line = lines[number]
    match = _GLUED.match(line)
    if match:
        corrected = f"{match['lead']}{match['name']}: {match['value']}"
        message = "missing space after the colon"
        yield Repair(
            number, match.end("name"), message, write(match["name"], match["value"], bare=True), {number: corrected}
        )


def no_colon(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a field's name without a colon, or with another character in its place."""
    line = lines[number]
    match = _BARE.match(line)
    if match and match["name"].lower() in field_names():
        value = match["value"]
        corrected = f"{match['lead']}{match['name']}: {value}"
        message = f'missing colon after "{match["name"]}"'
        place = match.start("gap")
        yield Repair(number, place, message, write(match["name"], value, bare=True), {number: corrected})
    bare_name = re.match(r"(?P<lead> *(?:- +)*)(?P<name>[A-Za-z_]\w*)[ \t]*$", line)
    if bare_name and bare_name["name"].lower() in field_names():
        message = f'missing colon after "{bare_name["name"]}"'
        corrected = f"{bare_name['lead']}{bare_name['name']}:"
        yield Repair(number, bare_name.end("name"), message, f"write {bare_name['name']}:", {number: corrected})


#: The rules, in the order in which they are tried.
VALUE_RULES: tuple[Rule, ...] = (
    odd_blanks,
    tabs,
    as_json,
    starred_names,
    backslashes,
    after_quotes,
    open_quotes,
    *BRACKET_RULES,
    two_fields,
    second_colon,
    first_sign,
    glued_colon,
    no_colon,
)
