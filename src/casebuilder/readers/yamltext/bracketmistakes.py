"""Mistakes in brackets and braces: one that is not closed, a comma too many, and texts that end early in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.model import field_names
from casebuilder.readers.yamltext.repair import Repair, match_field, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Rule = Callable[[list[str], int], Iterator[Repair]]

_IN_BRACES = re.compile(
    r"(?P<before>[{,]\s*)(?P<name>[A-Za-z_]\w*):[ \t]+(?P<value>[^\s\"'\[{][^{}]*?)\s*(?=,\s*[A-Za-z_]\w*:\s|\}|$)"
)
_QUOTED_IN_BRACES = re.compile(
    r"[{,]\s*(?P<name>[A-Za-z_]\w*):[ \t]+(?P<value>(?P<mark>[\"'])[^{}]+?)\s*(?=,\s*[A-Za-z_]\w*:\s|\}|$)"
)
_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\]\(<?(?P<address>https?://[^\s()<>]+)>?\)")
_REMARK = re.compile(r"(?P<before>[\[{,]\s*(?:(?P<name>[A-Za-z_]\w*):[ \t]+)?)(?P<value>#[^\s,}\]]+)")
_COMMAS = re.compile(r"(?P<kept>[\[{]|,)(?P<extra>\s*,)+\s*")
#: The instruction `!ENV` of settings, in any letters, glued to its list.
_GLUED_TAG = re.compile(r"(?P<tag>![A-Za-z]+)\[")
_COMMENT = re.compile(r"[ \t]+#(?:[ \t].*)?$")
_OPENERS = {"[": "]", "{": "}"}


def _replace_part(line: str, start: int, end: int, new_text: str) -> str:
    return line[:start] + new_text + line[end:]


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


def brackets(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a bracket or brace that is not closed, or closed twice."""
    comment = match[0] if (match := _COMMENT.search(lines[number])) else ""
    line = lines[number].removesuffix(comment).rstrip()
    for opener, closer in _OPENERS.items():
        kind = "square bracket" if opener == "[" else "brace"
        if line.count(opener) > line.count(closer):
            place = line.rindex(opener)
            start = _value_start(line, place)
            corrected = (line[:-1] if line.endswith(")") and "(" not in line else line.rstrip(",; ")) + closer
            what_to_do = f'write "{closer}" before the comment' if comment else f'end the line with "{closer}"'
            hint = f"{what_to_do}: {corrected[start:]}"
            yield Repair(
                number,
                place,
                f'a {kind} is opened here with "{opener}" and not closed',
                hint,
                {number: corrected + comment},
            )
        if line.count(closer) > line.count(opener):
            place = line.rindex(closer)
            corrected = _replace_part(line, place, place + 1, "")
            yield Repair(number, place, f'there is one "{closer}" too many', "delete it", {number: corrected + comment})
    if line.endswith((",", ";")) and line.rstrip(",;").endswith(("]", "}")):
        corrected = line.rstrip(",;")
        hint = f'delete the "{line[-1]}" at the end of the line'
        yield Repair(
            number, len(line) - 1, "something follows the closing bracket", hint, {number: corrected + comment}
        )


def _value_start(line: str, place: int) -> int:
    field = match_field(line)
    return field.start("value") if field and field.start("value") <= place else 0


def commas(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a comma in brackets without an entry before it."""
    line = lines[number]
    for match in _COMMAS.finditer(line):
        space = " " if match["kept"] == "," else ""
        corrected = _replace_part(line, match.start(), match.end(), match["kept"] + space)
        hint = f"delete it: {corrected[_value_start(line, match.start()) :].strip()}"
        yield Repair(number, match.start("extra"), "there is a comma too many here", hint, {number: corrected})


def markdown_links(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a link of Markdown in place of an address."""
    field = match_field(lines[number])
    if field and (match := _LINK.fullmatch(field["value"])):
        is_entry = "name" not in field.re.groupindex
        link = f'{{title: {quoted(match["words"])}, url: "{match["address"]}"}}'
        value = link if is_entry else match["address"]
        hint = f"write - {value}" if is_entry else f"write {field['name']}: {value}"
        corrected = lines[number][: field.start("value")] + value
        yield Repair(number, field.start("value"), "this is a link of Markdown", hint, {number: corrected})


def glued_tag(lines: list[str], number: int) -> Iterator[Repair]:
    """Find `!ENV[` without a space."""
    field = match_field(lines[number])
    if field and (match := _GLUED_TAG.match(field["value"])):
        place = field.start("value") + match.end("tag")
        corrected = _replace_part(lines[number], place, place, " ")
        hint = f"write {corrected.strip()}"
        yield Repair(number, place, f'missing space after "{match["tag"]}"', hint, {number: corrected})


def in_braces(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a sentence in braces that contains a colon, a comma or a #."""
    line = lines[number]
    for match in _IN_BRACES.finditer(line):
        if (following := re.search(r"\s+(?P<name>[A-Za-z_]\w*): ", match["value"])) and following[
            "name"
        ] in field_names():
            value = match["value"][: following.start()]
            place = match.start("value") + following.start()
            corrected = _replace_part(line, place, place, ",")
            message = f'missing comma before "{following["name"]}"'
            hint = f"write {match['name']}: {value}, {match['value'][following.start() :].strip()}"
            yield Repair(number, place, message, hint, {number: corrected})
        elif re.search(r": |, | #|:$", match["value"]):
            hint = f'put the text after "{match["name"]}:" in quotation marks; it contains a colon or a comma: '
            hint += quoted(match["value"])
            corrected = _replace_part(line, match.start("value"), match.end("value"), quoted(match["value"]))
            message = "the braces cannot be read: a comma ends a field there, and a colon ends its name"
            yield Repair(number, match.start("value"), message, hint, {number: corrected})


def quotes_in_braces(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a quoted text in braces with a further quotation mark of its kind, such as an apostrophe."""
    line = lines[number]
    for match in _QUOTED_IN_BRACES.finditer(line):
        mark, value = match["mark"], match["value"]
        content = value[1:-1] if value.endswith(mark) and len(value) > 1 else value[1:]
        if mark in content or not value.endswith(mark):
            name = f"the whole {match['name']}"
            corrected = _replace_part(line, match.start("value"), match.end("value"), quoted(content))
            kind = "single" if quoted(content).startswith("'") else "double"
            hint = f"put {name} in {kind} quotation marks: {quoted(content)}"
            place = match.start("value") + 1 + content.index(mark) + 1 if mark in content else match.start("value")
            message = "text follows the closing" if mark in content else "there is only one"
            yield Repair(number, place, f"{message} quotation mark", hint, {number: corrected})


#: The rules, in the order in which they are tried.
BRACKET_RULES: tuple[Rule, ...] = (
    hash_in_brackets,
    markdown_links,
    commas,
    glued_tag,
    brackets,
    in_braces,
    quotes_in_braces,
)
