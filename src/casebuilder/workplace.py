"""Folders to work in that no other program touches, and what was made there put in place of the old at once.

A program may be killed at any instant. So each folder has a lock that the system lets go when its program ends,
however it ends: whoever needs a folder there next removes those whose lock is free.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filelock import BaseFileLock

_PREFIX = ".casebuilder-"
#: Held while folders are made and counted that others wait for to be gone; it stays where it is.
_DOOR = "door.lock"
#: In a folder to work in: what stood in the place that is being exchanged, and the file that names this place.
_OLD, _PLACE = "old", "place"
#: Systems and disks that cannot exchange two names say one of these.
_UNABLE = frozenset((errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP))
_HERE, _EXCHANGE = -100, 2
_TRIES = 5
#: What is over soon: another build fills the place; on Windows, a virus scanner reads one of its files.
_PASSING = frozenset((errno.ENOTEMPTY, *((errno.EACCES,) if os.name == "nt" else ())))
_WAIT = 0.2
#: The folders in which this program works now.
_ours: set[Path] = set()


@contextmanager
def workplace(near: Path) -> Iterator[Path]:
    """Make a new folder below `near`, which is made if need be; it is removed with all that it holds.

    What killed programs left there is removed first, and a place that one was about to exchange gets back what stood
    there.

    Raises:
        OSError: nothing can be written there.
    """
    near.mkdir(parents=True, exist_ok=True)
    list(_in_use(near))
    folder = near / f"{_PREFIX}{secrets.token_hex(6)}"
    lock = _locked(folder)
    _ours.add(folder)
    try:
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _ours.remove(folder)
        lock.release()
        _lock_file(folder).unlink(missing_ok=True)


@contextmanager
def shared(near: Path) -> Iterator[Path]:
    """The same below a folder whose content several programs use: whoever wants to be `alone` with it sees this one."""
    near.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        with _file_lock(near / _DOOR):
            folder = stack.enter_context(workplace(near))
        yield folder


@contextmanager
def alone(near: Path) -> Iterator[bool]:
    """Whether no other program works below `near` than this one; none begins until the end."""
    near.mkdir(parents=True, exist_ok=True)
    with _file_lock(near / _DOOR):
        yield not set(_in_use(near)) - _ours


def put_in_place(new: Path, place: Path) -> None:
    """Put a folder that is whole in the place of another, at once: there is the one or the other, at every instant.

    Where the system cannot exchange two names it takes two steps; a program that is killed between them leaves what
    `workplace` puts right. Where the place itself cannot be renamed (it is a disk of its own, or stands in a folder
    that is not ours to write) its entries are exchanged one after another.

    Args:
        new: in a folder of `workplace`.
        place: where it is to be; empty, a folder, or not there.

    Raises:
        OSError: it cannot be put there; what stood there is there.
    """
    work = new.parent
    if place.is_dir():
        new.chmod(place.stat().st_mode & 0o7777)
    if work.parent == place:
        _refill(new, place, work)
    else:
        _put(new, place, work)


def near(place: Path) -> Path:
    """The folder in which to work on what will be put in a place: beside it, or in it if it cannot be renamed."""
    outer = next(above for above in place.parents if above.is_dir())
    fixed = place.is_dir() and (os.path.ismount(place) or not os.access(place.parent, os.W_OK))
    return place if fixed else outer


def _put(new: Path, place: Path, work: Path) -> None:
    for attempt in range(_TRIES):
        try:
            if not os.path.lexists(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                new.rename(place)
            elif not _exchange(new, place):
                _put_in_two_steps(new, place, work)
        except (FileNotFoundError, FileExistsError, NotADirectoryError) as error:  # another build came first
            if attempt == _TRIES - 1 or not new.exists():
                raise error from None
        except OSError as error:
            if error.errno not in _PASSING or attempt == _TRIES - 1:
                raise
            time.sleep(_WAIT if error.errno == errno.EACCES else 0)
        else:
            return


def _put_in_two_steps(new: Path, place: Path, work: Path) -> None:
    old = work / _OLD
    write_whole(work / _PLACE, str(place).encode())
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise
    old.rename(work / secrets.token_hex(6))


def _refill(new: Path, place: Path, work: Path) -> None:
    """Exchange the entries of a place, one after another, for those of another folder in it."""
    made = {entry.name for entry in new.iterdir()}
    for name in sorted(made):
        _put(new / name, place / name, work)
    for entry in list(place.iterdir()):
        if entry.name not in made and not entry.name.startswith(_PREFIX):
            entry.rename(work / secrets.token_hex(6))


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names at once; False if the system or the disk cannot do that.

    Raises:
        OSError: it could, and something else is wrong.
    """
    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        failed = libc.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)  # type: ignore[union-attr]  # Linux has it
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(*names, _EXCHANGE)
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def _locked(folder: Path) -> BaseFileLock:
    """A lock that is held before others can see its file: one that is seen and free is that of a dead program."""
    if os.name == "nt":  # where no file that is open can be renamed
        lock = _file_lock(_lock_file(folder))
        lock.acquire()
        return lock
    lock = _file_lock(folder.with_name(f"{folder.name}.new"))
    lock.acquire()
    Path(lock.lock_file).rename(_lock_file(folder))
    return lock


def _lock_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _file_lock(path: Path) -> BaseFileLock:
    from filelock import FileLock  # it takes as long to load as reading a small series

    return FileLock(path)


def _in_use(near: Path) -> Iterator[Path]:
    """The folders of programs that are alive; those of dead ones are removed on the way."""
    from filelock import Timeout

    for path in sorted(near.glob(f"{_PREFIX}*.lock")):
        folder = path.with_suffix("")
        lock = _file_lock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield folder
            continue
        _restore(folder)
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()
        path.unlink(missing_ok=True)


def _restore(folder: Path) -> None:
    """Put back what a killed program had taken from its place and not exchanged yet."""
    try:
        place = Path((folder / _PLACE).read_text(encoding="utf-8"))
    except OSError:
        return
    if not os.path.lexists(place) and (folder / _OLD).exists():
        (folder / _OLD).rename(place)
