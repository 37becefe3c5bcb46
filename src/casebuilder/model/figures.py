"""The figures of a discussion as they may be published: what `figures` counts, and what `figures.yml` holds.

No field has room for a text, a name or a key of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from casebuilder.model.base import Line, OneLine, Record

Count = Annotated[int, Field(ge=0, le=10**9)]
#: A number that is hidden alone must be one of two at least.
_TWO_HIDDEN = 3


def least_alone(small_count: int) -> int:
    """Return the smallest number, besides 0, that may be shown where it stands alone, or be missing.

    Args:
        small_count: from 1 up to below this, numbers are hidden. Below 2 there is only the 1: whoever misses a number
            would know it, so the 2 is hidden with it.
    """
    return max(small_count, _TWO_HIDDEN) if small_count > 1 else small_count


class Breakdown(Record):
    """A number by its parts. Parts that are not named here are zero, or together `other`."""

    cells: Mapping[OneLine, Count] = Field(default_factory=dict)
    #: The sum of the parts that are too small to be shown, and of those that must stay hidden with them.
    other: Count | None = None

    def with_cells(self, cells: Mapping[str, int]) -> Breakdown:
        """Return the same breakdown with other parts, or with the parts in another order."""
        return self.model_copy(update={"cells": cells})

    @property
    def is_hidden(self) -> bool:
        """Whether no part of it may be shown."""
        return not self.cells


class Spread(Record):
    """Median and quartiles, by linear interpolation (type 7 of Hyndman and Fan, Am Stat 1996;50:361-365)."""

    median: Annotated[float, Field(ge=0, le=1e12)]
    lower: Annotated[float, Field(ge=0, le=1e12)]
    upper: Annotated[float, Field(ge=0, le=1e12)]


class Figures(Record):
    """What can be counted in the record of one discussion. None where a number is too small to be shown.

    The names of the parts: of `kinds` original, reply, repost; of `rounds` new and returning; of `media` comments and
    posts; of `weeks` first and later; of `course` the hours since the opening, "0-24"; of `countries` ISO 3166 codes;
    of `questions` their ids.
    """

    #: Numbers from 1 below this are hidden.
    small_count: Annotated[int, Field(ge=1)]
    contributions: Count | None = None
    participants: Count | None = None
    kinds: Breakdown = Breakdown.model_construct(cells={}, other=None)
    rounds: Breakdown = Breakdown.model_construct(cells={}, other=None)
    #: Why new and returning participants are not counted: "another-key", "record-elsewhere", or nothing.
    rounds_unknown: Line = ""
    media: Breakdown = Breakdown.model_construct(cells={}, other=None)
    channels: Breakdown = Breakdown.model_construct(cells={}, other=None)
    #: Comments and posts of the first seven days.
    first_comments: Count | None = None
    first_posts: Count | None = None
    questions: Breakdown = Breakdown.model_construct(cells={}, other=None)
    course: Breakdown = Breakdown.model_construct(cells={}, other=None)
    roles: Breakdown = Breakdown.model_construct(cells={}, other=None)
    continents: Breakdown = Breakdown.model_construct(cells={}, other=None)
    countries: Breakdown = Breakdown.model_construct(cells={}, other=None)
    #: How many countries and continents there are, the hidden ones too.
    country_count: Count | None = None
    continent_count: Count | None = None
    posts_each: Spread | None = None
    #: Of all contributions, those of the most active tenth of participants, in per cent.
    most_active: Annotated[int, Field(ge=0, le=100)] | None = None
    words: Spread | None = None
    #: How many replies deep the longest chain is; 0 if nobody replied.
    depth: Count | None = None
    #: Of all contributions, those of moderators, in per cent.
    moderators: Annotated[int, Field(ge=0, le=100)] | None = None
    #: Whether an author of the paper took part; None for a case that has no paper.
    authors_took_part: bool | None = None
    #: Contributions marked as spam, which are in no other number.
    spam: Count = 0

    @property
    def least_alone(self) -> int:
        """What contributions or participants are fewer than if their number is hidden."""
        return least_alone(self.small_count)
