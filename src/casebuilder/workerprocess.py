"""The other end of `workers`: a process that does one call after another, and ends with the program that started it.

It is a program of its own, so it may set process-wide limits: memory, signals, garbage collection.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from queue import SimpleQueue
from typing import Any, BinaryIO, TypeAlias

#: A call: the function, its positional and its keyword arguments.
Call: TypeAlias = tuple[Any, tuple[Any, ...], dict[str, Any]]
#: Bytes of the length field before each call and answer.
_LENGTH = 8
#: Bytes for the thread that takes in calls; eight million, as is usual, would be memory that printing lacks.
_STACK = 1 << 18
#: How many new objects make Python look for garbage: laying out a page makes thousands that stay, and looking through
#: them as often as usual takes a tenth of the time.
_GARBAGE = (50_000, 20, 20)


def serve(memory: int) -> None:
    """Do what comes in on standard input, until it ends. What a library prints goes to standard error."""
    _limit_memory(memory)
    gc.set_threshold(*_GARBAGE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what a Ctrl-C means
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        _serve_calls(answers)
    except BrokenPipeError:
        os._exit(0)  # The parent has gone. Without this, Python would try to flush standard output and report an error.


def _serve_calls(answers: BinaryIO) -> None:
    send(answers, "ready")
    calls: SimpleQueue[Call | MemoryError] = SimpleQueue()
    threading.stack_size(_STACK)
    threading.Thread(target=_listen_for_calls, args=(calls,), daemon=True).start()
    while True:
        send(answers, _answer_call(calls.get()))


def _answer_call(call: Call | MemoryError) -> tuple[bool, object]:
    """Return whether a call succeeded, and what it returned or raised."""
    if isinstance(call, MemoryError):
        return False, call
    function, args, kwargs = call
    try:
        return True, function(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return False, _portable_error(error)


def _listen_for_calls(calls: SimpleQueue[Call | MemoryError]) -> None:
    """Read calls; end this process at once when its parent has gone.

    A call for which there is no memory is taken in as the error that it is: the parent waits for an answer to it.
    """
    try:
        while True:
            calls.put(receive(sys.stdin.buffer))
    except MemoryError:
        calls.put(MemoryError())
    except (EOFError, OSError):
        os._exit(0)


def _limit_memory(memory: int) -> None:
    """Limit this process's memory in bytes. Windows has no such limit, and macOS ignores it."""
    try:
        import resource
    except ImportError:
        return
    _, hard_limit = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = memory if hard_limit == resource.RLIM_INFINITY else min(memory, hard_limit)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard_limit))


def _portable_error(error: Exception) -> Exception:
    """Return the error itself if it survives the journey, else its words."""
    if isinstance(error, MemoryError):
        return MemoryError()  # there may be no room to find out
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - any failure means that it does not
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def send(pipe: BinaryIO, value: object) -> None:
    """Write a call or an answer."""
    content = pickle.dumps(value)
    pipe.write(len(content).to_bytes(_LENGTH, "big") + content)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:  # noqa: ANN401 - a call or an answer
    """Read a call or an answer.

    Raises:
        EOFError: the other end is closed.
    """
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        raise EOFError
    content = pipe.read(int.from_bytes(length, "big"))
    return pickle.loads(content)  # noqa: S301 - both ends are ours
