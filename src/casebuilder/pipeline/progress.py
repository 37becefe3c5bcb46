"""Progress while packs are printed: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: On no terminal a line is written each time another part of this size is done, so that a log stays short.
_PARTS = 10


@contextmanager
def shown(stream: TextIO) -> Iterator[Callable[[int, int, str, bool], None]]:
    """Provide a callback for the progress of packs: done, of how many, which, and whether it was in the cache."""
    if not stream.isatty():
        yield lambda done, total, name, cached: _write_line(stream, done, total, name, cached=cached)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Packs"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as bar:
        task = bar.add_task("")

        def advance(done: int, total: int, name: str, cached: bool) -> None:  # noqa: FBT001 - the callback's form
            del cached
            bar.update(task, completed=done, total=total, description=name)

        yield advance


def _write_line(stream: TextIO, done: int, total: int, name: str, *, cached: bool) -> None:
    step = max(total // _PARTS, 1)
    if done == total or done % step == 0:
        stream.write(f"packs: {done} of {total} ({name}{', unchanged' if cached else ''})\n")
        stream.flush()
