"""Photographs and other raster pictures: whether they can be shown, and how they are published.

The size is read from the header before decoding, because a file of a kilobyte can ask for gigabytes of memory.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from casebuilder.readers.pictures import exifreading, gif, jpeg, picturetypes, png, webp
from casebuilder.readers.pictures.picturefile import DamagedError, Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

_TAKEN_APART: dict[str, Callable[[bytes], Parts]] = {
    picturetypes.JPEG: jpeg.split_metadata,
    picturetypes.PNG: png.split_metadata,
    picturetypes.WEBP: webp.split_metadata,
    picturetypes.GIF: gif.split_metadata,
}
#: The most pixels that are decoded, such as 10,000 by 8,000. Phones take 50 million at most.
MOST_POINTS = 80_000_000
#: Pillow's name for 16-bit grey, as in X-rays; browsers show the upper eight bits.
_DEEP, _UPPER = "I;16", 1 / 256


class TooLargeError(Exception):
    """A picture with too many pixels; its arguments are width and height."""


def split_metadata(content: bytes, kind: str) -> Parts:
    """Split a picture file into picture and metadata.

    Raises:
        DamagedError: it is cut off or damaged.
    """
    return _TAKEN_APART[kind](content)


def points(content: bytes, kind: str) -> int:
    """Return the number of pixels from a picture's header, without decoding it.

    Raises:
        TooLargeError: there are too many.
        DamagedError: it cannot be opened.
    """
    with _opened(content, kind) as picture:
        return picture.width * picture.height


def inspect(content: bytes, kind: str) -> int:
    """Return the number of frames of a picture; more than one if it moves.

    Args:
        content: a file without its metadata.
        kind: its type.

    Raises:
        TooLargeError: it has too many pixels.
        DamagedError: it cannot be decoded.
    """
    with _opened(content, kind) as picture:
        picture.load()
        frames = int(getattr(picture, "n_frames", 1))
    if (kind == picturetypes.JPEG and not jpeg.is_whole(content)) or (
        kind == picturetypes.WEBP and _has_unused_bytes(content)
    ):
        raise DamagedError("is damaged: a part of it would be grey, or of wrong colours")
    return frames


def size(content: bytes, kind: str) -> tuple[int, int]:
    """Return the width and the height of a picture, in pixels.

    Raises:
        TooLargeError: it has too many.
        DamagedError: it cannot be opened.
    """
    with _opened(content, kind) as picture:
        return picture.size


def _has_unused_bytes(content: bytes) -> bool:
    return any(_is_decodable(shorter) for shorter in webp.without_last_bytes(content))


def _is_decodable(content: bytes) -> bool:
    try:
        with _opened(content, picturetypes.WEBP) as picture:
            picture.load()
    except DamagedError:
        return False
    return True


def published(content: bytes, kind: str) -> bytes:
    """Return the bytes of a picture for outputs: upright, without metadata, and with at most eight bits a sample.

    Only a picture that must be rotated, or that is 16-bit grey, is encoded again.

    Raises:
        DamagedError, TooLargeError: it cannot be shown.
    """
    parts = split_metadata(content, kind)
    orientation = exifreading.orientation(parts.removed)
    if kind == picturetypes.GIF or (
        orientation == exifreading.UPRIGHT and not (kind == picturetypes.PNG and png.is_deep_grey(parts.picture))
    ):
        return parts.picture
    return split_metadata(_encode(parts.picture, kind, orientation), kind).picture


@contextmanager
def _opened(content: bytes, kind: str) -> Iterator[ImageFile]:
    """Open a picture; every error while it is open counts as a damaged file."""
    from PIL import Image, ImageFile

    # TooLargeError reports the size; and WeasyPrint lets Pillow fill in missing parts of a picture.
    limits = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, False
    try:
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
            _refuse_too_large(*picture.size)
            yield picture
    except (TooLargeError, DamagedError):
        raise
    except Exception as error:  # Pillow raises many kinds of errors for damaged files
        raise DamagedError("is damaged: it cannot be shown whole") from error
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = limits


def _refuse_too_large(width: int, height: int) -> None:
    if width * height > MOST_POINTS:
        raise TooLargeError(width, height)


def _encode(content: bytes, kind: str, orientation: int) -> bytes:
    """Encode a picture upright and with eight bits a sample, in the same format."""
    output = io.BytesIO()
    with _opened(content, kind) as picture:
        options = {"icc_profile": picture.info.get("icc_profile"), **_encoding_options(picture, content, kind)}
        eight_bit = picture.point(lambda value: value * _UPPER).convert("L") if picture.mode == _DEEP else picture
        _turn_upright(eight_bit, orientation).save(output, kind.upper(), **options)
    return output.getvalue()


def _turn_upright(picture: Image, orientation: int) -> Image:
    from PIL.Image import Transpose

    transpositions = (
        Transpose.FLIP_LEFT_RIGHT,
        Transpose.ROTATE_180,
        Transpose.FLIP_TOP_BOTTOM,
        Transpose.TRANSPOSE,
        Transpose.ROTATE_270,
        Transpose.TRANSVERSE,
        Transpose.ROTATE_90,
    )
    return (
        picture
        if orientation == exifreading.UPRIGHT
        else picture.transpose(transpositions[orientation - exifreading.UPRIGHT - 1])
    )


def _encoding_options(picture: ImageFile, content: bytes, kind: str) -> dict[str, Any]:
    """Return the options to encode a picture without visible loss."""
    from PIL.JpegImagePlugin import JpegImageFile, get_sampling
    from PIL.PngImagePlugin import PngInfo

    if kind == picturetypes.WEBP:
        return {"lossless": webp.is_lossless(content), "quality": 90}
    if kind == picturetypes.JPEG and isinstance(picture, JpegImageFile):
        # Encoding with the picture's own tables loses almost nothing.
        return {"qtables": picture.quantization, "subsampling": get_sampling(picture)}
    colours = PngInfo()
    for name, payload in png.colour_chunks(content):
        colours.add(name, payload)
    key = picture.info.get("transparency")
    return {"pnginfo": colours, "transparency": int(key * _UPPER) if picture.mode == _DEEP and key else key}
