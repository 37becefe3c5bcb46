"""Headings that become titles: of questions, parts, sections of the notes and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.markdown import NO_WORDS
from casebuilder.model.base import LONGEST_LINE, too_long
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.markdown import Heading


def title_problems(heading: Heading, place: tuple[str, int, int], *, is_needed: bool = True) -> Iterator[Problem]:
    """Report a heading without words, or with something that a title cannot contain.

    Args:
        heading: the heading.
        place: its place.
        is_needed: whether the text below it needs a title; a part of a story does not.
    """
    if not heading.text and not is_needed:
        yield Problem(*place, *NO_WORDS)
    elif not heading.text:
        yield Problem(*place, "empty-heading", "the heading has no words", "write them, or delete the line")
    elif len(heading.text) > LONGEST_LINE:
        hint = "write a short heading, with an empty line below it"
        yield Problem(*place, "bad-value", too_long(len(heading.text)), hint)
    elif heading.lost:
        hint = "move it into the text below the heading"
        yield Problem(*place, "lost-words", f"{heading.lost} in this heading would not be printed", hint)
