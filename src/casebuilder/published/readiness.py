"""What a case lacks for its next step: to open, to have its answers, to be released.

Nothing is asked for that a series does not have: a journal club without experts is not asked for responses, and a
released case is asked for nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING

from casebuilder.markdown import prose
from casebuilder.model import Basis, Kind, Role, State, Status
from casebuilder.published.states import state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from casebuilder.model import Prose
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series
    from casebuilder.published.consent import Waiting

#: A case is released with at least this many expert responses (MEdIC: two or three), unless the series has fewer.
_RESPONSES = 2
#: A case has at least this many questions.
_QUESTIONS = 2
_TODO = re.compile(r"\bTODO\b")
_STORY = {Kind.CASE: "story", Kind.JOURNAL_CLUB: "paper.md"}


@dataclass(frozen=True, slots=True)
class Habits:
    """What the released cases of one kind have.

    Attributes:
        responses: how many expert responses at least half of them have; None if no case is released.
        notes: whether any has facilitation notes.
        commentary: whether any has a commentary.
    """

    responses: int | None = None
    notes: bool = False
    commentary: bool = False


def known_state(case: Case, series: Series, as_of: datetime) -> State | None:
    """Return the state of a case; None if its dates or its status cannot be read. A draft needs no dates."""
    dates = () if case.status in {Status.DRAFT, Status.WITHDRAWN} else ("opens", "closes", "releases")
    is_known = all(case.origin.sound(name) for name in ("status", *dates))
    return state(case, as_of, series.zone) if is_known else None


def habits(series: Series, as_of: datetime) -> Mapping[Kind, Habits]:
    """Return what the released cases of each kind have."""
    complete = [case for case in series.cases if known_state(case, series, as_of) is State.COMPLETE]
    return {kind: _habits_of_series([case for case in complete if case.kind is kind]) for kind in Kind}


def _habits_of_series(cases: Sequence[Case]) -> Habits:
    return Habits(
        median_low(len(case.responses) for case in cases) if cases else None,
        any(case.notes for case in cases),
        any(case.commentary for case in cases),
    )


def missing(case: Case, series: Series, present_state: State, habits: Habits) -> Iterator[str]:
    """Yield a phrase for each thing that a case lacks for its next step; nothing for one that has none.

    Args:
        case: the case.
        series: for the names of people.
        present_state: its state.
        habits: what the released cases of its kind have.
    """
    if present_state in {State.DRAFT, State.SCHEDULED}:
        yield from _missing_to_open(case)
    if present_state in {State.SCHEDULED, State.OPEN, State.CURATING}:
        yield from _missing_to_answer(case, habits)
    if present_state in {State.SCHEDULED, State.OPEN}:  # afterwards somebody is waited for: see `consents.waiting`
        unasked = (
            response for response in case.responses if response.consent is None and response.origin.sound("consent")
        )
        people = ((response.person, series.person(response.person)) for response in unasked)
        yield from (f"consent of {person.name if person else name} missing" for name, person in people)
    if present_state is State.CURATING and case.commentary is None and _is_curated(case, habits):
        yield "commentary missing"


def phrase(waiting: Waiting) -> str:
    """Return whose consent is missing for what."""
    if waiting.since:
        return f"consent for {waiting.what} counts only from {waiting.since} ({waiting.request})"
    if waiting.what == "the response":
        return f"consent of {waiting.whom} missing"
    return f"consent pending for {waiting.what.removeprefix('the ')} ({waiting.request})"


def _missing_to_open(case: Case) -> Iterator[str]:
    """Yield every required field, the story and the questions; and marks that somebody left to be filled in."""
    yield from (f"{name} missing" for name in _missing_fields(case))
    if case.kind is Kind.JOURNAL_CLUB and case.paper is None:
        yield "paper missing"
    if case.basis is not Basis.FICTIONAL and case.privacy is None and case.origin.sound("basis"):
        yield "privacy check missing"
    if case.origin.sound("credits"):
        roles = {role for credit in case.credits for role in credit.roles}
        yield from (f"{role} missing in credits" for role in (Role.WRITER, Role.EDITOR) if role not in roles)
    if not any(_is_written(part.body) for part in case.story):
        yield f"{_STORY[case.kind]} missing"
    count = sum(not _TODO.search(question.title) for question in case.questions)
    if not count:
        yield "questions missing"
    elif count < _QUESTIONS:
        yield "1 question missing"
    yield from (f"TODO left in {name}" for name in _unfinished_files(case))


def _missing_fields(case: Case) -> Iterator[str]:
    """Yield the required fields that are not filled in, in the order of case.yml."""
    for name in case.placeholders:
        if getattr(case, name) in {"…", ("…",)} or not case.origin.sound(name):
            yield name


def _is_written(text: Prose) -> bool:
    """Return whether a text has words that are printed; comments are not."""
    return bool(prose.plain(text).strip())


def _unfinished_files(case: Case) -> Iterator[str]:
    """Yield the names of the files with a mark to be filled in, but for a story that is missing as a whole."""
    texts = [text for text in case.texts() if text not in {part.body for part in case.story} or _is_written(text)]
    names = {text.path.rpartition("/")[2]: None for text in texts if _TODO.search(text.source)}
    names |= {note.place[0].rpartition("/")[2]: None for note in case.notes if _TODO.search(note.title)}
    written_questions = [question for question in case.questions if not _TODO.search(question.title)]
    if written_questions and len(written_questions) < len(case.questions):
        names |= {written_questions[0].place[0].rpartition("/")[2]: None}
    yield from names


def _missing_to_answer(case: Case, habits: Habits) -> Iterator[str]:
    responses = habits.responses
    if responses is None:  # nothing to go by yet: what this case has begun
        responses = _RESPONSES if case.responses or case.announced else 0
    if (count := min(_RESPONSES, max(responses, len(case.announced))) - len(case.responses)) > 0:
        yield f"{count} expert response{'s' * (count > 1)} missing"
    if not case.notes and habits.notes:
        yield "facilitation notes missing"


def _is_curated(case: Case, habits: Habits) -> bool:
    """Return whether a commentary is expected.

    Somebody is to curate, there is something to curate, or others have one.
    """
    has_curator = any(Role.CURATOR in credit.roles for credit in case.credits)
    return bool(has_curator or case.quotes or case.contributions or habits.commentary)
