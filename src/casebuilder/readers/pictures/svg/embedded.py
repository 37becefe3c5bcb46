"""Pictures made of points that a drawing holds in itself, as `data:` addresses; they carry metadata of their own."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from casebuilder.readers.pictures import cleaning, picturetypes
from casebuilder.readers.pictures.picturefile import DamagedError

_DATA = re.compile(r"\s*data:(?P<type>[^,]*),(?P<data>.*)", re.DOTALL | re.IGNORECASE)
_TYPES = {picturetypes.PNG: "image/png", picturetypes.JPEG: "image/jpeg", picturetypes.WEBP: "image/webp"}


class KindError(Exception):
    """A file within a drawing that is not a picture made of points; its argument is what it is."""


def is_embedded(address: str) -> bool:
    """Return whether an address contains its file (a data address)."""
    return address.lstrip().lower().startswith("data:")


def content(address: str) -> bytes:
    """Return the file in a data address.

    Raises:
        DamagedError: its letters are no file.
    """
    match = _DATA.match(address)
    data = unquote_to_bytes(match["data"]) if match else b""
    if match and match["type"].replace(" ", "").lower().endswith(";base64"):
        try:
            data = base64.b64decode(b"".join(data.split()), validate=True)
        except binascii.Error:
            raise DamagedError("is damaged") from None
    return data


def published(address: str, most: int) -> tuple[str, int]:
    """Return the picture in a data address without its metadata, as such an address, and how many points it has.

    Args:
        address: the picture.
        most: how many points it may have; a drawing can hold thousands of pictures.

    Raises:
        KindError: it is no picture that everybody shows.
        DamagedError: it is damaged.
        cleaning.TooLargeError: it has more points than are decoded.
    """
    data = content(address)
    kind = picturetypes.of_content(data)
    if kind not in _TYPES:
        raise KindError(kind)
    count = cleaning.points(cleaning.split_metadata(data, kind).picture, kind)
    if count > most:
        raise cleaning.TooLargeError(count)
    cleaned = cleaning.published(data, kind)
    cleaning.inspect(cleaned, kind)
    return f"data:{_TYPES[kind]};base64,{base64.b64encode(cleaned).decode()}", count
