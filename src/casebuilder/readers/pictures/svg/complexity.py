"""How much a drawing asks of whoever draws it, before anybody does.

An element that uses another draws it again, so ten lines can ask for a billion rectangles. Here every element is
counted once for each time that it would be drawn: in a use, a marker at each corner of a line, a pattern, a mask. A
letter takes as long as a rectangle, and so do eight numbers of a line: 100,000 of them are some seven seconds of work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.readers.pictures.picturefile import Fault
from casebuilder.readers.pictures.svg.allowed import DRAWN
from casebuilder.readers.pictures.svg.styles import named
from casebuilder.readers.pictures.svg.tree import DEEPEST, Element, RefusedError, simpler

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Elements, counted as often as they are drawn.
MOST_DRAWN = 100_000
#: Names of elements in the rules of style elements.
MOST_RULED = 2_000
#: What a step of a filter counts: it is worked out for every point of the picture.
_FILTER_STEP = 100
#: About the letters of eight numbers of a line.
_CORNERS_LETTERS = 24
_CORNER = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_NAME = re.compile(r"[.#]?[\w-]+")
_STYLED = (
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "marker",
    "marker-start",
    "marker-mid",
    "marker-end",
    "style",
)


def weigh(root: Element, rules: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    """Return how often an element and its content are drawn, and how deeply they are nested.

    Args:
        root: the drawing.
        rules: the rules of its style elements that name elements, each with its selector.

    Raises:
        RefusedError: there are too many, or one would draw itself.
    """
    _Scale(root, rules).weigh(root)


class _Scale:
    def __init__(self, root: Element, rules: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        self._by_id: dict[str, Element] = {}
        for element in _all_elements(root):
            if name := element.attributes.get("id"):
                self._by_id.setdefault(name, element)
        self._ruled_by: dict[str, list[str]] = {}
        for selector, ids in rules:
            for name in {*_NAME.findall(selector), *("*" * ("*" in selector))}:
                self._ruled_by.setdefault(name, []).extend(ids)
        if sum(map(len, self._ruled_by.values())) > MOST_RULED:
            self._refuse(root, f"has more than {MOST_RULED:,} styles that use its parts")
        self._known: dict[int, tuple[int, int]] = {}
        self._open: set[int] = set()

    def weigh(self, element: Element) -> tuple[int, int]:
        """Return how often an element and its content are drawn, and how deeply they are nested."""
        if (weight := self._known.get(id(element))) is not None:
            return weight
        if id(element) in self._open:
            self._refuse(element, "would draw itself within itself")
        if len(self._open) >= DEEPEST:
            self._refuse(element, f"draws over {DEEPEST} levels, since parts of it are used again and again")
        self._open.add(id(element))
        count, depth = 1 + _own_weight(element), 0
        for target, times in self._elements_drawn_with(element):
            inner_count, inner_depth = self.weigh(target)
            count, depth = count + inner_count * times, max(depth, inner_depth)
            if depth >= DEEPEST:
                self._refuse(element, f"draws over {DEEPEST} levels, since parts of it are used again and again")
        if count > MOST_DRAWN:
            self._refuse(element, f"draws more than {MOST_DRAWN:,} elements and letters")
        self._open.discard(id(element))
        self._known[id(element)] = (count, depth + 1)
        return self._known[id(element)]

    def _elements_drawn_with(self, element: Element) -> Iterator[tuple[Element, int]]:
        """Yield what is drawn with an element, and how often."""
        for child in element.elements():
            yield child, 1
        for name in ("href", "xlink:href"):
            if target := self._by_id.get(element.attributes.get(name, "").removeprefix("#")):
                yield target, 1
        values = [(name, element.attributes[name]) for name in _STYLED if name in element.attributes]
        for name, value in values:
            for name_used in named(value):
                yield from self._elements_of_id(element, name_used, marks="marker" in name or "marker" in value)
        for name_used in self._ids_in_rules(element):
            yield from self._elements_of_id(element, name_used, marks=True)

    def _elements_of_id(self, element: Element, name: str, *, marks: bool) -> Iterator[tuple[Element, int]]:
        target = self._by_id.get(name)
        if target is not None:
            line = element.attributes.get("d") or element.attributes.get("points") or ""
            yield target, len(_CORNER.findall(line)) if marks and target.name == "marker" else 1

    def _ids_in_rules(self, element: Element) -> Iterator[str]:
        """Yield the ids that the style elements' rules name for an element, generously.

        Better one too many than none.
        """
        if not self._ruled_by:
            return
        classes = (f".{name}" for name in element.attributes.get("class", "").split())
        for name in {"*", element.name, f"#{element.attributes.get('id', '')}", *classes}:
            yield from self._ruled_by.get(name, ())

    def _refuse(self, element: Element, message: str) -> None:
        raise RefusedError(Fault("svg-too-complex", message, simpler(), element.line, element.column))


def _own_weight(element: Element) -> int:
    """Return what an element asks for by itself, beside what is in it: letters, and the corners of its line."""
    letters = sum(len(child) for child in element.children if isinstance(child, str)) if element.name in DRAWN else 0
    line = element.attributes.get("d") or element.attributes.get("points") or ""
    step = _FILTER_STEP if element.name.startswith("fe") else 0
    return step + letters + len(line) // _CORNERS_LETTERS


def _all_elements(root: Element) -> Iterator[Element]:
    yield root
    for child in root.elements():
        yield from _all_elements(child)
