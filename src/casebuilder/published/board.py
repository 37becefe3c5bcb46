"""The editors' board: where each case is, what it lacks for its next step, and what is due when.

The board is for the people who make the series: it shows what is sealed, and is in no output of a build.
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

#: How far ahead the board looks.
AHEAD = timedelta(days=90)
#: A case is released with at least this many expert responses (MEdIC: two or three).
_RESPONSES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One case on the board.

    Attributes:
        slug: the case.
        title: its title.
        state: where it is now.
        next: the next step ("opens", "closes", "releases"), or nothing.
        due: when that is.
        missing: what it lacks for that step, in words.
    """

    slug: str
    title: str
    state: State
    next: str
    due: datetime | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Date:
    """Something that happens in the coming days."""

    on: datetime
    slug: str
    what: str


@dataclass(frozen=True, slots=True)
class Board:
    """All cases, the next to act first, and the dates of the coming 90 days."""

    as_of: datetime
    rows: tuple[Row, ...]
    dates: tuple[Date, ...]


def board(series: Series, as_of: datetime) -> Board:
    """The board at an instant."""
    as_of = as_of.astimezone(series.zone)
    rows = [_row(case, series, as_of) for case in series.cases]
    rows.sort(key=lambda row: (row.due is None, row.due.timestamp() if row.due else 0, row.slug))
    dates = sorted(_dates(series, as_of), key=lambda date: (date.on.timestamp(), date.slug))
    return Board(as_of, tuple(rows), tuple(dates))


def _row(case: Case, series: Series, as_of: datetime) -> Row:
    now = state(case, as_of, series.zone)
    opens, closes, releases = window(case, series.zone)
    steps = {
        State.SCHEDULED: ("opens", opens),
        State.OPEN: ("closes", closes),
        State.CURATING: ("releases", releases),
    }
    step, due = steps.get(now, ("", None))
    return Row(case.slug, case.title, now, step, due, tuple(_missing(case, now, series)))


def _missing(case: Case, now: State, series: Series) -> Iterator[str]:
    """What a case lacks, from what it needs to open to what it needs to be whole."""
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
