"""Corrections: a change to a released text must be recorded in the case's `changes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.casefiles import case_path, quotes_path
from casebuilder.problems import Problem
from casebuilder.wordcount import words_alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.published import PublishedCase, PublishedSeries


def unrecorded_changes(before: PublishedSeries, after: PublishedSeries, revision: str) -> Iterator[Problem]:
    """Report released texts whose words changed without a new entry in `changes`.

    Args:
        before: the series at the revision, as published.
        after: the series now, as published at the same instant; cases that are not released have no texts in it.
        revision: what the earlier one is called, for the message.
    """
    for case in after.cases:
        old = before.case(case.slug)
        if old is None or not (old.responses or old.notes) or len(case.changes) > len(old.changes):
            continue
        old_words, new_words = _words_by_file(old), _words_by_file(case)
        for path in sorted(old_words.keys() | new_words.keys()):
            if old_words.get(path, []) != new_words.get(path, []):
                hint = f'add to "changes" in cases/{case.slug}/case.yml an entry with date, kind and a note for readers'
                message = f"the words of this released text changed since {revision}"
                yield Problem(path, 1, 1, "unrecorded-change", message, hint)


def _words_by_file(case: PublishedCase) -> dict[str, list[str]]:
    """Return the words that readers see, by file."""
    words_by_path: dict[str, list[str]] = {}
    for text in case.texts():
        words_by_path.setdefault(text.path, []).extend(words_alike(text.source))
    for question in case.questions:
        words_by_path.setdefault(question.body.path, []).extend(words_alike(question.title))
    data = (case.title, case.teaser, *case.objectives)
    words_by_path[case_path(case.slug)] = [word for line in data for word in words_alike(line)]
    words_by_path[quotes_path(case.slug)] = [word for quote in case.quotes for word in words_alike(quote.text)]
    return words_by_path
