"""A share of the packs, for a build that several machines print together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several shares: the second of four is `Shard(2, 4)`, written "2/4"."""

    number: int
    count: int

    def __str__(self) -> str:
        """Return it as messages show it: "2 of 4"."""
        return f"{self.number} of {self.count}"

    def of(self, items: Sequence[_T]) -> tuple[_T, ...]:
        """Return this share: every n-th, since neighbours cost alike. All shares together are everything, once."""
        return tuple(items[self.number - 1 :: self.count])


def shard(text: str) -> Shard:
    """Parse a share such as "2/4".

    Raises:
        ValueError: it is not written so, or there is no such share.
    """
    match = re.fullmatch(r"(\d{1,4})/(\d{1,4})", text.strip())
    share = Shard(int(match[1]), int(match[2])) if match else None
    if share is None or not 1 <= share.number <= share.count:
        raise ValueError(f'"{text}" is not a share; write 2/4 for the second of four')
    return share
