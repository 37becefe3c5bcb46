"""The program: `casebuilder`, or `python -m casebuilder`.

What holds for a whole process is set here and nowhere else: whoever calls `cli.main` from a program of their own, as
the tests do, keeps their own settings.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys

from casebuilder.cli import SIGNALLED, main


def run() -> None:
    """Run the command line in this process, which ends afterwards."""
    # Python looks for garbage after every 700 new objects; a program that reads once and ends has next to none.
    gc.set_threshold(300_000)
    signal.signal(signal.SIGTERM, _end)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look through every installed package
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter shows its number, not a traceback
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        main()
    finally:
        gc.freeze()  # a last look through all that was read, at the very end, would take a fifth of the time of `check`


def _end(number: int, _: object) -> None:
    """End as an exception does, so that a build that is broken off tidies up."""
    sys.exit(SIGNALLED + number)


if __name__ == "__main__":
    run()
