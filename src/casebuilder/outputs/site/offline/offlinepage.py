"""A page of the site changed for the offline copy: its links and its head."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import markup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from casebuilder.markup import Element

#: Attributes that hold an address, by element.
_ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}
#: What a script of the site looks for: the builder's asks for files, that of a discussion for another host. Without its
#: mark each stays hidden.
_ONLINE = ("data-builder", "data-thread")
#: An element that tells offline readers what the page cannot do.
_AWAY = "cb-away"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a copy.

    Attributes:
        html: the page.
        meta: the contents of its `meta` elements by their names.
    """

    html: str
    meta: Mapping[str, tuple[str, ...]]


def read(page: str, move: Callable[[str], str]) -> Leaf:
    """Return a page with its links moved, and without what only helps a page that comes from a server.

    Args:
        page: the page's HTML.
        move: a link as it must be in the copy.
    """
    root = markup.parse(page)
    meta: defaultdict[str, list[str]] = defaultdict(list)
    for element in markup.elements(root):
        if element.tag == "meta" and (name := element.get("name") or element.get("property")):
            meta[name].append(element.get("content"))
        _move_links(element, move)
    markup.replace(root, lambda element: () if element.tag == "link" and element.get("rel") == "preload" else None)
    return Leaf(markup.write(root), {name: tuple(values) for name, values in meta.items()})


def _move_links(element: Element, move: Callable[[str], str]) -> None:
    """Move the links of an element; take its marks for scripts that ask a server for files."""
    if element.tag == "link" and element.get("rel") == "canonical":
        return
    holder = _ADDRESSES.get(element.tag, "")
    if holder and (link := element.get(holder)) and (address := move(link)) != link:
        element.set(holder, address)
    if element.tag == "meta" and element.get("http-equiv") == "refresh":
        wait, _, address = element.get("content").partition("url=")
        element.set("content", f"{wait}url={move(address)}")
    for mark in _ONLINE:
        element.drop(mark)
    if _AWAY in element.get("class").split():
        element.drop("hidden")
