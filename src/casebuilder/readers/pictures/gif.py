"""GIF files without comments and application data (GIF89a); the picture is copied byte for byte.

Only hand-written pages and the theme may show one, because it does not move on paper and in e-readers.
"""

from __future__ import annotations

from casebuilder.readers.pictures.parts import DamagedError, Parts

_EXTENSION, _FRAME, _END = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
#: The number of repetitions: the only application block that browsers read.
_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")
_SIGNATURES = (b"GIF87a", b"GIF89a")


def split_metadata(content: bytes) -> Parts:
    """Split a GIF file into picture and metadata.

    Raises:
        DamagedError: the file is cut off, or is not a GIF.
    """
    if not content.startswith(_SIGNATURES):
        raise DamagedError("is not a GIF picture")
    try:
        place = 13 + _colours(content[10])
        picture_parts, removed = [content[:place]], list[bytes]()
        while content[place] != _END:
            start = place
            if content[place] == _EXTENSION:
                needed = content[place + 1] == _CONTROL or (
                    content[place + 1] == _APPLICATION and content.startswith(_LOOPS, place + 2)
                )
                place = _after_blocks(content, place + 2)
                (picture_parts if needed else removed).append(content[start:place])
            elif content[place] == _FRAME:
                place = _after_blocks(content, place + 11 + _colours(content[place + 9]))
                picture_parts.append(content[start:place])
            else:
                raise DamagedError("is damaged")
    except IndexError:
        raise DamagedError("is cut off: its last part is missing") from None
    return Parts(b"".join((*picture_parts, b";")), tuple(filter(None, (*removed, content[place + 1 :]))))


def _colours(flags: int) -> int:
    """Return the length of a colour table, from its byte of flags."""
    return 3 << (flags % 8 + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, place: int) -> int:
    """Return the offset after a series of blocks, which ends with an empty one."""
    while content[place]:
        place += content[place] + 1
    return place + 1
