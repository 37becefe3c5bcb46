"""Figures: what can be counted in the record of a discussion, with small numbers hidden.

This is the only place that counts. What comes out holds no text, no name and no key of anybody.
"""

from __future__ import annotations

from casebuilder.model.counting.attribution import Attribution, attribution
from casebuilder.model.counting.channels import same_channel
from casebuilder.model.counting.combinedrounds import Together
from casebuilder.model.counting.counts import Round, count, counted, is_post
from casebuilder.model.counting.regions import CONTINENT, CONTINENTS
from casebuilder.model.counting.rounds import Counted, is_elsewhere, of_series
from casebuilder.model.counting.spread import spread
from casebuilder.model.counting.visitors import of_visitors

__all__ = [
    "CONTINENT",
    "CONTINENTS",
    "Attribution",
    "Counted",
    "Round",
    "Together",
    "attribution",
    "count",
    "counted",
    "is_elsewhere",
    "is_post",
    "of_series",
    "of_visitors",
    "same_channel",
    "spread",
]
