"""The press: packs' print HTML in, PDF files out, in worker processes and only when something changed.

A worker that hangs or dies loses only its own pack: the others are still printed, and one error at the end names every
pack that failed. Printed packs are cached, so that a build without changes prints nothing.
"""

from __future__ import annotations

import os
from contextlib import nullcontext
from typing import TYPE_CHECKING

from casebuilder.outputs.packs.press.cache import Cache
from casebuilder.outputs.packs.press.clusters import ClusterError, cluster
from casebuilder.outputs.packs.press.run import Run
from casebuilder.outputs.packs.press.shard import Shard, shard
from casebuilder.outputs.packs.press.sourcelines import source_line
from casebuilder.outputs.packs.press.styletrial import CannotPrintError, style_faults, try_job
from casebuilder.outputs.packs.press.task import used_fonts
from casebuilder.workers import WorkerError, Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from casebuilder.model import Pack
    from casebuilder.outputs.packs.views import Job

    #: Called for each pack: number done, total, its path, and whether it was in the cache.
    Progress = Callable[[int, int, str, bool], None]

__all__ = [
    "CannotPrintError",
    "ClusterError",
    "PressError",
    "Shard",
    "WorkerError",
    "Workers",
    "cluster",
    "print_packs",
    "shard",
    "source_line",
    "style_faults",
    "try_job",
    "used_fonts",
]


#: How many packs an error names for one reason: a fault in the style breaks all of them.
_SHOWN = 3


class PressError(Exception):
    """Packs that could not be printed.

    Attributes:
        reasons: what was wrong with each pack, by its path.
    """

    def __init__(self, reasons: Mapping[str, Sequence[str]]) -> None:
        self.reasons = dict(reasons)
        packs: dict[str, list[str]] = {}
        for path, pack_reasons in sorted(self.reasons.items()):
            for reason in pack_reasons:
                packs.setdefault(reason, []).append(path)
        count = len(self.reasons)
        lines = [f"{_name_some(paths)}: {reason}" for reason, paths in packs.items()]
        super().__init__("\n".join([f"{count} {'pack' if count == 1 else 'packs'} could not be printed", *lines]))


def _name_some(paths: Sequence[str]) -> str:
    """Return a few of the packs that share a reason, and how many more there are."""
    remaining = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return ", ".join(paths[:_SHOWN]) + remaining


def print_packs(  # noqa: PLR0913 - the seam between what is printed and how
    jobs: Sequence[Job],
    *,
    cache: Path,
    workers: int = 0,
    timeout: float = 120,
    files: Callable[[str], bytes],
    progress: Progress | None = None,
    executor: Executor | None = None,
    find: Callable[[str, str], str] = lambda _subject, _words: "",
) -> tuple[tuple[Pack, Path], ...]:
    """Print packs.

    Args:
        jobs: what `packs.jobs` made.
        cache: the folder that keeps what was printed; it is made.
        workers: processes at the same time; 0 is one a processor.
        timeout: seconds after which one pack is given up.
        files: the bytes of a picture, by its path below the series' root.
        progress: called for each pack.
        executor: used instead of our own processes; `timeout` then has no effect.
        find: the file and the line of some printed words, by the pack's subject and the words; see `source_line`.

    Returns:
        For each job, in order, the facts about its pack and the PDF file in the cache.

    Raises:
        PressError: some packs could not be printed; all others are in the cache.
    """
    run = Run(Cache(cache), files, _Counter(len(jobs), progress).count, find)
    for job in jobs:
        run.add(job)
    count = min(workers or os.cpu_count() or 1, max(run.calls, 1))
    with nullcontext(executor) if executor else Workers(count, timeout=timeout) as pool:
        run.finish(pool)
    if run.failed:
        raise PressError(run.failed)
    return tuple(_pack_fact(job, *run.done[job.path]) for job in jobs)


class _Counter:
    """Counts finished packs for the progress callback."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done = 0
        self._total = total
        self._progress = progress

    def count(self, path: str, cached: bool) -> None:  # noqa: FBT001 - the callback's form
        """Count one more pack that is done."""
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total, path, cached)


def _pack_fact(job: Job, path: Path, pages: int) -> tuple[Pack, Path]:
    from casebuilder.model import Pack

    size = path.stat().st_size
    return Pack(job.path, job.subject, job.edition, job.paper, pages, size), path
