"""Writing files: the one place that does it, so that a file is always there whole or not at all."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


def write_whole(place: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: it cannot be written; what stood in its place is still there.
    """
    with opened_whole(place) as file:
        file.write(content)


@contextmanager
def opened_whole(place: Path) -> Iterator[BinaryIO]:
    """A file to write to, piece by piece. It takes its place when the block ends, and vanishes if the block fails.

    It is written beside its place, so that renaming it is one step, under a name of its own, so that two programs that
    write the same file do not write into each other's.

    Raises:
        OSError: it cannot be written; what stood in its place is still there.
    """
    part = place.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            yield file
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
