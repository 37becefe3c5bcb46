"""The part of a cache that this machine has written itself: the only module that knows how a verdict is kept.

A pull request can bring a folder with the name of a cache along. It cannot know the number that the file system gives
to the folder, so a cache is in a folder named after that number, and nothing else there is read. On a fresh machine of
a known kind the number can be guessed; the nanosecond in which Git will write a file cannot. So that folder also has a
file that is named after the instant at which it was made. Nor is anything read behind a symbolic link, which a pull
request could make lead to any folder of the computer.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.files import write_whole
from casebuilder.readers import folders

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from casebuilder.problems import Problem

#: The folder, below a series' root, of what can be made again.
CACHE = ".cache"
#: How the name of the file begins that is named after the instant at which it was made.
_MADE = "made-"


def folder_of(root: Path) -> Path:
    """Return the folder of what can be made again: below a series' root, or CASEBUILDER_CACHE."""
    return Path(os.environ.get("CASEBUILDER_CACHE") or root / CACHE)


def problems(root: Path) -> Iterator[Problem]:
    """Yield an error for each symbolic link in the place of a series' cache, or of a folder in it."""
    if _is_chosen():
        return
    folder = root / CACHE
    names = [CACHE]
    if folder.is_dir() and not folder.is_symlink():
        names += [f"{CACHE}/{entry.name}" for entry in sorted(folder.iterdir())]
    for name in names:
        if link_problem := folders.link(root / name, name, root):
            yield replace(link_problem, hint="delete the link: casebuilder makes this folder itself")


def find(folder: Path, name: str) -> Path | None:
    """Return the file of this name that this machine wrote; None if there is none."""
    try:
        place = _own_folder(folder) / name
    except OSError:
        return None
    return place if place.is_file() else None


def read(folder: Path, name: str) -> bytes:
    """Return the content of a file that this machine wrote; empty if there is none, or if it cannot be read."""
    try:
        place = find(folder, name)
        return place.read_bytes() if place else b""
    except OSError:
        return b""


def write(folder: Path, name: str, content: bytes) -> Path | None:
    """Write a file whole, and return it; None where nothing can be written, as in a read-only folder."""
    if _is_linked(folder):
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = _own_folder(folder) / name
        _make(place.parent)
        write_whole(place, content)
    except OSError:
        return None
    return place


def forget(folder: Path, kept: Collection[str]) -> None:
    """Delete the files of this machine except those with these names.

    A cache that several series share, as CASEBUILDER_CACHE makes it, is left alone.
    """
    if _is_chosen():
        return
    try:
        own_folder = _own_folder(folder)
        for place in own_folder.iterdir():
            if place.name not in kept and not place.name.startswith(_MADE):
                place.unlink(missing_ok=True)
    except OSError:
        return


def _is_chosen() -> bool:
    """Return whether the user of this machine has chosen the cache, which several series and machines may share."""
    return bool(os.environ.get("CASEBUILDER_CACHE"))


def _is_linked(folder: Path) -> bool:
    """Return whether a folder of a series' cache is behind a symbolic link."""
    return not _is_chosen() and (folder.is_symlink() or folder.parent.is_symlink())


def _own_folder(folder: Path) -> Path:
    """Return the subfolder whose name depends on the folder's number on this file system.

    Others are deleted, and so is one of this name that this machine did not make; unless several machines may share the
    folder, which each have their own number for it.

    Raises:
        OSError: the folder is missing, cannot be read, or is behind a symbolic link.
    """
    status = folder.stat()
    own_folder = folder / f"{status.st_dev:x}-{status.st_ino:x}"
    if _is_chosen():
        return own_folder
    if _is_linked(folder):
        raise NotADirectoryError(folder)
    for other in folder.iterdir():
        if other.is_symlink():
            other.unlink()
        elif other != own_folder or not _is_made_here(other):
            shutil.rmtree(other, ignore_errors=True)
    return own_folder


def _is_made_here(own_folder: Path) -> bool:
    return any(place.name == _name_of_instant(place) for place in own_folder.glob(f"{_MADE}*"))


def _make(own_folder: Path) -> None:
    """Make the folder of this machine, if it is missing.

    Raises:
        OSError: it cannot be written, or another program that has just found it incomplete has deleted it.
    """
    if own_folder.is_dir():
        return
    own_folder.mkdir()
    mark = own_folder / _MADE
    write_whole(mark, b"")
    mark.rename(own_folder / _name_of_instant(mark))


def _name_of_instant(mark: Path) -> str:
    return f"{_MADE}{mark.lstat().st_mtime_ns:x}"
