"""Front matter: the YAML between two lines of three hyphens at the head of a Markdown file."""

from __future__ import annotations

import re

from casebuilder.model import Prose
from casebuilder.problems import Problem

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(---|\.\.\.)[ \t]*$", re.MULTILINE)


def split(text: str, path: str) -> tuple[tuple[str, int] | None, Prose, list[Problem]]:
    """The front matter's YAML and its first line, if there is any, and the text below it."""
    opening = _OPENING.match(text)
    if not opening:
        return None, body(text, path, 0), []
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        hint = 'end the front matter with a line of three hyphens, "---"'
        return (
            None,
            Prose("", path),
            [Problem(path, 1, 1, "front-matter", "the front matter is not closed", hint)],
        )
    return (text[opening.end() : closing.start()], 2), body(text, path, closing.end()), []


def body(text: str, path: str, start: int, end: int | None = None) -> Prose:
    """A stretch of a file as prose, without the empty lines around it, that still knows its line."""
    stretch = text[start:end]
    lead = len(stretch) - len(stretch.lstrip("\n \t"))
    begin = start + stretch.rfind("\n", 0, lead) + 1
    return Prose(text[begin:end].rstrip(), path, 1 + text.count("\n", 0, begin))
