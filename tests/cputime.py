"""Limits of CPU time that hold on a busy machine, too: they stretch as a fixed piece of work does in the same run."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How long the fixed piece of work takes on a machine with two idle processors, in seconds.
_USUAL = 0.006


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail if a block takes more CPU time than so many seconds of an idle machine."""
    with nothing_collected():
        before, start = _fixed_work(), process_time()
        yield
        taken = process_time() - start
    slower = max(1.0, before / _USUAL, _fixed_work() / _USUAL)
    assert taken < seconds * slower


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Search for no garbage meanwhile: what other tests left in memory can take longer than the block."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _fixed_work() -> float:
    """Return the CPU time of a loop, the best of three, in seconds."""
    taken = []
    for _ in range(3):
        start = process_time()
        sum(number * number % 7 for number in range(100_000))
        taken.append(process_time() - start)
    return min(taken)
