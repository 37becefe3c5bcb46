"""Whether the structure of a PDF is that of its document, as a screen reader follows it.

WeasyPrint makes structure elements of boxes, so a style that makes a table of a list entry, or blocks of rows, gives a
structure that PDF/UA-1 refuses, or one with another meaning (ISO 32000-1, 14.8.4; ISO 14289-1, 7).
"""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import pikepdf

from casebuilder import markup
from casebuilder.outputs.packs.pdf.extraction import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The structure element of each element of HTML: a pack has as many as its document, and more where pages end.
_KINDS = {
    "table": "/Table",
    "tr": "/TR",
    "th": "/TH",
    "td": "/TD",
    "ul": "/L",
    "ol": "/L",
    "li": "/LI",
    **{f"h{level}": f"/H{level}" for level in range(1, 7)},
}
#: A pack may have more of these: one link may be on two lines, and our own signs are figures, too.
_LEAST = {"img": "/Figure", "a": "/Link"}
_NAMES = {
    "/Table": "tables",
    "/TR": "rows of tables",
    "/TH": "heads of tables",
    "/TD": "cells of tables",
    "/L": "lists",
    "/LI": "entries of lists",
    "/Figure": "pictures",
    "/Link": "links",
}
#: How many elements of a kind the end of a page may divide: lists in lists, or the cells of a row.
_DIVIDED = 4
_GROUPS = ("/THead", "/TBody", "/TFoot")
#: What an element may hold, as veraPDF checks it.
_CHILDREN = {
    "/Table": frozenset(("/TR", "/Caption", *_GROUPS)),
    **dict.fromkeys(_GROUPS, frozenset(("/TR",))),
    "/TR": frozenset(("/TH", "/TD")),
    "/L": frozenset(("/L", "/LI", "/Caption")),
    "/LI": frozenset(("/Lbl", "/LBody")),
}
#: What an element must be in.
_PARENTS = {
    "/TR": frozenset(("/Table", *_GROUPS)),
    **dict.fromkeys((*_GROUPS,), frozenset(("/Table",))),
    **dict.fromkeys(("/TH", "/TD"), frozenset(("/TR",))),
    "/LI": frozenset(("/L",)),
    "/LBody": frozenset(("/LI",)),
}
#: Operators that draw something.
_DRAWING = frozenset(("Do", "TJ", "Tj", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"))
_HIGHEST_LETTER = 26
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def structure_faults(html: str, content: bytes) -> Iterator[str]:
    """Yield what a screen reader finds otherwise than in the document, each as a clause.

    Args:
        html: the document; of a volume, its cover, contents and index.
        content: the bytes of the PDF.
    """
    root = markup.parse(html)
    tags = Counter(element.tag for element in markup.elements(root))
    with pikepdf.open(io.BytesIO(content)) as document:
        found: Counter[str] = Counter()
        misplaced = ""
        for parent, kind in _elements(document):
            found[kind] += 1
            if _is_misplaced(parent, kind):
                misplaced = misplaced or f"{kind[1:]} in {parent[1:]}"
        ends = len(document.pages) - 1
        has_untagged = any(_draws_untagged(page) for page in document.pages)
    most = None if found["/Part"] else ends * _DIVIDED  # the document of a volume has not what its packs have
    yield from _wrong_counts(found, _count_kinds(tags, _KINDS), most)
    yield from _wrong_counts(found, _count_kinds(tags, _LEAST), None)
    if misplaced:
        yield f"a screen reader cannot follow its lists and tables ({misplaced})"
    if has_untagged:
        yield "a screen reader cannot know what a part of it is"
    yield from _list_faults(root, content)


def _elements(document: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Yield the type of each structure element with that of the element around it."""
    waiting = [("", document.Root.StructTreeRoot)]
    while waiting:
        around, element = waiting.pop()
        kind = str(element.get("/S", ""))
        if kind:
            yield around, kind
        children = element.get("/K", pikepdf.Array())
        all_children = children if isinstance(children, pikepdf.Array) else (children,)
        waiting += [(kind, child) for child in all_children if isinstance(child, pikepdf.Dictionary) and "/S" in child]


def _is_misplaced(parent: str, kind: str) -> bool:
    return kind not in _CHILDREN.get(parent, {kind}) or parent not in _PARENTS.get(kind, {parent})


def _draws_untagged(page: pikepdf.Page) -> bool:
    """Return whether something on a page is neither tagged nor an artifact."""
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            depth += 1
        elif operator == "EMC":
            depth -= 1
        elif not depth and operator in _DRAWING:
            return True
    return False


def _count_kinds(tags: Counter[str], kinds: dict[str, str]) -> Counter[str]:
    wanted: Counter[str] = Counter()
    for tag, kind in kinds.items():
        wanted[kind] += tags[tag]
    return wanted


def _wrong_counts(found: Counter[str], wanted: Counter[str], most: int | None) -> Iterator[str]:
    """Yield each kind that there is too little of; or, if it is given, more than `most` too much."""
    for kind, count in wanted.items():
        if found[kind] < count or (most is not None and found[kind] > count + most):
            yield f"a screen reader finds {found[kind]} {_NAMES.get(kind, 'headings')} instead of {count}"


def _list_faults(root: markup.Element, content: bytes) -> Iterator[str]:
    """Yield whether a numbered list lost its numbers, or has others."""
    starts = [numbered.get("start", "1") for numbered in markup.elements(root, "ol")]
    labels = [piece.text.strip() for piece in pieces(content) if piece.label]
    for first in (int(start) for start in starts if start.lstrip("-").isdecimal()):
        spelled = _spellings(first)
        if not any(label.strip("().:–- ").casefold() in spelled for label in labels):
            yield f"the entry {first} of a numbered list has no number, or another one"
            return


def _spellings(number: int) -> frozenset[str]:
    """Return how the number of an entry may be written; the text may name the entry by it."""
    roman = _ROMAN[number - 1] if 1 <= number <= len(_ROMAN) else ""
    letter = chr(ord("a") + number - 1) if 1 <= number <= _HIGHEST_LETTER else ""
    return frozenset((str(number), f"{number:02}", roman, letter)) - {""}
