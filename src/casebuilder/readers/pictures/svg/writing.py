"""A tree as a file: UTF-8, two namespaces, no declaration, and nothing that the tree does not hold."""

from __future__ import annotations

from html import escape

from casebuilder.readers.pictures.svg.tree import SVG, XLINK, Element

#: A line break in a value would be read back as a blank.
_BREAKS = {9: "&#9;", 10: "&#10;", 13: "&#13;"}


def written(root: Element) -> bytes:
    """Return a drawing as a file."""
    fragments: list[str] = []
    _write(root, fragments, f' xmlns="{SVG}" xmlns:xlink="{XLINK}"')
    return "".join((*fragments, "\n")).encode("utf-8", errors="replace")


def _write(element: Element, fragments: list[str], namespaces: str = "") -> None:
    values = "".join(f' {name}="{escape(value).translate(_BREAKS)}"' for name, value in element.attributes.items())
    fragments.append(f"<{element.name}{namespaces}{values}")
    if not element.children:
        fragments.append("/>")
        return
    fragments.append(">")
    for child in element.children:
        if isinstance(child, Element):
            _write(child, fragments)
        else:
            fragments.append(escape(child, quote=False))
    fragments.append(f"</{element.name}>")
