"""The lines of `.gitignore` that keep what is secret, and what can be made again, out of Git."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

NAME = ".gitignore"


def with_lines(own: str, text: str) -> str:
    """Return a series' own .gitignore with the lines of casebuilder's that it lacks, after everything that is there.

    Args:
        own: what is there; it stays unchanged, and the lines get its kind of line ends.
        text: casebuilder's.
    """
    have = set(own.splitlines())
    wanted = [line for line in text.splitlines() if line and not line.startswith("#") and line not in have]
    if not wanted:
        return own
    end = "\r\n" if "\r\n" in own else "\n"
    begin = "" if own.endswith(("\n", "\r")) or not own else end
    return own + begin + end.join(("", "# made by casebuilder", *wanted, ""))


def add_lines(folder: Path, text: str) -> bool:
    """Add the lines that the .gitignore of a folder lacks. Returns whether it has all of them now.

    A link is left alone: what it leads to may belong to somebody else.
    """
    place = folder / NAME
    if place.is_symlink() or not place.is_file():
        return False
    try:
        before = place.read_bytes().decode("utf-8", "surrogateescape")
        after = with_lines(before, text)
        if after != before:
            write_whole(place, after.encode("utf-8", "surrogateescape"))
    except OSError:
        return False
    return True
