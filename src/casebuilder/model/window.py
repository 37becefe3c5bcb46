"""When a case opens, closes and is released: what is written, and what follows where nothing is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casebuilder.model.base import instant
from casebuilder.model.terms import Kind

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from casebuilder.model.case import Case

#: How long a discussion lasts if nothing else is written: a week (Chan et al., Acad Med 2015), and 48 hours for a
#: journal club (Thangasamy et al., Eur Urol 2014).
_WEEK, _TWO_DAYS = timedelta(days=7), timedelta(hours=48)


def window(case: Case, zone: ZoneInfo) -> tuple[datetime, datetime, datetime]:
    """When a case opens, closes and is released, in the series' zone.

    The discussion of a case lasts seven days if nothing else is written, a journal club's 48 hours; seven days are
    seven calendar days, whatever the clocks do. The release is at the close if it is not given.
    """
    opens = instant(case.opens, zone).astimezone(zone)
    if case.closes is not None:
        closes = instant(case.closes, zone).astimezone(zone)
    elif case.kind is Kind.JOURNAL_CLUB:
        closes = _later(opens, _TWO_DAYS, zone)
    else:
        closes = opens + _WEEK
    releases = instant(case.releases, zone).astimezone(zone) if case.releases is not None else closes
    return opens, closes, releases


def _later(moment: datetime, hours: timedelta, zone: ZoneInfo) -> datetime:
    """So many hours later as a clock runs, not as a calendar counts."""
    utc = moment.timestamp() + hours.total_seconds()
    return datetime.fromtimestamp(utc, tz=zone)
