"""The editors' board as text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from casebuilder.published.board import Board


def text(board: Board) -> str:
    """The board for people: cases by what is due next, then the dates of the coming 90 days."""
    lines = [f"As of {_when(board.as_of)} ({board.as_of.tzname()})", ""]
    width = max((len(row.slug) for row in board.rows), default=0)
    for row in board.rows:
        step = f"{row.next} {_when(row.due)}" if row.due else ""
        lines.append(f"{row.slug:<{width}}  {row.state:<9}  {step}".rstrip())
        lines += [f"{'':<{width}}  - {item}" for item in row.missing]
    lines += ["", "The next 90 days"]
    lines += [f"{_when(date.on):<17}  {date.what:<8}  {date.slug}" for date in board.dates] or ["nothing"]
    return "\n".join(lines)


def as_json(board: Board) -> str:
    """The board for programs."""
    rows = [
        {
            "case": row.slug,
            "title": row.title,
            "state": row.state,
            "next": row.next or None,
            "due": row.due.isoformat() if row.due else None,
            "missing": list(row.missing),
        }
        for row in board.rows
    ]
    dates = [{"on": date.on.isoformat(), "case": date.slug, "what": date.what} for date in board.dates]
    value = {"as_of": board.as_of.isoformat(), "cases": rows, "dates": dates}
    return json.dumps(value, ensure_ascii=False, indent=2)


def _when(moment: datetime) -> str:
    """A day, with the time if it is not midnight."""
    return f"{moment:%Y-%m-%d}" if not (moment.hour or moment.minute) else f"{moment:%Y-%m-%d %H:%M}"


FORMATS = {"text": text, "json": as_json}
