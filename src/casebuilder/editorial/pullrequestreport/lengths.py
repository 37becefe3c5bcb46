"""The length of each text of a case, beside the lengths that are usual."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from casebuilder.checks.lengths import RESPONSE_WORDS, STORY_WORDS, TEASER_WORDS
from casebuilder.editorial.pullrequestreport.report import ID, TextLength
from casebuilder.markdown.visiblelength import length
from casebuilder.model import Kind, State
from casebuilder.published import state
from casebuilder.wordcount import word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from casebuilder.model import Prose
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


def words_of(case: Case | None, before: Case | None, usual: Mapping[str, int]) -> tuple[TextLength, ...]:
    """Return the length of each text of a case, now and before.

    Args:
        case: the case now; None if it was deleted.
        before: the case as it was; None if it is new.
        usual: what is usual in the series, by the kind of the text (see `usual_words`).
    """
    lengths_now, lengths_before = (dict(_lengths_of_case(each)) if each else {} for each in (case, before))
    is_story = any(each.kind is Kind.CASE for each in (case, before) if each)
    return tuple(
        TextLength(
            kind,
            person,
            lengths_before.get((kind, person)),
            lengths_now.get((kind, person)),
            *_usual_limits(kind, is_story),
            usual.get(kind),
        )
        for kind, person in dict.fromkeys((*lengths_now, *lengths_before))
    )


def usual_words(series: Series, as_of: datetime) -> dict[str, int]:
    """Return the median length of each kind of text over the released cases of a series."""
    lengths: dict[str, list[int]] = {}
    for case in series.cases:
        if case.origin.sound("opens") and state(case, as_of, series.zone) is State.COMPLETE:
            for (kind, _), count in _lengths_of_case(case):
                lengths.setdefault(kind, []).append(count)
    return {kind: round(median(counts)) for kind, counts in lengths.items()}


def _lengths_of_case(case: Case) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the kind and the person of each text of a case that is not empty, and its number of words."""
    yield from _length_if_any("teaser", 0 if case.teaser == "…" else word_count(case.teaser))
    yield from _length_if_any("story", _count_words(section.body for section in case.story))
    titles = sum(word_count(question.title) for question in case.questions)
    yield from _length_if_any("questions", titles + _count_words(question.body for question in case.questions))
    yield from _length_if_any("notes", _count_words(note.body for note in case.notes))
    for response in case.responses:  # a name that cannot be an id is reported, and has no place in a report
        yield from _length_if_any(
            "response", _count_words([response.body]), response.person if ID.fullmatch(response.person) else ""
        )
    yield from _length_if_any(
        "commentary", _count_words(section.body for section in case.commentary.sections) if case.commentary else 0
    )


def _length_if_any(kind: str, count: int, person: str = "") -> Iterator[tuple[tuple[str, str], int]]:
    if count:
        yield (kind, person), count


def _count_words(texts: Iterable[Prose]) -> int:
    return sum(map(length, texts))


def _usual_limits(kind: str, is_story: bool) -> tuple[int | None, int | None]:  # noqa: FBT001 - of one function
    """Return between which lengths `check` has nothing to say."""
    if kind == "teaser":
        return None, TEASER_WORDS
    if kind == "response":
        return RESPONSE_WORDS[0], RESPONSE_WORDS[-1]
    return (STORY_WORDS[0], STORY_WORDS[-1]) if kind == "story" and is_story else (None, None)
