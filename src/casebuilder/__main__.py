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

from casebuilder.cli import SIGNALLED, main


def run() -> None:
    """Run the command line, and end this process."""
    # Python collects garbage after every 700 new objects; a short-lived program has almost none.
    gc.set_threshold(300_000)
    signal.signal(signal.SIGTERM, _end)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look through every installed package
    for stream in (sys.stdout, sys.stderr):  # a terminal without a character shows its number instead of a traceback
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        main()
    finally:
        gc.freeze()  # a final collection would take a fifth of the time of `check`


def _end(number: int, _: object) -> None:
    """Raise an exception on a signal, so that an interrupted build cleans up."""
    sys.exit(SIGNALLED + number)


if __name__ == "__main__":
    run()
