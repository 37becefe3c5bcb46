"""The typefaces of the series: where their files lie, how print styles name them, which characters they have.

Source Serif Pro and Source Sans Pro come from wheels, found by their entry points, so no font is committed and none
is looked up by its name: each weight but bold calls itself "Regular" in its own file, and what else is installed on
a machine must not decide how a pack looks. Only for a character that neither family has is the system asked.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.glyphs import steers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Not quite the names that the files give themselves: fontconfig knows a file by both, and would then find two.
SERIF = "Source Serif"
SANS = "Source Sans"
#: Faces that stand in for characters that a face of the text's own style lacks: upright letters in an italic text.
UPRIGHT = "casebuilder upright"
#: Faces of the system, for scripts that the wheels' families do not have. Each is named after its file, so that two
#: documents that one process prints never mean two fonts by one name.
FALLBACK = "casebuilder fallback"
#: The system's face for emoji. It comes after every other: it has blanks and digits of its own, wider than a text's.
EMOJI = "casebuilder emoji"

_REGULAR, _SEMIBOLD, _BOLD = 400, 600, 700
#: Entry point -> family, and the key of each face in what it loads -> (weight, style).
_WHEELS = {
    "sourceserifttf": (SERIF, "SourceSerifPro"),
    "sourcesansttf": (SANS, "SourceSansPro"),
}
_STYLES = {
    "": (_REGULAR, "normal"),
    "It": (_REGULAR, "italic"),
    "Semibold": (_SEMIBOLD, "normal"),
    "SemiboldIt": (_SEMIBOLD, "italic"),
}
#: Families that are preferred, in this order, where the system has several for a character.
_PREFERRED = ("Noto Serif", "Noto Naskh", "Noto Sans", "Noto Color Emoji", "Noto")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file and how a style sheet calls it."""

    family: str
    weight: int
    style: str
    path: Path

    @property
    def name(self) -> str:
        """A name that is unique among the faces of a pack and does not tell where the file lies."""
        return f"{self.family} {self.weight} {self.style} {self.path.name}".lower().replace(" ", "-")


@cache
def faces() -> tuple[Face, ...]:
    """The faces of both families, then the upright ones again for what an italic lacks.

    Raises:
        FileNotFoundError: the wheels are not installed.
    """
    found = []
    for name, (family, stem) in _WHEELS.items():
        points = entry_points(group="fonts_ttf", name=name)
        if not points:
            message = f'the fonts of "{family}" are not installed; install casebuilder with its dependencies'
            raise FileNotFoundError(message)
        files = next(iter(points)).load()
        found += [Face(family, *style, Path(files[stem + key])) for key, style in _STYLES.items()]
    upright = [
        Face(UPRIGHT, face.weight, "italic", face.path)
        for face in found
        if face.family == SERIF and face.style == "normal"
    ]
    return (*found, *upright)


def css(used: Iterable[Face], address: Callable[[Face], str]) -> str:
    """The `@font-face` rules of some faces, and lists of the system's families among them: `--fallback` and `--emoji`.

    Args:
        used: the faces.
        address: says under which address a face's file is to be had.
    """
    faces_used = tuple(used)
    rules = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'src: url("{address(face)}") }}'
        for face in faces_used
    ]
    for variable, start in (("--fallback", FALLBACK), ("--emoji", EMOJI)):
        if names := dict.fromkeys(f'"{face.family}"' for face in faces_used if face.family.startswith(start)):
            rules.append(f":root {{ {variable}: {', '.join(names)} }}")
    return "\n".join(rules)


@cache
def characters(path: Path) -> frozenset[int]:
    """The code points that a font file has a glyph for."""
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


def alike(used: Iterable[Face]) -> Iterable[str]:
    """Groups of characters that some face draws by one glyph, such as the Greek delta and the sign of an increment."""
    from fontTools.ttLib import TTFont

    for path in dict.fromkeys(face.path for face in used):
        groups: dict[str, str] = {}
        with TTFont(path, fontNumber=0, lazy=True) as font:
            for point, glyph in font.getBestCmap().items():
                groups[glyph] = groups.get(glyph, "") + chr(point)
        yield from (group for group in groups.values() if len(group) > 1)


def uncovered(words: str, used: Iterable[Face]) -> frozenset[str]:
    """The visible characters of a text that none of the faces has."""
    known = frozenset[int]().union(*(characters(face.path) for face in used))
    return frozenset(letter for letter in set(words) if ord(letter) not in known and _is_drawn(letter))


def _is_drawn(letter: str) -> bool:
    """Whether a character needs a glyph: blanks and the marks that steer joining and direction do not."""
    return not letter.isspace() and unicodedata.category(letter) != "Cc" and not steers(letter)


@cache
def fallbacks(letters: frozenset[str]) -> tuple[Face, ...]:
    """The system's faces for characters that the wheels' families lack, as few as cover them.

    A character that no installed font has is left uncovered; it is the reader of the result who must complain.
    """
    found: list[Face] = []
    missing = set(letters)
    while missing:
        letter = min(missing)
        missing.discard(letter)
        if family := _system_family(letter):
            regular = family[_REGULAR]
            name = EMOJI if "emoji" in regular.stem.lower() else f"{FALLBACK} {regular.stem}"
            found += [Face(name, weight, "normal", path) for weight, path in sorted(family.items())]
            missing -= {other for other in missing if ord(other) in characters(regular)}
    return tuple(found)


@cache
def _system_family(letter: str) -> dict[int, Path]:
    """Regular and, where there is one, bold file of the best installed family that has a character."""
    families: dict[str, dict[int, Path]] = {}
    for line in _fontconfig(f":charset={ord(letter):x}:scalable=true"):
        path, names, style = line.split("\t")
        weight = {"Regular": _REGULAR, "Bold": _BOLD}.get(style.split(",")[0])
        if weight:
            families.setdefault(names.split(",")[0], {})[weight] = Path(path)
    complete = [name for name, files in families.items() if _REGULAR in files]
    return families[min(complete, key=_preference)] if complete else {}


def _preference(family: str) -> tuple[int, str]:
    places = [place for place, start in enumerate(_PREFERRED) if family.startswith(start)]
    return (places[0] if places else len(_PREFERRED), family)


def _fontconfig(pattern: str) -> list[str]:
    """File, families and styles of each installed font that fits; pango, which WeasyPrint needs, brings the command."""
    command = shutil.which("fc-list")
    if not command:
        return []
    done = subprocess.run(  # noqa: S603 - a fixed command; the pattern is made of one code point
        [command, "--format", "%{file}\t%{family}\t%{style}\n", pattern],
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    return sorted(line for line in done.stdout.splitlines() if line.count("\t") == 2)  # noqa: PLR2004 - three columns
