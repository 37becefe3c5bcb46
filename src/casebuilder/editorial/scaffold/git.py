"""Asking the user's own Git."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def ask(folder: Path, *words: str) -> str | None:
    """Return what Git says in a folder, without the last line's end; None if it is not installed or refuses."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=True)  # noqa: S603, S607 - the user's own Git
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.decode("utf-8", errors="replace").removesuffix("\n")


def is_top(folder: Path) -> bool:
    """Return whether a folder is the top of a repository's files."""
    return ask(folder, "rev-parse", "--show-cdup") == ""
