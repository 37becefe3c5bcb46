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

    def stretches(self, text: str, style: Style) -> list[Stretch]:
        """Return the words of a line in drawing order, from left to right; letters that no font has are left out."""
        letters = unicodedata.normalize("NFC", text)
        directions = _directions(letters, leftward=self.leftward)
        drawable = [
            (letter, path, turn)
            for letter, path, turn in zip(
                letters, _faces_of_letters(letters, self._font_paths(style)), directions, strict=True
            )
            if path and letter not in _STEERING
        ]
        groups = [(turn, list(group)) for turn, group in groupby(drawable, key=lambda item: item[2])]
        stretches_in_order: list[Stretch] = []
        for leftward, group in reversed(groups) if self.leftward else groups:
            parts = [
                Stretch("".join(letter for letter, *_ in letters_of_face), path, leftward)
                for path, letters_of_face in groupby(group, key=lambda item: item[1])
            ]
            stretches_in_order += reversed(parts) if leftward else parts
        return stretches_in_order

    def width(self, text: str, style: Style) -> float:
        """Return how wide words are, in pixels."""
        return sum(width(stretch, style.size, self.language) for stretch in self.stretches(text, style))

    def is_tall(self, text: str, style: Style) -> bool:
        """Return whether a letter needs a font of the system; those scripts are taller than Latin."""
        own_paths = {face.path for face in self.faces if not face.family.startswith(fonts.FALLBACK)}
        return any(stretch.path not in own_paths for stretch in self.stretches(text, style))

    def _font_paths(self, style: Style) -> tuple[Path, ...]:
        """Return one file of each family, the style's own first, in its weight or the nearest there is."""
        key = style.family, style.weight >= _SEMIBOLD
        if key not in self._known:
            face_by_family: dict[str, fonts.Face] = {}
            for face in sorted(self.faces, key=lambda face: face.weight, reverse=key[1]):
                face_by_family.setdefault(face.family, face)
            faces = sorted(face_by_family.values(), key=lambda face: face.family != style.family)
            self._known[key] = tuple(face.path for face in faces)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, bool], tuple[Path, ...]]:
        return {}


def _faces_of_letters(letters: str, paths: Sequence[Path]) -> Iterator[Path | None]:
    """Yield the face that draws each letter.

    Signs, marks and blanks take that of the letter before, if it has them.
    """
    previous: Path | None = None
    for letter in letters:
        kind = unicodedata.category(letter)
        keeps_face = previous and (kind == "Cf" or (kind[0] in "MPSZ" and ord(letter) in fonts.characters(previous)))
        face = previous if keeps_face else next((path for path in paths if ord(letter) in fonts.characters(path)), None)
        previous = face or previous
        yield face


def _directions(letters: str, *, leftward: bool) -> list[bool]:
    """Return whether each letter is written leftward; signs and blanks go with letters on both sides that agree.

    This is Unicode's algorithm (UAX 9) as far as a title needs it: without nesting or marks that steer it.
    """
    strong_directions = [
        True if kind in _LEFTWARD else False if kind in _RIGHTWARD else None
        for kind in map(unicodedata.bidirectional, letters)
    ]
    known_before = list(accumulate(strong_directions, _latest_turn, initial=leftward))[1:]
    known_after = list(accumulate(reversed(strong_directions), _latest_turn, initial=leftward))[:0:-1]
    return [
        direction_before if direction_before == direction_after else leftward
        for direction_before, direction_after in zip(known_before, known_after, strict=True)
    ]


def _latest_turn(known: bool, turn: bool | None) -> bool:  # noqa: FBT001 - accumulate's form
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


def broken(text: str, setting: Setting, style: Style, measure: float, *, cuts_words: bool = False) -> list[str] | None:
    """Return words in as few lines as possible, of about the same length.

    Args:
        text: a text.
        setting: its fonts and language.
        style: how it is set.
        measure: how wide a line may be, in pixels.
        cuts_words: break words that are wider than the measure; without, nothing is returned for a text that has one.
    """
    pieces = list(_measure_pieces(_breakable_pieces(text), setting, style))
    if cuts_words:
        pieces = [
            smaller
            for piece, blank, piece_width in pieces
            for smaller in (
                _measure_pieces(_letters_with_marks(piece, blank), setting, style)
                if piece_width > measure
                else ((piece, blank, piece_width),)
            )
        ]
    if any(piece_width > measure for _, _, piece_width in pieces):
        return None
    space = setting.width(" ", style)
    fewest = len(_fill_lines(pieces, space, measure))
    narrowest, widest = max((piece_width for *_, piece_width in pieces), default=0.0), measure
    while widest - narrowest > 1:
        middle = (narrowest + widest) / 2
        narrowest, widest = (
            (narrowest, middle) if len(_fill_lines(pieces, space, middle)) == fewest else (middle, widest)
        )
    lines = _fill_lines(pieces, space, widest)
    return lines if all(setting.width(line, style) <= measure for line in lines) else None


def _breakable_pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces between which a line may break, each with whether a space comes before it."""
    for word in text.split():
        yield from _split_word(word, _may_break, blank=True)


def _letters_with_marks(word: str, blank: bool) -> Iterator[tuple[str, bool]]:  # noqa: FBT001 - half of what _breakable_pieces yields
    """Return the letters of a word with their marks, in the same form."""
    return _split_word(word, _may_part, blank=blank)


def _split_word(word: str, may: Callable[[str, str], bool], *, blank: bool) -> Iterator[tuple[str, bool]]:
    start = 0
    for place in range(1, len(word)):
        if may(word[place - 1], word[place]):
            yield word[start:place], blank
            start, blank = place, False
    yield word[start:], blank


def _may_part(before: str, after: str) -> bool:
    """Return whether a line may end between two letters if it must."""
    hangs = after in _NOT_FIRST or unicodedata.category(after) in _HANGING
    return not hangs and before not in _NOT_LAST and unicodedata.category(before) not in _LEANING


def _may_break(before: str, after: str) -> bool:
    """Return whether a line may end between two letters of a word: after a hyphen, and beside Chinese characters."""
    wide = "W" in map(unicodedata.east_asian_width, before + after)
    return (wide or before in "-–—/") and _may_part(before, after)


def _measure_pieces(
    pieces: Iterable[tuple[str, bool]], setting: Setting, style: Style
) -> Iterator[tuple[str, bool, float]]:
    return ((part, blank, setting.width(part, style)) for part, blank in pieces)


def _fill_lines(pieces: Sequence[tuple[str, bool, float]], space: float, measure: float) -> list[str]:
    """Return pieces with their widths in lines, as many in each as it has room for."""
    lines: list[str] = []
    line_width = 0.0
    for piece, blank, piece_width in pieces:
        gap = space if blank else 0.0
        if lines and line_width + gap + piece_width <= measure:
            lines[-1] += f"{' ' * blank}{piece}"
            line_width += gap + piece_width
        else:
            lines.append(piece)
            line_width = piece_width
    return lines
