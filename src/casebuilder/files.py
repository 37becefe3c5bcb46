"""Writing files: the one place that does it, so that a file is always there whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


_OURS_ALONE = 0o600


def write_whole(place: Path, content: bytes, *, secret: bool = False) -> None:
    """Write a file whole or not at all; a secret one can be read by this user alone, from its first byte on.

    Raises:
        OSError: it cannot be written; what stood in its place is still there.
    """
    with opened_whole(place, secret=secret) as file:
        file.write(content)


@contextmanager
def opened_whole(place: Path, *, secret: bool = False) -> Iterator[BinaryIO]:
    """A file to write to, piece by piece. It takes its place when the block ends, and vanishes if the block fails.

    It is written beside its place, so that renaming it is one step, under a name of its own, so that two programs that
    write the same file do not write into each other's.

    Raises:
        OSError: it cannot be written; what stood in its place is still there.
    """
    part = place.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(part, "xb", opener=_for_us_alone if secret else None) as file:
            yield file
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, _OURS_ALONE)
