"""Front matter: the YAML between two lines of three hyphens at the start of a Markdown file."""

from __future__ import annotations

import re

from casebuilder.model import Prose, field_names
from casebuilder.problems import Problem

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(---|\.\.\.)[ \t]*$", re.MULTILINE)
#: A line meant as three hyphens: another number, a word processor's dashes, or spaces before them.
_ALMOST = re.compile(r"[ \t\u00a0\ufeff\u200b]*[-–—−_*=]{1,}[ \t]*")
#: The first two lines of front matter in TOML, as other programs for websites have it.
_TOML = re.compile(r"\+{3,}[ \t]*\n(?:[ \t]*\n|[ \t]*#[^\n]*\n)*[ \t]*(?:[A-Za-z_][\w-]*[ \t]*=|\[)")
_FIELD = re.compile(r"(?P<name>[A-Za-z_]\w*)[ \t]*:(?:[ \t]|$)")
#: A field of any program's front matter, in YAML or TOML, or a comment in it.
_ANY_FIELD = re.compile(r"[A-Za-z_][\w .-]{0,40}[ \t]*(?::(?:[ \t]|$)|=)|#")
#: Fields of posts in the header that Pelican writes.
_OF_POSTS = frozenset(("slug", "category", "tags", "status", "save_as"))
_BELONGS = re.compile(r"[ \t]+\S|- |#|[\]}]")
_THREE = 'three hyphens, "---"'


def split(text: str, path: str) -> tuple[tuple[str, int] | None, Prose, list[Problem]]:
    """Return the front matter's YAML and its first line, if there is any, and the text below it."""
    opening = _OPENING.match(text)
    if not opening:
        if almost := _almost_opened(text, path):
            return None, Prose("", path), [almost]
        return None, body(text, path, 0), []
    closing = _CLOSING.search(text, opening.end())
    lines = text.split("\n")
    last = text.count("\n", 0, closing.start()) if closing else None
    if problem := _not_closed(lines, last, path):
        return None, Prose("", path), [problem]
    if closing and last is not None and _has_later_end(lines, last):
        hint = "delete this line: the fields go on below it"
        message = "the front matter ends here, before its last field"
        return None, Prose("", path), [Problem(path, last + 1, 1, "front-matter", message, hint)]
    if not closing:
        return None, Prose("", path), [_missing_hyphens(lines, len(lines), path)]
    return (text[opening.end() : closing.start()], 2), body(text, path, closing.end()), []


def of_another_program(text: str) -> int:
    """Return the number of lines of front matter at the start of a file that has none here, such as a post of a blog.

    A horizontal rule at the start is no front matter: an empty line or prose follows it. Pelican writes its fields
    without a line around them; they are known by one that no text of an author has.
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip("\ufeff\u200b \t")), 0)
    mark = lines[first].lstrip("\ufeff").rstrip()
    if _FIELD.match(mark):
        end = next((number for number in range(first, len(lines)) if not _FIELD.match(lines[number])), len(lines))
        names = {match["name"].lower() for line in lines[first:end] if (match := _FIELD.match(line))}
        return end if names & _OF_POSTS and end - first > 1 and not "".join(lines[end : end + 1]).strip() else 0
    if mark not in {"---", "+++"} or not _ANY_FIELD.match("".join(lines[first + 1 : first + 2])):
        return 0
    ends = {mark, "..."} if mark == "---" else {mark}
    return next((number + 1 for number in range(first + 1, len(lines)) if lines[number].rstrip() in ends), 0)


def _almost_opened(text: str, path: str) -> Problem | None:
    """Report a first line of front matter that is almost right, or missing."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip("\ufeff\u200b \t")), None)
    if first is None:
        return None
    if lines[first].startswith("+++") and _TOML.match("\n".join(lines[first:])):
        hint = f"write {_THREE}, in place of +++, and each field with a colon, such as person: ada-byrne"
        return Problem(path, first + 1, 1, "front-matter", "this front matter is in TOML, which is not read", hint)
    next_line = lines[first + 1] if first + 1 < len(lines) else ""
    if _is_field(lines[first]) and any(_CLOSING.match(line) for line in lines[first + 1 :]):
        message = f"above this line, {_THREE}, are missing"
        return Problem(path, first + 1, 1, "front-matter", message, f"write {_THREE}, on a line of their own above it")
    if not (_ALMOST.fullmatch(lines[first]) and _is_field(next_line)):
        return None
    if lines[first].rstrip() != "---":
        hint = f"write {_THREE}, and nothing else on this line"
        return Problem(path, first + 1, 1, "front-matter", f"front matter begins with {_THREE}", hint)
    hint = "delete the empty lines above it"
    return Problem(path, first + 1, 1, "front-matter", "front matter must begin on the first line", hint)


def _is_field(line: str) -> bool:
    match = _FIELD.match(line)
    return match is not None and match["name"].lower() in field_names()


def _not_closed(lines: list[str], last: int | None, path: str) -> Problem | None:
    """Find the end of fields without a closing line: at a line that is almost right, or before the text.

    Args:
        lines: the file's lines.
        last: the line that looks like the closing one, from 0; the text below may also contain such a line.
        path: the file.
    """
    end = len(lines) if last is None else last
    blank = None
    for number in range(1, end):
        line = lines[number]
        if not line.strip():
            blank = number if blank is None else blank
        elif _ALMOST.fullmatch(line) and (last is None or (blank is None and not line[0].isspace())):
            hint = f"write {_THREE}, and nothing else on this line"
            return Problem(path, number + 1, 1, "front-matter", f"front matter ends with {_THREE}", hint)
        elif _FIELD.match(line) or _BELONGS.match(line):
            blank = None
        elif blank is not None or last is None:
            return _missing_hyphens(lines, number if blank is None else blank, path)
    return None


def _has_later_end(lines: list[str], last: int) -> bool:
    """Return whether fields and another closing line follow the closing line."""
    if last + 1 >= len(lines) or not (_FIELD.match(lines[last + 1]) or re.match(r" +(?:- )?\w+: ", lines[last + 1])):
        return False
    further = next((at for at in range(last + 1, len(lines)) if _CLOSING.match(lines[at])), None)
    return further is not None and all(
        _FIELD.match(line) or _BELONGS.match(line) or not line.strip() for line in lines[last + 1 : further]
    )


def _missing_hyphens(lines: list[str], number: int, path: str) -> Problem:
    """Return the problem of a missing line of hyphens below the last field."""
    fields = [at for at in range(1, min(number, len(lines))) if lines[at].strip()]
    at = fields[-1] if fields else 0
    position = f' below "{lines[at].strip()}"' if fields else ""
    hint = f"write {_THREE}, on a line of their own{position}"
    return Problem(path, min(at + 2, len(lines)), 1, "front-matter", "the front matter is not closed here", hint)


def body(text: str, path: str, start: int, end: int | None = None) -> Prose:
    """Return some lines of a file as Markdown with its place, without empty lines around it."""
    stretch = text[start:end]
    lead = len(stretch) - len(stretch.lstrip("\n \t"))
    begin = start + stretch.rfind("\n", 0, lead) + 1
    return Prose(text[begin:end].rstrip(), path, 1 + text.count("\n", 0, begin))
