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
    words = translations(book.language).gettext("Cover: %(title)s. %(series)s.")
    return legal(words % {"title": book.cover.title, "series": book.cover.kicker})


def svg(book: Book) -> bytes:
    """Return the cover of a book."""
    runs = direction(book.language)
    svg = (
        environment("outputs.epub")
        .get_template("cover.svg.j2")
        .render(
            alt=alt(book),
            lines=list(_lines(book.cover)),
            x=1080 if runs == "rtl" else 120,
            language=book.language,
            direction=runs,
        )
    )
    return legal(svg).encode()


def _lines(cover: Cover) -> Iterator[_Line]:
    yield _Line("kicker", _shorten(cover.kicker, 40), 230, 42)
    size, broken = _title(cover.title)
    y = _TOP + size * 0.8
    for words in broken:
        yield _Line("title", words, round(y), size)
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


def _title(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which a title has room, and its lines."""
    for size, most in _SIZES:
        limit = int(_MEASURE / (size * _LETTER))
        broken = _balanced(title, limit)
        if len(broken) <= most and all(_width(words) <= limit for words in title.split()):
            break
    return size, broken[:most]


def _shorten(words: str, limit: int) -> str:
    first, *rest = _break_lines(words, limit) or [""]
    return f"{first} …" if rest else first


def _balanced(words: str, limit: int) -> list[str]:
    """Return words in as few lines as possible, of about the same length."""
    fewest = len(_break_lines(words, limit))
    while limit > 1 and len(_break_lines(words, limit - 1)) == fewest and max(map(_width, words.split())) < limit:
        limit -= 1
    return _break_lines(words, limit)


def _break_lines(words: str, limit: int) -> list[str]:
    """Return words in lines that are at most so wide; a word that is too long for a line is cut."""
    lines: list[str] = []
    for word in words.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width(joined) <= limit:
            lines[-1] = joined
            continue
        lines.append("")
        for letter in word:
            if _width(lines[-1] + letter) > limit:
                lines.append("")
            lines[-1] += letter
    return lines


def _width(words: str) -> int:
    """Return how many average letters wide a text is: a Chinese character is two, a mark on a letter none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return len(words) + wide - sum(bool(unicodedata.combining(letter)) for letter in words)
