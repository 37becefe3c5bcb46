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


def _with(line: str, start: int, end: int, words: str) -> str:
    return line[:start] + words + line[end:]


def _named(line: str) -> re.Match[str] | None:
    """Return the line as a field with its value, or as an entry of a list."""
    return FIELD.match(line) or ENTRY.match(line)


def _name_of(match: re.Match[str]) -> str:
    return str(match["name"]) if "name" in match.re.groupindex and match["name"] else ""


def odd_blanks(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a no-break space, or a zero-width space, where a space must be."""
    line = lines[number]
    if match := _ODD.search(line):
        place = match.start("odd")
        fixed = {at: even(words) for at, words in enumerate(lines) if _ODD.search(words)}
        yield Repair(number, place, *odd_blank(line[place]), fixed)


def even(words: str) -> str:
    """Replace unusual spaces by ordinary ones, and delete zero-width ones."""
    return re.sub(rf"[{ODD_BLANKS}]", lambda blank: "" if blank[0] in WITHOUT_WIDTH else " ", words)


def tabs(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a tab before a line's first word."""
    line = lines[number]
    blanks = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" in blanks:
        for width in (2, 4, 8, 6, 3, 1, 0):
            fixed = {at: re.sub(r"^[ \t]+", lambda found: found[0].replace("\t", " " * width), words)  # noqa: B023 - called at once
                     for at, words in enumerate(lines) if re.match(r"[ ]*\t", words)}  # fmt: skip
            hint = f"delete the tab and type {width} spaces" if width else "delete the tab"
            yield Repair(number, blanks.index("\t"), "the line is indented with a tab", hint, fixed)


def as_json(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a line in a program's style: its name in quotation marks, a comma at its end."""
    match = _JSON.match(lines[number])
    if match:
        fixed = {
            at: f"{line['lead']}{line['name']}: {line['value']}"
            for at, words in enumerate(lines)
            if (line := _JSON.match(words))
        }
        message = "there is a comma at the end of the line"
        hint = write(match["name"], match["value"], bare=True)
        yield Repair(number, match.start("comma"), message, hint, fixed)


def backslashes(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a backslash in double quotation marks, where it has a special meaning."""
    line = lines[number]
    named = _named(line)
    if named and named["value"][0] == named["value"][-1] == '"' and "\\" in named["value"]:
        fixed = line[: named.start("value")] + quoted(named["value"][1:-1])
        place = named.start("value") + named["value"].index("\\")
        message = "there is a backslash in double quotation marks"
        yield Repair(number, place, message, f"use single ones: {fixed[named.start('value') :]}", {number: fixed})


def after_quotes(lines: list[str], number: int) -> Iterator[Repair]:
    """Find text, or a comma, after the closing quotation mark."""
    line = lines[number]
    head = _HEADED.match(line)
    if head and (found := _AFTER_QUOTES.match(head["value"])):
        place = head.start("value") + found.start("rest") + len(found["rest"]) - len(found["rest"].lstrip())
        if set(found["rest"].strip()) <= set(",;."):
            fixed = line[: head.start("value") + found.end("quoted")]
            hint = f'delete the "{found["rest"].strip()}" at the end of the line'
            yield Repair(number, place, "something follows the closing quotation mark", hint, {number: fixed})
        name = _name_of(match) if (match := _named(line)) else ""
        right = quoted(head["value"])
        kind = "single" if right.startswith("'") else "double"
        hint = f"put the whole {name or 'text'} in {kind} quotation marks: {right}"
        fixed = line[: head.start("value")] + right
        yield Repair(number, place, "text follows the closing quotation mark", hint, {number: fixed})


def open_quotes(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a quotation mark that is not closed on its line."""
    line = lines[number]
    head = _HEADED.match(line)
    if head and (mark := head["value"][0]) in "\"'" and not head["value"].endswith(mark) | (len(head["value"]) == 1):
        inner = head["value"][1:].rstrip(_CURLY) if head["value"][-1] in _CURLY else head["value"][1:]
        right = f"{mark}{inner}{mark}"
        hint = f"close it at the end of the line: {right}" if len(right) < 120 else "close it at the end of the line"  # noqa: PLR2004 - a line of a terminal
        fixed = line[: head.start("value")] + right
        yield Repair(
            number, head.start("value"), "a quotation mark is opened here and not closed", hint, {number: fixed}
        )
        hint = f"delete it, or {write(_name_of(match) if (match := _named(line)) else '', head['value'])}"
        fixed = line[: head.start("value")] + quoted(head["value"])
        yield Repair(
            number, head.start("value"), "a quotation mark is opened here and not closed", hint, {number: fixed}
        )


def brackets(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a bracket or brace that is not closed, or closed twice."""
    line = lines[number].rstrip()
    for opener, closer in _OPENERS.items():
        kind = "square bracket" if opener == "[" else "brace"
        if line.count(opener) > line.count(closer):
            place = line.rindex(opener)
            start = _value_start(line, place)
            fixed = (line[:-1] if line.endswith(")") and "(" not in line else line.rstrip(",; ")) + closer
            hint = f'end the line with "{closer}": {fixed[start:]}'
            yield Repair(
                number, place, f'a {kind} is opened here with "{opener}" and not closed', hint, {number: fixed}
            )
        if line.count(closer) > line.count(opener):
            place = line.rindex(closer)
            fixed = _with(line, place, place + 1, "")
            yield Repair(number, place, f'there is one "{closer}" too many', "delete it", {number: fixed})
    if line.endswith((",", ";")) and line.rstrip(",;").endswith(("]", "}")):
        fixed = line.rstrip(",;")
        hint = f'delete the "{line[-1]}" at the end of the line'
        yield Repair(number, len(line) - 1, "something follows the closing bracket", hint, {number: fixed})


def _value_start(line: str, place: int) -> int:
    named = _named(line)
    return named.start("value") if named and named.start("value") <= place else 0


def hash_in_brackets(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a hashtag without quotation marks, which begins a comment."""
    line = lines[number]
    hashes = list(_REMARK.finditer(line))
    if hashes:
        fixed = _REMARK.sub(lambda match: f'{match["before"]}"{match["value"]}"', line)
        place = hashes[0].start("value")
        message = 'what begins with "#" counts as a comment, and so does the rest of the line'
        yield Repair(
            number, place, message, f'put the hashtag in quotation marks: "{hashes[0]["value"]}"', {number: fixed}
        )


def in_braces(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a sentence in braces that contains a colon, a comma or a #."""
    line = lines[number]
    for match in _IN_BRACES.finditer(line):
        if re.search(r": |, | #|:$", match["value"]):
            hint = f'put the text after "{match["name"]}:" in quotation marks; it contains a colon or a comma: '
            hint += quoted(match["value"])
            fixed = _with(line, match.start("value"), match.end("value"), quoted(match["value"]))
            message = "the braces cannot be read: a comma ends a field there, and a colon ends its name"
            yield Repair(number, match.start("value"), message, hint, {number: fixed})


def two_fields(lines: list[str], number: int) -> Iterator[Repair]:
    """Find two fields on one line."""
    line = lines[number]
    named = FIELD.match(line)
    match = re.search(r"(?:[,;]| ) +(?P<name>[A-Za-z_]\w*): ", named["value"]) if named else None
    if named and match and match["name"] in field_names():
        place = named.start("value") + match.start("name")
        lead = " " * len(named["lead"])
        fixed = f"{line[: named.start('value') + match.start()]}\n{lead}{line[place:]}"
        hint = f"begin a new line with {line[place:].strip()}"
        yield Repair(number, place, f'"{named["name"]}" and "{match["name"]}" are on one line', hint, {number: fixed})


def second_colon(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a colon in a value without straight quotation marks; curly ones count as letters."""
    line = lines[number]
    named = _named(line)
    if named and ": " in f"{named['value']} " and named["value"][0] not in "\"'[{|>":
        value = named["value"]
        curly = value[0] in _CURLY and value[-1] in _CURLY
        inner = value.strip(_CURLY) if curly else value
        hint = write(_name_of(named), inner)
        if curly:
            hint += f', with straight quotation marks: "{value[0]}" counts as a letter'
        fixed = line[: named.start("value")] + quoted(inner)
        place = named.start("value") + value.index(":")
        yield Repair(number, place, "there is a second colon in this line", hint, {number: fixed})


def first_sign(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a value that begins with a special character."""
    line = lines[number]
    named = _named(line)
    if named and (sign := named["value"][0]) in _SIGNS:
        fixed = line[: named.start("value")] + quoted(named["value"])
        yield Repair(
            number, named.start("value"), begins_with(sign), write(_name_of(named), named["value"]), {number: fixed}
        )


def glued_colon(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a colon without a space after it."""
    line = lines[number]
    match = _GLUED.match(line)
    if match:
        fixed = f"{match['lead']}{match['name']}: {match['value']}"
        message = "missing space after the colon"
        yield Repair(
            number, match.end("name"), message, write(match["name"], match["value"], bare=True), {number: fixed}
        )


def no_colon(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a field's name without a colon, or with another character in its place."""
    line = lines[number]
    match = _BARE.match(line)
    if match and match["name"].lower() in field_names():
        value = match["value"]
        fixed = f"{match['lead']}{match['name']}: {value}"
        message = f'missing colon after "{match["name"]}"'
        place = match.start("gap")
        yield Repair(number, place, message, write(match["name"], value, bare=True), {number: fixed})
    alone = re.match(r"(?P<lead> *(?:- +)*)(?P<name>[A-Za-z_]\w*)[ \t]*$", line)
    if alone and alone["name"].lower() in field_names():
        message = f'missing colon after "{alone["name"]}"'
        fixed = f"{alone['lead']}{alone['name']}:"
        yield Repair(number, alone.end("name"), message, f"write {alone['name']}:", {number: fixed})


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
