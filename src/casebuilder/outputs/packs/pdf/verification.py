"""Check that a PDF holds every character of its document, each only once.

WeasyPrint can drop the end of a very long flow without an error, and text outside the page is not printed; a pack
that lacks a word must not be handed out. A paragraph is followed character by character, piece of line by piece of
line, in the order of the tags. What may differ is what typesetting changes: blanks, a hyphen at the end of a line,
ligatures, capitals, and other pieces between those of a paragraph that continues on the next page.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, product
from typing import TYPE_CHECKING

from casebuilder.outputs.packs.pdf.text import drawn
from casebuilder.writingsystems import is_leftward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebuilder.outputs.packs.pdf.extraction import Piece

#: Arabic's and Persian's digits share the glyphs of those that look the same.
_DIGITS = {0x06F0 + digit: chr(0x0660 + digit) for digit in range(10)}
_BRACKETS = str.maketrans(")]}>»\u203a≥", "([{<«\u2039≤")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d)")
#: Stand-ins for the text before and after: nothing, or a word in one of the directions, in which numbers, signs and
#: emoji beside it go on; digits after a word of Arabic go another way than after one of Hebrew (UAX 9, W2).
_BEFORE = ("", "\u200e", "\u200f", "\u061c")
_AFTER = ("", "\u200e", "\u200f")
#: How many places are tried for the rest of one paragraph: it takes one for each page that it goes over.
_TRIES = 400
#: How many characters of a document around a lost word are compared to name it.
_NEAR = 4000


def missing_words(
    expected: Sequence[Sequence[str]],
    found: Sequence[Piece],
    alike: Iterable[str] = (),
    *,
    leftward: bool = False,
    strong: Iterable[str] = (),
) -> list[tuple[int, list[str]]]:
    """Return the words that are not on the pages: the number of each paragraph that lacks some, from 0, and these.

    Args:
        expected: the words of each paragraph.
        found: the pieces of text of the PDF.
        alike: characters that are drawn by one glyph, and so are read back as any one of them.
        leftward: whether some of the document runs from right to left: a full stop then is drawn before its sentence,
            in any script.
        strong: signs that are set as if they were letters that run from left to right.
    """
    shown = [piece for piece in found if piece.inside and not piece.label]
    as_letters = {ord(sign): f"\u200e{sign}\u200e" for sign in strong}
    flow = _Flow(shown, {**_one_form(alike), **_DIGITS}, as_letters, leftward=leftward)
    lost = ((number, flow.lost(paragraph)) for number, paragraph in enumerate(expected))
    return [(number, words) for number, words in lost if words]


def _one_form(alike: Iterable[str]) -> dict[int, str]:
    """Map each character of a group that shares a glyph to the first of the group."""
    forms = [sorted({drawn(letter) for letter in group}) for group in alike]
    return {ord(other): first for first, *others in forms for other in others if len(other) == len(first) == 1}


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph: its drawn characters, and for each the place of its word's character in the words.

    Attributes:
        bare: each drawn character without its marks (`_bare`).
    """

    drawn: str
    words: str
    places: tuple[int, ...]
    bare: tuple[str, ...]
    leftward: bool


class _Flow:
    """All pieces of text of a PDF, and the position up to which they have been matched."""

    def __init__(
        self, found: Sequence[Piece], alike: Mapping[int, str], as_letters: Mapping[int, str], *, leftward: bool
    ) -> None:
        self._alike = alike
        self._as_letters = as_letters
        self._leftward = leftward
        self._letters: dict[str, str] = {}
        texts = ((self._drawn(piece.text), piece) for piece in found)
        self._found = [(text, piece) for text, piece in texts if text]
        self._pieces = [(text, piece.read) for text, piece in self._found]
        self._blocks = [piece.block for _, piece in self._found]
        self._used = bytearray(len(self._pieces))
        self._at = 0
        self._tries = 0

    def _drawn(self, text: str) -> str:
        return drawn(text) if text.isascii() else drawn(text).translate(self._alike)

    def lost(self, paragraph: Sequence[str]) -> list[str]:
        """Return the words of a paragraph that are not there."""
        text = self._text(paragraph)
        if not text.drawn:
            return []
        # In one piece if it is there so; only then over a page's end, or a head that is drawn again would begin it.
        for tries in (0, _TRIES):
            self._tries = tries
            for start in self._starts(text):
                if (used := self._followed(text, 0, start)) is not None:
                    for place in used:
                        self._used[place] = 1
                    return []
        return self._named(paragraph, text)

    def _text(self, paragraph: Sequence[str]) -> _Text:
        text = " ".join(paragraph)
        if not self._leftward and not any(is_leftward(letter) for letter in set(text)):
            return _Text(self._drawn(text), text, (), (), leftward=False)
        each = [self._letter(letter) for letter in text]
        places = tuple(chain.from_iterable([place] * len(letters) for place, letters in enumerate(each)))
        letters = "".join(each)
        return _Text(letters, text, places, tuple(map(_bare, letters)), leftward=True)

    def _letter(self, letter: str) -> str:
        if letter not in self._letters:
            self._letters[letter] = self._drawn(letter)
        return self._letters[letter]

    def _starts(self, text: _Text) -> Iterator[int]:
        """Yield where a paragraph may begin, in the order of the tags; pieces that earlier ones skipped come first."""
        while self._at < len(self._used) and self._used[self._at]:
            self._at += 1
        for place in range(self._at, len(self._pieces)):
            if not self._used[place] and self._length(text, 0, place):
                yield place

    def _followed(self, text: _Text, begun: int, start: int) -> list[int] | None:
        """Return the pieces that a paragraph consists of from a place on, if all of it is there."""
        used: list[int] = []
        place, at = start, begun
        while at < len(text.drawn):
            follows = place < len(self._pieces) and not self._used[place]
            follows = follows and (not used or self._blocks[place] == self._blocks[used[-1]])
            length = self._length(text, at, place) if follows else 0
            if not length:
                return self._resumed(text, at, used) if used else None
            used.append(place)
            at, place = at + length, place + 1
        return used

    def _resumed(self, text: _Text, at: int, used: list[int]) -> list[int] | None:
        """Return the pieces of a paragraph that is interrupted: by a page break, or by a mark of the style sheet."""
        for place in self._next(used):
            if not self._used[place] and self._length(text, at, place):
                self._tries -= 1
                if self._tries < 0:
                    return None
                if (rest := self._followed(text, at, place)) is not None:
                    return [*used, *rest]
        return None

    def _next(self, used: list[int]) -> Iterator[int]:
        """Yield where a paragraph may continue.

        It may in its own block, else at the start of another, first on the next page.
        """
        last = used[-1]
        page, edges = self._found[last][1].page, {round(self._found[place][1].left) for place in used}
        others = []
        for place in range(last + 1, len(self._pieces)):
            piece = self._found[place][1]
            if piece.block == self._blocks[last]:
                yield place
            elif self._blocks[place - 1] != piece.block:
                below = piece.page == page + 1 and round(piece.left) in edges
                others.append((not below, place))
        yield from (place for _, place in sorted(others))

    def _length(self, text: _Text, at: int, place: int) -> int:
        """Return how many characters of a paragraph a piece matches; 0 if it is other text."""
        piece, read = self._pieces[place]
        if read and text.drawn.startswith(piece, at):
            return len(piece)
        # A line may end in a hyphen that is not the author's.
        if piece[-1] == "-" and len(piece) > 1 and text.drawn.startswith(piece[:-1], at):
            return len(piece) - 1
        if not text.leftward:
            return 0
        # That hyphen is drawn at the line's end, which is on its left if the line runs to the left.
        forms = [piece, *(cut for cut in (piece.removesuffix("-"), piece.removeprefix("-")) if cut not in {piece, ""})]
        return next((length for form in forms if (length := self._turned(text, at, form))), 0)

    def _turned(self, text: _Text, at: int, piece: str) -> int:
        """Return how many characters of a paragraph a piece with right-to-left letters matches; 0 if none.

        The piece has them as they are drawn, so the characters of the paragraph are put in that order, as a line that
        is written in either direction would have them. Marks on letters are drawn with them and have no order of
        their own.
        """
        bare = _bare(piece)
        length, end = 0, at
        while end < len(text.drawn) and (length < len(bare) or not text.bare[end]):
            length += len(text.bare[end])
            end += 1
        # Direction moves letters and mirrors signs, so other letters are another text.
        if length != len(bare) or end == at or _sorted("".join(text.bare[at:end])) != _sorted(bare):
            return 0
        # With the marks that steer direction before and after it.
        begins = text.places[at - 1] + 1 if at else 0
        words = text.words[begins : text.places[end] if end < len(text.places) else len(text.words)]
        lines = _as_drawn(words.translate(self._as_letters))
        return end - at if any(_bare(self._drawn(line)) == bare for line in lines) else 0

    def _named(self, paragraph: Sequence[str], text: _Text) -> list[str]:
        """Return the missing words of a paragraph: those with a character that the nearby text does not have."""
        near = ""
        for place in range(self._at, len(self._pieces)):
            if len(near) > len(text.drawn) + _NEAR:
                break
            near += "" if self._used[place] else self._pieces[place][0]
        matcher = SequenceMatcher(None, text.drawn, near, autojunk=False)
        present = bytearray(len(text.drawn))
        for block in matcher.get_matching_blocks():
            if block.size > 3 or block.size == len(text.drawn):  # noqa: PLR2004 - a letter or two are found anywhere
                present[block.a : block.a + block.size] = b"\1" * block.size
        lost, at = [], 0
        for word in paragraph:
            end = at + len(self._drawn(word))
            if not all(present[at:end]):
                lost.append(word)
            at = end
        return lost or list(paragraph)


def _as_drawn(words: str) -> Iterator[str]:
    """Yield the characters of some words from left to right, in every way in which a line may have them."""
    from bidi import get_display  # type: ignore[import-untyped]  # it has no types

    # The blank within a number may have been one that does not break: it then goes with the number's direction.
    ways = dict.fromkeys((words, words.replace(" ", "\u00a0"), _THOUSANDS.sub("\u00a0", words)))
    for way, before, after, side in product(ways, _BEFORE, _AFTER, "LR"):
        yield get_display(before + way + after, base_dir=side)


@lru_cache(maxsize=20_000)
def _sorted(bare: str) -> str:
    """Return the letters and digits of a text, in one order."""
    return "".join(sorted(filter(str.isalnum, bare)))


@lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    """Return drawn characters without accents and with brackets turned one way: a line's direction turns them."""
    decomposed = unicodedata.normalize("NFKD", text).translate(_BRACKETS)
    return "".join(letter for letter in decomposed if not _is_mark(letter))


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"
