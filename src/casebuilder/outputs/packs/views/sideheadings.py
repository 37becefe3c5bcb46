"""The headings of a facilitator's notes: those that fit stand in the margin, beside the text that they head.

A heading in the margin takes no height on its page. So it may have no more lines than the text beside it has at least;
any other would be printed over the heading that follows.
"""

from __future__ import annotations

from itertools import pairwise
from unicodedata import normalize

from casebuilder import markup
from casebuilder.markup import Element
from casebuilder.outputs.packs.views.slidemeasure import text_width

#: The class of a heading that stands in the margin; print.css gives the text below it the height of two lines.
_ASIDE = "aside"
#: Letters on a line of the margin, and how many lines a heading may have there.
_LETTERS, _LINES = 15, 2
#: Elements that begin at the edge of the text; a table begins in the margin.
_BESIDE = frozenset(("p", "ul", "ol", "blockquote", "dl"))


def mark_side_headings(rendered: str) -> str:
    """Return notes as HTML in which each fourth-level heading that fits into the margin has a class."""
    root = markup.parse(rendered)
    children = [child for child in root.children if isinstance(child, Element)]
    for heading, below in pairwise(children):
        if heading.tag == "h4" and below.tag in _BESIDE and _fits(markup.text(heading)):
            heading.set("class", _ASIDE)
    return markup.write(root)


def _fits(words: str) -> bool:
    """Return whether a heading has so few letters, in such short words, that the margin holds it."""
    lines, used = 1, 0
    for width in map(text_width, normalize("NFC", words).split()):
        if used and used + 1 + width <= _LETTERS:
            used += 1 + width
        else:
            lines, used = lines + bool(used), width
        if width > _LETTERS:
            return False
    return lines <= _LINES
