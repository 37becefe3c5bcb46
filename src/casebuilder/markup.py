"""HTML as a tree: parse, walk, change and write it.

For markup that we made or sanitised, and for the site's own pages. Unlike in a browser, nothing is moved or repaired,
and unchanged parts are written byte for byte, because pages, feeds and packs are compared between versions. That is why
no library is used: html5lib moves elements to where a browser puts them, and lxml rewrites entities and attributes.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urljoin, urlsplit

from casebuilder import hosts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: Void elements, without content or end tag (HTML Living Standard, 13.1.2).
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
#: Elements that contain raw text without tags.
_LITERAL = frozenset(("script", "style", "textarea", "title"))
_TOKEN = re.compile(
    r"<(?:(?P<end>/?)(?P<tag>[a-zA-Z][^\s/>]*)(?P<head>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>|!--.*?-->|[!?][^>]*>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"[\s/]*(?P<name>[^\s=>\"'/]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+)))?"
)


class Other(str):
    """Anything that is neither element nor text: a comment, a declaration, a stray end tag."""

    __slots__ = ()


class Element:
    """An element: tag, attributes and children.

    Attributes:
        tag: in lower case.
        children: elements, `Other`, and text in its HTML form, with entities.
        end: its end tag in its original form; empty if it has none.
    """

    __slots__ = ("_attributes", "_changed", "_head", "_name", "children", "end", "tag")

    def __init__(self, name: str, head: str = "", end: str = "") -> None:
        """Create an element from its start tag after "<" (`head`) and its end tag, both in their original form."""
        self.tag = name.lower()
        self.children: list[Node] = []
        self.end = end
        self._name, self._head = name, head
        self._attributes: dict[str, tuple[str, str | None]] | None = None
        self._changed = False

    def __repr__(self) -> str:
        """Return the original HTML."""
        return write(self)

    @property
    def start(self) -> str:
        """The start tag; unchanged parts keep their original form."""
        if not self._changed:
            return f"<{self._name}{self._head}>" if self._name else ""
        attributes = "".join(source for source, _ in self._attributes_as_written.values())
        return f"<{self._name}{attributes}{self._end_of_start_tag}>"

    @property
    def _end_of_start_tag(self) -> str:
        """The characters that close the start tag."""
        stripped = self._head.rstrip()
        return (
            self._head[len(stripped.removesuffix("/").rstrip()) :]
            if stripped.endswith("/")
            else self._head[len(stripped) :]
        )

    @property
    def _attributes_as_written(self) -> dict[str, tuple[str, str | None]]:
        """Each attribute: its original form, with the white space before it, and its value."""
        if self._attributes is None:
            self._attributes = {}
            for match in _ATTRIBUTE.finditer(self._head.rstrip().removesuffix("/")):
                value = next((words for words in match.group("double", "single", "bare") if words is not None), None)
                name = match["name"].lower()
                if name not in self._attributes:  # the first one counts, as in browsers
                    self._attributes[name] = (match[0], None if value is None else unescape(value))
        return self._attributes

    def attributes(self) -> dict[str, str | None]:
        """Return the attributes by name, in order; the value is None if an attribute has none."""
        return {name: value for name, (_, value) in self._attributes_as_written.items()}

    def get(self, name: str, default: str = "") -> str:
        """Return the value of an attribute; the default if it is missing or has no value."""
        if name not in self._head and self._attributes is None:
            return default
        value = self._attributes_as_written.get(name, ("", None))[1]
        return default if value is None else value

    def has(self, name: str) -> bool:
        """Return whether it has an attribute."""
        return (self._attributes is not None or name in self._head.lower()) and name in self._attributes_as_written

    def set(self, name: str, value: str | None) -> None:
        """Set an attribute, in its place or as the last; None makes an attribute without a value."""
        self._changed = True
        self._attributes_as_written[name] = (f" {name}" if value is None else f' {name}="{escape(value)}"', value)

    def drop(self, name: str) -> None:
        """Delete an attribute, if it exists."""
        if self.has(name):
            self._changed = True
            del self._attributes_as_written[name]

    def emptied(self) -> Element:
        """Return a copy without children."""
        copy = Element(self._name, self._head, self.end)
        copy._attributes, copy._changed = dict(self._attributes_as_written), self._changed
        return copy

    def rename(self, tag: str) -> None:
        """Change the tag."""
        self.tag = self._name = tag
        self.end = f"</{tag}>" if self.end else ""


#: A child of an element; a plain string is escaped text.
Node: TypeAlias = "Element | Other | str"


def element(tag: str, attributes: Mapping[str, str | None] | None = None, *children: Node) -> Element:
    """Create a new element."""
    new_element = Element(tag, "", "" if tag in VOID else f"</{tag}>")
    for name, value in (attributes or {}).items():
        new_element.set(name, value)
    new_element.children += children
    return new_element


def parse(html: str) -> Element:
    """Parse a document, or a part of one, into the children of an element without a name.

    An element that is not closed ends with its parent.
    """
    root = Element("")
    open_: list[Element] = [root]
    parsed_to = 0
    token = _TOKEN.search(html)
    while token:
        if token.start() > parsed_to:
            open_[-1].children.append(html[parsed_to : token.start()])
        parsed_to = token.end()
        if not token["tag"]:
            open_[-1].children.append(Other(token[0]))
        elif token["end"]:
            _close_element(open_, token)
        else:
            new_element = Element(token["tag"], token["head"])
            open_[-1].children.append(new_element)
            if new_element.tag in _LITERAL and not token["head"].endswith("/"):
                parsed_to = _parse_raw_text(html, new_element, parsed_to)
            elif new_element.tag not in VOID and not token["head"].endswith("/"):
                open_.append(new_element)
        token = _TOKEN.search(html, parsed_to)
    if parsed_to < len(html):
        open_[-1].children.append(html[parsed_to:])
    return root


def _parse_raw_text(html: str, parent: Element, start: int) -> int:
    """Parse an element with raw text, and return the offset of its end."""
    match = re.compile(f"</{parent.tag}\\s*>", re.IGNORECASE).search(html, start)
    stop = match.start() if match else len(html)
    if stop > start:
        parent.children.append(html[start:stop])
    parent.end = match[0] if match else ""
    return match.end() if match else stop


def _close_element(open_: list[Element], token: re.Match[str]) -> None:
    """Close the innermost open element of this name, and those in it; a stray end tag is kept unchanged."""
    name = token["tag"].lower()
    if open_[-1].tag == name and len(open_) > 1:
        open_.pop().end = token[0]
        return
    place = next((n for n in range(len(open_) - 1, 0, -1) if open_[n].tag == name), 0)
    if not place:
        open_[-1].children.append(Other(token[0]))
        return
    open_[place].end = token[0]
    del open_[place:]


def write(node: Node) -> str:
    """Return a node as HTML."""
    return "".join(pieces(node))


def pieces(node: Node) -> Iterator[str]:
    """Yield the tags and texts of a node as HTML."""
    for part, entering in walk(node):
        if isinstance(part, str):
            yield part
        else:
            yield part.start if entering else part.end


def inside(parent: Element) -> str:
    """Return the content of an element as HTML."""
    return "".join(write(child) for child in parent.children)


def walk(node: Node) -> Iterator[tuple[Node, bool]]:
    """Yield every node in reading order; elements twice, with True at their start and False at their end.

    Trees may be of any depth, and the children of an element may be changed when it starts.
    """
    yield node, True
    open_ = [(node, iter(node.children))] if isinstance(node, Element) else []
    while open_:
        parent, remaining = open_[-1]
        for child in remaining:
            yield child, True
            if isinstance(child, Element):
                open_.append((child, iter(child.children)))
                break
        else:
            open_.pop()
            yield parent, False


def elements(root: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements below one, in reading order; only those with these tags, if any are given."""
    open_ = [iter(root.children)]
    while open_:
        for child in open_[-1]:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                open_.append(iter(child.children))
                break
        else:
            open_.pop()


def text(node: Node) -> str:
    """Return the text of a node, without tags and entities."""
    return unescape("".join(part for part, _ in walk(node) if isinstance(part, str) and not isinstance(part, Other)))


def replace(root: Element, change: Callable[[Element], Iterable[Node] | None]) -> None:
    """Replace elements below a root, the innermost first.

    Args:
        root: the root, which is not replaced.
        change: returns the nodes that replace an element; None to keep it.
    """
    for parent, entering in walk(root):
        if not entering and isinstance(parent, Element) and parent.children:
            parent.children = [new for child in parent.children for new in _apply_change(child, change)]


def _apply_change(child: Node, change: Callable[[Element], Iterable[Node] | None]) -> Iterable[Node]:
    replacement = change(child) if isinstance(child, Element) else None
    return (child,) if replacement is None else replacement


def is_address(address: str) -> bool:
    """Return whether an address leads where it seems to.

    Python refuses hosts such as `[::1` and `exa℀mple.org`. What stands before an @ is no host, as in
    `https://example.org@example.net`, and browsers know none with a percent sign. A letter of another alphabet may look
    like one of the name's own.
    """
    try:
        host = urlsplit(address).netloc
    except ValueError:
        return False
    return "@" not in host and "%" not in host and not hosts.odd_letter(host)


def address_hint(address: str) -> str:
    """Return what to do about a full address that is not one."""
    host = address.partition("//")[2].partition("/")[0]
    return f"check the name of the site, between // and the next slash{hosts.explained(host)}"


def joined(page: str, link: str) -> str:
    """Return the full address that a link on a page leads to; the link unchanged if it cannot be taken apart."""
    return urljoin(page, link) if is_address(link) else link
