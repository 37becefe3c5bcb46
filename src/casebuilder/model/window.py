"""When a case opens, closes and is released, with default values."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casebuilder.model.base import instant
from casebuilder.model.terms import Kind

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from casebuilder.model.case import Case

#: The default length of a discussion: a week (Chan et al., Acad Med 2015), and 48 hours for a
#: journal club (Thangasamy et al., Eur Urol 2014).
_WEEK, _TWO_DAYS = timedelta(days=7), timedelta(hours=48)


def window(case: Case, zone: ZoneInfo) -> tuple[datetime, datetime, datetime]:
    """Return when a case opens, closes and is released, in the series' zone.

    By default the discussion of a case lasts seven calendar days, that of a journal club 48 hours, and the release is
    at the close.
    """
    opens = instant(case.opens, zone).astimezone(zone)
    if case.closes is not None:
        closes = instant(case.closes, zone).astimezone(zone)
    elif case.kind is Kind.JOURNAL_CLUB:
        closes = _hours_later(opens, _TWO_DAYS, zone)
    else:
        closes = opens + _WEEK
    releases = instant(case.releases, zone).astimezone(zone) if case.releases is not None else closes
    return opens, closes, releases


def _hours_later(moment: datetime, hours: timedelta, zone: ZoneInfo) -> datetime:
    """Return the instant a number of elapsed hours later, across clock changes."""
    utc = moment.timestamp() + hours.total_seconds()
    return datetime.fromtimestamp(utc, tz=zone)
