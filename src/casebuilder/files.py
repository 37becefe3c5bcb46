"""The only module that writes files, so that a file is always complete."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO


_OURS_ALONE = 0o600
#: How often a file is tried again that another program has open, and after how many seconds.
_TRIES, _WAIT = 20, 0.05
_TRIES_AGAIN = os.name == "nt"
#: The byte-order mark that editors on Windows put before a text.
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def write_whole(place: Path, content: bytes, *, secret: bool = False) -> None:
    """Write a file whole or not at all; a secret one is readable only by this user, from the start.

    Raises:
        OSError: it cannot be written; the previous file is unchanged.
    """
    with opened_whole(place, secret=secret) as file:
        file.write(content)


@contextmanager
def opened_whole(place: Path, *, secret: bool = False) -> Iterator[BinaryIO]:
    """Open a file to write in pieces. It replaces the target when the block ends, and is deleted if the block fails.

    It is written beside the target, so that it can be renamed in one step, under a unique name, so that two programs
    can write the same file. A device or a pipe, such as /dev/stdout, is written to: it is no file to replace.

    Raises:
        OSError: it cannot be written; the previous file is unchanged. The error names the target.
    """
    if place.is_char_device() or place.is_fifo():
        with place.open("wb") as file:
            yield file
        return
    part = place.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with open(part, "xb", opener=_open_private if secret else None) as file:
            yield file
        _replace_file(part, place)
    except BaseException as error:
        _delete_parts(error, {place: part})
        raise


def write_together(contents: Mapping[Path, bytes | None], mark: str, *, secret: Collection[Path] = ()) -> None:
    """Write several files, each whole or not at all, as near to one step as a disk allows.

    Everything is written beside the targets first; only then are the targets replaced, one right after the other.

    Args:
        contents: the new content of each file; None deletes it.
        mark: names the parts, so that whoever finds some of a killed program can delete them (`part_of`).
        secret: the files that are readable only by this user.

    Raises:
        OSError: a part cannot be written; no file has changed.
    """
    parts = {place: part_of(place, mark) for place, content in contents.items() if content is not None}
    try:
        for place, part in parts.items():
            with open(part, "xb", opener=_open_private if place in secret else None) as file:
                file.write(contents[place] or b"")
                file.flush()
                os.fsync(file.fileno())  # or the disk would write while the names change
    except BaseException as error:
        _delete_parts(error, parts)
        raise
    for place in contents:
        if place in parts:
            _replace_file(parts[place], place)
        else:
            place.unlink(missing_ok=True)


def _replace_file(part: Path, place: Path) -> None:
    """Put a complete file in the place of the old one.

    Windows refuses while another program has the old one open. Virus scanners, search and OneDrive do, for a moment.

    Raises:
        OSError: it cannot be replaced; the old file is unchanged.
    """
    for _ in range(_TRIES if _TRIES_AGAIN else 0):
        try:
            part.replace(place)
        except PermissionError:
            time.sleep(_WAIT)
        else:
            return
    part.replace(place)


def as_before(place: Path, text: str) -> bytes:
    """Return the bytes of a new text, with the line ends and the byte-order mark of the present file, if any."""
    try:
        old = place.read_bytes()
    except FileNotFoundError:
        old = b""
    new_text = text.removeprefix(_MARK).replace("\r\n", "\n") if old else text
    byte_order_mark = _MARK if old.startswith(_MARK.encode()) else ""
    # what is not UTF-8 goes back as it was read
    return (byte_order_mark + (new_text.replace("\n", "\r\n") if b"\r\n" in old else new_text)).encode(
        errors="surrogateescape"
    )


def part_of(place: Path, mark: str) -> Path:
    """Return where the new content of a file stands until it replaces the old one."""
    return place.with_name(f".{place.name}.{mark}.part")


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, _OURS_ALONE)


def _delete_parts(error: BaseException, parts: Mapping[Path, Path]) -> None:
    """Delete what was half written. The error stays the first one, and names the file that was asked for."""
    for place, part in parts.items():
        if isinstance(error, OSError) and (error.filename == str(part) or (error.filename is None and len(parts) == 1)):
            error.filename, error.filename2 = str(place), None
        with suppress(OSError):  # in a folder that can only be read, this fails too
            part.unlink(missing_ok=True)


def age(place: Path) -> float:
    """Return the seconds since a file was last changed.

    Raises:
        OSError: there is no such file.
    """
    return time.time() - place.stat().st_mtime
