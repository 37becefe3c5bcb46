"""The zip file of a book, the same bytes for the same book (EPUB 3.3, Open Container Format)."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

#: The range of dates that a zip file can store.
_YEARS = (1980, 2107)
_UNIX, _MODE = 3, 0o100644 << 16


def build_zip(members: Mapping[str, bytes], modified: datetime) -> bytes:
    """Return a book's files in one.

    Args:
        members: each file's bytes, by its path.
        modified: the date that every file gets.
    """
    at = modified.astimezone(UTC)
    stamp = (min(max(at.year, _YEARS[0]), _YEARS[1]), at.month, at.day, at.hour, at.minute, at.second)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        # First and uncompressed: programs recognise an EPUB by these bytes at this place.
        archive.writestr(_zip_entry("mimetype", stamp, ZIP_STORED), b"application/epub+zip")
        for path in sorted(members):
            archive.writestr(_zip_entry(path, stamp, ZIP_DEFLATED), members[path], compresslevel=9)
    return buffer.getvalue()


def _zip_entry(path: str, stamp: tuple[int, int, int, int, int, int], method: int) -> ZipInfo:
    entry = ZipInfo(path, stamp)
    entry.compress_type, entry.create_system, entry.external_attr = method, _UNIX, _MODE
    return entry
