"""Asking the user's own Git."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from casebuilder.editorial.history import GIT

if TYPE_CHECKING:
    from pathlib import Path

_GITHUB = re.compile(
    r"(?:https://(?:[^@/]*@)?|ssh://git@|git@)github\.com[:/](?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?"
)


def ask(folder: Path, *arguments: str) -> str | None:
    """Return what Git says in a folder, without the last line's end; None if it is not installed or refuses."""
    try:
        completed = subprocess.run([*GIT, "-C", str(folder), *arguments], capture_output=True, check=True)  # noqa: S603 - the user's own Git
    except (OSError, subprocess.CalledProcessError):
        return None
    return completed.stdout.decode("utf-8", errors="replace").removesuffix("\n")


def pages_address(remote: str) -> str:
    """Return where GitHub Pages publishes a repository, by the address of its remote; empty for another host."""
    match = _GITHUB.fullmatch(remote)
    if not match:
        return ""
    owner, name = match["owner"].lower(), match["name"]
    address_of_owner = f"https://{owner}.github.io/"
    return address_of_owner if name.lower() == f"{owner}.github.io" else f"{address_of_owner}{name}/"


def is_top(folder: Path) -> bool:
    """Return whether a folder is the top of a repository's files."""
    return ask(folder, "rev-parse", "--show-cdup") == ""
