"""What a new editor types, one command after another, on any system and without make: `python scripts/tour.py`.

It uses the casebuilder that is installed, in a folder that is thrown away, and stops at the first command that fails.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

_EXPECTED = ("site/index.html", "site/feed.xml", "site/calendar.ics", "handout.pdf")


def main() -> int:
    """Take the tour; return 1 if a command fails or a file is missing."""
    with tempfile.TemporaryDirectory() as folder:
        series = Path(folder, "our-cases")
        example = "{example}"
        orders = (
            ("doctor",),
            ("init", str(series), "--name", "Our cases", "--language", "es"),
            ("check",),
            ("new", "The Case of the Quiet Pager"),
            ("new", "expert", "Nguyễn Thị Mai", "--family", "Nguyễn", "--given", "Thị Mai"),
            ("status",),
            ("build", "--no-packs"),
            ("pack", example, "--edition", "handout", "-o", "handout.pdf"),
            ("init", str(series)),
        )
        for order in orders:
            if status := _run(order, series):
                return status
        missing = [path for path in _EXPECTED if not (series / path).is_file()]
        sys.stdout.write(f"missing: {', '.join(missing)}\n" if missing else "the tour is over\n")
        return int(bool(missing))


def _run(order: tuple[str, ...], series: Path) -> int:
    """Run a command in the series; before there is one, in the folder around it. Return its exit status."""
    folder = series if series.is_dir() else series.parent
    cases = sorted(path.name for path in (series / "cases").glob("*-spare-chair"))
    arguments = [cases[0] if word == "{example}" else word for word in order]
    sys.stdout.write(f"casebuilder {' '.join(arguments)}\n")
    sys.stdout.flush()
    began = time.monotonic()
    completed = subprocess.run([sys.executable, "-m", "casebuilder", *arguments], cwd=folder, check=False)  # noqa: S603 - our own
    sys.stdout.write(f"  {completed.returncode} after {time.monotonic() - began:.1f} s\n")
    return completed.returncode


if __name__ == "__main__":
    sys.exit(main())
