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


def _above(lines: list[str], number: int) -> Iterator[int]:
    """Yield the lines above, from the nearest, without empty lines and comments."""
    for above in range(number - 1, max(-1, number - _BETWEEN), -1):
        if _says_something(lines[above]):
            yield above


def _says_something(line: str) -> bool:
    """Return whether a line is neither empty nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def bullets(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a list whose entries begin with a dash, a bullet or a number."""
    match = _BULLET.match(lines[number])
    if not match:
        return
    first = number
    while first and (above := _BULLET.match(lines[first - 1])) and above["lead"] == match["lead"]:
        first -= 1
    fixed = {}
    for at in range(first, len(lines)):
        entry = _BULLET.match(lines[at])
        if not entry or entry["lead"] != match["lead"]:
            break
        value = entry["value"]
        right = f'"{value}"' if ": " in value and '"' not in value else value
        fixed[at] = f"{entry['lead']}- {right}"
    entry = _BULLET.match(lines[first]) or match
    hint = f"write {fixed[first].lstrip()}"
    yield Repair(first, entry.start("bullet"), bullet(entry["bullet"]), hint, fixed)


def bullet(sign: str) -> str:
    """Return the message for an entry of a list that does not begin with a hyphen."""
    return f'an entry of a list begins with a hyphen and a space here, not with "{sign}"'


def glued_hyphens(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a hyphen without a space after it."""
    match = _GLUED_HYPHEN.match(lines[number])
    if match:
        fixed = {
            at: f"{entry['lead']}- {entry['value']}"
            for at in range(number, len(lines))
            if (entry := _GLUED_HYPHEN.match(lines[at])) and entry["lead"] == match["lead"]
        }
        yield Repair(number, match.end("lead"), "missing space after the hyphen", f"write - {match['value']}", fixed)


def flat_block(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a text below `>-` or `|` that is not indented."""
    wanted = [number, *_above(lines, number)]
    header = next((at for at in wanted[1:] if _BLOCK.match(lines[at])), None)
    if header is None:
        return
    match = _BLOCK.match(lines[header])
    assert match  # noqa: S101 - it was looked for
    own = len(match["lead"])
    stray = [at for at in range(header + 1, number + 1) if _says_something(lines[at]) and indentation(lines[at]) <= own]
    if not stray or any(_is_known_field(lines[at]) for at in stray):
        return
    first = stray[0]
    last = number
    while last + 1 < len(lines) and lines[last + 1].strip() and not _FIELD.match(lines[last + 1]):
        last += 1
    fixed = {at: " " * (own + 2) + lines[at].lstrip() for at in range(first, last + 1) if lines[at].strip()}
    hint = f'the text of "{match["name"]}" must begin with {spaces(own + 2)} on each line'
    message = f'this line belongs to the text of "{match["name"]}" and is not indented'
    yield Repair(first, indentation(lines[first]), message, hint, fixed)


def _is_known_field(line: str) -> bool:
    """Return whether a line is a field of its own, or one that is mistyped ("open:"), which no text swallows."""
    match = _FIELD.match(line)
    if not match:
        return False
    name, known = match["name"], field_names()
    return name in known or (name.islower() and bool(nearest(name, known, cutoff=_MISTYPED)))


def flat_text(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a second line of a field's text that is not indented."""
    line = lines[number]
    if not line.strip() or _FIELD.match(line) or line.lstrip().startswith(("- ", "#")):
        return
    for above in _above(lines, number):
        match = _FIELD.match(lines[above])
        if match:
            own = len(match["lead"])
            fixed = {
                at: " " * (own + 2) + lines[at].lstrip() for at in range(above + 1, number + 1) if lines[at].strip()
            }
            hint = f'begin the line with {spaces(own + 2)} if it goes on with "{match["name"]}"; '
            hint += "if it is a field of its own, its name needs a colon"
            yield Repair(number, indentation(line), "this line belongs to no field", hint, fixed)
            return
        if entry := re.match(r" *(?=- )", lines[above]):
            hint = 'begin the line with a hyphen and a space, "- ", if it is an entry of its own'
            fixed = {number: f"{entry[0]}- {line.lstrip()}"}
            yield Repair(number, indentation(line), "this line belongs to no entry of the list", hint, fixed)
            return


def misplaced(lines: list[str], number: int) -> Iterator[Repair]:
    """Find a line that is a little too far to the left or right."""
    line = lines[number]
    own = indentation(line)
    entry = line.lstrip().startswith("- ")
    if not line.strip():
        return
    columns: dict[int, str] = {}
    for above in _above(lines, number):
        match = _FIELD.match(lines[above])
        dash = re.match(r" *(?=- )", lines[above])
        if entry and dash:
            columns.setdefault(len(dash[0]), "the hyphen above")
        if not entry and match:
            columns.setdefault(len(match["lead"]), f'"{match["name"]}"')
        if entry and match and not dash:
            columns.setdefault(len(match["lead"]) + 2, "")
    if (below := next((at for at in range(number + 1, len(lines)) if _says_something(lines[at])), None)) and not entry:
        columns.setdefault(indentation(lines[below]), "the line below")
    for column, under in sorted(columns.items(), key=lambda item: abs(item[0] - own)):
        if column != own:
            where = "above" if under == "the line below" else "under"
            words = f"so that it is {where} {under}" if under else f"so that it begins with {spaces(column)}"
            side = "right" if column > own else "left"
            hint = f"move this line {spaces(abs(column - own))} to the {side}, {words}"
            fixed = {number: " " * column + line.lstrip(" ")}
            yield Repair(number, own, NOT_IN_LINE, hint, fixed, doubt=2 * abs(column - own) + column % 2)


def empty_block(lines: list[str], number: int) -> tuple[int, int, str, str] | None:
    """Find the text of an empty `>-` in the next line, which is not indented."""
    match = _BLOCK.match(lines[number])
    below = next((at for at in range(number + 1, len(lines)) if _says_something(lines[at])), None)
    if not match or below is None:
        return None
    if _is_known_field(lines[below]):
        return None
    repair = next(flat_block(lines, below), None)
    return (repair.line, repair.column, repair.message, repair.hint) if repair else None


#: The rules, in the order in which they are tried.
BLOCK_RULES: tuple[Rule, ...] = (bullets, glued_hyphens, flat_block, misplaced, flat_text)
