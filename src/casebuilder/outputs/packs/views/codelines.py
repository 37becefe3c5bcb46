"""Blocks of code line by line: columns stay columns, and a line that is too long shows where it goes on.

What authors put between ``` is often the output of a program or a table drawn with letters, which says nothing once its
columns are gone. So each line is an element, and a block says how many columns it needs: the style sheet sets it as
small as that, down to what people can still read.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.markup import Element, Other
from casebuilder.outputs.packs.views.slidemeasure import text_width

if TYPE_CHECKING:
    from casebuilder.markup import Node

    Line = list[Node]

#: Where text goes on after a tab: at the next multiple of these columns, as in browsers.
_TAB = 8
#: Columns beside the axis, and on the whole width of a page in the smallest type; see print.css.
_BESIDE_AXIS, _MOST = 67, 108
#: The most lines of a block that is not divided between pages.
_UNDIVIDED = 15
#: The columns of a block whose lines are all longer than that, and so are broken.
_BROKEN = 80


def set_lines(block: Element) -> None:
    """Make an element of each line of a block of code, and set how many columns the style sheet must find room for."""
    lines = lines_of(block)
    if not block.has("style"):
        set_columns(block, columns_of(lines))
    if len(lines) <= _UNDIVIDED:
        block.set("class", f"{block.get('class')} undivided".strip())
    block.children = [markup.element("span", {"class": "codeline"}, *line, "\n") for line in lines]


def set_columns(block: Element, columns: int) -> None:
    """Set how many columns the style sheet must find room for."""
    block.set("style", f"--columns: {columns}")
    if columns > _BESIDE_AXIS:
        block.set("class", "broad")


def columns_of(lines: list[Line]) -> int:
    """Return the columns of the longest line that fits on a page."""
    return max((width for line in lines if (width := width_of(line)) <= _MOST), default=_BROKEN) or 1


def width_of(line: Line) -> int:
    """Return how many columns a line needs."""
    return text_width("".join(map(markup.text, line)))


def lines_of(block: Element) -> list[Line]:
    """Return the nodes of each line of a block of code; an element over several lines is on each of them."""
    lines = _Splitter().split(block)
    if block.children and isinstance(block.children[0], str) and block.children[0].startswith("\n"):
        lines = lines[1:]  # HTML drops a line's end just after the tag
    if lines and not "".join(map(markup.text, lines[-1])):
        lines = lines[:-1]  # the last line ends, too
    for line in lines:
        _drop_last_blanks(line)
    return lines


def _drop_last_blanks(line: Line) -> None:
    """Drop the blanks that end a line: programs write them, and a page has no room for them."""
    while line and not isinstance(line[-1], Other):
        last = line[-1]
        if isinstance(last, Element):
            _drop_last_blanks(last.children)
            return
        if kept := last.rstrip(" "):
            line[-1] = kept
            return
        line.pop()


class _Splitter:
    """Splits nodes at the ends of lines, and puts blanks in place of tabs."""

    def __init__(self) -> None:
        self._column = 0

    def split(self, parent: Element) -> list[Line]:
        lines: list[Line] = [[]]
        for child in parent.children:
            if isinstance(child, Other):
                lines[-1].append(child)
                continue
            first, *others = self._split_element(child) if isinstance(child, Element) else self._split_text(child)
            lines[-1] += first
            lines += others
        return lines

    def _split_element(self, element: Element) -> list[Line]:
        if element.tag == "br":
            self._column = 0
            return [[], []]
        lines: list[Line] = []
        for line in self.split(element):
            part = element.emptied()
            if lines:
                part.drop("id")
            part.children = line
            lines.append([part])
        return lines

    def _split_text(self, text: str) -> list[Line]:
        first, *others = text.split("\n")
        lines: list[Line] = [[self._expand_tabs(first)]]
        for other in others:
            self._column = 0
            lines.append([self._expand_tabs(other)])
        return lines

    def _expand_tabs(self, text: str) -> str:
        start, *pieces = text.split("\t")
        self._column += text_width(unescape(start))
        for piece in pieces:
            blanks = _TAB - self._column % _TAB
            start += " " * blanks + piece
            self._column += blanks + text_width(unescape(piece))
        return start
