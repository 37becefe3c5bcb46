"""Pages looked at as a reader sees them: the lines that stand on each, where, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

import pypdfium2

from casebuilder.outputs.packs import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

#: In points: the height of the running lines at the head and the foot of a page.
HEAD, FOOT = 62, 58
#: A heading, and whether no text follows it: ruled lines do, or it is a question without further words.
_HEADING = re.compile(
    r'<h([2-6])\b[^>]*>(.*?)</h\1>(\s*(?:<div class="lines"|</section>|<h3 class="question"))?', re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Line:
    """What stands on one baseline: its words, left to right, and its edges in points from the page's left and foot."""

    words: str
    left: float
    right: float
    foot: float
    top: float


def pages(content: bytes, head: float = HEAD, foot: float = FOOT) -> list[list[Line]]:
    """The lines of each page without its running lines, from the top."""
    return [sorted(_lines(page, head, foot), key=lambda line: -line.foot) for page in pypdfium2.PdfDocument(content)]


def _lines(page: pypdfium2.PdfPage, below: float, above: float) -> Iterator[Line]:
    text, height = page.get_textpage(), page.get_height()
    rows: list[list[tuple[float, float, float, float]]] = []
    for index in range(text.count_rects()):
        left, foot, right, top = text.get_rect(index)
        if foot < above or top > height - below:
            continue
        middle = (foot + top) / 2
        row = next((row for row in rows if any(box[1] < middle < box[3] for box in row)), None)
        if row is None:
            rows.append([(left, foot, right, top)])
        else:
            row.append((left, foot, right, top))
    for row in rows:
        left, foot = min(box[0] for box in row), min(box[1] for box in row)
        right, top = max(box[2] for box in row), max(box[3] for box in row)
        words = " ".join(text.get_text_bounded(*box).strip() for box in sorted(row))
        yield Line(" ".join(words.split()), left, right, foot, top)


def headings(html: str) -> set[str]:
    """The letters of each heading of a document but its title and those that head no text."""
    return {pdf.letters(unescape(_TAG.sub("", heading))) for _, heading, alone in _HEADING.findall(html) if not alone}


def ends_with_a_heading(lines: list[Line], headings: set[str]) -> bool:
    """Whether the last lines of a page are a heading whole."""
    return any(pdf.letters("".join(line.words for line in lines[-count:])) in headings for count in (1, 2, 3))


#: A page that is no card, form or divider has at least so many lines, or it was not worth its paper.
_FEWEST = 6
_DIVIDER = "Answers begin after"


def faults(content: bytes, html: str) -> list[str]:
    """What a compositor would send back: a heading at the foot of a page, a page with next to nothing on it.

    The last page may be short, and so may a page of writing lines, which are no text.
    """
    complaints, heading_letters = [], headings(html)
    all_pages = pages(content)
    for number, lines in enumerate(all_pages, start=1):
        if any(_DIVIDER in line.words for line in lines):
            continue
        if not lines or ends_with_a_heading(lines, heading_letters):
            complaints.append(f"page {number} ends with a heading: {lines[-1].words if lines else 'it is empty'}")
        if len(lines) < _FEWEST and number < len(all_pages) and not any(line.words[:1].isdigit() for line in lines):
            complaints.append(f"page {number} has {len(lines)} lines: {lines[0].words}")
    return complaints
