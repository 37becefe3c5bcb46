"""A chapter's HTML as well-formed, valid XHTML without broken links, whatever its author wrote.

The HTML comes from our templates and from `prose`, which is to say from a sanitiser that closes what it opens. So our
own reader of markup and the standard library's tree suffice, and nothing has to be guessed.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from xml.etree.ElementTree import Element, TreeBuilder, tostring

from casebuilder import markup
from casebuilder.outputs.epub.nesting import make_valid
from casebuilder.wording import direction
from casebuilder.wording.templating import environment
from casebuilder.writingsystems import is_leftward

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

#: The prefix of our own links to a path in the book. An author's link cannot begin with it: the
#: sanitiser knows no such scheme.
BOOK = "book:"
PICTURE = "picture:"
SERIES = "series:"
#: Characters that XML 1.0 forbids, even escaped.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: The deepest nesting of elements; deeper elements are replaced by their content.
_DEEPEST = 60
_BLOCKS = frozenset(("p", "li", "ul", "ol", "dt", "dd", "td", "th", "blockquote", "figcaption", "caption"))
_DIRECTED = _BLOCKS | {"h1", "h2", "h3", "h4", "h5", "h6"}
_LETTER = re.compile(r"[^\W\d_]")
#: Characters that need no escape in an address; a percent sign only before two hexadecimal digits.
_SAFE = "!$&'()*+,;=:@/?~-._%"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[\w.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_NOWHERE = "https://root.invalid/"


@dataclass(frozen=True, slots=True)
class Place:
    """The path of a chapter, and how to resolve its links and pictures.

    Attributes:
        path: the chapter's, below the book's folder.
        page: the base address of relative links in its texts; may be empty.
        anchors: the address in the book of each reference that a text can point to with "#...".
        pictures: the path in the book of each picture, by its path below the series' root.
        site: the site's address, for pages that are not in the book; may be empty.
    """

    path: str
    page: str = ""
    anchors: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    site: str = ""

    def relative(self, path: str) -> str:
        """Return a path in the book as this chapter writes it."""
        return posixpath.relpath(path, posixpath.dirname(self.path) or ".")

    def link(self, target: str, page_ids: Container[str] = ()) -> str:
        """Return the target of a link: in the book, or a full address; empty if it has none.

        Args:
            target: the address, as `prose` or a template has it.
            page_ids: the names of the elements of the chapter.
        """
        if target.startswith("#") and target[1:] in page_ids:
            return target
        if target.startswith("#"):
            target = self.anchors.get(target[1:], target)
        if target.startswith((SERIES, PICTURE)):
            if not self.site:
                return ""
            target = self.site + target.removeprefix(SERIES).removeprefix(PICTURE)
        if target.startswith(BOOK):
            path, hash_, fragment = target.removeprefix(BOOK).partition("#")
            return self.relative(path) + hash_ + fragment
        try:
            return _valid_address(urljoin(self.page or _NOWHERE, target.strip()))
        except ValueError:
            return ""

    def picture(self, address: str) -> str:
        """Return the path of a picture in the book; empty if it is not in it."""
        if address.startswith(BOOK):
            return self.relative(address.removeprefix(BOOK))
        path = self.pictures.get(address.removeprefix(PICTURE), "") if address.startswith(PICTURE) else ""
        return self.relative(path) if path else ""


def legal(text: str) -> str:
    """Return a text without the characters that no XML can hold; Markdown can name them, as `&#8;`."""
    return _ILLEGAL.sub("", text)


def page(template: str, place: Place, language: str, **values: object) -> bytes:
    """Return a document made by a template of ours.

    Args:
        template: its name.
        place: the path of the document, and how to resolve its links.
        language: the document's, BCP 47.
        values: what the template needs beside them.
    """
    html = environment("outputs.epub", language).get_template(f"{template}.html.j2")
    style = place.relative("style.css")
    return document(html.render(language=language, direction=direction(language), style=style, **values), place)


def document(html: str, place: Place) -> bytes:
    """Return a whole HTML document as XHTML.

    Args:
        html: what a template made; every element in it is closed.
        place: the path of the chapter, and how to resolve its links.
    """
    root = _parse_tree(html)
    root.set("xmlns", "http://www.w3.org/1999/xhtml")
    root.set("xmlns:epub", "http://www.idpf.org/2007/ops")
    root.set("xml:lang", root.get("lang", ""))
    for body in root.iter("body"):
        _resolve(body, place)
        make_valid(body)
        if body.find("nav") is None:  # lines of the contents are aligned in the document's direction
            _set_directions(body, root.get("dir", "ltr"))
    xml = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{xml}\n'.encode()


def _parse_tree(html: str) -> Element:
    """Return balanced HTML as a tree for XML."""
    tree, written_levels = TreeBuilder(), list[bool]()
    for node, entering in markup.walk(markup.parse(html)):
        if isinstance(node, str):
            if written_levels and not isinstance(node, markup.Other):
                tree.data(legal(unescape(node)))
        elif not node.tag:
            continue
        elif entering:
            written_levels.append(len(written_levels) < _DEEPEST or node.tag in markup.VOID)
            if written_levels[-1]:
                tree.start(node.tag, {name: legal(value or "") for name, value in node.attributes().items()})
        elif written_levels.pop():
            tree.end(node.tag)
    return tree.close()


def _resolve(body: Element, place: Place) -> None:
    """Resolve links and pictures; a link without a target becomes text, a missing picture its alternative text."""
    names = {element.get("id", "") for element in body.iter()}
    for element in body.iter():
        if element.tag == "a" and "href" in element.attrib:
            target = element.attrib.pop("href")
            if address := place.link(target, names):
                element.set("href", address)
            if target.startswith("#reference-") and target[1:] in place.anchors:
                element.attrib |= {"epub:type": "biblioref", "role": "doc-biblioref"}
        elif element.tag == "img":
            address = place.picture(element.get("src", ""))
            alternative = element.get("alt", "")
            if address:
                element.set("src", address)
                element.set("alt", alternative)
            else:
                element.tag, element.text = "span", alternative
                element.attrib.clear()


def _valid_address(address: str) -> str:
    """Return a full address that every reading system accepts; empty if it is not one."""
    scheme, host, path, query, fragment = urlsplit(address)
    if scheme == "mailto" and path:
        host = ""
    elif scheme not in {"http", "https"} or not _HOST.fullmatch(host) or address.startswith(_NOWHERE):
        return ""
    return urlunsplit((scheme, host, *(_quote_part(part) for part in (path, query, fragment))))


def _quote_part(part: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", part), safe=_SAFE)


def _set_directions(body: Element, main: str) -> None:
    """Set the direction of each block that differs from its document's: a name, a quote or a whole answer may."""
    for element in body.iter():
        if element.tag in _DIRECTED and "dir" not in element.attrib:
            own_text = _own_text(element)
            leftward_letters, letters = sum(map(is_leftward, own_text)), len(_LETTER.findall(own_text))
            direction = "rtl" if 2 * leftward_letters > letters else "ltr"
            if letters and direction != main:
                element.set("dir", direction)


def _own_text(element: Element) -> str:
    """Return the text of an element without parts that have their own direction."""
    parts = [element.text or ""]
    for child in element:
        parts += ["" if "dir" in child.attrib else _own_text(child), child.tail or ""]
    return "".join(parts)
