"""The figures that the editors of a series have: counted in a record, or taken from `figures.yml`; and those typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Status, counting, window

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from casebuilder.model import Figures, Metric
    from casebuilder.model.counting import Together
    from casebuilder.model.series import Series


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """The figures of one case.

    Attributes:
        slug: the case.
        opens: in the series' zone.
        is_paper: whether it is a journal club.
        figures: what was counted; None if there is neither a record nor a file of figures.
        is_counted: whether the record is on this computer.
        metrics: what was typed.
    """

    slug: str
    opens: datetime
    is_paper: bool
    figures: Figures | None
    is_counted: bool
    metrics: tuple[Metric, ...]


def gather(series: Series, among: Collection[str]) -> tuple[tuple[CaseFigures, ...], Together]:
    """Return the figures of these cases without withdrawn ones, the first round first, and of their clubs together."""
    counts = counting.of_series(series, among)
    case_figures = [
        CaseFigures(
            case.slug,
            window(case, series.zone)[0],
            case.paper is not None,
            counts.rounds.get(case.slug, case.figures),
            case.slug in counts.rounds,
            case.metrics,
        )
        for case in series.cases
        if case.slug in among and case.status is not Status.WITHDRAWN
    ]
    with_figures = (case for case in case_figures if case.figures or case.metrics)
    return tuple(sorted(with_figures, key=lambda case: (case.opens.timestamp(), case.slug))), counts.clubs
