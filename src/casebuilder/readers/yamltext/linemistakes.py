"""Mistakes within one line: quotation marks, brackets, colons, and characters with a meaning at a value's start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.model import field_names
from casebuilder.readers.yamltext.repair import (
    ENTRY,
    FIELD,
    ODD_BLANKS,
    WITHOUT_WIDTH,
    Repair,
    begins_with,
    odd_blank,
    quoted,
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
_IN_BRACES = re.compile(
    r"(?P<before>[{,]\s*)(?P<name>[A-Za-z_]\w*):[ \t]+(?P<value>[^\s\"'\[{][^{}]*?)\s*(?=,\s*[A-Za-z_]\w*:\s|\}|$)"
)
_REMARK = re.compile(r"(?P<before>[\[{,]\s*(?:(?P<name>[A-Za-z_]\w*):[ \t]+)?)(?P<value>#[^\s,}\]]+)")
_JSON = re.compile(
    r'(?P<lead> *(?:- +)*)"?(?P<name>[A-Za-z_]\w*)"?:[ \t]*(?P<value>"[^"]*"|[^"\s][^"]*?)(?P<comma>,)[ \t]*$'
)
_SIGNS = "@`%*&!|>?-[]{},\"'"
_OPENERS = {"[": "]", "{": "}"}


def _replace_part(line: str, start: int, end: int, new_text: str) -> str:
    return line[:start] + new_text + line[end:]


def _match_field(line: str) -> re.Match[str] | None:
    """Return the line as a field with its value, or as an entry of a list."""
    return FIELD.match(line) or ENTRY.match(line)


def _name_of(match: re.Match[str]) -> str:
    return str(match["name"]) if "name" in match.re.groupindex and match["name"] else ""


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
    field = _match_field(line)
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
        name = _name_of(match) if (match := _match_field(line)) else ""
        quoted_value = quoted(head["value"])
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
        hint = f"delete it, or {write(_name_of(match) if (match := _match_field(line)) else '', head['value'])}"
        corrected = line[: head.start("value")] + quoted(head["value"])
        yield Repair(
            number, head.start("value"), "a quotation mark is opened here and not closed", hint, {number: corrected}
        )


def brackets(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a bracket or brace that is not closed, or closed twice."""
    line = lines[number].rstrip()
    for opener, closer in _OPENERS.items():
        kind = "square bracket" if opener == "[" else "brace"
        if line.count(opener) > line.count(closer):
            place = line.rindex(opener)
            start = _value_start(line, place)
            corrected = (line[:-1] if line.endswith(")") and "(" not in line else line.rstrip(",; ")) + closer
            hint = f'end the line with "{closer}": {corrected[start:]}'
            yield Repair(
                number, place, f'a {kind} is opened here with "{opener}" and not closed', hint, {number: corrected}
            )
        if line.count(closer) > line.count(opener):
            place = line.rindex(closer)
            corrected = _replace_part(line, place, place + 1, "")
            yield Repair(number, place, f'there is one "{closer}" too many', "delete it", {number: corrected})
    if line.endswith((",", ";")) and line.rstrip(",;").endswith(("]", "}")):
        corrected = line.rstrip(",;")
        hint = f'delete the "{line[-1]}" at the end of the line'
        yield Repair(number, len(line) - 1, "something follows the closing bracket", hint, {number: corrected})


def _value_start(line: str, place: int) -> int:
    field = _match_field(line)
    return field.start("value") if field and field.start("value") <= place else 0


def hash_in_brackets(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a hashtag without quotation marks, which begins a comment."""
    line = lines[number]
    hashes = list(_REMARK.finditer(line))
    if hashes:
        corrected = _REMARK.sub(lambda match: f'{match["before"]}"{match["value"]}"', line)
        place = hashes[0].start("value")
        message = 'what begins with "#" counts as a comment, and so does the rest of the line'
        yield Repair(
            number, place, message, f'put the hashtag in quotation marks: "{hashes[0]["value"]}"', {number: corrected}
        )


def in_braces(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a sentence in braces that contains a colon, a comma or a #."""
    line = lines[number]
    for match in _IN_BRACES.finditer(line):
        if re.search(r": |, | #|:$", match["value"]):
            hint = f'put the text after "{match["name"]}:" in quotation marks; it contains a colon or a comma: '
            hint += quoted(match["value"])
            corrected = _replace_part(line, match.start("value"), match.end("value"), quoted(match["value"]))
            message = "the braces cannot be read: a comma ends a field there, and a colon ends its name"
            yield Repair(number, match.start("value"), message, hint, {number: corrected})


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
    field = _match_field(line)
    if field and ": " in f"{field['value']} " and field["value"][0] not in "\"'[{|>":
        value = field["value"]
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
    field = _match_field(line)
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
    backslashes,
    after_quotes,
    open_quotes,
    hash_in_brackets,
    brackets,
    in_braces,
    two_fields,
    second_colon,
    first_sign,
    glued_colon,
    no_colon,
)
