"""Mistakes over several lines: indentation, list markers, and texts that continue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.model import field_names
from casebuilder.readers.yamltext.repair import BULLETS, NOT_IN_LINE, Repair, indentation, spaces
from casebuilder.text import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Rule = Callable[[list[str], int], Iterator[Repair]]

_BULLET = re.compile(rf"(?P<lead> *)(?P<bullet>[{re.escape(BULLETS)}]|\d{{1,2}}[.)])(?P<gap>[ \t]*)(?P<value>\S.*)$")
_GLUED_HYPHEN = re.compile(r"(?P<lead> *)-(?P<value>[^\s-].*)$")
_BLOCK = re.compile(r"(?P<lead> *(?:- +)*)(?P<name>[A-Za-z_]\w*):[ \t]*[>|][-+0-9]*[ \t]*$")
_FIELD = re.compile(r"(?P<lead> *(?:- +)*)(?P<name>[A-Za-z_]\w*):(?:[ \t]|$)")
_BETWEEN = 40
#: How similar a mistyped name is to that of a field.
_MISTYPED = 0.8


def _lines_above(lines: list[str], number: int) -> Iterator[int]:
    """Yield the lines above, from the nearest, without empty lines and comments."""
    for line_number in range(number - 1, max(-1, number - _BETWEEN), -1):
        if _says_something(lines[line_number]):
            yield line_number


def _says_something(line: str) -> bool:
    """Return whether a line is neither empty nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def bullets(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a list whose entries begin with a dash, a bullet or a number."""
    match = _BULLET.match(lines[number])
    if not match:
        return
    first = number
    while first and (previous := _BULLET.match(lines[first - 1])) and previous["lead"] == match["lead"]:
        first -= 1
    corrected = {}
    for row in range(first, len(lines)):
        entry = _BULLET.match(lines[row])
        if not entry or entry["lead"] != match["lead"]:
            break
        value = entry["value"]
        quoted_value = f'"{value}"' if ": " in value and '"' not in value else value
        corrected[row] = f"{entry['lead']}- {quoted_value}"
    entry = _BULLET.match(lines[first]) or match
    hint = f"write {corrected[first].lstrip()}"
    yield Repair(first, entry.start("bullet"), bullet(entry["bullet"]), hint, corrected)


def bullet(sign: str) -> str:
    """Return the message for an entry of a list that does not begin with a hyphen."""
    return f'an entry of a list begins with a hyphen and a space here, not with "{sign}"'


def glued_hyphens(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a hyphen without a space after it."""
    match = _GLUED_HYPHEN.match(lines[number])
    if match:
        corrected = {
            row: f"{entry['lead']}- {entry['value']}"
            for row in range(number, len(lines))
            if (entry := _GLUED_HYPHEN.match(lines[row])) and entry["lead"] == match["lead"]
        }
        yield Repair(
            number, match.end("lead"), "missing space after the hyphen", f"write - {match['value']}", corrected
        )


def flat_block(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a text below `>-` or `|` that is not indented."""
    candidates = [number, *_lines_above(lines, number)]
    header = next((row for row in candidates[1:] if _BLOCK.match(lines[row])), None)
    if header is None:
        return
    match = _BLOCK.match(lines[header])
    assert match  # noqa: S101 - it was looked for
    indent = len(match["lead"])
    flat_lines = [
        row
        for row in range(header + 1, number + 1)
        if _says_something(lines[row]) and indentation(lines[row]) <= indent
    ]
    if not flat_lines or any(_is_known_field(lines[row]) for row in flat_lines):
        return
    first = flat_lines[0]
    last = number
    while last + 1 < len(lines) and lines[last + 1].strip() and not _FIELD.match(lines[last + 1]):
        last += 1
    corrected = {row: " " * (indent + 2) + lines[row].lstrip() for row in range(first, last + 1) if lines[row].strip()}
    hint = f'the text of "{match["name"]}" must begin with {spaces(indent + 2)} on each line'
    message = f'this line belongs to the text of "{match["name"]}" and is not indented'
    yield Repair(first, indentation(lines[first]), message, hint, corrected)


def _is_known_field(line: str) -> bool:
    """Return whether a line is a field of its own, or one that is mistyped ("open:"), which no text swallows."""
    match = _FIELD.match(line)
    if not match:
        return False
    name, names = match["name"], field_names()
    return name in names or (name.islower() and bool(nearest(name, names, cutoff=_MISTYPED)))


def flat_text(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a second line of a field's text that is not indented."""
    line = lines[number]
    if not line.strip() or _FIELD.match(line) or line.lstrip().startswith(("- ", "#")):
        return
    for row_above in _lines_above(lines, number):
        match = _FIELD.match(lines[row_above])
        if match:
            indent = len(match["lead"])
            corrected = {
                row: " " * (indent + 2) + lines[row].lstrip()
                for row in range(row_above + 1, number + 1)
                if lines[row].strip()
            }
            hint = f'begin the line with {spaces(indent + 2)} if it goes on with "{match["name"]}"; '
            hint += "if it is a field of its own, its name needs a colon"
            yield Repair(number, indentation(line), "this line belongs to no field", hint, corrected)
            return
        if entry := re.match(r" *(?=- )", lines[row_above]):
            hint = 'begin the line with a hyphen and a space, "- ", if it is an entry of its own'
            corrected = {number: f"{entry[0]}- {line.lstrip()}"}
            yield Repair(number, indentation(line), "this line belongs to no entry of the list", hint, corrected)
            return


def _outdented_above(lines: list[str], number: int) -> Repair | None:
    """Return the repair of the line above if it, and not this one, is at the wrong column.

    It begins where a field without a value begins, and this line further to the right.
    """
    above, parent, *_ = [*_lines_above(lines, number), -1, -1]
    if parent < 0 or not (match := _FIELD.match(lines[above])) or not re.fullmatch(r" *\w+:\s*", lines[parent]):
        return None
    indent, wanted = len(match["lead"]), indentation(lines[number])
    if indentation(lines[parent]) != indent or wanted <= indent or not _FIELD.match(lines[number]):
        return None
    hint = f"begin this line with {spaces(wanted)}, so that it is above the line below"
    corrected = {above: " " * wanted + lines[above].lstrip(" ")}
    message = f'"{match["name"]}" belongs to "{lines[parent].strip(" :")}" and must be indented'
    return Repair(above, indent, message, hint, corrected, doubt=1)


def _alone_above(lines: list[str], number: int) -> Repair | None:
    """Return the repair of the line above if it alone is further to the left than the fields around it."""
    above, before, *_ = [*_lines_above(lines, number), -1, -1]
    if before < 0 or not (match := _FIELD.match(lines[above])) or not (field := _FIELD.match(lines[before])):
        return None
    column, wanted = indentation(lines[above]), indentation(lines[number])
    if not (column < wanted == indentation(lines[before]) and _FIELD.match(lines[number])) or "-" in match["lead"]:
        return None
    hint = f'move this line {spaces(wanted - column)} to the right, so that it is under "{field["name"]}"'
    return Repair(above, column, NOT_IN_LINE, hint, {above: " " * wanted + lines[above].lstrip(" ")}, doubt=1)


def _no_colon_above(lines: list[str], number: int) -> Repair | None:
    """Return the repair of a name without a colon, such as `- casebuilder`, above fields that are indented below it."""
    above = next(_lines_above(lines, number), -1)
    match = re.match(r"(?P<lead> *(?:- +)?)(?P<name>[A-Za-z][\w-]*) *$", lines[above]) if above >= 0 else None
    if not match or indentation(lines[number]) <= len(match["lead"]) or not _FIELD.match(lines[number]):
        return None
    corrected = f"{match['lead']}{match['name']}:"
    message = f'missing colon after "{match["name"]}"'
    return Repair(above, match.end("name"), message, f"write {corrected.strip()}", {above: corrected}, doubt=1)


def _no_hyphen(lines: list[str], number: int) -> Iterator[Repair]:
    """Find an entry without its hyphen, between entries of one line each."""
    line = lines[number]
    rows = [row for row in (next(_lines_above(lines, number), -1), number + 1) if 0 <= row < len(lines)]
    lead = " " * indentation(line)
    are_entries = len(rows) > 1 and all(re.match(rf"{lead}- +[\w\"']", lines[row]) for row in rows)
    if are_entries and not line.lstrip().startswith("- ") and not _is_known_field(line):  # of the entry above
        hint = f"begin the line with a hyphen and a space: - {line.strip()}"
        corrected = {number: f"{lead}- {line.lstrip()}"}
        yield Repair(number, len(lead), "this line belongs to no entry of the list", hint, corrected, doubt=1)


def wrong_above(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a line that is right, below one that is wrong; and an entry without its hyphen."""
    if lines[number].strip():
        for rule in (_outdented_above, _alone_above, _no_colon_above):
            if (repair := rule(lines, number)) is not None:
                yield repair
        yield from _no_hyphen(lines, number)


def misplaced(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a line that is a little too far to the left or right."""
    line = lines[number]
    indent = indentation(line)
    is_entry = line.lstrip().startswith("- ")
    if not line.strip():
        return
    columns: dict[int, str] = {}
    for row_above in _lines_above(lines, number):
        match = _FIELD.match(lines[row_above])
        dash = re.match(r" *(?=- )", lines[row_above])
        if is_entry and dash:
            columns.setdefault(len(dash[0]), "the hyphen above")
        if not is_entry and match:
            columns.setdefault(len(match["lead"]), f'"{match["name"]}"')
        if is_entry and match and not dash:
            columns.setdefault(len(match["lead"]) + 2, "")
    if (
        row_below := next((row for row in range(number + 1, len(lines)) if _says_something(lines[row])), None)
    ) and not is_entry:
        columns.setdefault(indentation(lines[row_below]), "the line below")
    for column, neighbour in sorted(columns.items(), key=lambda item: abs(item[0] - indent)):
        if column != indent:
            relation = "above" if neighbour == "the line below" else "under"
            purpose = (
                f"so that it is {relation} {neighbour}" if neighbour else f"so that it begins with {spaces(column)}"
            )
            side = "right" if column > indent else "left"
            hint = f"move this line {spaces(abs(column - indent))} to the {side}, {purpose}"
            corrected = {number: " " * column + line.lstrip(" ")}
            yield Repair(number, indent, NOT_IN_LINE, hint, corrected, doubt=2 * abs(column - indent) + column % 2)


def empty_block(lines: list[str], number: int) -> tuple[int, int, str, str] | None:
    """Find the text of an empty `>-` in the next line, which is not indented."""
    match = _BLOCK.match(lines[number])
    row_below = next((row for row in range(number + 1, len(lines)) if _says_something(lines[row])), None)
    if not match or row_below is None:
        return None
    if _is_known_field(lines[row_below]):
        return None
    repair = next(flat_block(lines, row_below), None)
    return (repair.line, repair.column, repair.message, repair.hint) if repair else None


#: The rules, in the order in which they are tried.
BLOCK_RULES: tuple[Rule, ...] = (bullets, glued_hyphens, flat_block, wrong_above, misplaced, flat_text)
