"""The CPU time of each command on this series, as a multiple of Python's own start in the same run.

A second means little between machines, and wall-clock time little on a busy one; CPU time as a ratio carries over.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench import edits, memory, peers

if TYPE_CHECKING:
    from collections.abc import Callable

CASEBUILDER = str(Path(sys.executable).with_name("casebuilder"))
ROUNDS = 5
# What an editor waits for while writing takes at most this many seconds of CPU beyond Python's own start.
PROMPT = ("--help", "check")
PROMISED = 0.5

_BUILT = (".cache", "site")
_NOT_THE_SERIES = (*_BUILT, ".*", "__pycache__", "src", "tests", "judges", "bench")


def main() -> int:
    """Print the table, and return 1 if a promise is broken."""
    with TemporaryDirectory() as folder:
        series = shutil.copytree(".", Path(folder) / "series", ignore=shutil.ignore_patterns(*_NOT_THE_SERIES))

        def forget() -> None:
            for name in _BUILT:
                shutil.rmtree(series / name, ignore_errors=True)

        start = measure(series, sys.executable, "-c", "pass")
        print(f"{'':24}{'CPU s':>8}{'x start':>9}{'beyond':>9}")
        _print_row("python -c pass", start, start)
        prompt_seconds = [measure(series, CASEBUILDER, command) for command in PROMPT]
        for command, seconds in zip(PROMPT, prompt_seconds, strict=True):
            _print_row(f"casebuilder {command}", seconds, start)
        cold = measure(series, CASEBUILDER, "build", before=forget)
        _print_row("casebuilder build, cold", cold, start)
        warm = measure(series, CASEBUILDER, "build")
        _print_row("casebuilder build, warm", warm, start)
        print(f"a warm build takes {warm / cold:.2f} of a cold one")
        edits_are_local = edits.main(series)
        is_fast = peers.main(series)
        is_small = memory.main(series)
    print(f"a warm run renders nothing, an edit only what its case is in: {'yes' if edits_are_local else 'NO'}")
    print(f"at least twice the pages a second a processor of mkdocs-to-pdf: {'yes' if is_fast else 'not here'}")
    print(f"a worker under 400 MB for a volume of {memory.CASES} cases: {'yes' if is_small else 'not here'}")
    is_prompt = all(seconds - start < PROMISED for seconds in prompt_seconds)
    print(f"--help and check within {PROMISED} s beyond Python's start: {'yes' if is_prompt else 'NO'}")
    return 0 if is_prompt and edits_are_local else 1


def measure(folder: Path, *command: str, before: Callable[[], None] = lambda: None) -> float:
    """Return the median CPU seconds of a command, its own children counted."""
    rounds = []
    for _ in range(ROUNDS):
        before()
        start = _children_cpu()
        completed = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False)
        if completed.returncode:
            raise SystemExit(f"{' '.join(command)}: exit {completed.returncode}\n{completed.stdout}{completed.stderr}")
        rounds.append(_children_cpu() - start)
    return median(rounds)


def _environment() -> dict[str, str]:
    """What an editor's shell has: without the setting that makes Python compile its modules at each start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _print_row(name: str, seconds: float, start: float) -> None:
    print(f"{name:24}{seconds:8.2f}{seconds / start:9.1f}{seconds - start:9.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
