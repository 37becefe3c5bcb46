"""The state of a case at an instant: draft, scheduled, open, curating, complete or withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import State, Status, window

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from casebuilder.model.case import Case


def state(case: Case, as_of: datetime, zone: ZoneInfo) -> State:
    """Return the state of a case at an instant."""
    if case.status is Status.WITHDRAWN:
        return State.WITHDRAWN
    if case.status is Status.DRAFT:
        return State.DRAFT
    opens, closes, releases = window(case, zone)
    at = as_of.timestamp()
    if at < opens.timestamp():
        return State.SCHEDULED
    if at < closes.timestamp():
        return State.OPEN
    return State.CURATING if at < releases.timestamp() else State.COMPLETE
