"""Private working folders, whose content then replaces the old one in one step.

A program may be killed at any time. So each folder has a lock that the system releases when its program ends, and the
next program there removes folders without a locked file.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filelock import BaseFileLock

_PREFIX = ".casebuilder-"
#: Locked while working folders are created and counted; never deleted.
_DOOR = "door.lock"
#: In a working folder: the old content during an exchange, and the file with the path of its place.
_OLD, _PLACE = "old", "place"
#: Errors of systems and disks that cannot exchange two names.
_UNABLE = frozenset((errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP))
_HERE, _EXCHANGE = -100, 2
_TRIES = 5
#: Temporary errors: another build fills the place; on Windows, a virus scanner reads one of its files.
_PASSING = frozenset((errno.ENOTEMPTY, *((errno.EACCES,) if os.name == "nt" else ())))
_WAIT = 0.2
#: For how many seconds another program may keep a lock: each is held only for as long as a save or a count takes.
_PATIENCE = 60
#: The present working folders of this program.
_ours: set[Path] = set()


@contextmanager
def working_folder(place: Path) -> Iterator[Path]:
    """Create a temporary working folder below `place`, which is created if necessary.

    Working folders of killed programs are removed first, and an exchange that one had begun is undone.

    Raises:
        OSError: the folder cannot be written.
    """
    place.mkdir(parents=True, exist_ok=True)
    list(_folders_in_use(place))
    folder = place / f"{_PREFIX}{os.urandom(6).hex()}"
    _ours.add(folder)
    lock = None
    try:
        lock = _lock_new(folder)
        folder.mkdir()
        yield folder
    finally:
        try:
            _remove(folder, lock)
        except BaseException:  # a signal came meanwhile
            _remove(folder, lock)
            raise


def _remove(folder: Path, lock: BaseFileLock | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _ours.discard(folder)
    if lock:
        lock.release()
    for file in (_lock_file(folder), _hidden_name(folder)):
        with suppress(OSError):  # or it would hide why the block failed
            file.unlink(missing_ok=True)


@contextmanager
def shared(place: Path) -> Iterator[Path]:
    """Create a working folder in a folder that several programs share, which makes `alone` return False elsewhere."""
    place.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        with _hold_lock(place / _DOOR):
            folder = stack.enter_context(working_folder(place))
        yield folder


@contextmanager
def alone(place: Path) -> Iterator[bool]:
    """Yield whether only this program works below `place`; no other can begin until the block ends."""
    place.mkdir(parents=True, exist_ok=True)
    with _hold_lock(place / _DOOR):
        yield not set(_folders_in_use(place)) - _ours


@contextmanager
def turn(lock: Path) -> Iterator[None]:
    """Wait until no other program is in a block of the same lock; the system releases it when a program ends.

    Raises:
        OSError: the lock cannot be made, or another program keeps it.
    """
    with _hold_lock(lock):
        yield


def put_in_place(new: Path, place: Path) -> None:
    """Replace a folder by a complete new one in one step, so that one of the two is always there.

    If the system cannot exchange two names, this takes two steps, and this module repairs the state after a program was
    killed between them. If the place cannot be renamed (it is a disk of its own, or its parent is read-only), its
    entries are exchanged one after another.

    Args:
        new: the new folder, in a folder of this module.
        place: the target, which may be missing or empty.

    Raises:
        OSError: it cannot be replaced; the old folder is unchanged.
    """
    work = new.parent
    if place.is_dir():
        new.chmod(place.stat().st_mode & 0o7777)
    if work.parent == place:
        _refill(new, place, work)
    else:
        _put_new(new, place, work)


def near(place: Path) -> Path:
    """Return the folder for working folders: beside a place, or in it if it cannot be renamed."""
    parent = next(ancestor for ancestor in place.parents if ancestor.is_dir())
    cannot_be_renamed = place.is_dir() and (os.path.ismount(place) or not os.access(place.parent, os.W_OK))
    return place if cannot_be_renamed else parent


def _put_new(new: Path, place: Path, work: Path) -> None:
    for attempt in range(_TRIES):
        try:
            if not os.path.lexists(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                new.rename(place)
            elif not _exchange_names(new, place):
                _put_in_two_steps(new, place, work)
        except (FileNotFoundError, FileExistsError, NotADirectoryError) as error:  # another build was first
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
    old.rename(work / os.urandom(6).hex())


def _refill(new: Path, place: Path, work: Path) -> None:
    """Exchange the entries of a place one after another for those of another folder in it."""
    new_names = {entry.name for entry in new.iterdir()}
    for name in sorted(new_names):
        _put_new(new / name, place / name, work)
    for entry in list(place.iterdir()):
        if entry.name not in new_names and not entry.name.startswith(_PREFIX):
            entry.rename(work / os.urandom(6).hex())


def _exchange_names(first: Path, second: Path) -> bool:
    """Exchange two names in one step; return False if the system or the disk cannot do that.

    Raises:
        OSError: another error occurred.
    """
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    names = os.fsencode(first), os.fsencode(second)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        code = libc.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)  # type: ignore[union-attr]  # Linux has it
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        code = libc.renamex_np(*names, _EXCHANGE)
    else:
        return False
    if not code:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(first), None, str(second))


def _lock_new(folder: Path) -> BaseFileLock:
    """Lock a file before others can see it, so that a visible file without a lock is that of a dead program."""
    if os.name == "nt":  # an open file cannot be renamed there
        return _acquire_lock(_lock_file(folder))
    lock = _acquire_lock(_hidden_name(folder))
    Path(lock.lock_file).rename(_lock_file(folder))
    return lock


def _lock_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _hidden_name(folder: Path) -> Path:
    """Return the name of a folder's lock before it is locked."""
    return folder.with_name(f"{folder.name}.new")


@contextmanager
def _hold_lock(path: Path) -> Iterator[None]:
    """Keep a lock until the block ends."""
    lock = _acquire_lock(path)
    try:
        yield
    finally:
        lock.release()


def _acquire_lock(path: Path) -> BaseFileLock:
    """Return a lock that this program has now.

    Raises:
        OSError: its file cannot be made, or another program keeps it.
    """
    from filelock import Timeout

    lock = _file_lock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        # A folder in which nothing can be made looks like one whose lock somebody has.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o644))
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            reason = f"another program has kept it for {_PATIENCE} seconds: wait until that ends, then try again"
            raise TimeoutError(errno.ETIMEDOUT, reason, str(path)) from None
    return lock


def _file_lock(path: Path) -> BaseFileLock:
    from filelock import FileLock  # slow to load

    return FileLock(path)


def _folders_in_use(place: Path) -> Iterator[Path]:
    """Return the working folders of running programs, and remove those of dead ones."""
    from filelock import Timeout

    for path in sorted(place.glob(f"{_PREFIX}*.lock")):
        folder = path.with_suffix("")
        lock = _file_lock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield folder
            continue
        _restore_old(folder)
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()
        path.unlink(missing_ok=True)


def _restore_old(folder: Path) -> None:
    """Put back the old content that a killed program had moved away."""
    try:
        place = Path((folder / _PLACE).read_text(encoding="utf-8"))
    except OSError:
        return
    if not os.path.lexists(place) and (folder / _OLD).exists():
        (folder / _OLD).rename(place)
