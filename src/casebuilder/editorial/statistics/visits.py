"""A case's `metrics.yml` with what exports of visits say."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from casebuilder.editorial.statistics import analytics
from casebuilder.model import Kind, window

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from zoneinfo import ZoneInfo

    from casebuilder.model.case import Case

_WEEK, _TWO_DAYS = 168, 48


def with_visits(  # noqa: PLR0913 - the options of an import
    case: Case, text: str, exports: Iterable[tuple[str, bytes]], *, zone: ZoneInfo, collected: date, source: str
) -> tuple[str, list[str]]:
    """Return the new text of `metrics.yml`, and a line about each figure.

    A case's window is its first seven days, a journal club's 48 hours.

    Args:
        case: the case.
        text: of its file; empty without one.
        exports: each export's name and content.
        zone: the series'.
        collected: the day on which they were made.
        source: who counted; the export's name if it is empty.

    Raises:
        analytics.ExportError: an export cannot be read, the window is not over, or the file cannot be added to.
    """
    hours = _TWO_DAYS if case.kind is Kind.JOURNAL_CLUB else _WEEK
    opens = window(case, zone)[0]
    if (ends := opens + timedelta(hours=hours)).date() > collected:
        message = f"the first {hours} hours are over on {ends:%Y-%m-%d, %H:%M}: export the figures after that"
        raise analytics.ExportError(message)
    if text.strip() and not any(line.startswith("- ") for line in text.splitlines()):
        message = "metrics.yml is not written as a list of lines that begin with a hyphen: add the figures by hand"
        raise analytics.ExportError(message)
    figures_present = {(metric.name, metric.hours, metric.tool) for metric in case.metrics}
    notes: list[str] = []
    for name, content in exports:
        visits = analytics.read(analytics.decoded(content), case.slug, opens, hours)
        present_keys = {
            key for key, window_hours, tool in figures_present if window_hours == hours and tool.startswith(visits.tool)
        }
        new_figures = {key: value for key, value in visits.figures.items() if key not in present_keys}
        notes += [f"{key}: {value} ({visits.tool})" for key, value in new_figures.items()]
        notes += [
            f"{key} by {visits.tool} is in metrics.yml already: left unchanged"
            for key in visits.figures.keys() - new_figures
        ]
        notes += [f"{name}: {remark}" for remark in (*filter(None, (visits.note,)), *visits.remarks)]
        if new_figures and not visits.is_windowed:
            notes.append(
                f"{name} has no days: it must have been exported for the first {hours} hours after the opening"
            )
        new_visits = analytics.Visits(new_figures, visits.tool, visits.is_windowed)
        source_in_yaml = json.dumps(source or f"Export of {visits.tool}", ensure_ascii=False)
        new_lines = analytics.entries(new_visits, source_in_yaml, collected, hours) if new_figures else ""
        text = f"{text.rstrip()}\n{new_lines}" if text.strip() and new_lines else text or new_lines
        figures_present |= {(key, hours, visits.tool) for key in new_figures}
    return text, notes
