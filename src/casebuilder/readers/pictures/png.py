"""PNG files without metadata (W3C PNG, third edition, 2025); the picture itself is copied byte for byte."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from casebuilder.readers.pictures.icc import wordless_profile
from casebuilder.readers.pictures.picturefile import DamagedError, Parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: What decides how the picture looks; texts, times, EXIF, named palettes and the chunks of programs do not.
_NEEDED = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs",
     b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT")
)  # fmt: skip
#: What says how its numbers become colours, beside a profile.
_COLOURS = (b"gAMA", b"cHRM", b"sRGB")
#: Where the head tells the bits of a sample and the kind of colour, and what an X-ray has there: 16 bits of grey.
_HEAD, _DEEP_GREY = slice(24, 26), bytes((16, 0))
#: The kind of colour that needs a palette.
_PALETTE = b"\3"
#: The most that is made of a compressed chunk: a megabyte of zeros is a kilobyte in the file.
_MOST = 4 << 20
#: Of more texts than these only the first are uncompressed, to look for a position; all of them go.
_MOST_TEXTS = 20


def split_metadata(content: bytes) -> Parts:
    """Split a PNG file into picture and metadata; compressed texts are uncompressed in the metadata.

    Raises:
        DamagedError: the file is cut off, or a checksum is wrong.
    """
    if not content.startswith(SIGNATURE):
        raise DamagedError("is not a PNG picture")
    picture_parts, removed = [SIGNATURE], []
    chunks = list(_chunks(content))
    _check_order([name for name, _ in chunks], content)
    for name, payload in chunks:
        if name == b"IEND":
            removed.append(payload)  # what follows the end
            payload = b""  # noqa: PLW2901 - nothing of it is the picture
        if name == b"iCCP":
            profile = _uncompress(payload.partition(b"\0")[2][1:])
            removed.append(payload.partition(b"\0")[0])
            if clean_profile := wordless_profile(profile):
                picture_parts.append(_chunk(name, b"icc\0\0" + zlib.compress(clean_profile)))
        elif name in _NEEDED:
            picture_parts.append(_chunk(name, payload))
        else:
            removed.append(_searchable_chunk(name, payload) if len(removed) < _MOST_TEXTS else payload)
    return Parts(b"".join(picture_parts), tuple(filter(None, removed)))


def _check_order(names: Sequence[bytes], content: bytes) -> None:
    """Raise DamagedError if a chunk is missing or repeated that Pillow does without, and browsers do not."""
    before = names[: names.index(b"IDAT")] if b"IDAT" in names else names
    if names[:1] != [b"IHDR"] or names.count(b"IHDR") > 1 or names.count(b"PLTE") > 1:
        raise DamagedError("is damaged: its first part is missing, or there twice")
    if content[_HEAD][1:] == _PALETTE and b"PLTE" not in before:
        raise DamagedError("is damaged: its colours are missing")


def is_deep_grey(content: bytes) -> bool:
    """Return whether a picture is 16-bit grey without transparency, which most programs show as white."""
    return content[_HEAD] == _DEEP_GREY


def colour_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Return what says how a picture's numbers become colours, beside a profile: names and payloads."""
    return ((name, payload) for name, payload in _chunks(content) if name in _COLOURS)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each chunk's name and payload; last the end, with what follows it in the file."""
    place = len(SIGNATURE)
    while True:
        length, name = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        payload, checksum = content[place + 8 : place + 8 + length], content[place + 8 + length : place + 12 + length]
        if len(checksum) != 4:  # noqa: PLR2004 - four bytes of CRC
            raise DamagedError("is cut off: its last part is missing")
        if zlib.crc32(name + payload) != int.from_bytes(checksum, "big"):
            raise DamagedError("is damaged: a checksum in it is wrong")
        place += 12 + length
        if name == b"IEND":
            yield name, content[place:]
            return
        yield name, payload


def _chunk(name: bytes, payload: bytes) -> bytes:
    checksum = zlib.crc32(name + payload).to_bytes(4, "big")
    return len(payload).to_bytes(4, "big") + name + payload + checksum


def _searchable_chunk(name: bytes, payload: bytes) -> bytes:
    """Return a removed chunk in searchable form: uncompressed, with ImageMagick's hexadecimal digits as bytes."""
    keyword, _, value = payload.partition(b"\0")
    if name == b"zTXt":
        payload = keyword + b"\0" + _uncompress(value[1:])
    elif name == b"iTXt" and value[:1] == b"\1":
        payload = keyword + b"\0" + _uncompress(value[2:].partition(b"\0")[2].partition(b"\0")[2])
    if keyword.startswith(b"Raw profile type"):
        digits = b"".join(payload.partition(b"\0")[2].split()[2:])
        try:
            payload += b"\0" + bytes.fromhex(digits.decode("ascii"))
        except ValueError:
            return payload
    return payload


def _uncompress(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST)
    except zlib.error:
        return b""
