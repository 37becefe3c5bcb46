"""Medians and quartiles."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from casebuilder.model import Spread

if TYPE_CHECKING:
    from collections.abc import Sequence


def spread(values: Sequence[float]) -> Spread | None:
    """Return the median and the quartiles of some values; None if there are none.

    Chan et al. 2015 and Thangasamy et al. 2014 do not say how they work out quartiles. We interpolate linearly between
    the two neighbours (Hyndman and Fan's type 7), as R does by default and spreadsheets do in QUARTILE.INC.
    """
    if not values:
        return None
    if len(values) == 1:
        return Spread(median=values[0], lower=values[0], upper=values[0])
    lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(median=median, lower=lower, upper=upper)
