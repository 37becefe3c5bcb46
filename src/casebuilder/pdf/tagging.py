"""What WeasyPrint leaves out of a document's tags: languages, bodies of list items, words of shaped scripts and links.

It tells a screen reader the language of the whole document only. And it tells of each glyph which letters it stands
for, which is not enough where letters change places: what is copied, searched or read aloud would be spelt otherwise
than it is on the paper. A list item that holds paragraphs lacks the element that PDF/UA wants around them.
ISO 32000-1, 14.9.2, 14.9.4 and 14.8.4.3.3.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Scripts whose letters are stacked or put in another order before they are drawn: those of India to Burma, Hangul's
#: parts, Khmer and Mongolian. Not Arabic and Hebrew: who reads a PDF's words back turns them round once more.
_SHAPED = re.compile("[\u0900-\u109f\u1100-\u11ff\u1780-\u18af]")


@cache
def complete_tags() -> None:
    """From now on, have WeasyPrint write whole tags into the documents of this process.

    It has no setting for it, and after it has written a document nothing leads from a tag back to its element, so its
    own two functions are wrapped where they are looked up.
    """
    from weasyprint.pdf import tags
    from weasyprint.pdf.stream import Stream

    tags._build_box_tree = _whole_tree(tags._build_box_tree)  # noqa: SLF001 - nothing public writes tags
    Stream.marked = _with_words(Stream.marked)


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


def _language(box: Any) -> str:  # noqa: ANN401 - WeasyPrint has no types
    """The language that a box's element names; nothing for those that name none, or take up the whole document."""
    element = getattr(box, "element", None)
    if element is None or element.tag in {"html", "body"}:
        return ""
    return str(element.get("lang") or "")
