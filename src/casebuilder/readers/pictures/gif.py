"""GIF files without comments and application data (GIF89a); the picture is copied byte for byte.

Only hand-written pages and the theme may show one, because it does not move on paper and in e-readers.
"""

from __future__ import annotations

from casebuilder.readers.pictures.picturefile import DamagedError, Parts

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
        offset = 13 + _colour_table_length(content[10])
        picture_parts, removed = [content[:offset]], list[bytes]()
        while content[offset] != _END:
            start = offset
            if content[offset] == _EXTENSION:
                is_needed = content[offset + 1] == _CONTROL or (
                    content[offset + 1] == _APPLICATION and content.startswith(_LOOPS, offset + 2)
                )
                offset = _after_blocks(content, offset + 2)
                (picture_parts if is_needed else removed).append(content[start:offset])
            elif content[offset] == _FRAME:
                offset = _after_blocks(content, offset + 11 + _colour_table_length(content[offset + 9]))
                picture_parts.append(content[start:offset])
            else:
                raise DamagedError("is damaged")
    except IndexError:
        raise DamagedError("is cut off: its last part is missing") from None
    return Parts(b"".join((*picture_parts, b";")), tuple(filter(None, (*removed, content[offset + 1 :]))))


def _colour_table_length(flags: int) -> int:
    """Return the length of a colour table, from its byte of flags."""
    return 3 << (flags % 8 + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, offset: int) -> int:
    """Return the offset after a series of blocks, which ends with an empty one."""
    while content[offset]:
        offset += content[offset] + 1
    return offset + 1
