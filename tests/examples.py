"""How many examples a property is tried with: few and always the same in `make test`, many at random in `make fuzz`."""

from __future__ import annotations

import os

from hypothesis import settings

#: How many times as many examples are drawn as in `make test`; 0 there.
FUZZ = int(os.environ.get("FUZZ", "0"))


def drawn(count: int) -> settings:
    """The settings of a property that `make test` tries with so many examples."""
    return settings(max_examples=count * max(FUZZ, 1), deadline=None)
