"""Tags that WeasyPrint leaves out: languages, bodies of list items, and the text of links.

It gives a screen reader the language of the whole document only. A list item that holds paragraphs lacks the element
that PDF/UA wants around them. ISO 32000-1, 14.9.2 and 14.8.4.3.3. After a document is written nothing leads from a tag
back to its element, so the tags are completed while they are made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.pdf.weasyprint_internals.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    _Tree = Callable[..., Iterator[Any]]


def _with_languages(tree: _Tree) -> _Tree:
    """Wrap the function that makes a box's tags: add the language of the box's element."""
    from pydyf import String
    from weasyprint.formatting_structure.boxes import InlineBox

    def with_language(box: Any, language: str, *others: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
        for element in tree(box, *others):
            element["Lang"] = String(language)
            if element["S"] == "/NonStruct" and isinstance(box, InlineBox):
                element["S"] = "/Span"
            yield element

    def tree_with_languages(box: Any, *others: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
        language = _language_of(box)
        return with_language(box, language, *others) if language else tree(box, *others)

    return tree_with_languages


def _with_list_bodies(tree: _Tree) -> _Tree:
    """Wrap the function that makes a box's tags: put the content of a list item into a body."""

    def in_body(box: Any, item: Any, pdf: Any, *others: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
        for element in tree(box, item, pdf, *others):
            if element["S"] in {"/Lbl", "/LBody"}:
                yield element
            else:
                yield from _list_body(item, element, pdf)

    def tree_with_bodies(box: Any, parent: Any, *others: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
        return in_body(box, parent, *others) if parent["S"] == "/LI" else tree(box, parent, *others)

    return tree_with_bodies


def _list_body(item: Any, element: Any, pdf: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
    """Yield the body of a list item, if this is the first element that belongs in it."""
    from pydyf import Array, Dictionary

    is_first = not hasattr(item, "body")
    if is_first:
        fields = {"Type": "/StructElem", "S": "/LBody", "K": Array(), "Pg": element["Pg"], "P": item.reference}
        item.body = Dictionary(fields)
        pdf.add_object(item.body)
    element["P"] = item.body.reference
    item.body["K"].append(element.reference)
    if is_first:
        yield item.body


def _with_named_links(tree: _Tree) -> _Tree:
    """Wrap the function that makes a box's tags: name an internal link by its text, not by its target."""
    from pydyf import String

    def tree_with_named_links(box: Any, *others: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
        link = getattr(box, "link_annotation", None)
        if link is not None and "Dest" in link:
            link["Contents"] = String(" ".join("".join(box.element.itertext()).split()))
        return tree(box, *others)

    return tree_with_named_links


def _language_of(box: Any) -> str:  # noqa: ANN401 - WeasyPrint has no types
    """Return the language that a box's element names; empty if it names none, or takes up the whole document."""
    element = getattr(box, "element", None)
    if element is None or element.tag in {"html", "body"}:
        return ""
    return str(element.get("lang") or "")


_TREE = ("weasyprint.pdf.tags", "_build_box_tree")
PATCHES = (
    Patch("The language of an element is not in its tag", _TREE, _with_languages),
    Patch("A list item with paragraphs has no body", _TREE, _with_list_bodies),
    Patch("A link within the document is named by its target", _TREE, _with_named_links),
)
