"""Pictures: what is wrong with a file, and the bytes that are published in its place.

Nothing here knows the series, and what reads files is imported only when a file is read. A file is judged by its
content and its name alone, so a verdict can be kept. What leaves the series is `published`: upright, without position,
camera, author, thumbnail or comment, and of a drawing nothing that could run or load anything.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from casebuilder.readers.pictures import kinds
from casebuilder.readers.pictures.kinds import CLEANED, OTHERS, SHOWN, UNCLEANED, remedy
from casebuilder.readers.pictures.parts import DamagedError, Fault

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
    "other_kind",
    "published",
    "remedy",
]

#: The most bytes of a picture that are read.
LARGEST = 25 << 20
_LARGEST_DRAWING = 10 << 20
_EXPORT = "save or upload it again"
_SMALLER = "save a smaller copy: 2,000 pixels across are enough for a page and for paper"


def judge(name: str, content: bytes) -> tuple[Fault, ...]:
    """Everything that is wrong with a picture.

    Args:
        name: its file's name, which promises a kind.
        content: its bytes.
    """
    promised = kinds.of_name(name)
    found = kinds.of_content(content)
    if not content:
        return (Fault("broken-picture", "is empty (0 bytes)", _EXPORT),)
    if len(content) > (_LARGEST_DRAWING if promised == kinds.SVG else LARGEST):
        return (Fault("picture-size", f"has {len(content) / (1 << 20):.0f} MiB", _SMALLER),)
    if found != promised:
        what = f"is {_article(found)} file" if found else "is not a picture that casebuilder knows"
        return (Fault("picture-kind", f"{what}, whatever its name says", remedy(found, PurePosixPath(name).name)),)
    return tuple(_of_drawing(content) if found == kinds.SVG else _of_raster(content, found))


def other_kind(name: str) -> Fault:
    """That a picture, as its name says, is of a kind that cannot be shown or cleaned."""
    ending = PurePosixPath(name).suffix.lower()
    kind = OTHERS[ending]
    shown = f"{ending} pictures" if kind in SHOWN.values() else f"{kind} pictures"
    return Fault("picture-kind", f"cannot be used: pages and e-readers do not show {shown}", remedy(kind, name))


def published(name: str, content: bytes) -> bytes:
    """The bytes of a picture as every output gets them.

    Raises:
        DamagedError: it cannot be shown; `judge` says why.
    """
    kind = kinds.of_name(name)
    from casebuilder.readers.pictures import raster, svg

    if kind == kinds.SVG:
        if drawing := svg.sifted(content).content:
            return drawing
        raise DamagedError("cannot be shown")
    try:
        return raster.published(content, kind)
    except raster.TooLargeError as error:
        raise DamagedError("is too large") from error


@cache
def edition() -> bytes:
    """A digest of what judges and publishes pictures: this code, and Pillow's version."""
    from PIL import __version__

    ours = sorted(Path(__file__).parent.rglob("*.py"))
    return sha256(__version__.encode() + b"".join(path.read_bytes() for path in ours)).digest()


def _of_drawing(content: bytes) -> list[Fault]:
    from casebuilder.readers.pictures import svg

    drawing = svg.sifted(content)
    return [*drawing.faults, *_position(text.encode() for text in drawing.metadata)]


def _of_raster(content: bytes, kind: str) -> list[Fault]:
    from casebuilder.readers.pictures import raster

    try:
        parts = raster.taken_apart(content, kind)
        many = raster.inspect(parts.kept, kind)
    except DamagedError as error:
        return [Fault("broken-picture", str(error), _EXPORT)]
    except raster.TooLargeError as error:
        width, height = error.args
        most = raster.MOST_POINTS // 1_000_000
        message = f"is {width:,} × {height:,} pixels; at most {most} million in all are shown"
        return [Fault("picture-size", message, _SMALLER)]
    found = _position(parts.removed)
    if many > 1:
        hint = "save the frames that matter as pictures of their own: on paper only the first one would be seen"
        found.append(Fault("moving-picture", f"moves: it has {many} frames", hint))
    return found


def _position(removed: Iterable[bytes]) -> list[Fault]:
    """That a picture says where it was taken, if what is removed from it does."""
    from casebuilder.readers.pictures import exif

    if not exif.holds_position(removed):
        return []
    hint = (
        "the site leaves it out, but everybody can download this file: replace it by a copy without the location,"
        " or by a screenshot"
    )
    return [Fault("picture-position", "carries the position where it was taken (GPS)", hint)]


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'AEH' or kind in {'SVG', 'RAW'} else 'a'} {kind}"
