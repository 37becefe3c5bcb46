"""A GIF file without its comments and what programs keep in it (GIF89a); the picture is copied byte for byte.

Only hand-written pages and the theme may show one: on paper and in e-readers it would stand still.
"""

from __future__ import annotations

from casebuilder.readers.pictures.parts import DamagedError, Parts

_EXTENSION, _FRAME, _END = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
#: How often the frames are shown again: the one application's block that a browser reads.
_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")
_SIGNATURES = (b"GIF87a", b"GIF89a")


def taken_apart(content: bytes) -> Parts:
    """A GIF picture and what is not the picture.

    Raises:
        DamagedError: the file ends before the picture does, or is no GIF.
    """
    if not content.startswith(_SIGNATURES):
        raise DamagedError("is not a GIF picture")
    try:
        place = 13 + _colours(content[10])
        kept, removed = [content[:place]], list[bytes]()
        while content[place] != _END:
            start = place
            if content[place] == _EXTENSION:
                needed = content[place + 1] == _CONTROL or (
                    content[place + 1] == _APPLICATION and content.startswith(_LOOPS, place + 2)
                )
                place = _after_blocks(content, place + 2)
                (kept if needed else removed).append(content[start:place])
            elif content[place] == _FRAME:
                place = _after_blocks(content, place + 11 + _colours(content[place + 9]))
                kept.append(content[start:place])
            else:
                raise DamagedError("is damaged")
    except IndexError:
        raise DamagedError("is cut off: its last part is missing") from None
    return Parts(b"".join((*kept, b";")), tuple(filter(None, (*removed, content[place + 1 :]))))


def _colours(flags: int) -> int:
    """The bytes of a table of colours that a byte of flags announces."""
    return 3 << (flags % 8 + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, place: int) -> int:
    """What comes after blocks, each of which begins with its length; one without a length ends them."""
    while content[place]:
        place += content[place] + 1
    return place + 1
