"""Lengths: a teaser, a story, a response or a biography that is much shorter or longer than usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.markdown.visiblelength import length
from casebuilder.model import Kind
from casebuilder.problems import Problem
from casebuilder.text import counted
from casebuilder.wordcount import has_blanks, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.model import Prose
    from casebuilder.model.series import Series

TEASER_WORDS = 60
_BIOGRAPHY_WORDS = 120
#: Usual lengths, in words. MEdIC's stories have 400 to 900.
STORY_WORDS = range(300, 1101)
RESPONSE_WORDS = range(150, 1001)


def unusual(series: Series) -> Iterator[Problem]:
    """Report texts that are much shorter or longer than usual."""
    for case in series.cases:
        if word_count(case.teaser) > TEASER_WORDS:
            message = f"the teaser has {word_count(case.teaser)} words; lists and cards have room for {TEASER_WORDS}"
            yield Problem(*case.origin.at("teaser"), "teaser-length", message, "shorten it: the story says the rest")
        has_usual_length = case.kind is Kind.CASE and case.status is None and case.origin.sound("kind")
        if (
            case.story
            and has_usual_length
            and (count := _unusual_length([part.body for part in case.story], STORY_WORDS))
        ):
            message = f"the story has {count}; {STORY_WORDS[0]} to {STORY_WORDS[-1]} are read in a session"
            yield Problem(*case.story[0].body.at(0), "story-length", message, "400 to 900 words serve best")
        for response in case.responses if case.status is None else ():
            if response.body and (count := _unusual_length([response.body], RESPONSE_WORDS)):
                message = f"the response has {count}; {RESPONSE_WORDS[0]} to {RESPONSE_WORDS[-1]} are usual"
                yield Problem(*response.body.at(0), "response-length", message, "300 to 700 words serve best")
    for person in series.people:
        if count := _unusual_length([person.biography], range(_BIOGRAPHY_WORDS + 1)):
            message = f"the biography has {count}; there is room for {_BIOGRAPHY_WORDS}"
            yield Problem(*person.biography.at(0), "biography-length", message, "keep what a reader of a case needs")


def _unusual_length(texts: Sequence[Prose], usual: range) -> str:
    """Return the number of words of texts that are too short or too long, in words; empty if their length is usual.

    Counting is slow, so texts whose number of spaces is well within the limits are not counted.
    """
    source = " ".join(text.source for text in texts)
    estimate = len(source.split()) if has_blanks(source) and "<" not in source else -1
    if usual[0] * 1.25 <= estimate <= usual[-1] * 0.8 or (exact := sum(map(length, texts))) in usual:
        return ""
    return counted(exact)
