"""What a judge says, and how it asks the program behind it."""

from __future__ import annotations

import re
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTALLED = Path(".judges").resolve()
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')


@dataclass(frozen=True)
class Verdict:
    """How much was looked at, in words, and one text for each thing that is wrong."""

    seen: str
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Mounted:
    """A site put under the path that it will have on its server, where links with a leading slash hold."""

    root: Path
    site: Path
    address: str


def ask(*command: str | Path) -> str:
    """Return what a program prints. Its exit code is ignored: the judges read its report, which says more."""
    completed = subprocess.run(command, capture_output=True, text=True, check=False)
    if completed.stdout.strip():
        return completed.stdout
    raise SystemExit(f"{command[0]} said nothing (exit {completed.returncode})\n{completed.stderr}")


@contextmanager
def mounted(site: Path) -> Iterator[Mounted]:
    """Mount the site under the path that its own front page gives as its address."""
    canonical = _CANONICAL.search((site / "index.html").read_text(encoding="utf-8"))
    if not canonical:
        raise SystemExit(f"{site}/index.html names no canonical address")
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "server"
        path = root / urlsplit(canonical[1]).path.strip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(site.resolve())
        yield Mounted(root, path, canonical[1])
