"""Check that a PDF holds every character of its document, each only once.

WeasyPrint can drop the end of a very long flow without an error, and text outside the page is not printed; a pack
that lacks a word must not be handed out. A paragraph is followed character by character, piece of line by piece of
line, in the order of the tags. What may differ is what typesetting changes: blanks, a hyphen at the end of a line,
ligatures, capitals, and other pieces between those of a paragraph that continues on the next page.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import TYPE_CHECKING

from casebuilder.outputs.packs.pdf.comparabletext import drawing_orders, drawn, sort_letters, without_direction
from casebuilder.writingsystems import is_leftward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebuilder.outputs.packs.pdf.extraction import Piece

#: Arabic's and Persian's digits share the glyphs of those that look the same.
_DIGITS = {0x06F0 + digit: chr(0x0660 + digit) for digit in range(10)}
#: How many places are tried for the rest of one paragraph: it takes one for each page that it goes over.
_TRIES = 400
#: How many characters of a document around a lost word are compared to name it.
_NEAR = 4000


def missing_words(
    expected: Sequence[Sequence[str]],
    pieces: Sequence[Piece],
    alike: Iterable[str] = (),
    *,
    leftward: bool = False,
    strong: Iterable[str] = (),
) -> list[tuple[int, list[str]]]:
    """Return the words that are not on the pages: the number of each paragraph that lacks some, from 0, and these.

    Args:
        expected: the words of each paragraph.
        pieces: the pieces of text of the PDF.
        alike: characters that are drawn by one glyph, and so are read back as any one of them.
        leftward: whether some of the document runs from right to left: a full stop then is drawn before its sentence,
            in any script.
        strong: signs that are set as if they were letters that run from left to right.
    """
    visible_pieces = [piece for piece in pieces if piece.inside and not piece.label]
    as_letters = {ord(sign): f"\u200e{sign}\u200e" for sign in strong}
    flow = _Flow(visible_pieces, {**_common_forms(alike), **_DIGITS}, as_letters, leftward=leftward)
    missing_by_paragraph = ((number, flow.lost(paragraph)) for number, paragraph in enumerate(expected))
    return [(number, missing) for number, missing in missing_by_paragraph if missing]


def _common_forms(alike: Iterable[str]) -> dict[int, str]:
    """Map each character of a group that shares a glyph to the first of the group."""
    forms = [sorted({drawn(letter) for letter in group}) for group in alike]
    return {
        ord(other): first for first, *other_forms in forms for other in other_forms if len(other) == len(first) == 1
    }


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph: its drawn characters, and for each the place of its word's character in the words.

    Attributes:
        bare: each drawn character without its marks (`without_direction`).
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
        texts = ((self._drawn_text(piece.text), piece) for piece in found)
        self._found = [(text, piece) for text, piece in texts if text]
        self._pieces = [(text, piece.read) for text, piece in self._found]
        self._blocks = [piece.block for _, piece in self._found]
        self._used = bytearray(len(self._pieces))
        self._at = 0
        self._tries = 0

    def _drawn_text(self, text: str) -> str:
        return drawn(text) if text.isascii() else drawn(text).translate(self._alike)

    def lost(self, paragraph: Sequence[str]) -> list[str]:
        """Return the words of a paragraph that are not there."""
        text = self._comparable_text(paragraph)
        if not text.drawn:
            return []
        used = self._matched_pieces(text)
        if used is None:
            return self._name_missing(paragraph, text)
        for place in used:
            self._used[place] = 1
        return []

    def _matched_pieces(self, text: _Text) -> list[int] | None:
        """Return the pieces that a paragraph consists of; None if some of it is not there.

        In one piece if it is there so; only then over a page's end, or a head that is drawn again would begin it. But
        where that is only a part of a block, it may be of a longer paragraph, and the one that is looked for be over a
        page's end before it.
        """
        self._tries = 0
        whole = self._first_match(text, len(self._pieces))
        if whole and self._fills_blocks(whole):
            return whole
        self._tries = _TRIES
        divided = self._first_match(text, whole[0] if whole else len(self._pieces))
        return divided if divided and (whole is None or self._fills_blocks(divided)) else whole

    def _first_match(self, text: _Text, end: int) -> list[int] | None:
        """Return the pieces of a paragraph that begins at the first possible place before another one."""
        for start in self._possible_starts(text):
            if start >= end:
                return None
            if (used := self._follow_paragraph(text, 0, start)) is not None:
                return used
        return None

    def _fills_blocks(self, used: list[int]) -> bool:
        """Return whether some pieces begin where a block begins, and end where one ends."""
        first, last = used[0], used[-1]
        begins = first == 0 or self._blocks[first - 1] != self._blocks[first]
        return begins and (last + 1 == len(self._blocks) or self._blocks[last + 1] != self._blocks[last])

    def _comparable_text(self, paragraph: Sequence[str]) -> _Text:
        text = " ".join(paragraph)
        if not self._leftward and not any(is_leftward(letter) for letter in set(text)):
            return _Text(self._drawn_text(text), text, (), (), leftward=False)
        each = [self._drawn_letter(letter) for letter in text]
        places = tuple(chain.from_iterable([place] * len(letters) for place, letters in enumerate(each)))
        letters = "".join(each)
        return _Text(letters, text, places, tuple(map(without_direction, letters)), leftward=True)

    def _drawn_letter(self, letter: str) -> str:
        if letter not in self._letters:
            self._letters[letter] = self._drawn_text(letter)
        return self._letters[letter]

    def _possible_starts(self, text: _Text) -> Iterator[int]:
        """Yield where a paragraph may begin, in the order of the tags; pieces that earlier ones skipped come first."""
        while self._at < len(self._used) and self._used[self._at]:
            self._at += 1
        for place in range(self._at, len(self._pieces)):
            if not self._used[place] and self._matched_length(text, 0, place):
                yield place

    def _follow_paragraph(self, text: _Text, text_start: int, start: int) -> list[int] | None:
        """Return the pieces that a paragraph consists of from a place on, if all of it is there."""
        pieces_used: list[int] = []
        place, text_offset = start, text_start
        while text_offset < len(text.drawn):
            may_follow = place < len(self._pieces) and not self._used[place]
            may_follow = may_follow and (not pieces_used or self._blocks[place] == self._blocks[pieces_used[-1]])
            length = self._matched_length(text, text_offset, place) if may_follow else 0
            if not length:
                return self._resume_paragraph(text, text_offset, pieces_used) if pieces_used else None
            pieces_used.append(place)
            text_offset, place = text_offset + length, place + 1
        return pieces_used

    def _resume_paragraph(self, text: _Text, text_offset: int, pieces_used: list[int]) -> list[int] | None:
        """Return the pieces of a paragraph that is interrupted: by a page break, or by a mark of the style sheet."""
        for place in self._possible_continuations(pieces_used):
            if not self._used[place] and self._matched_length(text, text_offset, place):
                self._tries -= 1
                if self._tries < 0:
                    return None
                if (further_pieces := self._follow_paragraph(text, text_offset, place)) is not None:
                    return [*pieces_used, *further_pieces]
        return None

    def _possible_continuations(self, pieces_used: list[int]) -> Iterator[int]:
        """Yield where a paragraph may continue.

        It may in its own block, else at the start of another, first on the next page at the same edge: lines that run
        to the left share their right one.
        """
        last = pieces_used[-1]
        page, edges = self._found[last][1].page, {edge for place in pieces_used for edge in self._edges(place)}
        later = []
        for place in range(last + 1, len(self._pieces)):
            piece = self._found[place][1]
            if piece.block == self._blocks[last]:
                yield place
            elif self._blocks[place - 1] != piece.block:
                is_at_edge = piece.page == page + 1 and not edges.isdisjoint(self._edges(place))
                later.append((not is_at_edge, place))
        yield from (place for _, place in sorted(later))

    def _edges(self, place: int) -> set[tuple[str, int]]:
        """Return the sides of a piece, rounded to points."""
        piece = self._found[place][1]
        return {("left", round(piece.left)), ("right", round(piece.right))}

    def _matched_length(self, text: _Text, text_offset: int, place: int) -> int:
        """Return how many characters of a paragraph a piece matches; 0 if it is other text."""
        piece, read = self._pieces[place]
        if read and text.drawn.startswith(piece, text_offset):
            return len(piece)
        # A line may end in a hyphen that is not the author's.
        if piece[-1] == "-" and len(piece) > 1 and text.drawn.startswith(piece[:-1], text_offset):
            return len(piece) - 1
        if not text.leftward:
            return 0
        # That hyphen is drawn at the line's end, which is on its left if the line runs to the left.
        forms = [
            piece,
            *(
                without_hyphen
                for without_hyphen in (piece.removesuffix("-"), piece.removeprefix("-"))
                if without_hyphen not in {piece, ""}
            ),
        ]
        return next((length for form in forms if (length := self._matched_leftward(text, text_offset, form))), 0)

    def _matched_leftward(self, text: _Text, text_offset: int, piece: str) -> int:
        """Return how many characters of a paragraph a piece with right-to-left letters matches; 0 if none.

        The piece has them as they are drawn, so the characters of the paragraph are put in that order, as a line that
        is written in either direction would have them. Marks on letters are drawn with them and have no order of
        their own.
        """
        bare_piece = without_direction(piece)
        length, end = 0, text_offset
        while end < len(text.drawn) and (length < len(bare_piece) or not text.bare[end]):
            length += len(text.bare[end])
            end += 1
        # Direction moves letters and mirrors signs, so other letters are another text.
        if (
            length != len(bare_piece)
            or end == text_offset
            or sort_letters("".join(text.bare[text_offset:end])) != sort_letters(bare_piece)
        ):
            return 0
        # With the marks that steer direction before and after it.
        words_start = text.places[text_offset - 1] + 1 if text_offset else 0
        matched_words = text.words[words_start : text.places[end] if end < len(text.places) else len(text.words)]
        lines = drawing_orders(matched_words.translate(self._as_letters))
        return (
            end - text_offset if any(without_direction(self._drawn_text(line)) == bare_piece for line in lines) else 0
        )

    def _name_missing(self, paragraph: Sequence[str], text: _Text) -> list[str]:
        """Return the missing words of a paragraph: those with a character that the nearby text does not have."""
        nearby_text = ""
        for place in range(self._at, len(self._pieces)):
            if len(nearby_text) > len(text.drawn) + _NEAR:
                break
            nearby_text += "" if self._used[place] else self._pieces[place][0]
        matcher = SequenceMatcher(None, text.drawn, nearby_text, autojunk=False)
        is_present = bytearray(len(text.drawn))
        for block in matcher.get_matching_blocks():
            if block.size > 3 or block.size == len(text.drawn):  # noqa: PLR2004 - a letter or two are found anywhere
                is_present[block.a : block.a + block.size] = b"\1" * block.size
        missing, text_offset = [], 0
        for word in paragraph:
            end = text_offset + len(self._drawn_text(word))
            if not all(is_present[text_offset:end]):
                missing.append(word)
            text_offset = end
        return missing or list(paragraph)
