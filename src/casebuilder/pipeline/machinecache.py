"""The part of a cache that this machine has written itself: the only module that knows how a verdict is kept.

A pull request can bring a folder with the name of a cache along. It cannot know the number that the file system gives
to the folder, so a cache is in a folder named after that number, and nothing else there is read. Nor is anything behind
a symbolic link: a pull request could make it lead to any folder of the computer.
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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = _own_folder(folder) / name
        place.parent.mkdir(exist_ok=True)
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
            if place.name not in kept:
                place.unlink(missing_ok=True)
    except OSError:
        return


def _is_chosen() -> bool:
    """Return whether the user of this machine has chosen the cache, which several series and machines may share."""
    return bool(os.environ.get("CASEBUILDER_CACHE"))


def _own_folder(folder: Path) -> Path:
    """Return the subfolder whose name depends on the folder's number on this file system.

    Other subfolders are deleted, unless several machines may share the folder: each has its own number for it.

    Raises:
        OSError: the folder is missing, cannot be read, or is behind a symbolic link.
    """
    status = folder.stat()
    own_folder = folder / f"{status.st_dev:x}-{status.st_ino:x}"
    if _is_chosen():
        return own_folder
    if folder.is_symlink() or folder.parent.is_symlink():
        raise NotADirectoryError(folder)
    for other in folder.iterdir():
        if other != own_folder:
            shutil.rmtree(other, ignore_errors=True)
    return own_folder
