"""The typefaces for the web: cut into ranges of characters, so that a phone loads only what a page shows.

A browser reads `assets/fonts/fonts.css` and takes, of each font, only the ranges with a character on the page: an
English case needs the Latin files alone, a name in Greek one more. Cutting is slow, so the build keeps the results.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache, partial
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING

from casebuilder import fonts
from casebuilder.model import File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Making = Callable[[], bytes]
    #: Returns the cached bytes for a key, or makes them.
    Keeping = Callable[[str, Making], bytes]

_FOLDER = "assets/fonts"
#: First and last code point of each stretch of a range. No code point is in two ranges: a browser would load both.
RANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "latin": (
        (0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2C6, 0x2C6), (0x2DA, 0x2DA), (0x2DC, 0x2DC),
        (0x300, 0x36F), (0x2000, 0x206F), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212),
        (0x2713, 0x2713),
    ),
    "latin-a": ((0x100, 0x130), (0x132, 0x151), (0x154, 0x17F), (0x218, 0x21B)),
    "latin-b": (
        (0x180, 0x217), (0x21C, 0x2C5), (0x2C7, 0x2D9), (0x2DB, 0x2DB), (0x2DD, 0x2FF), (0x1E00, 0x1E9F),
        (0x20A0, 0x20AB), (0x20AD, 0x20CF), (0x2113, 0x2113), (0x2C60, 0x2C7F), (0xA720, 0xA7FF),
    ),
    "vietnamese": ((0x1EA0, 0x1EF9),),
    "greek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "cyrillic": ((0x400, 0x52F), (0x1C80, 0x1C8F), (0x2116, 0x2116), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)),
}  # fmt: skip

#: The faces of `embedded`: family, weight, style.
_TEXT = frozenset((
    (fonts.SERIF, 400, "normal"), (fonts.SERIF, 400, "italic"), (fonts.SERIF, 600, "normal"),
    (fonts.SANS, 400, "normal"), (fonts.SANS, 600, "normal"),
))  # fmt: skip


def render(cached: Keeping = lambda _, make: make()) -> Iterator[File]:
    """Yield the font files, the style sheet that names them, and their licence.

    Args:
        cached: looks up what was cut before, by a key that changes with the font, the range and the tools.
    """
    rules = []
    for face in fonts.faces():
        if face.family not in {fonts.SERIF, fonts.SANS}:
            continue
        source = face.path.read_bytes()
        for name, stretches in RANGES.items():
            points = fonts.characters(face.path) & _code_points(stretches)
            if not points:
                continue
            file = f"{face.family.lower().replace(' ', '-')}-{face.weight}-{face.style}-{name}.woff2"
            content = cached(_cache_key(source, points), partial(_make_subset, source, points))
            rules.append(_font_face_rule(face, file, stretches))
            yield File(f"{_FOLDER}/{file}", content)
    yield File(f"{_FOLDER}/fonts.css", "".join(rules).encode())
    yield File(f"{_FOLDER}/LICENSE.txt", fonts.faces()[0].path.with_name("LICENSE.txt").read_bytes())


def embedded(cached: Keeping = lambda _, make: make()) -> str:
    """Return `@font-face` rules with the fonts inside, for a page that loads nothing: Latin faces of text.

    Args:
        cached: as in `render`; the same files are cut.
    """
    rules = []
    for face in fonts.faces():
        if (face.family, face.weight, face.style) in _TEXT:
            source = face.path.read_bytes()
            points = fonts.characters(face.path) & _code_points(RANGES["latin"])
            content = cached(_cache_key(source, points), partial(_make_subset, source, points))
            data_address = f"data:font/woff2;base64,{base64.b64encode(content).decode()}"
            rules.append(_font_face_rule(face, data_address, RANGES["latin"]).replace("optional", "block"))
    return "".join(rules)


def _code_points(stretches: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(point for first, last in stretches for point in range(first, last + 1))


def _font_face_rule(face: fonts.Face, file: str, stretches: Sequence[tuple[int, int]]) -> str:
    """Return one `@font-face` rule.

    `optional` shows a text in a face that the reader has if the font does not come at once, and does not exchange it
    later: no line moves under a reader's eyes. The font is there for the next page.
    """
    span = ", ".join(f"U+{first:X}-{last:X}" if first != last else f"U+{first:X}" for first, last in stretches)
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'font-display: optional; src: url("{file}") format("woff2"); unicode-range: {span} }}\n'
    )


def _cache_key(source: bytes, points: frozenset[int]) -> str:
    return hashlib.sha256(source + repr((sorted(points), _tools())).encode()).hexdigest()


@cache
def _tools() -> str:
    """Return the versions of what makes a font, which take longer to look up than all fonts to find."""
    return f"{version('fonttools')} {version('brotli')}"


def _make_subset(source: bytes, points: frozenset[int]) -> bytes:
    """Return a font with the wanted characters only, as WOFF2; the same bytes whenever it is made."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(flavor="woff2", hinting=False, name_IDs=[0, 1, 2, 13, 14], notdef_outline=True)
    with TTFont(BytesIO(source), recalcTimestamp=False) as font:
        subsetter = Subsetter(options=options)
        subsetter.populate(unicodes=points)
        subsetter.subset(font)
        font.flavor = "woff2"
        buffer = BytesIO()
        font.save(buffer)
    return buffer.getvalue()
