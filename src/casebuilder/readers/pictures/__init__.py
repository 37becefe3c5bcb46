"""Pictures: the faults of a file, and the bytes to publish.

Verdicts depend only on a file's content and name, so they can be cached. Published pictures are upright, and without
position, camera, author, thumbnail or comment; drawings contain nothing that runs or loads anything. Slow libraries
are imported only when a file is read.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from casebuilder.readers.pictures import picturetypes
from casebuilder.readers.pictures.picturefile import DamagedError, Fault
from casebuilder.readers.pictures.picturetypes import CLEANED, OTHERS, SHOWN, UNCLEANED, kind_not_shown, remedy

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CLEANED",
    "LARGEST",
    "OTHERS",
    "SHOWN",
    "UNCLEANED",
    "DamagedError",
    "Fault",
    "edition",
    "judge",
    "kind_not_shown",
    "other_kind",
    "published",
    "remedy",
]

#: The size limit of a picture, in bytes.
LARGEST = 25 << 20
_LARGEST_DRAWING = 10 << 20
_EXPORT = "save or upload it again"
#: How many times wider than high, and higher than wide, a picture can be. Its shorter side then has 24 points, as two
#: lines have, on a sheet (363 points wide) and on a slide (280 points high). A strip of an electrocardiogram is ten
#: times wider than high.
_WIDEST, _TALLEST = 15, 11
#: The longer side of a picture that is shown in its own size, in pixels.
_SMALL = 500
_SMALLER = "save a smaller copy: 2,000 pixels across are enough for a page and for paper"


def judge(name: str, content: bytes) -> tuple[Fault, ...]:
    """Return all faults of a picture.

    Args:
        name: the name of its file, whose ending promises a type.
        content: its bytes.
    """
    promised = picturetypes.of_name(name)
    real_kind = picturetypes.of_content(content)
    if not content:
        return (Fault("broken-picture", "is empty (0 bytes)", _EXPORT),)
    if len(content) > (_LARGEST_DRAWING if promised == picturetypes.SVG else LARGEST):
        return (Fault("picture-size", f"has {len(content) / (1 << 20):.0f} MiB", _SMALLER),)
    if real_kind != promised:
        message = f"is {_article(real_kind)} file" if real_kind else "is not a picture that casebuilder knows"
        return (
            Fault("picture-kind", f"{message}, whatever its name says", remedy(real_kind, PurePosixPath(name).name)),
        )
    return tuple(_drawing_faults(content) if real_kind == picturetypes.SVG else _raster_faults(content, real_kind))


def other_kind(name: str) -> Fault:
    """Return the fault of a picture whose name promises a type that cannot be shown or cleaned."""
    message = f"cannot be used: pages and e-readers do not show {kind_not_shown(name)} pictures"
    return Fault("picture-kind", message, remedy(OTHERS[PurePosixPath(name).suffix.lower()], name))


def published(name: str, content: bytes) -> bytes:
    """Return the bytes of a picture for every output.

    Raises:
        DamagedError: it cannot be shown; `judge` returns the reason.
    """
    kind = picturetypes.of_name(name)
    from casebuilder.readers.pictures import cleaning, svg

    if kind == picturetypes.SVG:
        if drawing := svg.sifted(content).content:
            return drawing
        raise DamagedError("cannot be shown")
    try:
        return cleaning.published(content, kind)
    except cleaning.TooLargeError as error:
        raise DamagedError("is too large") from error


@cache
def edition() -> bytes:
    """Return a digest of the code that judges and publishes pictures, Pillow's version included."""
    from PIL import __version__

    modules = sorted(Path(__file__).parent.rglob("*.py"))
    return sha256(__version__.encode() + b"".join(path.read_bytes() for path in modules)).digest()


def _drawing_faults(content: bytes) -> list[Fault]:
    from casebuilder.readers.pictures import svg

    drawing = svg.sifted(content)
    return [*drawing.faults, *_position_fault(text.encode() for text in drawing.metadata)]


def _raster_faults(content: bytes, kind: str) -> list[Fault]:
    from casebuilder.readers.pictures import cleaning

    try:
        parts = cleaning.split_metadata(content, kind)
        frames = cleaning.inspect(parts.picture, kind)
    except DamagedError as error:
        return [Fault("broken-picture", str(error), _EXPORT)]
    except cleaning.TooLargeError as error:
        width, height = error.args
        most_millions = cleaning.MOST_POINTS // 1_000_000
        message = f"is {width:,} × {height:,} pixels; at most {most_millions} million in all are shown"
        return [Fault("picture-size", message, _SMALLER)]
    faults = _position_fault(parts.removed)
    width, height = cleaning.size(parts.picture, kind)
    if max(width / _WIDEST, height / _TALLEST) > min(width, height) and max(width, height) > _SMALL:
        message = f"is {width:,} × {height:,} pixels: on a page or on paper it is a thin line"
        faults.append(Fault("picture-shape", message, "cut it into several pictures, one below another in the text"))
    if frames > 1:
        hint = "save the frames that matter as pictures of their own: on paper only the first one would be seen"
        faults.append(Fault("moving-picture", f"moves: it has {frames} frames", hint))
    return faults


def _position_fault(removed: Iterable[bytes]) -> list[Fault]:
    """Yield the fault that a picture reveals where it was taken, if its metadata do."""
    from casebuilder.readers.pictures import exifreading

    if not exifreading.holds_position(removed):
        return []
    hint = (
        "the site leaves it out, but everybody can download this file: replace it by a copy without the location,"
        " or by a screenshot"
    )
    return [Fault("picture-position", "carries the position where it was taken (GPS)", hint)]


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'AEH' or kind in {'SVG', 'RAW'} else 'a'} {kind}"
