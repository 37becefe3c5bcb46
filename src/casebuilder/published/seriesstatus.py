"""The status of a series: the state of each case, what is missing for its next step, and what is due when.

For the editors of a series only: it shows what is sealed, and no output of a build contains it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from casebuilder.model import State, window
from casebuilder.published import consent, readiness

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import datetime

    from casebuilder.model.case import Case
    from casebuilder.model.series import Series
    from casebuilder.published.readiness import Habits

#: How far ahead dates are listed.
AHEAD = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that is not printed until somebody agrees.

    Attributes:
        what: what it is.
        whom: whom to ask.
        where: where they wrote; may be empty.
        phrase: all of it, as `missing` has it.
    """

    what: str
    whom: str
    where: str
    phrase: str


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """The state of one case, and its next step.

    Attributes:
        slug: the case.
        title: its title.
        state: where it is now; None if its dates or its status cannot be read.
        next: the next step ("opens", "closes", "releases"); empty after the last.
        due: when that is; None after the last step.
        missing: one phrase for each thing that the step needs and the case does not have.
        waiting: who has not answered yet whether we may print.
        has_errors: whether something is wrong with its files, so that nothing of it is published.
    """

    slug: str
    title: str
    state: State | None
    next: str
    due: datetime | None
    missing: tuple[str, ...]
    waiting: tuple[Wait, ...] = ()
    has_errors: bool = False

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing, but for the answers that somebody else owes."""
        owed = {each.phrase for each in self.waiting}
        return tuple(item for item in self.missing if item not in owed)


@dataclass(frozen=True, slots=True)
class Date:
    """A date in the next 90 days: a case opens, closes or is released; a draft opens if it is ready by then."""

    on: datetime
    slug: str
    what: str
    title: str
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """All cases, the one that is due first at the top, and the dates of the next 90 days."""

    as_of: datetime
    cases: tuple[CaseStatus, ...]
    dates: tuple[Date, ...]


def series_status(series: Series, as_of: datetime, faulty: Container[str] = ()) -> Status:
    """Return the status of a series at an instant.

    Args:
        series: all of it.
        as_of: the instant.
        faulty: the slugs of the cases with errors.
    """
    as_of = as_of.astimezone(series.zone)
    usual = readiness.habits(series, as_of)
    cases = [_status_of_case(case, series, as_of, usual[case.kind]) for case in series.cases]
    cases = [replace(case, has_errors=case.slug in faulty) for case in cases]
    cases.sort(key=lambda case: (case.due is None, case.due.timestamp() if case.due else 0, case.slug))
    dates = sorted(_upcoming_dates(series, as_of), key=lambda date: (date.on.timestamp(), date.slug))
    return Status(as_of, tuple(cases), tuple(dates))


def _status_of_case(case: Case, series: Series, as_of: datetime, habits: Habits) -> CaseStatus:
    present_state = readiness.known_state(case, series, as_of)
    title = case.title if case.origin.sound("title") else case.slug
    if present_state is None:
        return CaseStatus(case.slug, title, None, "", None, ("its dates or its status cannot be read",))
    opens, closes, releases = window(case, series.zone)
    steps = {
        State.SCHEDULED: ("opens", opens),
        State.OPEN: ("closes", closes),
        State.CURATING: ("releases", releases),
    }
    if present_state is State.DRAFT and case.origin.sound("opens"):
        steps[State.DRAFT] = ("opens", opens)
    step, due = steps.get(present_state, ("", None))
    missing = list(readiness.missing(case, series, present_state, habits))
    if present_state is State.DRAFT and due and due.timestamp() <= as_of.timestamp():
        missing.insert(0, "a later day for opens")
    waits = [
        Wait(
            f"{waiting.what} (dated {waiting.since})" if waiting.since else waiting.what,
            waiting.whom,
            waiting.where,
            readiness.phrase(waiting),
        )
        for waiting in consent.waiting(case, series, as_of)
    ]
    missing += [waiting.phrase for waiting in waits]
    return CaseStatus(case.slug, title, present_state, step, due, tuple(missing), tuple(waits))


def _upcoming_dates(series: Series, as_of: datetime) -> Iterator[Date]:
    for case in series.cases:
        present_state = readiness.known_state(case, series, as_of)
        if present_state in {None, State.WITHDRAWN} or not case.origin.sound("opens"):
            continue
        steps = zip(("opens", "closes", "releases"), window(case, series.zone), strict=True)
        for step, moment in islice(steps, 1 if present_state is State.DRAFT else None):
            if as_of.timestamp() <= moment.timestamp() <= (as_of + AHEAD).timestamp():
                yield Date(moment, case.slug, step, case.title, is_draft=present_state is State.DRAFT)
