"""Words set in lines: which face draws which letter, in what order, how wide, and where a line is broken.

Pillow draws one face at a time and in one direction, so words are cut into stretches of one of each. In each it shapes
the letters itself (HarfBuzz, by Raqm), which joins Arabic and stacks the marks of Thai.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, TypedDict

from casebuilder import fonts
from casebuilder.wording import direction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from PIL.ImageFont import FreeTypeFont

_SEMIBOLD = 600
#: Bidirectional classes (UAX 9) of letters with a direction, and of figures, which run as Latin ones do.
_LEFTWARD, _RIGHTWARD = frozenset(("R", "AL")), frozenset(("L", "EN", "AN"))
#: Invisible marks that set the direction of the words beside them.
_STEERING = frozenset("\u200e\u200f\u061c")
#: Letters that must not begin a line: small kana, and the vowels that Thai and Lao write after a consonant.
_NOT_FIRST = frozenset("ぁぃぅぇぉっゃゅょァィゥェォッャュョะาำๅฯະາຳ")
#: Letters that must not end one: the vowels that are written before their consonant.
_NOT_LAST = frozenset("เแโใไເແໂໃໄ")
#: The same of marks and signs, by their categories: marks on a letter, closing signs; opening signs.
_HANGING, _LEANING = frozenset(("Mn", "Mc", "Me", "Cf", "Pe", "Pf", "Po", "Lm")), frozenset(("Ps", "Pi", "Cf"))


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set: a family of ours, its weight, the size in pixels, and the name of the ink."""

    family: str
    weight: int
    size: int
    ink: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one face and one direction."""

    words: str
    path: Path
    leftward: bool


class Steering(TypedDict):
    """Pillow's options for a text."""

    direction: str | None
    language: str | None


@dataclass(eq=False)
class Setting:
    """The fonts and the language of a card's text.

    Attributes:
        faces: upright faces, those of our families first.
        language: BCP 47, of all words.
    """

    faces: Sequence[fonts.Face]
    language: str

    @cached_property
    def leftward(self) -> bool:
        """Whether lines begin at the right."""
        return direction(self.language) == "rtl"

    def stretches(self, words: str, style: Style) -> list[Stretch]:
        """Return the words of a line in drawing order, from left to right; letters that no font has are left out."""
        letters = unicodedata.normalize("NFC", words)
        turns = _turns(letters, leftward=self.leftward)
        drawn = [
            (letter, path, turn)
            for letter, path, turn in zip(letters, _faces(letters, self._paths(style)), turns, strict=True)
            if path and letter not in _STEERING
        ]
        groups = [(turn, list(group)) for turn, group in groupby(drawn, key=lambda each: each[2])]
        found: list[Stretch] = []
        for leftward, group in reversed(groups) if self.leftward else groups:
            parts = [
                Stretch("".join(letter for letter, *_ in same), path, leftward)
                for path, same in groupby(group, key=lambda each: each[1])
            ]
            found += reversed(parts) if leftward else parts
        return found

    def width(self, words: str, style: Style) -> float:
        """Return how wide words are, in pixels."""
        return sum(width(stretch, style.size, self.language) for stretch in self.stretches(words, style))

    def is_tall(self, words: str, style: Style) -> bool:
        """Return whether a letter needs a font of the system; those scripts are taller than Latin."""
        own = {face.path for face in self.faces if not face.family.startswith(fonts.FALLBACK)}
        return any(stretch.path not in own for stretch in self.stretches(words, style))

    def _paths(self, style: Style) -> tuple[Path, ...]:
        """Return one file of each family, the style's own first, in its weight or the nearest there is."""
        key = style.family, style.weight >= _SEMIBOLD
        if key not in self._known:
            chosen: dict[str, fonts.Face] = {}
            for face in sorted(self.faces, key=lambda face: face.weight, reverse=key[1]):
                chosen.setdefault(face.family, face)
            faces = sorted(chosen.values(), key=lambda face: face.family != style.family)
            self._known[key] = tuple(face.path for face in faces)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, bool], tuple[Path, ...]]:
        return {}


def _faces(letters: str, paths: Sequence[Path]) -> Iterator[Path | None]:
    """Yield the face that draws each letter.

    Signs, marks and blanks take that of the letter before, if it has them.
    """
    before: Path | None = None
    for letter in letters:
        kind = unicodedata.category(letter)
        stays = before and (kind == "Cf" or (kind[0] in "MPSZ" and ord(letter) in fonts.characters(before)))
        face = before if stays else next((path for path in paths if ord(letter) in fonts.characters(path)), None)
        before = face or before
        yield face


def _turns(letters: str, *, leftward: bool) -> list[bool]:
    """Return whether each letter is written leftward; signs and blanks go with letters on both sides that agree.

    This is Unicode's algorithm (UAX 9) as far as a title needs it: without nesting or marks that steer it.
    """
    strong = [
        True if kind in _LEFTWARD else False if kind in _RIGHTWARD else None
        for kind in map(unicodedata.bidirectional, letters)
    ]
    before = list(accumulate(strong, _last, initial=leftward))[1:]
    after = list(accumulate(reversed(strong), _last, initial=leftward))[:0:-1]
    return [one if one == other else leftward for one, other in zip(before, after, strict=True)]


def _last(known: bool, turn: bool | None) -> bool:  # noqa: FBT001 - accumulate's form
    return known if turn is None else turn


def width(stretch: Stretch, size: int, language: str) -> float:
    """Return how wide a stretch is, in pixels."""
    return font(stretch.path, size).getlength(stretch.words, **steering(stretch, language))


@lru_cache(maxsize=256)
def font(path: Path, size: int) -> FreeTypeFont:
    """Return a font file at a size."""
    from PIL import ImageFont

    return ImageFont.truetype(path, size)


def steering(stretch: Stretch, language: str) -> Steering:
    """Return Pillow's options for a stretch of text; none if Pillow was built without Raqm and cannot shape text."""
    from PIL import features

    if not features.check("raqm"):
        return Steering(direction=None, language=None)
    return Steering(direction="rtl" if stretch.leftward else "ltr", language=language)


def broken(words: str, setting: Setting, style: Style, measure: float, *, cut: bool = False) -> list[str] | None:
    """Return words in as few lines as possible, of about the same length.

    Args:
        words: a text.
        setting: its fonts and language.
        style: how it is set.
        measure: how wide a line may be, in pixels.
        cut: break words that are wider than the measure; without, nothing is returned for a text that has one.
    """
    found = list(_measured(_pieces(words), setting, style))
    if cut:
        found = [
            part
            for piece, blank, wide in found
            for part in (
                _measured(_letters(piece, blank), setting, style) if wide > measure else ((piece, blank, wide),)
            )
        ]
    if any(wide > measure for _, _, wide in found):
        return None
    space = setting.width(" ", style)
    fewest = len(_filled(found, space, measure))
    low, high = max((wide for *_, wide in found), default=0.0), measure
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(found, space, middle)) == fewest else (middle, high)
    lines = _filled(found, space, high)
    return lines if all(setting.width(line, style) <= measure for line in lines) else None


def _pieces(words: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces between which a line may break, each with whether a space comes before it."""
    for word in words.split():
        yield from _split(word, _breaks, blank=True)


def _letters(word: str, blank: bool) -> Iterator[tuple[str, bool]]:  # noqa: FBT001 - half of what _pieces yields
    """Return the letters of a word with their marks, in the same form."""
    return _split(word, _parts, blank=blank)


def _split(word: str, may: Callable[[str, str], bool], *, blank: bool) -> Iterator[tuple[str, bool]]:
    start = 0
    for place in range(1, len(word)):
        if may(word[place - 1], word[place]):
            yield word[start:place], blank
            start, blank = place, False
    yield word[start:], blank


def _parts(before: str, after: str) -> bool:
    """Return whether a line may end between two letters if it must."""
    hangs = after in _NOT_FIRST or unicodedata.category(after) in _HANGING
    return not hangs and before not in _NOT_LAST and unicodedata.category(before) not in _LEANING


def _breaks(before: str, after: str) -> bool:
    """Return whether a line may end between two letters of a word: after a hyphen, and beside Chinese characters."""
    wide = "W" in map(unicodedata.east_asian_width, before + after)
    return (wide or before in "-–—/") and _parts(before, after)


def _measured(pieces: Iterable[tuple[str, bool]], setting: Setting, style: Style) -> Iterator[tuple[str, bool, float]]:
    return ((piece, blank, setting.width(piece, style)) for piece, blank in pieces)


def _filled(pieces: Sequence[tuple[str, bool, float]], space: float, measure: float) -> list[str]:
    """Return pieces with their widths in lines, as many in each as it has room for."""
    lines: list[str] = []
    line_width = 0.0
    for piece, blank, wide in pieces:
        gap = space if blank else 0.0
        if lines and line_width + gap + wide <= measure:
            lines[-1] += f"{' ' * blank}{piece}"
            line_width += gap + wide
        else:
            lines.append(piece)
            line_width = wide
    return lines
