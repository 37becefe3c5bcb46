"""The published parts of a case's texts, made field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from casebuilder.model import Note, Part, Question, Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebuilder.model import Prose

    #: Returns a text without the names of pages that are not public.
    Clean: TypeAlias = Callable[[Prose], Prose]


def part(written: Part, clean: Clean) -> Part:
    """A part of the story."""
    body = clean(written.body)
    return Part.model_construct(title=written.title, body=body, place=written.place, anchor=written.anchor)


def question(written: Question, clean: Clean) -> Question:
    """A question for discussion."""
    body = clean(written.body)
    return Question.model_construct(id=written.id, title=written.title, body=body, place=written.place)


def note(written: Note, clean: Clean) -> Note:
    """A section of the facilitation notes."""
    body = clean(written.body)
    return Note.model_construct(id=written.id, title=written.title, body=body, place=written.place)


def section(written: Section, clean: Clean) -> Section:
    """A stretch of the commentary."""
    body = clean(written.body)
    return Section.model_construct(theme=written.theme, title=written.title, body=body, place=written.place)
