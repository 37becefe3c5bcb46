"""Measures of WeasyPrint's layout that it has no public function for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def line_height(pages: Sequence[Any], name: str) -> float:
    """Return the height of the tallest `div` of a class with its margins, in CSS pixels; 0 without such a `div`.

    Args:
        pages: WeasyPrint's pages of a document.
        name: the one class of the element.
    """
    boxes = (box for page in pages for box in page._page_box.descendants() if _has_class(box, name))  # noqa: SLF001 - see above
    return max((float(box.margin_height()) for box in boxes), default=0.0)


def free_height(page: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """Return how much of a page is free below its text, in CSS pixels."""
    page_box = page._page_box  # noqa: SLF001 - see above
    lowest = max((_bottom_edge(child) for child in page_box.children if child.element_tag == "html"), default=0.0)
    return float(page_box.content_box_y() + page_box.height - lowest)


def _has_class(box: Any, name: str) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    return box.element is not None and box.element_tag == "div" and box.element.get("class") == name


def _bottom_edge(box: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """Return the bottom edge of a box's content in CSS pixels; a box that continues on the next page fills its page."""
    children = getattr(box, "children", ())
    if children and box.is_in_normal_flow() and box.element_tag in {"html", "body", "section"}:
        return max(_bottom_edge(child) for child in children)
    return float(box.position_y + box.margin_height())
