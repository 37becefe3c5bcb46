"""The status of a series: the state of each case, what is missing for its next step, and what is due when.

For the editors of a series only: it shows what is sealed, and no output of a build contains it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from casebuilder.model import ConsentState, Kind, State, window
from casebuilder.published.instants import state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

#: How far ahead dates are listed.
AHEAD = timedelta(days=90)
#: A case is released with at least this many expert responses (MEdIC: two or three).
_RESPONSES = 2


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """The state of one case, and its next step.

    Attributes:
        slug: the case.
        title: its title.
        state: where it is now.
        next: the next step ("opens", "closes", "releases"); empty after the last.
        due: when that is; None after the last step.
        missing: one phrase for each thing that the step needs and the case does not have.
    """

    slug: str
    title: str
    state: State
    next: str
    due: datetime | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Date:
    """A date in the next 90 days: a case opens, closes or releases its responses."""

    on: datetime
    slug: str
    what: str


@dataclass(frozen=True, slots=True)
class Status:
    """All cases, the one that is due first at the top, and the dates of the next 90 days."""

    as_of: datetime
    cases: tuple[CaseStatus, ...]
    dates: tuple[Date, ...]


def series_status(series: Series, as_of: datetime) -> Status:
    """Return the status of a series at an instant."""
    as_of = as_of.astimezone(series.zone)
    cases = [_case(case, series, as_of) for case in series.cases]
    cases.sort(key=lambda case: (case.due is None, case.due.timestamp() if case.due else 0, case.slug))
    dates = sorted(_dates(series, as_of), key=lambda date: (date.on.timestamp(), date.slug))
    return Status(as_of, tuple(cases), tuple(dates))


def _case(case: Case, series: Series, as_of: datetime) -> CaseStatus:
    now = state(case, as_of, series.zone)
    opens, closes, releases = window(case, series.zone)
    steps = {
        State.SCHEDULED: ("opens", opens),
        State.OPEN: ("closes", closes),
        State.CURATING: ("releases", releases),
    }
    step, due = steps.get(now, ("", None))
    return CaseStatus(case.slug, case.title, now, step, due, tuple(_missing(case, now, series)))


def _missing(case: Case, now: State, series: Series) -> Iterator[str]:
    """What is missing: first what a case needs to open, then to get its answers, then to be released."""
    if now is State.WITHDRAWN:
        return
    yield from _to_open(case)
    if now is State.DRAFT:
        return
    yield from _to_answer(case, series)
    if now in {State.CURATING, State.COMPLETE}:
        yield from _to_release(case)


def _to_open(case: Case) -> Iterator[str]:
    blank = [name for name in case.placeholders if getattr(case, name) in {"…", ("…",)}]
    yield from (f"{name} missing" for name in blank)
    if not case.story:
        yield "paper.md missing" if case.kind is Kind.JOURNAL_CLUB else "story missing"
    if not case.questions:
        yield "questions missing"


def _to_answer(case: Case, series: Series) -> Iterator[str]:
    if len(case.responses) < _RESPONSES:
        count = _RESPONSES - len(case.responses)
        yield f"{count} expert response{'s' * (count > 1)} missing"
    for response in case.responses:
        if response.consent is None:
            person = series.person(response.person)
            yield f"consent of {person.name if person else response.person} missing"
    if not case.notes:
        yield "facilitation notes missing"


def _to_release(case: Case) -> Iterator[str]:
    if case.commentary is None:
        yield "commentary missing"
    for quote in case.quotes:
        if quote.consent.state is ConsentState.PENDING:
            yield f'consent pending for quote "{quote.id}"' + (f" ({quote.by.name})" if quote.by.name else "")


def _dates(series: Series, as_of: datetime) -> Iterator[Date]:
    for case in series.cases:
        if state(case, as_of, series.zone) in {State.DRAFT, State.WITHDRAWN}:
            continue
        for what, moment in zip(("opens", "closes", "releases"), window(case, series.zone), strict=True):
            if as_of.timestamp() <= moment.timestamp() <= (as_of + AHEAD).timestamp():
                yield Date(moment, case.slug, what)
