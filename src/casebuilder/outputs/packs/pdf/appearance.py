"""Whether a printed pack can be used: on its paper, in its structure, and with every word large and dark enough.

`verification` makes sure that a PDF holds every word. Words that a PDF holds may still be white on white, under a
picture or a point high, and a list may have lost its numbers. Our own styles do none of that, but a series' own may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from casebuilder.outputs.packs.pdf.structure import structure_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2  # type: ignore[import-untyped]  # it has no types

#: Left, bottom, right, top, in points.
_Box: TypeAlias = tuple[float, float, float, float]
#: Papers in points, by the name in a pack's file name; slides have none.
_SIZES = {"a4": (595.28, 841.89), "letter": (612.0, 792.0), "": (960.0, 540.0)}
_HAIR = 1.0
#: Pixels a point in which a page is looked at.
_SCALE = 2
#: The least contrast of a character with what is around it, as pixels show it, where our own have 4.7. (Contrast as in
#: WCAG 2.2; thin strokes have less in pixels than their colours.)
_CONTRAST = 2.0
#: The least height of a line of type, in points. Our smallest, a note's sign in a table of many columns, has 6.
_HEIGHT = 5.0
#: The largest part of a word that another word may cover, and how many such words a pack may have.
_COVERED = 0.3
_MOST_COVERED = 0
#: How much narrower than its glyphs a word may be for letters that are set over each other.
_SQUEEZED = 0.5
#: The least number of runs of eight pixels that a picture has: that of a fifth of an inch each way.
_LEAST_RUNS = 100
#: How many pages a short pack may have: a style that begins a page with every line is a slip.
_MOST_PAGES = 60


def appearance_faults(html: str, content: bytes, paper: str, numbers: str = "", picture: int = 0) -> tuple[str, ...]:
    """Return what is wrong with the look of a PDF, each as a clause; empty if nothing is.

    Args:
        html: the document that it was printed from; of a volume, its cover, contents and index.
        content: the bytes.
        paper: a4 or letter; empty for slides.
        numbers: the form of page numbers, "{page} of {pages}"; if empty, pages have none.
        picture: the grey value, from 1 to 255, of a large part of its pictures; 0 if it is not known.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        pages = [*document]
        if len(pages) > _MOST_PAGES:
            return (f"a short pack has {len(pages)} pages",)
        if fault := _paper_fault(pages, paper):  # a page of kilometres is not looked at
            return (fault,)
        found = [*structure_faults(html, content)]
        looks = [_Look(page) for page in pages]
        found += _text_faults(looks)
        if picture and "<img" in html and sum(look.runs_of(picture) for look in looks) < _LEAST_RUNS:
            found.append("its pictures cannot be seen")
        if numbers:
            found += _number_faults(looks, numbers)
        return tuple(dict.fromkeys(found))
    finally:
        document.close()


def _paper_fault(pages: list[pypdfium2.PdfPage], paper: str) -> str:
    """Return which size pages have, if it is not that of the paper; else an empty text."""
    for page in pages:
        size = page.get_size()
        if any(abs(side - wanted) > _HAIR for side, wanted in zip(size, _SIZES[paper], strict=True)):
            width, height = (round(side / 72 * 25.4) for side in size)
            name = {"a4": "A4", "letter": "US Letter", "": "a slide"}[paper]
            return f"pages have {width} × {height} mm instead of the size of {name}"
    return ""


class _Look:
    """A page as a picture, and the boxes of its characters."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        bitmap = page.render(scale=_SCALE, grayscale=True)
        self._pixels, self._stride, self._rows = bytes(bitmap.buffer), bitmap.stride, bitmap.height
        self._columns, self._height = bitmap.width, page.get_height()
        text_page = page.get_textpage()
        self.text: str = text_page.get_text_bounded()
        #: Each word's characters, with the tight box of each.
        self.words: list[list[tuple[str, _Box]]] = [[]]
        self.lowest = 1000.0
        for number in range(text_page.count_chars()):
            letter = text_page.get_text_range(number, 1)
            if not letter.strip():
                self.words.append([])
                continue
            box, loose = text_page.get_charbox(number), text_page.get_charbox(number, loose=True)
            self.words[-1].append((letter, box))
            self.lowest = min(self.lowest, max(loose[3] - loose[1], loose[2] - loose[0]))

    def runs_of(self, grey: int) -> int:
        """Return how often eight pixels beside each other have a grey value."""
        return self._pixels.count(bytes((grey,)) * 8)

    def contrast(self, box: _Box) -> float:
        """Return the contrast of the darkest and the lightest pixel in a box, from 1 to 21; 0 outside the page.

        Also of those right above and below it: a stroke may fill its box, and a background goes on there.
        """
        left, right = max(int(box[0] * _SCALE), 0), min(int(box[2] * _SCALE) + 1, self._columns)
        top, bottom = int((self._height - box[3]) * _SCALE) - 2, int((self._height - box[1]) * _SCALE) + 3
        rows = [
            self._pixels[row * self._stride + left : row * self._stride + right]
            for row in range(max(top, 0), min(bottom, self._rows))
        ]
        if left >= right or not rows:
            return 0.0
        return (_luminance(max(map(max, rows))) + 0.05) / (_luminance(min(map(min, rows))) + 0.05)


def _luminance(grey: int) -> float:
    """Return the relative luminance of a grey value from 0 to 255 (WCAG 2.2)."""
    value = grey / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the standard's


def _text_faults(looks: list[_Look]) -> Iterator[str]:
    """Yield whether text cannot be read."""
    lowest = min(look.lowest for look in looks)
    if lowest < _HEIGHT:
        yield f"text is only {lowest:.1f} points high"
    for look in looks:
        for word in look.words:
            if any(look.contrast(box) < _CONTRAST for _, box in word):
                yield f"“{_spelled(word)}” cannot be seen on its background"
                return
    covered = [word for look in looks for word in _covered_words(look)]
    if len(covered) > _MOST_COVERED:
        yield f"“{covered[0]}” is printed over other text"


def _spelled(word: list[tuple[str, _Box]]) -> str:
    return "".join(letter for letter, _ in word)


def _covered_words(look: _Look) -> Iterator[str]:
    """Yield the words that share their place with another word, and those whose letters share one."""
    boxes = []
    for word in look.words:
        if not word:
            continue
        sides = [box for _, box in word]
        hull = (
            min(box[0] for box in sides),
            min(box[1] for box in sides),
            max(box[2] for box in sides),
            max(box[3] for box in sides),
        )
        boxes.append((hull, _spelled(word)))
        widths = sum(box[2] - box[0] for box in sides)
        if len(word) > 3 and hull[2] - hull[0] < _SQUEEZED * widths and hull[3] - hull[1] < hull[2] - hull[0]:  # noqa: PLR2004 - a ligature is no such word
            yield _spelled(word)
    boxes.sort()
    for number, (box, text) in enumerate(boxes):
        for other, _ in boxes[number + 1 :]:
            if other[0] >= box[2]:
                break
            if _shared_part(box, other) > _COVERED:
                yield text
                break


def _shared_part(one: _Box, other: _Box) -> float:
    """Return the part of the smaller of two boxes that is in the other, too."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return width * height / smaller if width > 0 and height > 0 and smaller > 0 else 0.0


def _number_faults(looks: list[_Look], numbers: str) -> Iterator[str]:
    for page, look in enumerate(looks, 1):
        if numbers.format(page=page, pages=len(looks)) not in " ".join(look.text.split()):
            yield f"page {page} has no page number"
            return
