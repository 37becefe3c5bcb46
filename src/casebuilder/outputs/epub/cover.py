"""The typographic cover: an SVG in the series' colours. SVG sets no text in lines, so the lines are broken here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.outputs.epub.xhtml import legal
from casebuilder.wording import direction, translations
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.outputs.epub.book import Book, Cover

#: In the cover's own units: the width of a line, and of a letter, on average, for a letter of size 1.
_MEASURE, _LETTER = 960, 0.53
#: The sizes that a title may have, largest first, and how many lines of it there is room for.
_SIZES = ((236, 2), (150, 4), (124, 5), (100, 6), (82, 7), (66, 9), (54, 11))
_LEADING = 1.16
_TOP, _FOOT = 320, 1390
_LINE_SIZE = 37


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    words: str
    y: int
    size: int


def alt(book: Book) -> str:
    """Return the cover in words."""
    template = translations(book.language).gettext("Cover: %(title)s. %(series)s.")
    return legal(template % {"title": book.cover.title, "series": book.cover.kicker})


def svg(book: Book) -> bytes:
    """Return the cover of a book."""
    runs = direction(book.language)
    svg = (
        environment("outputs.epub")
        .get_template("cover.svg.j2")
        .render(
            alt=alt(book),
            lines=list(_cover_lines(book.cover)),
            x=1080 if runs == "rtl" else 120,
            language=book.language,
            direction=runs,
        )
    )
    return legal(svg).encode()


def _cover_lines(cover: Cover) -> Iterator[_Line]:
    yield _Line("kicker", _shorten(cover.kicker, 40), 230, 42)
    size, title_lines = _fit_title(cover.title)
    y = _TOP + size * 0.8
    for line_text in title_lines:
        yield _Line("title", line_text, round(y), size)
        y += size * _LEADING
    y += 70 - size * _LEADING + _LINE_SIZE
    limit = int(_MEASURE / (_LINE_SIZE * _LETTER))
    for index, line in enumerate(cover.lines):
        parts = _break_lines(line, limit)
        if y + len(parts) * _LINE_SIZE * 1.35 > _FOOT:
            yield _Line("line", f"… + {len(cover.lines) - index}", round(y), _LINE_SIZE)
            break
        for part in parts:
            yield _Line("line", part, round(y), _LINE_SIZE)
            y += _LINE_SIZE * 1.35
        y += _LINE_SIZE * 0.4
    yield _Line("footer", _shorten(cover.footer, 56), 1500, 32)


def _fit_title(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which a title has room, and its lines."""
    for size, most_lines in _SIZES:
        limit = int(_MEASURE / (size * _LETTER))
        title_lines = _balance(title, limit)
        if len(title_lines) <= most_lines and all(_width(word) <= limit for word in title.split()):
            break
    return size, title_lines[:most_lines]


def _shorten(text: str, limit: int) -> str:
    first, *further_lines = _break_lines(text, limit) or [""]
    return f"{first} …" if further_lines else first


def _balance(text: str, limit: int) -> list[str]:
    """Return words in as few lines as possible, of about the same length."""
    fewest = len(_break_lines(text, limit))
    while limit > 1 and len(_break_lines(text, limit - 1)) == fewest and max(map(_width, text.split())) < limit:
        limit -= 1
    return _break_lines(text, limit)


def _break_lines(text: str, limit: int) -> list[str]:
    """Return words in lines that are at most so wide; a word that is too long for a line is cut."""
    lines: list[str] = []
    for word in text.split():
        longer_line = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer_line) <= limit:
            lines[-1] = longer_line
            continue
        lines.append("")
        for letter in word:
            if _width(lines[-1] + letter) > limit:
                lines.append("")
            lines[-1] += letter
    return lines


def _width(text: str) -> int:
    """Return how many average letters wide a text is: a Chinese character is two, a mark on a letter none."""
    wide_letters = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide_letters - sum(bool(unicodedata.combining(letter)) for letter in text)
