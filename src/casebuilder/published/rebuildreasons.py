"""Why a site that was built at one instant must be built again at another, although no file has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import State, instant, window
from casebuilder.published import consent
from casebuilder.published.states import state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from casebuilder.model.series import Series

#: What happens to a case at each of its three dates.
_STEPS = ("opened", "closed", "was released")


@dataclass(frozen=True, slots=True)
class Due:
    """A reason to build again.

    Attributes:
        what: a phrase, such as "2026-03-late-handover opened".
        on: when it happened; None if only the day of it is known to matter, such as that of a consent.
    """

    what: str
    on: datetime | None = None


def due(series: Series, since: datetime, as_of: datetime) -> tuple[Due, ...]:
    """Return why a site of this series, built at `since`, is out of date at `as_of`; empty if it is not.

    Args:
        series: a series without errors.
        since: the instant of the earlier build, with a time zone.
        as_of: the instant of the next build, with a time zone.
    """
    since, as_of = since.astimezone(series.zone), as_of.astimezone(series.zone)
    if since.timestamp() >= as_of.timestamp():
        return ()
    reasons = (*_passed(series, since, as_of), *_consented(series, since, as_of))
    return tuple(sorted(reasons, key=lambda reason: (reason.on.timestamp() if reason.on else 0.0, reason.what)))


def _passed(series: Series, since: datetime, as_of: datetime) -> Iterator[Due]:
    """Yield the dates between the two instants at which a case changed its state.

    A case that is withheld because of its errors gets a page that says so when it would have opened.
    """
    for corrected in series.withheld_cases:
        if (
            corrected.opens
            and since.timestamp() < (opened := instant(corrected.opens, series.zone)).timestamp() <= as_of.timestamp()
        ):
            yield Due(f"{corrected.slug}, which is being corrected, opened", opened)
    for case in series.cases:
        if state(case, as_of, series.zone) is State.DRAFT:
            continue
        moments: tuple[datetime, ...] = window(case, series.zone)
        if state(case, as_of, series.zone) is State.WITHDRAWN:
            moments = (moments[0],)
        for what, moment in zip(_STEPS, moments, strict=False):
            if since.timestamp() < moment.timestamp() <= as_of.timestamp():
                yield Due(f"{case.slug} {what}", moment)


def _consented(series: Series, since: datetime, as_of: datetime) -> Iterator[Due]:
    """Yield a reason for each case, released at both instants, whose printable quotes or responses differ."""
    before, now = since.date(), as_of.date()
    small = series.settings.small_count
    for case in series.cases:
        if before != now and {state(case, at, series.zone) for at in (since, as_of)} == {State.COMPLETE}:
            quotes = [quote.id for quote in consent.quotes(case, now, small)]
            quotes_before = [quote.id for quote in consent.quotes(case, before, small)]
            if quotes != quotes_before or consent.responses(case, now) != consent.responses(case, before):
                yield Due(f"a consent for {case.slug} counts from a later day")
