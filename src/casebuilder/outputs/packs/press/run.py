"""One run of the press: prints jobs in the right order, volumes after their parts.

A pack that is offered by itself and in two volumes is printed once: its key depends on how it looks, not on its name.
"""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from casebuilder.outputs.packs.pdf.faults import Fault, PdfError
from casebuilder.outputs.packs.press.task import PressedFonts, merge_job, print_job, used_fonts
from casebuilder.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from casebuilder.outputs.packs.press.cache import Cache
    from casebuilder.outputs.packs.views import Job

_Printing: TypeAlias = "Future[tuple[bytes, int]]"


@dataclass(frozen=True, slots=True)
class _Order:
    """A job with everything that its printing needs."""

    job: Job
    key: str
    pictures: Mapping[str, bytes]
    fonts: PressedFonts
    parts: tuple[_Order, ...]


class _MissingError(Exception):
    """Pictures that cannot be read; its arguments are the reasons."""


class Run:
    """Prints the jobs that are not in the cache."""

    def __init__(
        self,
        cache: Cache,
        files: Callable[[str], bytes],
        report: Callable[[str, bool], None],
        find: Callable[[str, str], str],
    ) -> None:
        """Prepare.

        Args:
            cache: packs that were printed before.
            files: the bytes of a picture, by its path below the series' root.
            report: called with the path of each pack when it is done or has failed, and whether it was in the cache.
            find: the file and the line of some printed words, by the pack's subject and the words; empty if unknown.
        """
        self._find = find
        self._cache = cache
        self._files = files
        self._report = report
        self._orders: dict[Job, _Order] = {}
        self._asked: dict[str, list[str]] = defaultdict(list)
        self._waiting: dict[str, _Order] = {}
        self._here: dict[str, tuple[Path, int]] = {}
        self._broken: dict[str, Sequence[str]] = {}
        #: The reasons of each pack that failed, by its path.
        self.failed: dict[str, Sequence[str]] = {}
        #: The file of each pack, and how many pages it has, by its path.
        self.done: dict[str, tuple[Path, int]] = {}

    @property
    def calls(self) -> int:
        """How many packs are to be printed or merged."""
        return len(self._waiting)

    def add(self, job: Job) -> None:
        """Ask for a pack."""
        try:
            order = self._order_for(job)
        except _MissingError as missing:
            self.failed[job.path] = missing.args
            return
        self._asked[order.key].append(job.path)
        if self._is_in_cache(order.key):
            self._record_result(order.key, cached=True)
            return
        for part in (*order.parts, order):
            if not self._is_in_cache(part.key):
                self._waiting[part.key] = part

    def finish(self, pool: Executor) -> None:
        """Print and merge all jobs."""
        printing: dict[_Printing, _Order] = {}
        while True:
            for order in self._ready_orders():
                del self._waiting[order.key]
                printing[self._submit_order(pool, order)] = order
            if not printing:
                return
            finished, _ = wait(printing, return_when=FIRST_COMPLETED)
            for future in finished:
                self._take_result(future, printing.pop(future))

    def _order_for(self, job: Job) -> _Order:
        """Return a job with what it needs, found once for all that it is part of."""
        if job not in self._orders:
            self._orders[job] = self._make_order(job)
        return self._orders[job]

    def _make_order(self, job: Job) -> _Order:
        parts = tuple(self._order_for(part) for part in job.parts)
        from casebuilder.readers.pictures import DamagedError  # with what a worker never needs

        try:
            pictures = {address: self._files(path) for address, path in job.addresses.items()}
        except (KeyError, OSError, DamagedError):
            raise _MissingError(f"a picture cannot be read: {', '.join(job.pictures)}") from None
        fonts = used_fonts(f"{job.html}<p>{job.page_numbering}</p>")
        texts = (
            job.html,
            job.style,
            job.page_numbering,
            *(part.job.title for part in parts),
            *(part.key for part in parts),
        )
        return _Order(job, self._cache.key(texts, pictures, fonts), pictures, fonts, parts)

    def _is_in_cache(self, key: str) -> bool:
        """Return whether a pack is in the cache, or was found there before."""
        if key not in self._here and (entry := self._cache.get(key)):
            self._here[key] = entry
        return key in self._here

    def _ready_orders(self) -> Iterable[_Order]:
        """Yield the orders that can be printed now. One with a failed part fails too."""
        for order in list(self._waiting.values()):
            reasons = [reason for part in order.parts for reason in self._broken.get(part.key, ())]
            if reasons:
                del self._waiting[order.key]
                self._broken[order.key] = list(dict.fromkeys(reasons))
                self._record_result(order.key, cached=False)
            elif all(part.key in self._here for part in order.parts):
                yield order

    def _submit_order(self, pool: Executor, order: _Order) -> _Printing:
        job = order.job
        if not order.parts:
            return pool.submit(print_job, job.html, job.style, order.pictures, order.fonts, job.page_numbering)
        parts = [(self._here[part.key][0].read_bytes(), part.job.title) for part in order.parts]
        return pool.submit(merge_job, job.html, job.style, order.pictures, order.fonts, job.page_numbering, parts)

    def _take_result(self, future: _Printing, order: _Order) -> None:
        """Keep what was printed, or why it was not."""
        if reasons := self._reasons_of_failure(future, order.job):
            self._broken[order.key] = reasons
        else:
            self._here[order.key] = self._cache.put(order.key, *future.result())
        self._record_result(order.key, cached=False)

    def _reasons_of_failure(self, future: _Printing, job: Job) -> list[str]:
        """Return why a pack was not printed, with the author's file and line where known; empty if it was printed."""
        error = future.exception()
        if error is None:
            return []
        if isinstance(error, PdfError):
            return [self._with_source_line(fault, job) for fault in error.args]
        if isinstance(error, WorkerError):
            return list(map(str, error.args))
        return [f"the program that lays out pages fails ({type(error).__name__}: {error})"]

    def _with_source_line(self, fault: Fault, job: Job) -> str:
        source = self._find(job.subject, fault.words) if fault.words else ""
        return f"{source}: {fault}" if source else str(fault)

    def _record_result(self, key: str, *, cached: bool) -> None:
        """Record the result for every job with this key."""
        for path in self._asked.pop(key, ()):
            if key in self._here:
                self.done[path] = self._here[key]
            else:
                self.failed[path] = self._broken[key]
            self._report(path, cached)
