"""WebP files without metadata (RFC 9649, section 2); the picture itself is copied byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.readers.pictures.icc import wordless_profile
from casebuilder.readers.pictures.picturefile import DamagedError, Parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NEEDED = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
#: The flags of VP8X that say that EXIF and XMP follow.
_METADATA_FLAGS = 0x0C
#: That a colour profile follows.
_PROFILE_FLAG = 0x20
#: The points of the picture, by their compression, and how many last bytes of them may be unused. Of 400 sound files
#: that libwebp wrote, none could be read without its last 4 bytes, or 3 if they are lossless.
_POINTS = {b"VP8 ": 8, b"VP8L": 4, b"ALPH": 4}
#: Place, size, duration and flags of a frame stand before its own chunks.
_FRAME_HEAD = 16


def split_metadata(content: bytes) -> Parts:
    """Split a WebP file into picture and metadata.

    Raises:
        DamagedError: the file is cut off, or is not a WebP.
    """
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise DamagedError("is not a WebP picture")
    end = 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise DamagedError("is cut off: its last part is missing")
    kept_chunks, removed = _sift_chunks(content[12:end])
    return Parts(_make_file(_with_header(kept_chunks)), tuple(filter(None, (*removed, content[end:]))))


def is_lossless(content: bytes) -> bool:
    """Return whether the picture has lossless compression."""
    return any(name == b"VP8L" for name, _ in _chunks(content[12:]))


def without_last_bytes(content: bytes) -> Iterator[bytes]:
    """Yield the picture without the last bytes of its points, once for each chunk of them; none if it moves.

    A decoder of WebP reads any bytes as some colours, zeros, too. But after damage it needs fewer bytes than there are,
    or more: a file that can be decoded without its last bytes is damaged.
    """
    chunks = list(_chunks(content[12:]))
    for at, (name, payload) in enumerate(chunks):
        if len(payload) > 2 * _POINTS.get(name, len(payload)):
            yield _make_file((*chunks[:at], (name, payload[: -_POINTS[name]]), *chunks[at + 1 :]))


def _sift_chunks(data: bytes, *, in_frame: bool = False) -> tuple[list[tuple[bytes, bytes]], list[bytes]]:
    """Return the chunks to keep, those within frames included, and the payloads of the others."""
    kept_chunks, removed = [], []
    for name, payload in _chunks(data):
        if name == b"ANMF" and not in_frame:  # a frame holds no others
            frame_chunks, frame_metadata = _sift_chunks(payload[_FRAME_HEAD:], in_frame=True)
            removed += frame_metadata
            kept_chunks.append((name, payload[:_FRAME_HEAD] + b"".join(_chunk(*chunk) for chunk in frame_chunks)))
        elif name == b"ICCP":
            profile = wordless_profile(payload)
            kept_chunks += [(name, profile)] if profile else []
        elif name in _NEEDED - {b"ANMF"}:
            kept_chunks.append((name, payload))
        else:
            removed.append(payload)
    return kept_chunks, removed


def _with_header(chunks: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """Return the chunks with a header that matches them."""
    profiled = any(name == b"ICCP" for name, _ in chunks)
    for name, payload in chunks:
        if name == b"VP8X" and payload:
            flags = payload[0] & ~_METADATA_FLAGS & ~(0 if profiled else _PROFILE_FLAG)
            yield name, bytes((flags,)) + payload[1:]
        else:
            yield name, payload


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place < len(data):
        name, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        payload = data[place + 8 : place + 8 + length]
        if len(name) != 4 or len(payload) != length:  # noqa: PLR2004 - four letters
            raise DamagedError("is cut off: its last part is missing")
        yield name, payload
        place += 8 + length + length % 2


def _make_file(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    content = b"WEBP" + b"".join(_chunk(name, payload) for name, payload in chunks)
    return b"RIFF" + len(content).to_bytes(4, "little") + content


def _chunk(name: bytes, payload: bytes) -> bytes:
    return name + len(payload).to_bytes(4, "little") + payload + b"\0" * (len(payload) % 2)
