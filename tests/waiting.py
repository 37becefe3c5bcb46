"""Waiting for what another program does, instead of for a time."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def until(happened: Callable[[], object], seconds: float = 60) -> None:
    """Return as soon as something has happened.

    Raises:
        TimeoutError: it did not happen in so many seconds.
    """
    end, pause = time.monotonic() + seconds, Event()
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError
        pause.wait(0.02)


def children(process: int) -> list[int]:
    """The processes that one has started and that still run."""
    found = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):  # each thread has its own
        with suppress(OSError):  # it has ended
            found += [int(word) for word in listed.read_text().split()]
    return found


def has_loaded(process: int, library: str) -> bool:
    """Whether a process uses a library of the system."""
    try:
        return library in Path(f"/proc/{process}/maps").read_text()
    except OSError:  # it has ended
        return False
