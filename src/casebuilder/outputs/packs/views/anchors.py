"""Links within a pack: one whose target is not in the pack becomes plain text.

An edition does not hold everything that a text can link to: a handout has no responses, slides have no references.
WeasyPrint reports a link to a name that is not in the document, and a name that two elements have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.outputs.packs.views.paperhtml import SUBSTITUTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebuilder.markup import Element, Node


def resolve_anchors(html: str) -> Element:
    """Parse a document, unlink internal links without a target, and drop repeated ids."""
    root = markup.parse(html.translate(SUBSTITUTES))
    names: set[str] = set()
    for element in markup.elements(root):
        name = element.get("id")
        if name in names:
            element.drop("id")
        elif name:
            names.add(name)

    def unlinked(link: Element) -> Iterable[Node] | None:
        address = link.get("href") if link.tag == "a" else ""
        return link.children if address.startswith("#") and address[1:] not in names else None

    markup.replace(root, unlinked)
    return root
