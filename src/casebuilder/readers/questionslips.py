"""Questions with a number of their own, and questions that belong to the one above because they have no heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Prose

#: A number before a question: `2)`, `2.`, `Q2:`, `Question 2 -`, `(2)`.
_NUMBER = (
    r"(?P<word>(?:Q|Question|Frage|Pregunta|Pergunta|Domanda|Vraag|Pytanie|Вопрос|問題|质问|问题)[ .]?)?"
    r"\(?(?P<number>\d{1,2})(?:[.):]{1,2}|[ ]?[-–—])[ \t]+(?=\S)"
)
_PARAGRAPH = r"(?:\A|(?<=\n\n))"
#: A paragraph of one line, all of it in bold, that asks something.
_BOLD = rf"{_PARAGRAPH}(?P<mark>\*\*|__)(?P<words>[^*_\n]{{3,300}}[?؟\uff1f])(?P=mark)[ \t]*(?=\n[ \t]*\n|\n?\Z)"
_NUMBERED = rf"{_PARAGRAPH}(?:\*\*|__|#{{3,6}} )?{_NUMBER}(?P<words>[^\n]{{3,300}})"
_SHOWN = 60


def of_heading(title: str, number: int, place: tuple[str, int, int]) -> Iterator[Problem]:
    """Report the number in a question's heading, which would be printed after ours.

    Args:
        title: the words of the heading.
        number: the place of the question in its case, from 1.
        place: file, line and column.
    """
    match = re.match(_NUMBER, title)
    if match and (match["word"] or int(match["number"]) == number):
        message = f'"{match[0].strip()}" would be printed after the number that every question gets'
        yield Problem(*place, "question-heading", message, f'delete "{match[0].strip()}"')


def of_body(body: Prose, number: int) -> Iterator[Problem]:
    """Report questions in the text of a question: those with the next number, and those in bold.

    Args:
        body: the text below the heading of a question.
        number: the place of that question in its case, from 1.
    """
    source = body.source
    if "```" in source or "~~~" in source:
        return
    matches = {
        match.start(): match for match in (re.finditer(_BOLD, source) if "**" in source or "__" in source else ())
    }
    next_number = number + 1
    for match in re.finditer(_NUMBERED, source):
        is_next = int(match["number"]) == next_number
        if match["word"] or (is_next and (next_number > number + 1 or not _is_in_list(source, match))):
            next_number = int(match["number"]) + 1
            matches[match.start()] = match
    for _, match in sorted(matches.items()):
        words = re.sub(rf"^{_NUMBER}", "", match["words"]).strip("*_ ")
        shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
        message = f'"{shown}" looks like a question, but is printed as text of the question above it'
        yield Problem(*body.at(match.start()), "question-heading", message, f'write "## {shown}" for a question')


def _is_in_list(source: str, match: re.Match[str]) -> bool:
    """Return whether the number before this one is in the same text."""
    before = rf"^ {{0,3}}{int(match['number']) - 1}[.)][ \t]"
    return re.search(before, source[: match.start()], re.MULTILINE) is not None
