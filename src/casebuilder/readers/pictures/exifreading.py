"""Position and orientation in the metadata of a picture."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PIL.Image import Exif

#: Where EXIF keeps the position: the directory's tag, and in it latitude and longitude, of the place and of the target.
_GPS, _PLACES = 0x8825, (2, 4, 20, 22)
#: EXIF's orientation tag, its value for upright, and the highest value.
_ORIENTATION, UPRIGHT, _LAST = 0x0112, 1, 8
_EXIF = b"Exif\0\0"
#: EXIF of a JPEG file has at most 64 KiB; and no telephone puts more than a few pictures into one file.
_LONGEST, _MOST = 1 << 16, 20
_TIFF = (b"II*\0", b"MM\0*")
#: A position in XMP, in RDF, in a film behind a moving photograph, and in the texts that programs write into PNG files.
_WRITTEN = re.compile(
    rb"GPS(?:Dest)?(?:Latitude|Longitude|Position|Coordinates)|\bgeo:(?:lat|long|point)\b|\xa9xyz"
    rb"|com\.apple\.quicktime\.location|GeoURI|georss:point",
    re.IGNORECASE,
)


def holds_position(metadata: Iterable[bytes]) -> bool:
    """Return whether one of these pieces of metadata contains a geographical position."""
    return any(_WRITTEN.search(block) or any(map(_has_place, _exif_blocks(block))) for block in metadata)


def orientation(metadata: Iterable[bytes]) -> int:
    """Return the orientation: 1 for upright, up to 8 for the other ways (EXIF 2.32, section 4.6.4)."""
    for block in metadata:
        if block.startswith((_EXIF, *_TIFF)) and (exif := _read_exif(block.removeprefix(_EXIF))) is not None:
            value = exif.get(_ORIENTATION, UPRIGHT)
            return value if value in range(UPRIGHT, _LAST + 1) else UPRIGHT
    return UPRIGHT


def _exif_blocks(metadata: bytes) -> Iterator[bytes]:
    """Yield every EXIF block in a piece; a second picture after the first has its own."""
    if metadata.startswith(_TIFF):
        yield metadata
    for match in islice(re.finditer(re.escape(_EXIF), metadata), _MOST):
        yield metadata[match.end() : match.end() + _LONGEST]


def _has_place(data: bytes) -> bool:
    exif = _read_exif(data)
    try:
        directory = exif.get_ifd(_GPS) if exif is not None else {}
    except Exception:  # noqa: BLE001 - the same as below
        return False
    return any(tag in directory for tag in _PLACES)


def _read_exif(data: bytes) -> Exif | None:
    from PIL import Image

    exif = Image.Exif()
    try:
        exif.load(data)
    except Exception:  # noqa: BLE001 - EXIF that cannot be read tells nobody anything; Pillow has no one error for it
        return None
    return exif
