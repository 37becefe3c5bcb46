"""One page of the site as one file: its styles, fonts and pictures are in it, so that it opens from anywhere.

For the preview of a pull request: it runs no script, loads nothing, and its links lead to what is published already.
"""

from __future__ import annotations

import base64
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from casebuilder import markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from casebuilder.markup import Element, Node

#: The kinds of files that a page may hold.
_TYPES = {
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
#: An address without quotation marks has no bracket (CSS Syntax 3, 4.3.6); without an end it ends at the next one.
_URL = re.compile(r"""url\(\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^"'()\s]*+))\s*+\)""")
_IMPORT = re.compile(r"@import[^;]*+;")
_FACE = re.compile(r"@font-face\s*+\{[^}]*+\}")
_RANGE = re.compile(r"U\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?")
#: What a browser may do with the file, whatever is in it: show what it holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
#: Elements that need a script, another file or a server.
_LEFT_OUT = frozenset(("script", "link", "iframe", "object", "embed", "base", "form", "button", "input", "textarea"))
_NOTE = "padding: .6rem 1rem; text-align: center; background: #7a1f1f; color: #fff; font: 600 1rem/1.4 sans-serif"
_NOWHERE = "https://site.invalid/"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around a page.

    Attributes:
        read: the bytes of a file of the same site, by its path; None if there is no such file.
        address: the address of the published site, ending in a slash; empty without one.
        published: the paths of all files of the published site, to which links may lead.
    """

    read: Callable[[str], bytes | None]
    address: str
    published: frozenset[str]


def one_file(page: str, path: str, surroundings: Surroundings, note: str) -> str:
    """Return a page with everything that it shows in it.

    Args:
        page: the page's HTML.
        path: its path in the site, "cases/2026-03-late-handover/index.html".
        surroundings: the other files of its site, and the published site.
        note: a sentence to show at the top of the page.
    """
    root = markup.parse(page)
    letters = frozenset(map(ord, markup.text(root)))

    def change(element: Element) -> Iterable[Node] | None:
        if element.tag == "link" and element.get("rel") == "stylesheet":
            return _inline_style(element, path, surroundings, letters)
        # What is hidden is shown by a script, or by a style where scripts run.
        if element.tag in _LEFT_OUT or element.has("hidden") or (element.tag == "meta" and element.has("http-equiv")):
            return ()
        _embed_or_lead_on(element, path, surroundings)
        return None

    markup.replace(root, change)
    for head in markup.elements(root, "head"):
        head.children.insert(0, markup.element("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}))
        head.children.insert(0, markup.element("meta", {"charset": "utf-8"}))
        head.children.append(markup.element("meta", {"name": "robots", "content": "noindex"}))
    for body in markup.elements(root, "body"):
        body.children.insert(0, markup.element("p", {"style": _NOTE, "role": "note"}, _escape(note)))
    return markup.write(root)


def _inline_style(
    link: Element, page_path: str, surroundings: Surroundings, letters: frozenset[int]
) -> tuple[Node, ...]:
    """Return a style sheet in the place of the link to it; empty for a file from elsewhere."""
    path = _path_in_site(link.get("href"), page_path)
    content = surroundings.read(path) if path else None
    if path is None or content is None:
        return ()
    rules = _replace_matches(
        _FACE, "}", lambda face: face[0] if _is_needed(face[0], letters) else "", content.decode(errors="replace")
    )
    rules = _replace_matches(_IMPORT, ";", lambda _: "", rules).replace("font-display: optional", "font-display: swap")
    rules = _replace_matches(_URL, ")", lambda match: _embed_address(match, path, surroundings), rules)
    media = {"media": link.get("media")} if link.get("media") else {}
    return (markup.element("style", media, rules.replace("</", "<\\/")),)


def _replace_matches(form: re.Pattern[str], sign: str, change: Callable[[re.Match[str]], str], rules: str) -> str:
    """Return a style sheet in which the matches of a form are replaced.

    A form ends in a sign. What follows the last one is not searched: without an end, each beginning would be followed
    to the end of the file.
    """
    end = rules.rfind(sign) + 1
    return form.sub(change, rules[:end]) + rules[end:]


def _embed_address(match: re.Match[str], page_path: str, surroundings: Surroundings) -> str:
    """Return the address of a style sheet with the bytes of its file in it; one that holds them stays unchanged."""
    address = match["double"] or match["single"] or match["bare"] or ""
    return match[0] if _is_held(address) else f'url("{_as_data_address(address, page_path, surroundings)}")'


def _is_held(address: str) -> bool:
    return address.startswith(("data:", "#"))


def _is_needed(face: str, letters: frozenset[int]) -> bool:
    """Return whether a page has a letter that a font is for."""
    ranges = [(int(first, 16), int(last or first, 16)) for first, last in _RANGE.findall(face)]
    return not ranges or any(first <= letter <= last for letter in letters for first, last in ranges)


def _as_data_address(address: str, page_path: str, surroundings: Surroundings) -> str:
    """Return a file as the address that holds its bytes; an empty one for a file from elsewhere."""
    if _is_held(address):
        return address
    path = _path_in_site(address, page_path) or ""
    kind = _TYPES.get(posixpath.splitext(path)[1].lower(), "")
    content = surroundings.read(path) if kind else None
    return "data:," if content is None else f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _embed_or_lead_on(element: Element, page_path: str, surroundings: Surroundings) -> None:
    """Put a picture into its element, or lead a link to the published site; a link to nowhere is only its words."""
    if element.tag == "img":
        element.set("src", _as_data_address(element.get("src"), page_path, surroundings))
        element.drop("srcset")
    elif element.tag == "a" and (link := element.get("href")) and not link.startswith("#"):
        _lead_to_site(element, link, page_path, surroundings)


def _lead_to_site(element: Element, link: str, page_path: str, surroundings: Surroundings) -> None:
    path = _path_in_site(link, page_path)
    if path is None:
        return
    page = path if path in surroundings.published else posixpath.join(path, "index.html")
    if surroundings.address and page in surroundings.published:
        address = page.removesuffix("index.html")
        element.set("href", surroundings.address + quote(address) + re.sub(r"^[^?#]*", "", link))
    else:
        element.drop("href")
        element.rename("span")


def _path_in_site(link: str, page_path: str) -> str | None:
    """Return the path in the site that a link leads to, empty for its home page; None if it leads elsewhere."""
    full_address = markup.joined(_NOWHERE + page_path, link)
    return (
        unquote(re.sub(r"[?#].*$", "", full_address).removeprefix(_NOWHERE))
        if full_address.startswith(_NOWHERE)
        else None
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
