"""Unfinished texts: a TODO is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Note, Question
    from casebuilder.model.series import Series

_TODO = re.compile(r"\bTODO\b")


def marks(series: Series) -> Iterator[Problem]:
    """Report a TODO in a case that is not a draft, comments included."""
    hint = "write it, or delete the section or the file"
    for case in series.cases:
        if case.status is not None:
            continue
        headed: list[Question | Note] = [*case.questions, *case.notes]
        for item in headed:
            if _TODO.search(item.title):
                yield Problem(*item.place, "unfinished-text", f'"{item.title}" is still to be written', hint)
        for text in case.texts():
            if "TODO" in text.source and (match := _TODO.search(text.source)):
                yield Problem(*text.at(match.start()), "unfinished-text", "a TODO is left in the text", hint)
