"""The status of a series as text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from casebuilder.published.status import Status


def text(status: Status) -> str:
    """For people: the cases by due date, then the dates of the next 90 days."""
    lines = [f"As of {_when(status.as_of)} ({status.as_of.tzname()})", ""]
    width = max((len(case.slug) for case in status.cases), default=0)
    for case in status.cases:
        step = f"{case.next} {_when(case.due)}" if case.due else ""
        lines.append(f"{case.slug:<{width}}  {case.state:<9}  {step}".rstrip())
        lines += [f"{'':<{width}}  - {item}" for item in case.missing]
    lines += ["", "The next 90 days"]
    lines += [f"{_when(date.on):<17}  {date.what:<8}  {date.slug}" for date in status.dates] or ["nothing"]
    return "\n".join(lines)


def as_json(status: Status) -> str:
    """For programs: one JSON object."""
    rows = [
        {
            "case": case.slug,
            "title": case.title,
            "state": case.state,
            "next": case.next or None,
            "due": case.due.isoformat() if case.due else None,
            "missing": list(case.missing),
        }
        for case in status.cases
    ]
    dates = [{"on": date.on.isoformat(), "case": date.slug, "what": date.what} for date in status.dates]
    value = {"as_of": status.as_of.isoformat(), "cases": rows, "dates": dates}
    return json.dumps(value, ensure_ascii=False, indent=2)


def _when(moment: datetime) -> str:
    """A day, with the time if it is not midnight."""
    return f"{moment:%Y-%m-%d}" if not (moment.hour or moment.minute) else f"{moment:%Y-%m-%d %H:%M}"


FORMATS = {"text": text, "json": as_json}
