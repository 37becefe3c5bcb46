"""Writing files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(place: Path, content: bytes) -> None:
    """Write a file whole or not at all: it is written beside its place and renamed."""
    part = place.with_name(f".{place.name}.part")
    try:
        part.write_bytes(content)
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
