"""Worker processes that may hang or die without taking anything else with them.

`ProcessPoolExecutor` cannot stop a task that hangs, and gives up every task when one process dies. Here each process
has a thread of the parent that watches it: it is killed when its time is up, and another takes its place. The
processes are plain interpreters that never import the parent's main module.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from concurrent.futures import Executor, Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO, ParamSpec, TypeVar

from casebuilder.workerprocess import receive, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebuilder.workerprocess import Call

_P = ParamSpec("_P")
_T = TypeVar("_T")
#: Seconds in which a process must have started; they are not part of a call's time.
_START = 120.0
#: How many packs a process prints before it ends, which frees the memory that libraries keep.
_TASKS_EACH = 24
#: Bytes of memory that a process may take for itself, by default. Three times what a volume of sixty cases
#: takes; what takes more must fail by itself, before the system ends some other process to make room.
_MEMORY = 1 << 30


class WorkerError(Exception):
    """A worker that ran out of time, or died."""


class Workers(Executor):
    """Runs calls in processes, each call under a time-out. Functions, arguments and results must be picklable."""

    def __init__(
        self, count: int, *, timeout: float, memory: int = _MEMORY, program: str = "casebuilder.workerprocess"
    ) -> None:
        """Prepare for `count` processes at a time; a process is started when there is a call for it.

        Args:
            count: how many processes work at the same time.
            timeout: seconds after which a call is given up, its process killed.
            memory: bytes that a process may take for itself, where the system can hold it to that.
            program: the module whose `serve` each process runs.
        """
        self._timeout = timeout
        self._memory = memory
        self._program = program
        self._queue: SimpleQueue[tuple[Future[Any], Call] | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._serve_calls, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a function called in some process."""
        future: Future[_T] = Future()
        self._queue.put((future, (fn, args, kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the base class's form
        """End the processes after the calls that are waiting."""
        if cancel_futures:
            with suppress(Empty):  # a thread may take the last call meanwhile, so nothing here waits for one
                while True:
                    if queued := self._queue.get_nowait():
                        queued[0].cancel()
        for _ in self._threads:
            self._queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def __exit__(self, kind: object, *_: object) -> None:
        """End the processes; after an exception (such as Ctrl-C) without the calls that are still waiting."""
        self.shutdown(wait=kind is None, cancel_futures=kind is not None)

    def _serve_calls(self) -> None:
        """Hand calls to a process of this thread's own, one after the other."""
        worker: _Worker | None = None
        while queued := self._queue.get():
            future, call = queued
            if not future.set_running_or_notify_cancel():
                continue
            worker = worker or _Worker(self._program, self._memory)
            try:
                future.set_result(worker.run(call, self._timeout))
            except Exception as error:  # noqa: BLE001 - whatever the call raised is the future's
                future.set_exception(error)
            if worker.spent:
                worker.end()
                worker = None
        if worker:
            worker.end()


class _Worker:
    """One process, and the pipe to it."""

    def __init__(self, program: str, memory: int) -> None:
        # -P: without it Python looks in the current folder first, where a series may have a file such as pickle.py.
        command = [sys.executable, "-P", "-c", f"from {program} import serve; serve({memory:d})"]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # a Ctrl-C is the parent's affair, also while this one is still starting
        )
        self._tasks = 0
        self._late = threading.Event()

    @property
    def spent(self) -> bool:
        """Whether it is time for another process."""
        return self._tasks >= _TASKS_EACH or self._process.poll() is not None or self._late.is_set()

    def run(self, call: Call, timeout: float) -> Any:  # noqa: ANN401 - whatever the function returns
        """Return the result of a call. Raises its error, or WorkerError if the process runs out of time or dies."""
        if not self._tasks:
            self._read_answer(_START)
        self._tasks += 1
        succeeded, value = self._read_answer(timeout, call)
        if succeeded:
            return value
        if isinstance(value, MemoryError | SystemError):  # a library in C may fail to say which of them it was
            self._tasks = _TASKS_EACH  # the process has too little memory left for the next call
            raise WorkerError("memory ran out")
        raise value

    def _read_answer(self, timeout: float, call: Call | None = None) -> Any:  # noqa: ANN401 - see above
        """Return the process's answer to a call, or its sign that it is ready."""
        timer = threading.Timer(timeout, self._kill_process)
        timer.start()
        try:
            if call:
                send(_require_pipe(self._process.stdin), call)
            return receive(_require_pipe(self._process.stdout))
        except (OSError, EOFError):
            raise WorkerError(self._reason_of_death(timeout)) from None
        finally:
            timer.cancel()

    def _kill_process(self) -> None:
        self._late.set()
        self._process.kill()

    def _reason_of_death(self, timeout: float) -> str:
        code = self._process.wait()
        if self._late.is_set():
            waited = f"{timeout:g} second{'s' * (timeout != 1)}"
            return f"stopped after {waited}; shorten the text, or raise the setting timeout in mkdocs.yml"
        if code < 0:
            name = signal.Signals(-code).name
            return f"the process that printed it was killed ({name}; perhaps memory ran out)"
        return f"the process that printed it ended by itself (exit code {code})"

    def end(self) -> None:
        """Close the pipe, at which the process ends by itself; one that does not is killed."""
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                _require_pipe(pipe).close()
            except OSError:  # data left in the pipe of a dead process
                continue
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _require_pipe(optional_pipe: Any) -> BinaryIO:  # noqa: ANN401 - typed as possibly missing, which it is not here
    pipe: BinaryIO = optional_pipe
    return pipe
