"""A tree as a file: UTF-8, two namespaces, no declaration, and nothing that the tree does not hold."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from casebuilder.pictures.svg.tree import SVG, XLINK, Element


def written(root: Element) -> bytes:
    """A drawing as a file."""
    pieces: list[str] = []
    _write(root, pieces, f' xmlns="{SVG}" xmlns:xlink="{XLINK}"')
    return "".join((*pieces, "\n")).encode("utf-8", errors="replace")


def _write(element: Element, pieces: list[str], namespaces: str = "") -> None:
    values = "".join(f" {name}={quoteattr(value)}" for name, value in element.attributes.items())
    pieces.append(f"<{element.name}{namespaces}{values}")
    if not element.children:
        pieces.append("/>")
        return
    pieces.append(">")
    for child in element.children:
        if isinstance(child, Element):
            _write(child, pieces)
        else:
            pieces.append(escape(child))
    pieces.append(f"</{element.name}>")
