"""The fonts of the series: their files, their names in print styles, and their characters.

Source Serif Pro, Source Sans Pro and Source Code Pro come from wheels, found by their entry points. So no font is
committed, and none is found by its name: most weights call themselves "Regular" in their files, and other installed
fonts must not change how a pack looks. The system's fonts are used only for characters that no family has.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebuilder.glyphs import steers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Not the names in the files themselves, or fontconfig would find two files for one name.
SERIF = "Source Serif"
SANS = "Source Sans"
#: All its letters have one width, 0.6 of its size, so that columns of code stay columns.
CODE = "Source Code"
#: Upright faces, for characters that an italic face lacks.
UPRIGHT = "casebuilder upright"
#: Faces of the system, for scripts that the wheels' families lack. Each is named after its file, so that two documents
#: in one process never use one name for two fonts.
FALLBACK = "casebuilder fallback"
#: The system's face for emoji. It comes last, because its own spaces and digits are wider.
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
#: The third wheel has variable fonts; a style sheet says which weight it wants: file -> its weights, and its style.
_CODE_WHEEL = ("fontpkg.family", "source_code_pro")
_CODE_FILES = {
    "files/SourceCodePro[wght].ttf": ((_REGULAR, _SEMIBOLD), "normal"),
    "files/SourceCodePro-Italic[wght].ttf": ((_REGULAR,), "italic"),
}
#: Preferred families, in this order, if the system has several for a character.
_PREFERRED = ("Noto Serif", "Noto Naskh", "Noto Sans", "Noto Color Emoji", "Noto")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file and its name in style sheets."""

    family: str
    weight: int
    style: str
    path: Path

    @property
    def name(self) -> str:
        """A name that is unique within a pack and does not depend on the file's folder."""
        return f"{self.family} {self.weight} {self.style} {self.path.name}".lower().replace(" ", "-")


@cache
def faces() -> tuple[Face, ...]:
    """Return the faces of all families, and the upright serif ones again for characters that italics lack.

    Raises:
        FileNotFoundError: the wheels are not installed.
    """
    faces_of_text = []
    for name, (family, stem) in _WHEELS.items():
        files = _load_wheel("fonts_ttf", name)
        faces_of_text += [Face(family, *style, Path(files[stem + key])) for key, style in _STYLES.items()]
    upright = [
        Face(UPRIGHT, face.weight, "italic", face.path)
        for face in faces_of_text
        if face.family == SERIF and face.style == "normal"
    ]
    folder = Path(_load_wheel(*_CODE_WHEEL).ROOT)
    code = [
        Face(CODE, weight, style, folder / file) for file, (weights, style) in _CODE_FILES.items() for weight in weights
    ]
    return (*faces_of_text, *upright, *code)


def _load_wheel(group: str, name: str) -> Any:  # noqa: ANN401 - each group's own: a dictionary, a module
    """Return what the entry point of a wheel of fonts gives."""
    points = entry_points(group=group, name=name)
    if not points:
        message = f'the fonts "{name}" are not installed; install casebuilder with its dependencies'
        raise FileNotFoundError(message)
    return next(iter(points)).load()


def css(used_faces: Iterable[Face], address: Callable[[Face], str]) -> str:
    """Return `@font-face` rules of faces, and the variables `--fallback` and `--emoji` with families of the system.

    Args:
        used_faces: the faces.
        address: returns the address of a face's file.
    """
    fonts_in_use = tuple(used_faces)
    rules = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'src: url("{address(face)}") }}'
        for face in fonts_in_use
    ]
    for variable, start in (("--fallback", FALLBACK), ("--emoji", EMOJI)):
        if names := dict.fromkeys(f'"{face.family}"' for face in fonts_in_use if face.family.startswith(start)):
            rules.append(f":root {{ {variable}: {', '.join(names)} }}")
    return "\n".join(rules)


@cache
def characters(path: Path) -> frozenset[int]:
    """Return the code points of a font file."""
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


def alike(used_faces: Iterable[Face]) -> Iterable[str]:
    """Return groups of characters with one glyph in some face, such as the Greek delta and the increment sign."""
    from fontTools.ttLib import TTFont

    for path in dict.fromkeys(face.path for face in used_faces):
        groups: dict[str, str] = {}
        with TTFont(path, fontNumber=0, lazy=True) as font:
            for point, glyph in font.getBestCmap().items():
                groups[glyph] = groups.get(glyph, "") + chr(point)
        yield from (group for group in groups.values() if len(group) > 1)


def uncovered(text: str, used_faces: Iterable[Face]) -> frozenset[str]:
    """Return the visible characters of a text that no face has."""
    points = frozenset[int]().union(*(characters(face.path) for face in used_faces))
    return frozenset(letter for letter in set(text) if ord(letter) not in points and _is_drawn(letter))


def _is_drawn(letter: str) -> bool:
    """Return whether a character needs a glyph, unlike white space and control characters."""
    return not letter.isspace() and unicodedata.category(letter) != "Cc" and not steers(letter)


@cache
def fallbacks(letters: frozenset[str]) -> tuple[Face, ...]:
    """Return as few of the system's faces as possible for characters that the wheels' families lack.

    Characters that no installed font has are not covered; the caller must report them.
    """
    faces_found: list[Face] = []
    missing = set(letters)
    while missing:
        letter = min(missing)
        missing.discard(letter)
        if family := _system_family(letter):
            regular = family[_REGULAR]
            name = EMOJI if "emoji" in regular.stem.lower() else f"{FALLBACK} {regular.stem}"
            faces_found += [Face(name, weight, "normal", path) for weight, path in sorted(family.items())]
            missing -= {other for other in missing if ord(other) in characters(regular)}
    return tuple(faces_found)


@cache
def _system_family(letter: str) -> dict[int, Path]:
    """Return the regular and, if it exists, the bold file of the best installed family that has a character."""
    families: dict[str, dict[int, Path]] = {}
    for line in _list_fonts(f":charset={ord(letter):x}:scalable=true"):
        path, names, style = line.split("\t")
        weight = {"Regular": _REGULAR, "Bold": _BOLD}.get(style.split(",")[0])
        if weight:
            families.setdefault(names.split(",")[0], {})[weight] = Path(path)
    complete = [name for name, files in families.items() if _REGULAR in files]
    return families[min(complete, key=_rank)] if complete else {}


def _rank(family: str) -> tuple[int, str]:
    places = [place for place, start in enumerate(_PREFERRED) if family.startswith(start)]
    return (places[0] if places else len(_PREFERRED), family)


def _list_fonts(pattern: str) -> list[str]:
    """Yield file, families and styles of matching installed fonts, from the command that comes with Pango."""
    command = shutil.which("fc-list")
    if not command:
        return []
    completed = subprocess.run(  # noqa: S603 - a fixed command; the pattern is made of one code point
        [command, "--format", "%{file}\t%{family}\t%{style}\n", pattern],
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    return sorted(line for line in completed.stdout.splitlines() if line.count("\t") == 2)  # noqa: PLR2004 - three columns
