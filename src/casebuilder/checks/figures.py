"""Figures that somebody typed beside a record from which they can be counted: the two must agree."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casebuilder.model import instant
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Contribution
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

#: The figures that count people, and whether each author of the record is one of them.
_PEOPLE = {"participants": True, "all-participants": True, "new-participants": False}


def contradictions(series: Series) -> Iterator[Problem]:
    """Numbers of participants that the record of the discussion does not bear out.

    A figure covers the days after the opening that its window names, and the record may go on after them: what is
    between the authors of those days and all authors is right.
    """
    for case in series.cases:
        if not case.contributions or f"commentary/{case.slug}/discussion.jsonl" in series.unread:
            continue
        everyone = _authors(case.contributions)
        for index, metric in enumerate(case.metrics):
            name = metric.metric.strip().lower().replace(" ", "-").replace("_", "-")
            if name not in _PEOPLE or not case.metrics_origin.sound(index):
                continue
            least = len(_authors(_within(case, metric.window_days, series))) if _PEOPLE[name] else 0
            if not least <= metric.value <= len(everyone):
                counted = f"{len(everyone)} author{'s' * (len(everyone) != 1)}"
                message = f"{metric.metric} is {metric.value:,g}, but the record of the discussion has {counted}"
                hint = (
                    f"correct the figure, or add the missing contributions to commentary/{case.slug}/discussion.jsonl"
                )
                yield Problem(*case.metrics_origin.at(index, "value"), "figure-contradicts-record", message, hint)


def _within(case: Case, days: int, series: Series) -> list[Contribution]:
    end = instant(case.opens, series.zone) + timedelta(days=days)
    return [item for item in case.contributions if item.posted < end]


def _authors(items: tuple[Contribution, ...] | list[Contribution]) -> set[str]:
    return {item.author_key for item in items}
