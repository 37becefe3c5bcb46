"""Session plans: the minutes add up, and each step names a part of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.checks.meantnames import of_another_level
from casebuilder.problems import Problem
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.series import Series

#: The parts that a step of a session can name, besides a question.
SECTIONS = ("story", "questions", "responses", "commentary", "take-home", "evaluation")

#: What people call a section.
_SAME = {**dict.fromkeys(("scenario", "case", "paper", "reading"), "story"), "feedback": "evaluation"}


def sums(series: Series) -> Iterator[Problem]:
    """The minutes of the steps add up to those of the session."""
    for case in series.cases:
        for index, session in enumerate(case.sessions if case.origin.sound("sessions") else ()):
            total = sum(step.minutes for step in session.steps)
            if total != session.minutes:
                message = f"the steps add up to {total} minutes, the session has {session.minutes}"
                difference = abs(total - session.minutes)
                hint = f"{'shorten' if total > session.minutes else 'lengthen'} a step by {difference}"
                yield Problem(*case.origin.at("sessions", index, "minutes"), "session-sum", message, hint)


def sections(series: Series) -> Iterator[Problem]:
    """A step names a part of the pack, or a question of the case."""
    for case in series.cases:
        question_ids = [question.id for question in case.questions]
        if not question_ids or len(set(question_ids)) < len(
            question_ids
        ):  # a problem of its own: which ids are meant is not known yet
            continue
        section_ids = [*SECTIONS, *question_ids]
        for index, session in enumerate(case.sessions):
            for number, step in enumerate(session.steps):
                if step.section and step.section not in section_ids:
                    if found := of_another_level((each.body for each in case.questions), step.section):
                        message = f'the heading "{found[0]}" is not that of a question'
                        yield Problem(*found[1], "unknown-section", message, 'begin it with "## "', step.section)
                        continue
                    name = _SAME.get(step.section.casefold(), step.section)
                    hint = did_you_mean(name, section_ids) or f"one of: {', '.join(section_ids)}"
                    place = case.origin.at("sessions", index, "steps", number, "section")
                    yield Problem(*place, "unknown-section", f'unknown section "{step.section}"', hint, step.section)
