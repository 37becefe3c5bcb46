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
    reasons = (*_passed_dates(series, since, as_of), *_changed_consents(series, since, as_of))
    return tuple(sorted(reasons, key=lambda reason: (reason.on.timestamp() if reason.on else 0.0, reason.what)))


def _passed_dates(series: Series, since: datetime, as_of: datetime) -> Iterator[Due]:
    """Yield the dates between the two instants at which a case changed its state.

    A case that is withheld because of its errors gets a page that says so when it would have opened.
    """
    for withheld in series.withheld_cases:
        if (
            withheld.opens
            and since.timestamp() < (opening := instant(withheld.opens, series.zone)).timestamp() <= as_of.timestamp()
        ):
            yield Due(f"{withheld.slug}, which is being corrected, opened", opening)
    for case in series.cases:
        if state(case, as_of, series.zone) is State.DRAFT:
            continue
        moments: tuple[datetime, ...] = window(case, series.zone)
        if state(case, as_of, series.zone) is State.WITHDRAWN:
            moments = (moments[0],)
        for step, moment in zip(_STEPS, moments, strict=False):
            if since.timestamp() < moment.timestamp() <= as_of.timestamp():
                yield Due(f"{case.slug} {step}", moment)


def _changed_consents(series: Series, since: datetime, as_of: datetime) -> Iterator[Due]:
    """Yield a reason for each case, released at both instants, whose printable quotes or responses differ."""
    day_before, day_now = since.date(), as_of.date()
    small_count = series.settings.small_count
    for case in series.cases:
        if day_before != day_now and {state(case, moment, series.zone) for moment in (since, as_of)} == {
            State.COMPLETE
        }:
            quotes = [quote.id for quote in consent.quotes(case, day_now, small_count)]
            quotes_before = [quote.id for quote in consent.quotes(case, day_before, small_count)]
            if quotes != quotes_before or consent.responses(case, day_now) != consent.responses(case, day_before):
                yield Due(f"a consent for {case.slug} counts from a later day")
