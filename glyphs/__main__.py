"""Write src/casebuilder/glyphs.txt, the characters that the packs' fonts can draw: `make glyphs`.

`casebuilder check` asks that table and never the fonts of a machine, so that it says the same everywhere. The fonts are
our own two families and those of the Debian packages that scripts/debian-packages names.
"""

from __future__ import annotations

import subprocess
import unicodedata
from itertools import groupby
from pathlib import Path

from casebuilder import fonts, glyphs

PACKAGES = ("fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji")
TABLE = Path(__file__).parents[1] / "src/casebuilder/glyphs.txt"
_HEAD = (
    "# The characters that packs can be printed with: ranges of code points. Written by 'make glyphs'; do not edit.\n"
)
#: Blanks have no glyph.
_BLANK = {"Cc", "Zs", "Zl", "Zp"}
#: Some font has a glyph for these, and yet Pango finds none: marks of an interlinear note, a sign over Kaithi numbers.
_REFUSED = {0xFFF9, 0xFFFA, 0xFFFB, 0x110CD}
#: What the packs replace by what says the same; see packs/views/paperhtml.py.
_REPLACED = (0x2011, 0x202F)


def files(package: str) -> list[Path]:
    """The regular faces of a Debian package that is installed."""
    paths = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S603, S607 - fixed words
    return [Path(line) for line in paths if line.endswith((".ttf", ".ttc")) and "-Bold" not in line]


def drawn() -> set[int]:
    """Every code point that a pack may hold."""
    drawn_points = {point for face in fonts.faces() for point in fonts.characters(face.path)}
    points_of_fonts = (fonts.characters(path) for package in PACKAGES for path in files(package))
    # A font without a blank (it is one of Tamil's old fractions) would be asked for the blank after its sign.
    drawn_points |= {point for points in points_of_fonts if ord(" ") in points for point in points}
    drawn_points |= {point for point in range(0x110000) if unicodedata.category(chr(point)) in _BLANK}
    drawn_points |= {point for first, last in glyphs.STEERING for point in range(first, last + 1)}
    drawn_points |= set(_REPLACED)
    return {point for point in drawn_points - _REFUSED if unicodedata.category(chr(point)) not in {"Co", "Cs", "Cn"}}


def written(points: set[int]) -> str:
    """Code points as ranges, a line each."""
    lines = []
    for _, group in groupby(enumerate(sorted(points)), key=lambda pair: pair[1] - pair[0]):
        run = [point for _, point in group]
        lines.append(f"{run[0]:X}-{run[-1]:X}" if len(run) > 1 else f"{run[0]:X}")
    return _HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(written(drawn()), encoding="utf-8")
