"""The program: `casebuilder`, or `python -m casebuilder`.

Settings of the whole process are made only here, so that programs that call `cli.main`, such as the tests, keep their
own.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import warnings
from contextlib import suppress

with suppress(OSError):  # where the current folder was deleted, the command says so
    if sys.path and sys.path[0] == os.getcwd():  # noqa: PTH109 - as Python writes it
        # With -m, Python looks there first: a file such as yaml.py in a series would run before anything is checked.
        del sys.path[0]

from casebuilder.cli import SIGNALLED, main

_UNDECODED = (
    "has letters that cannot be read, because the environment says that there are none beyond ASCII. Remove "
    "PYTHONUTF8=0 and LC_ALL=C from it, or set PYTHONUTF8=1, and try again"
)


def run() -> None:
    """Run the command line, and end this process."""
    # Python collects garbage after every 700 new objects; a short-lived program has almost none.
    gc.set_threshold(300_000)
    arrived = _watch_signals()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look through every installed package
    if not sys.warnoptions:  # a library's words about a damaged picture, with a path of this machine, help nobody
        warnings.simplefilter("ignore")
    _prepare_streams()
    if word := next(filter(_is_undecoded, sys.argv[1:]), ""):
        sys.stderr.write(f"Error: {word!a} {_UNDECODED}\n")
        sys.exit(2)
    try:
        main()
    except BaseException as error:
        if arrived and not (isinstance(error, SystemExit) and not error.code):
            sys.exit(SIGNALLED + arrived[0])
        if isinstance(error, OSError) and error.filename is None:
            _give_up_output(error)
        raise
    finally:
        gc.freeze()  # a final collection would take a fifth of the time of `check`


def _prepare_streams() -> None:
    """Have what a terminal cannot show appear as numbers instead of a traceback, and files be UTF-8 on Windows, too."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called; the next file that is opened would take its place
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: PTH123, SIM115 - Path is slower to load
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            to_file = os.name == "nt" and not stream.isatty() and "PYTHONIOENCODING" not in os.environ
            stream.reconfigure(encoding="utf-8" if to_file else None, errors="backslashreplace")


def _give_up_output(error: OSError) -> None:
    """Say that the output cannot be written, as on a full disk, and end; Python would try to write the rest."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - Path is slower to load
        os.dup2(nowhere.fileno(), 1)
    with suppress(OSError):
        sys.stderr.write(f"Error: the output cannot be written: {error.strerror or error}\n")
    sys.exit(1)


def _is_undecoded(word: str) -> bool:
    """Return whether an argument has bytes that are not valid text, and is not an existing path.

    A title or a reason would be written with these bytes, or refused far from here.
    """
    return any("\udc80" <= letter <= "\udcff" for letter in word) and not os.path.lexists(word)


def _watch_signals() -> list[int]:
    """Have SIGTERM and Ctrl+C raise an exception, so that an interrupted build cleans up; return what will arrive.

    Whoever catches that exception may raise another: before Python 3.12, one that arrives while a class is made becomes
    a RuntimeError. So the list says why the program ends.
    """
    arrived: list[int] = []

    def end(number: int, _: object) -> None:
        arrived.append(number)
        sys.exit(SIGNALLED + number)

    def interrupt(number: int, _: object) -> None:
        arrived.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else a shell that goes on without us ignores it
        signal.signal(signal.SIGINT, interrupt)
    return arrived


if __name__ == "__main__":
    run()
