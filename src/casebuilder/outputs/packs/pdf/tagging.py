"""What WeasyPrint leaves out of a document's tags: languages, bodies of list items, words of shaped scripts and links.

It tells a screen reader the language of the whole document only. And it tells of each glyph which letters it stands
for, which is not enough where letters change places: what is copied, searched or read aloud would be spelt otherwise
than it is on the paper. A list item that holds paragraphs lacks the element that PDF/UA wants around them.
ISO 32000-1, 14.9.2, 14.9.4 and 14.8.4.3.3.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Text of which a glyph by itself does not say what it stands for: scripts whose letters are stacked or put in another
#: order before they are drawn (those of India to Burma, Hangul's parts, Khmer and Mongolian), marks on letters, and
#: emoji of several characters. Not Arabic and Hebrew without marks: programs that copy a PDF's words turn them round.
_SHAPED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u109f"
    "\u1100-\u11ff\u1780-\u18af\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe0e\ufe0f\ufe20-\ufe2f"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)


_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PAIRS = ("()", "[]", "{}", "<>", "«»", "\u2039\u203a", "≤≥")
_OPPOSITE = {pair[side]: pair[1 - side] for pair in _PAIRS for side in (0, 1)}


@cache
def complete_tags() -> None:
    """From now on, have WeasyPrint write whole tags into the documents of this process.

    It has no setting for it, and after it has written a document nothing leads from a tag back to its element, so its
    own two functions are wrapped where they are looked up.
    """
    from weasyprint import pdf
    from weasyprint.pdf import tags
    from weasyprint.pdf.stream import Stream

    tags._build_box_tree = _whole_tree(tags._build_box_tree)  # noqa: SLF001 - nothing public writes tags
    Stream.marked = _with_words(Stream.marked)
    pdf.build_fonts_dictionary = _with_brackets(pdf.build_fonts_dictionary)


def _whole_tree(tree: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """What makes the elements of a box, and then those that it lacks."""
    from pydyf import String
    from weasyprint.formatting_structure import boxes

    def whole(box: Any, parent: Any, pdf: Any, page: int, *others: Any) -> Iterator[Any]:  # noqa: ANN401 - no types
        _call_links(box)
        for element in tree(box, parent, pdf, page, *others):
            if language := _language(box):
                element["Lang"] = String(language)
                if element["S"] == "/NonStruct" and isinstance(box, boxes.InlineBox):
                    element["S"] = "/Span"
            if parent["S"] != "/LI" or element["S"] in {"/Lbl", "/LBody"}:
                yield element
            else:
                yield from _body(parent, element, pdf)

    return whole


def _call_links(box: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Have a link within the document be called by its words, and not by the name of the place to which it leads."""
    from pydyf import String

    link = getattr(box, "link_annotation", None)
    if link is not None and "Dest" in link:
        link["Contents"] = String(" ".join("".join(box.element.itertext()).split()))


def _body(item: Any, element: Any, pdf: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
    """The body of a list item, if this is the first element that belongs in it."""
    from pydyf import Array, Dictionary

    first = not hasattr(item, "body")
    if first:
        known = {"Type": "/StructElem", "S": "/LBody", "K": Array(), "Pg": element["Pg"], "P": item.reference}
        item.body = Dictionary(known)
        pdf.add_object(item.body)
    element["P"] = item.body.reference
    item.body["K"].append(element.reference)
    if first:
        yield item.body


def _with_words(marked: Callable[..., Any]) -> Callable[..., Any]:
    """What opens and closes the mark around some glyphs, with the words that they are."""
    from pydyf import String

    @contextmanager
    def whole(stream: Any, box: Any, tag: str) -> Iterator[None]:  # noqa: ANN401 - WeasyPrint has no types
        with marked(stream, box, tag):
            if _SHAPED.search(getattr(box, "text", "")):
                _, properties, _ = stream.stream[-3:]
                properties["ActualText"] = String(box.text)
            yield

    return whole


def _with_brackets(dictionary: Callable[..., Any]) -> Callable[..., Any]:
    """What writes the fonts of a document, after their brackets were made to say what they look like.

    A bracket in a line from right to left is drawn by the glyph of its opposite, which would from then on stand for the
    bracket that the text had there: “«so»” elsewhere in the document would be copied and read aloud as “»so«”.
    """

    def whole(pdf: Any, fonts: Any, *others: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        if any(_LEFTWARD.search(text) for font in fonts.values() for text in font.to_unicode.values()):
            for font in fonts.values():
                _turn_brackets(font)
        return dictionary(pdf, fonts, *others)

    return whole


def _turn_brackets(font: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Have each bracket of a font stand for the character whose glyph it is."""
    from fontTools.ttLib import TTFont

    found = {glyph: text for glyph, text in font.to_unicode.items() if text in _OPPOSITE}
    if not found:
        return
    with TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True) as file:
        names = file.getBestCmap() or {}
        for glyph, text in found.items():
            other = _OPPOSITE[text]
            own, opposite = (names.get(ord(letter)) for letter in (text, other))
            if opposite and file.getGlyphID(opposite) == glyph and (not own or file.getGlyphID(own) != glyph):
                font.to_unicode[glyph] = other


def _language(box: Any) -> str:  # noqa: ANN401 - WeasyPrint has no types
    """The language that a box's element names; nothing for those that name none, or take up the whole document."""
    element = getattr(box, "element", None)
    if element is None or element.tag in {"html", "body"}:
        return ""
    return str(element.get("lang") or "")
