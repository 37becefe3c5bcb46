"""JPEG files without metadata (ITU-T T.81, annex B; JFIF 1.02; ICC.1, annex B.4).

The picture is copied byte for byte. Libraries for this either leave XMP, comments and trailing bytes, or encode the
picture again. The format of segments is simple, so they are read here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.readers.pictures.icc import wordless_profile
from casebuilder.readers.pictures.picturefile import DamagedError, Parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_APP0, _APP2, _APP14 = 0xE0, 0xE2, 0xEE
#: Tables, frames and scans: what a decoder needs. Everything else is an application's, a comment, or unknown.
_NEEDED = frozenset((*range(0xC0, 0xD0), _SCAN, 0xDB, 0xDC, 0xDD)) - {0xC8}
#: Markers that stand alone, without a length.
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_JFIF, _ICC, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_LONGEST = 0xFFFF - 2
#: Segments and scans of a file, at most; a camera writes some thirty.
_MOST_SEGMENTS = 20_000
#: Version 1.01, one picture point as wide as high, and no thumbnail.
_PLAIN_JFIF = _JFIF + bytes((1, 1, 0, 0, 1, 0, 1, 0, 0))
#: The colour transform is the last of Adobe's twelve bytes; without it CMYK pictures come out in wrong colours.
_ADOBE_LENGTH = 12
#: In a scan, what follows 0xFF is a marker unless it is a stuffed zero, a fill byte, or a restart.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def split_metadata(content: bytes) -> Parts:
    """Split a JPEG file into picture and metadata.

    Raises:
        DamagedError: the file is cut off, or is not a JPEG.
    """
    if not content.startswith(b"\xff\xd8"):
        raise DamagedError("is not a JPEG picture")
    picture_parts, removed, profile = [b"\xff\xd8"], [], []
    for marker, payload, scan in _segments(content):
        if marker == _END:
            removed.append(payload)
        elif marker == _APP0 and payload.startswith(_JFIF):
            picture_parts.append(_segment(_APP0, _PLAIN_JFIF))
            removed.append(payload)
        elif marker == _APP2 and payload.startswith(_ICC):
            profile.append(payload.removeprefix(_ICC))
        elif marker == _APP14 and payload.startswith(_ADOBE):
            picture_parts.append(_segment(marker, payload[:_ADOBE_LENGTH]))
        elif marker in _NEEDED:
            picture_parts += [*(_profile_segments(profile) if marker == _SCAN else ()), _segment(marker, payload), scan]
            profile = [] if marker == _SCAN else profile
        else:
            removed.append(payload)
    return Parts(b"".join((*picture_parts, b"\xff\xd9")), tuple(filter(None, removed)))


def is_whole(content: bytes) -> bool:
    """Return whether all pixels of a picture can be decoded.

    Pillow silently fills missing parts with grey; qpdf, part of pikepdf, reports every warning of the decoder. Zeros
    after the last pixel, which some cameras write, are harmless.

    Args:
        content: the picture from `split_metadata`, with a valid header.
    """
    end = len(content) - 2
    without_zeros = content[:end].rstrip(b"\0")
    return any(
        _is_decodable(data + content[end:])
        for data in dict.fromkeys((content[:end], without_zeros, without_zeros + b"\0"))
    )


def _is_decodable(content: bytes) -> bool:
    import pikepdf

    with pikepdf.new() as document:
        stream = pikepdf.Stream(document, content)
        stream["/Filter"] = pikepdf.Name.DCTDecode
        try:
            stream.read_bytes(pikepdf.StreamDecodeLevel.all)
        except (pikepdf.PdfError, RuntimeError):
            return False
    return True


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each marker, its payload, and of a scan the picture's data.

    The last one is the end, with what follows it in the file.
    """
    place = 2
    for _ in range(_MOST_SEGMENTS):
        place = content.find(b"\xff", place)
        while 0 <= place < len(content) and content[place] == 0xFF:  # noqa: PLR2004 - fill bytes
            place += 1
        if not 0 < place < len(content):
            raise DamagedError("is cut off: its last part is missing")
        marker, place = content[place], place + 1
        if marker == _END:
            yield marker, content[place:], b""
            return
        if marker in _ALONE or not marker:
            continue
        length = int.from_bytes(content[place : place + 2], "big")
        payload = content[place + 2 : place + length]
        if length < 2 or len(payload) != length - 2:  # noqa: PLR2004 - the length counts its own two bytes
            raise DamagedError("is cut off: its last part is missing")
        place += length
        next_marker = _NEXT_MARKER.search(content, place) if marker == _SCAN else None
        end = next_marker.start() if next_marker else len(content) if marker == _SCAN else place
        yield marker, payload, content[place:end]
        place = end
    raise DamagedError("is damaged: it is in more pieces than any camera writes")


def _segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


def _profile_segments(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the colour profile again, without its words; each chunk begins with its number and how many there are."""
    old_profile = b"".join(chunk[2:] for chunk in sorted(chunks))
    profile = wordless_profile(old_profile) if old_profile else b""
    step = _LONGEST - len(_ICC) - 2
    parts = [profile[start : start + step] for start in range(0, len(profile), step)]
    for number, part in enumerate(parts, start=1):
        yield _segment(_APP2, _ICC + bytes((number, len(parts))) + part)
