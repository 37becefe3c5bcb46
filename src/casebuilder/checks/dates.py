"""Dates: a case opens, closes and is released, in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import ChangeKind, Status, window
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


def _has_all_dates(case: Case) -> bool:
    """Return whether all dates could be read; one that could not be read has a stand-in."""
    return all(case.origin.sound(name) for name in ("opens", "closes", "releases"))


def order(series: Series) -> Iterator[Problem]:
    """A case opens before it closes, and is not released before it closes."""
    for case in series.cases:
        if not _has_all_dates(case):
            continue
        opens, closes, releases = (moment.timestamp() for moment in window(case, series.zone))
        if closes <= opens:
            message = "the discussion closes before it opens"
            yield Problem(*case.origin.at("closes"), "date-order", message, 'choose a day for "closes" after "opens"')
        elif releases < closes:
            message = "the responses are released before the discussion closes"
            yield Problem(
                *case.origin.at("releases"),
                "date-order",
                message,
                'choose the same day as "closes" for "releases", or a later one',
            )


def withdrawals(series: Series) -> Iterator[Problem]:
    """A withdrawn case says when and why."""
    for case in series.cases:
        explained = any(change.kind is ChangeKind.WITHDRAWAL for change in case.changes)
        if case.status is Status.WITHDRAWN and not explained and case.origin.sound("changes"):
            hint = 'add to "changes" an entry with date, "kind: withdrawal" and a note for the public'
            yield Problem(
                *case.origin.at("status"),
                "missing-change",
                "the case is withdrawn, and no change says why",
                hint,
            )


def consents(series: Series) -> Iterator[Problem]:
    """An expert consented before the response was released."""
    for case in series.cases:
        if not _has_all_dates(case):
            continue
        _, _, releases = window(case, series.zone)
        for response in case.responses:
            if response.consent and response.consent > releases.date():
                message = f"the consent of {response.person} is dated after the release on {releases.date()}"
                hint = "correct the date, or move the release"
                yield Problem(*response.origin.at("consent"), "consent-after-release", message, hint)
