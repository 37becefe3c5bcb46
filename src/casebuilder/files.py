"""The only module that writes files, so that a file is always complete."""

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
    can write the same file.

    Raises:
        OSError: it cannot be written; the previous file is unchanged.
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
