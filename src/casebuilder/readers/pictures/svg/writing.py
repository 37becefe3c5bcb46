"""A tree as a file: UTF-8, two namespaces, no declaration, and nothing that the tree does not hold."""

from __future__ import annotations

from html import escape

from casebuilder.readers.pictures.svg.tree import SVG, XLINK, Element

#: A line break in a value would be read back as a blank.
_BREAKS = {9: "&#9;", 10: "&#10;", 13: "&#13;"}


def written(root: Element) -> bytes:
    """Return a drawing as a file."""
    pieces: list[str] = []
    _write(root, pieces, f' xmlns="{SVG}" xmlns:xlink="{XLINK}"')
    return "".join((*pieces, "\n")).encode("utf-8", errors="replace")


def _write(element: Element, pieces: list[str], namespaces: str = "") -> None:
    values = "".join(f' {name}="{escape(value).translate(_BREAKS)}"' for name, value in element.attributes.items())
    pieces.append(f"<{element.name}{namespaces}{values}")
    if not element.children:
        pieces.append("/>")
        return
    pieces.append(">")
    for child in element.children:
        if isinstance(child, Element):
            _write(child, pieces)
        else:
            pieces.append(escape(child, quote=False))
    pieces.append(f"</{element.name}>")
