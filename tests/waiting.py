"""Waiting for what another program does, or a browser, instead of for a time."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


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


def resize(page: Page, width: int, height: int) -> None:
    """Give an open page another size, and return when it has it."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("width => innerWidth === width", arg=width)


def until_in_view(page: Page, selector: str) -> None:
    """Return as soon as an element begins in the upper half of what is seen: a link scrolls with the next picture."""
    begins = "document.querySelector(selector)?.getBoundingClientRect().top"
    page.wait_for_function(
        f"selector => {{ const top = {begins}; return top >= -5 && top < innerHeight / 2 }}", arg=selector
    )


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
