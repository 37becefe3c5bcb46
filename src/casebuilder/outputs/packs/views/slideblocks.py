"""The outermost elements of a part of the story, and how many lines of a slide each takes.

An author's HTML may have words and pictures beside its paragraphs, such as `<hr> and so on`: they are a paragraph too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.markdown.allowed import BLOCKS
from casebuilder.markup import Element
from casebuilder.outputs.packs.views.slidecode import code_height
from casebuilder.outputs.packs.views.slidemeasure import printed_width
from casebuilder.outputs.packs.views.slidetables import table_height

if TYPE_CHECKING:
    from casebuilder.markup import Node

#: Letters on a line; see slides.css.
_LETTERS = 56
#: Lines: the space after a paragraph, a heading with the space around it, a row of a table, a picture, and what is left
#: empty before a break of a line.
GAP, _HEADING, _ROW, _PICTURE, _BREAK = 0.3, 1.6, 1.2, 7.0, 0.5
#: Letters: an announcement of two lines leaves room for what it announces.
_ANNOUNCEMENT = 2 * _LETTERS
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = frozenset(("ul", "ol"))
#: Elements without a look of their own, which other programs put around whole texts.
_HOLDERS = frozenset(("div",))


@dataclass(frozen=True, slots=True)
class Block:
    """Outermost elements that stay together; most often one.

    Attributes:
        elements: in order.
        height: how many lines they take.
    """

    elements: tuple[Element, ...]
    height: float

    @property
    def name(self) -> str:
        """The tag of the first element."""
        return self.elements[0].tag

    @property
    def html(self) -> str:
        """All elements, one on each line."""
        return "\n".join(map(markup.write, self.elements))

    @property
    def wide(self) -> int:
        """The width of its text with printed addresses, in letters."""
        return sum(map(printed_width, self.elements))

    @property
    def announces(self) -> bool:
        """Whether it is a short paragraph that ends in a colon: what follows belongs to it."""
        if self.name != "p" or self.wide > _ANNOUNCEMENT:
            return False
        return markup.text(self.elements[-1]).rstrip().endswith((":", "："))  # noqa: RUF001 - Chinese has its own

    @property
    def heads(self) -> bool:
        """Whether it is a heading."""
        return self.name in HEADINGS


def measure_children(parent: Element) -> list[Block]:
    """Return the children with their heights, each an element that begins a line of its own."""
    return [measure_element(block) for block in _blocks_of(parent)]


def _blocks_of(parent: Element) -> list[Element]:
    """Return what begins a line of its own, also below elements that only hold others together."""
    blocks: list[Element] = []
    line: list[Node] = []
    for child in (*parent.children, None):
        if child is not None and not (isinstance(child, Element) and child.tag in BLOCKS):
            line.append(child)
            continue
        if any(node.tag != "br" if isinstance(node, Element) else node.strip() for node in line):
            blocks.append(markup.element("li" if parent.tag in LISTS else "p", None, *line))
        line = []
        if isinstance(child, Element) and child.tag not in markup.VOID and _shows_something(child):
            blocks += _blocks_of(child) if child.tag in _HOLDERS and not child.attributes() else [child]
    return blocks


def _shows_something(element: Element) -> bool:
    """Return whether an element has words or a picture; other programs' pages have empty ones for their layout."""
    return bool(markup.text(element).strip()) or any(inner.tag == "img" for inner in markup.elements(element))


def measure_element(element: Element) -> Block:
    """Return an element with its height in lines; a list's items and a table's rows each begin a line of their own."""
    if element.tag == "table":
        return Block((element,), table_height(element) + GAP)
    if element.tag == "pre":
        return Block((element,), code_height(element) + GAP)
    tags = Counter((element.tag, *(inner.tag for inner in markup.elements(element))))
    if tags["pre"] and not tags["tr"]:
        return _measure_around_code(element)
    letters, pictures, rows = printed_width(element), tags["img"] * _PICTURE, tags["tr"]
    if rows:
        return Block((element,), rows * _ROW + pictures + max(ceil(letters / _LETTERS) - rows, 0))
    lines = ceil(letters / _LETTERS) + max(tags["li"] + tags["p"] - 1, 0) * 0.7 + tags["br"] * _BREAK
    headings = sum(tags[name] for name in HEADINGS)
    return Block((element,), lines + GAP + headings * (_HEADING - 1) + pictures)


def _measure_around_code(element: Element) -> Block:
    """Return an element that holds blocks of code with its height: that of its text without them, and theirs."""
    blocks = list(markup.elements(element, "pre"))
    text = markup.parse(markup.write(element))
    markup.replace(text, lambda inner: () if inner.tag == "pre" else None)
    (rest,) = text.children
    around = measure_element(rest).height if isinstance(rest, Element) else 0.0
    return Block((element,), around + sum(code_height(block) + GAP for block in blocks))
