"""Unfinished texts: a TODO is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Note, Question, Step
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

_TODO = re.compile(r"\bTODO\b")


def marks(series: Series) -> Iterator[Problem]:
    """Report a TODO in a case that is not a draft, comments included."""
    hint = "write it, or delete the field, the section or the file"
    for case in series.cases:
        if case.status is not None:
            continue
        parts_with_headings: list[Question | Note] = [*case.questions, *case.notes]
        for item in parts_with_headings:
            if _TODO.search(item.title):
                yield Problem(*item.place, "unfinished-text", f'"{item.title}" is still to be written', hint)
        for steps, value in _visible_fields(case):
            if "TODO" in value and _TODO.search(value):
                yield Problem(*case.origin.at(*steps), "unfinished-text", "a TODO is left in this field", hint)
        for text in case.texts():
            if "TODO" in text.source and (match := _TODO.search(text.source)):
                yield Problem(*text.at(match.start()), "unfinished-text", "a TODO is left in the text", hint)


def _visible_fields(case: Case) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the words that readers see of `case.yml`, each with its place."""
    for name in ("title", "teaser", "inspired_by", "content_note"):
        yield (name,), getattr(case, name)
    for name in ("audience", "topics", "objectives"):
        yield from (((name, number), value) for number, value in enumerate(getattr(case, name)))
    yield from ((("characters", number, "name"), character.name) for number, character in enumerate(case.characters))
    if case.image:
        yield ("image", "alt"), case.image.alt
