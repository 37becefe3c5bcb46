"""Whose countries a typed figure counts: those of the participants, or those of the page's visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebuilder.model import Metric

_OF_VISITORS = frozenset(("page-views", "visitors", "cities"))


def of_visitors(metric: Metric, metrics: Iterable[Metric]) -> bool:
    """Return whether places are those of the page's readers.

    A program counted them, or their source also gave views.

    Args:
        metric: the places.
        metrics: all typed figures of the case.
    """
    names_from_source = {other.name for other in metrics if other.source == metric.source}
    return bool(metric.tool) or not names_from_source.isdisjoint(_OF_VISITORS)
