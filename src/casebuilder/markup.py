"""HTML as a tree: read it, walk through it, change it, write it again.

For markup that we made or sanitised, and for the site's own pages; nothing is guessed, moved or repaired, as a browser
would. What was not changed is written letter for letter as it was read, however it was spelt. Why not a library:
html5lib and its kin move elements to where a browser puts them, lxml spells entities and attributes anew, and none of
them gives back what it read. Pages, feeds and packs are compared byte by byte from one version to the next.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: The elements that have no end tag and hold nothing (HTML Living Standard, 13.1.2).
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
#: What holds text in which no tag begins.
_LITERAL = frozenset(("script", "style", "textarea", "title"))
_TOKEN = re.compile(
    r"<(?:(?P<end>/?)(?P<tag>[a-zA-Z][^\s/>]*)(?P<head>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>|!--.*?-->|[!?][^>]*>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"[\s/]*(?P<name>[^\s=>\"'/]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+)))?"
)


class Other(str):
    """What is neither a tag nor text: a comment, a declaration, an end tag that nothing began."""

    __slots__ = ()


class Element:
    """An element: its tag, its attributes, and what it holds.

    Attributes:
        tag: in small letters.
        children: elements, `Other`, and text as it is written in HTML, with its entities.
        end: its end tag, as it is written; empty if it has none.
    """

    __slots__ = ("_attributes", "_changed", "_head", "_name", "children", "end", "tag")

    def __init__(self, name: str, head: str = "", end: str = "") -> None:
        """Begin an element; `head` is its start tag from the name on, and `end` its end tag, as they are written."""
        self.tag = name.lower()
        self.children: list[Node] = []
        self.end = end
        self._name, self._head = name, head
        self._attributes: dict[str, tuple[str, str | None]] | None = None
        self._changed = False

    def __repr__(self) -> str:
        """As it is written."""
        return write(self)

    @property
    def start(self) -> str:
        """Its start tag, as it is written."""
        if not self._changed:
            return f"<{self._name}{self._head}>" if self._name else ""
        return f"<{self._name}{''.join(source for source, _ in self._known.values())}{self._closing}>"

    @property
    def _closing(self) -> str:
        """What stands before the end of its start tag."""
        bare = self._head.rstrip()
        return self._head[len(bare.removesuffix("/").rstrip()) :] if bare.endswith("/") else self._head[len(bare) :]

    @property
    def _known(self) -> dict[str, tuple[str, str | None]]:
        """Each attribute as it is written, with what comes before it, and its value."""
        if self._attributes is None:
            self._attributes = {}
            for found in _ATTRIBUTE.finditer(self._head.rstrip().removesuffix("/")):
                given = next((words for words in found.group("double", "single", "bare") if words is not None), None)
                name = found["name"].lower()
                if name not in self._attributes:  # the first counts, for a browser too
                    self._attributes[name] = (found[0], None if given is None else unescape(given))
        return self._attributes

    def attributes(self) -> dict[str, str | None]:
        """Its attributes by name, in order; one without a value has None."""
        return {name: value for name, (_, value) in self._known.items()}

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute; the default if it is not there or has none."""
        if name not in self._head and self._attributes is None:
            return default
        value = self._known.get(name, ("", None))[1]
        return default if value is None else value

    def has(self, name: str) -> bool:
        """Whether it has an attribute."""
        return (self._attributes is not None or name in self._head.lower()) and name in self._known

    def set(self, name: str, value: str | None) -> None:
        """Give an attribute a value, in its place or as the last; None is an attribute without a value."""
        self._changed = True
        self._known[name] = (f" {name}" if value is None else f' {name}="{escape(value)}"', value)

    def drop(self, name: str) -> None:
        """Take an attribute away, if it is there."""
        if self.has(name):
            self._changed = True
            del self._known[name]

    def emptied(self) -> Element:
        """An element with the same tags and attributes that holds nothing."""
        made = Element(self._name, self._head, self.end)
        made._attributes, made._changed = dict(self._known), self._changed
        return made

    def rename(self, tag: str) -> None:
        """Make it another element."""
        self.tag = self._name = tag
        self.end = f"</{tag}>" if self.end else ""


#: What stands in an element; a plain string is text, escaped.
Node: TypeAlias = "Element | Other | str"


def element(tag: str, attributes: Mapping[str, str | None] | None = None, *children: Node) -> Element:
    """A new element."""
    made = Element(tag, "", "" if tag in VOID else f"</{tag}>")
    for name, value in (attributes or {}).items():
        made.set(name, value)
    made.children += children
    return made


def parse(html: str) -> Element:
    """A document, or a part of one, as the children of an element without a name.

    An element that is not closed holds what follows up to the end of what it stands in.
    """
    root = Element("")
    open_: list[Element] = [root]
    done = 0
    token = _TOKEN.search(html)
    while token:
        if token.start() > done:
            open_[-1].children.append(html[done : token.start()])
        done = token.end()
        if not token["tag"]:
            open_[-1].children.append(Other(token[0]))
        elif token["end"]:
            _close(open_, token)
        else:
            made = Element(token["tag"], token["head"])
            open_[-1].children.append(made)
            if made.tag in _LITERAL and not token["head"].endswith("/"):
                done = _literal(html, made, done)
            elif made.tag not in VOID and not token["head"].endswith("/"):
                open_.append(made)
        token = _TOKEN.search(html, done)
    if done < len(html):
        open_[-1].children.append(html[done:])
    return root


def _literal(html: str, made: Element, start: int) -> int:
    """Read an element in which no tag begins; where it ends."""
    found = re.compile(f"</{made.tag}\\s*>", re.IGNORECASE).search(html, start)
    stop = found.start() if found else len(html)
    if stop > start:
        made.children.append(html[start:stop])
    made.end = found[0] if found else ""
    return found.end() if found else stop


def _close(open_: list[Element], token: re.Match[str]) -> None:
    """Close the innermost open element of this name, and what is open in it; a stray end tag is kept as it is."""
    name = token["tag"].lower()
    place = next((n for n in range(len(open_) - 1, 0, -1) if open_[n].tag == name), 0)
    if not place:
        open_[-1].children.append(Other(token[0]))
        return
    open_[place].end = token[0]
    del open_[place:]


def write(node: Node) -> str:
    """A node as HTML."""
    return "".join(pieces(node))


def pieces(node: Node) -> Iterator[str]:
    """A node as HTML, tag by tag and text by text."""
    for found, entering in walk(node):
        if isinstance(found, str):
            yield found
        elif entering:
            yield found.start
        else:
            yield found.end


def inside(parent: Element) -> str:
    """What an element holds, as HTML."""
    return "".join(write(child) for child in parent.children)


def walk(node: Node) -> Iterator[tuple[Node, bool]]:
    """Every node in reading order: an element twice, with True where it begins and False where it ends.

    Neither the depth of the tree nor what is changed in an element before it is entered is of any matter.
    """
    yield node, True
    open_ = [(node, iter(node.children))] if isinstance(node, Element) else []
    while open_:
        parent, left = open_[-1]
        for child in left:
            yield child, True
            if isinstance(child, Element):
                open_.append((child, iter(child.children)))
                break
        else:
            open_.pop()
            yield parent, False


def elements(root: Element, *tags: str) -> Iterator[Element]:
    """The elements below one in reading order, those with these tags or all."""
    for found, entering in walk(root):
        if entering and isinstance(found, Element) and found is not root and (not tags or found.tag in tags):
            yield found


def text(node: Node) -> str:
    """The text of a node, without tags and entities."""
    return unescape(
        "".join(found for found, _ in walk(node) if isinstance(found, str) and not isinstance(found, Other))
    )


def replace(root: Element, change: Callable[[Element], Iterable[Node] | None]) -> None:
    """Put other nodes in the place of elements below a root, the innermost first.

    Args:
        root: where to look; it stays itself.
        change: the nodes that come in the place of an element; None if it stays.
    """
    for parent, entering in walk(root):
        if not entering and isinstance(parent, Element) and parent.children:
            parent.children = [new for child in parent.children for new in _replaced(child, change)]


def _replaced(child: Node, change: Callable[[Element], Iterable[Node] | None]) -> Iterable[Node]:
    found = change(child) if isinstance(child, Element) else None
    return (child,) if found is None else found
