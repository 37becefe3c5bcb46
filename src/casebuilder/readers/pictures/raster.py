"""Photographs and other pictures made of points: whether they can be shown whole, and how they are published.

The size is read from the file's head before anything is decoded, because a file of a kilobyte can ask for gigabytes.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from casebuilder.readers.pictures import exif, gif, jpeg, kinds, png, webp
from casebuilder.readers.pictures.parts import DamagedError, Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

_TAKEN_APART: dict[str, Callable[[bytes], Parts]] = {
    kinds.JPEG: jpeg.taken_apart,
    kinds.PNG: png.taken_apart,
    kinds.WEBP: webp.taken_apart,
    kinds.GIF: gif.taken_apart,
}
#: The most points that are decoded, such as 10,000 by 8,000. A telephone takes 50 million at most.
MOST_POINTS = 80_000_000
#: Pillow's name for a grey picture of 16 bits, as X-rays are; browsers show its upper eight.
_DEEP, _UPPER = "I;16", 1 / 256


class TooLargeError(Exception):
    """A picture of more points than are decoded; its arguments are width and height."""


def taken_apart(content: bytes, kind: str) -> Parts:
    """A picture file without its metadata, and what was removed.

    Raises:
        DamagedError: it cannot be taken apart, since it is cut off or damaged.
    """
    return _TAKEN_APART[kind](content)


def points(kept: bytes, kind: str) -> int:
    """How many points a picture promises to have; nothing of it is decoded.

    Raises:
        TooLargeError: more than are decoded.
        DamagedError: it cannot be opened.
    """
    with _opened(kept, kind) as picture:
        return picture.width * picture.height


def inspect(kept: bytes, kind: str) -> int:
    """How many pictures a file holds: more than one if it moves.

    Args:
        kept: a file without its metadata.
        kind: what it is.

    Raises:
        TooLargeError: it has more points than are decoded.
        DamagedError: it cannot be decoded.
    """
    with _opened(kept, kind) as picture:
        picture.load()
        many = int(getattr(picture, "n_frames", 1))
    if kind == kinds.JPEG and not jpeg.is_whole(kept):
        raise DamagedError("is damaged: a part of it would be grey, or of wrong colours")
    return many


def published(content: bytes, kind: str) -> bytes:
    """The bytes of a picture as outputs get them: upright, without metadata, and of a depth that all of them show.

    Nothing is encoded again but a picture that must be turned, and a grey one of 16 bits.

    Raises:
        DamagedError, TooLargeError: it cannot be shown.
    """
    parts = taken_apart(content, kind)
    held = exif.orientation(parts.removed)
    if kind == kinds.GIF or (held == exif.UPRIGHT and not (kind == kinds.PNG and png.is_deep_grey(parts.kept))):
        return parts.kept
    return taken_apart(_encoded(parts.kept, kind, held), kind).kept


@contextmanager
def _opened(content: bytes, kind: str) -> Iterator[ImageFile]:
    """A picture whose head was read; what goes wrong with it is a fault of the file."""
    from PIL import Image, ImageFile

    # Ours is told with the size; and WeasyPrint has Pillow fill up what is missing of a picture.
    limits = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, False
    try:
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
            _limit(*picture.size)
            yield picture
    except (TooLargeError, DamagedError):
        raise
    except Exception as error:  # Pillow raises whatever a broken file makes its readers stumble over
        raise DamagedError("is damaged: it cannot be shown whole") from error
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = limits


def _limit(width: int, height: int) -> None:
    if width * height > MOST_POINTS:
        raise TooLargeError(width, height)


def _encoded(kept: bytes, kind: str, held: int) -> bytes:
    """A picture turned upright, and made eight bits deep, in a file of its own kind."""
    out = io.BytesIO()
    with _opened(kept, kind) as picture:
        options = {"icc_profile": picture.info.get("icc_profile"), **_options(picture, kept, kind)}
        made = picture.point(lambda value: value * _UPPER).convert("L") if picture.mode == _DEEP else picture
        _turned(made, held).save(out, kind.upper(), **options)
    return out.getvalue()


def _turned(picture: Image, held: int) -> Image:
    from PIL.Image import Transpose

    turns = (
        Transpose.FLIP_LEFT_RIGHT,
        Transpose.ROTATE_180,
        Transpose.FLIP_TOP_BOTTOM,
        Transpose.TRANSPOSE,
        Transpose.ROTATE_270,
        Transpose.TRANSVERSE,
        Transpose.ROTATE_90,
    )
    return picture if held == exif.UPRIGHT else picture.transpose(turns[held - exif.UPRIGHT - 1])


def _options(picture: ImageFile, kept: bytes, kind: str) -> dict[str, Any]:
    """How a picture is encoded, so that it looks as before."""
    from PIL.JpegImagePlugin import JpegImageFile, get_sampling
    from PIL.PngImagePlugin import PngInfo

    if kind == kinds.WEBP:
        return {"lossless": webp.is_lossless(kept), "quality": 90}
    if kind == kinds.JPEG and isinstance(picture, JpegImageFile):
        # With the tables that it was encoded with before, a picture loses next to nothing of its points.
        return {"qtables": picture.quantization, "subsampling": get_sampling(picture)}
    colours = PngInfo()
    for name, payload in png.colour_chunks(kept):
        colours.add(name, payload)
    key = picture.info.get("transparency")
    return {"pnginfo": colours, "transparency": int(key * _UPPER) if picture.mode == _DEEP and key else key}
