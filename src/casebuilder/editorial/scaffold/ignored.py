"""The lines of `.gitignore` that keep what is secret, and what can be made again, out of Git."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

NAME = ".gitignore"


def with_lines(series_text: str, text: str) -> str:
    """Return a series' own .gitignore with the lines of casebuilder's that it lacks, after everything that is there.

    Args:
        series_text: what is there; it stays unchanged, and the lines get its kind of line ends.
        text: casebuilder's.
    """
    present_lines = set(series_text.splitlines())
    missing_lines = [
        line for line in text.splitlines() if line and not line.startswith("#") and line not in present_lines
    ]
    if not missing_lines:
        return series_text
    end = "\r\n" if "\r\n" in series_text else "\n"
    separator = "" if series_text.endswith(("\n", "\r")) or not series_text else end
    return series_text + separator + end.join(("", "# made by casebuilder", *missing_lines, ""))


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
