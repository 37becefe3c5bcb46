"""Resolve the address of a link or a picture: into the series, to the web, or nowhere.

Addresses may be relative to the author's file, as on GitHub (`../2025-09-slug/scenario.md`), or those of pages
(`../2025-09-slug/`, `/about/`).
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import quote, unquote, urlsplit

from casebuilder import markup

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
_WEB = frozenset(("http", "https", "mailto"))
#: Twice the beginning of an address; an address of the reader's own computer.
_NOWHERE = re.compile(r"https?://(?:https?(?::|//|/)|(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?:[:/]|$))", re.IGNORECASE)
#: The form of a valid web address.
_LEADS = re.compile(r"https?://[^\s/?#\\][^\s]*|mailto:[^\s@]+@\S+", re.IGNORECASE)
#: Variants of a host: with or without "www.", a port, a name before "@", in capitals.
_HOST = re.compile(
    r"https?://(?:[^/?#@]*@)?(?:www\.)?(?P<host>[^/?#:@]+)(?::(?:80|443)?)?(?P<path>[^?#]*)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|svg|webp)$", re.IGNORECASE)
#: The mark of a note, or the arrow back from it: "1", "[12]", "(a)", "*", "†", "↩", "^".
_NOTE_MARK = r"[\[(](?:\d{1,3}|[a-z]|[ivxl]{1,5})[\])]\.?|\d{1,3}\.?|[^\w\s]{0,4}"
#: What programs and journals call the place of a note, and the way back from it: "fn1", "fnref:1", "_ftn1", "_ednref2",
#: "sdfootnote1sym", "cite_note-Smith-3", "easy-footnote-bottom-1-20", "CR5", "bibr12-0123", "t002fn003", "ref-smith".
_NOTE_PLACE = (
    r"(?=.{2,100}$)(?:ref-.+|(?=.*\d)(?:[\w.:-]*[-_.:\d])?"
    r"(?:(?:sd)?(?:foot|end|side)?note(?:ref)?|[rt]?fn(?:ref)?|ftn(?:ref|t)?|edn(?:ref)?|en(?:ref)?|sn|nt|id|identifier"
    r"|cite?(?:note|ref)?|cr|refs?|rf|bibr?|bb|r|b)(?:[-_.:\d][\w.:-]*)?)"
)
#: Words of a link that a website puts behind a heading, to the heading itself; or no words.
_OWN_LINK = frozenset(("", "#", "¶", "§", "🔗"))
_CASE = re.compile(r"cases/(?P<slug>[^/]+)(?:/(?P<file>.*))?")
_OPEN_FILES = frozenset(("", "case.yml", "scenario.md", "paper.md", "questions.md", "index.html"))
_FILES = re.compile(r"(?P<folder>experts|collections)/(?P<id>[^/]+)\.(?:md|yml)")


class Kind(Enum):
    """The kind of target of an address."""

    WEB = auto()
    HERE = auto()
    PAGE = auto()
    PICTURE = auto()
    SEALED = auto()
    REFUSED = auto()
    NOWHERE = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """The target of an address.

    Attributes:
        kind: HERE is the text's own page; SEALED a file that is not public by itself; REFUSED a scheme that is not
            allowed.
        address: for a PAGE, the address below the site's root; for a PICTURE, the file below the series' root; for
            WEB, the author's address.
        fragment: the part after "#", decoded.
        file: the case's file in the address, such as questions.md.
    """

    kind: Kind
    address: str = ""
    fragment: str = ""
    file: str = ""


def resolve(text: str, address: str, site: str = "") -> Target:
    """Resolve the address of a link.

    Args:
        text: the path of the text's file below the series' root.
        address: the author's address.
        site: the site's own address, with a slash at its end; a link to it stays within the series.
    """
    address = address.strip()
    address = _as_path_of_site(address, site)
    if address.startswith("#"):
        return Target(Kind.HERE, "", unquote(address[1:]))
    scheme = _SCHEME.match(address)
    if scheme or address.startswith("//"):
        return _resolve_full_address(address, scheme["scheme"].lower() if scheme else "")
    path, _, fragment = address.partition("#")
    path = unicodedata.normalize("NFC", unquote(path.partition("?")[0]))
    if not path:
        return Target(Kind.NOWHERE)
    targets = [_target_of_path(place, unquote(fragment)) for place in _candidates(text, path)]
    return next((target for target in targets if target.kind is not Kind.NOWHERE), Target(Kind.NOWHERE, path))


def _resolve_full_address(address: str, scheme: str) -> Target:
    """Resolve a full address, whose scheme may be in capitals."""
    if scheme not in _WEB:
        return Target(Kind.REFUSED, address)
    if not (_LEADS.fullmatch(address) and markup.is_address(address)) or _NOWHERE.match(address):
        return Target(Kind.NOWHERE, address)
    return Target(Kind.WEB, scheme + address[len(scheme) :])


def _as_path_of_site(address: str, site: str) -> str:
    """Return an address of the series' own site as one that begins with a slash; any other unchanged."""
    parts, site_parts = _HOST.fullmatch(address), _HOST.fullmatch(site)
    if not parts or not site_parts or parts["host"].lower() != site_parts["host"].lower():
        return address
    path = posixpath.normpath("/" + unquote(parts["path"]).lstrip("/")) + "/" * parts["path"].endswith("/")
    base = unquote(site_parts["path"]).rstrip("/") + "/"
    is_inside = f"{path}/".startswith(base)
    return f"/{quote(path[len(base) :].lstrip('/'))}{parts['rest']}" if is_inside else address


def _candidates(text: str, path: str) -> list[str]:
    """Yield the possible targets of a path: from the text's folder, and from the case's folder around it."""
    if path.startswith("/"):
        normal = posixpath.normpath(path).lstrip("/")
        return [normal + "/" * path.endswith("/") if normal else "index.html"]
    folder = posixpath.dirname(text)
    folders = [folder]
    if text.startswith(("cases/", "commentary/")):
        folders.append("/".join(("cases", *text.split("/")[1:2])))
    slash = "/" if path.endswith("/") or posixpath.basename(path) in {"..", "."} else ""
    return [posixpath.normpath(posixpath.join(start, path)) + slash for start in dict.fromkeys(folders)]


def _target_of_path(path: str, fragment: str) -> Target:
    """Return the target of a path below the series' root."""
    if path.startswith("../") or path in {"../", ".."}:
        return Target(Kind.NOWHERE, path)
    if path.startswith(("commentary/", "cases/")) or path in {"commentary", "cases"}:
        return _target_in_case(path, fragment)
    if match := _FILES.fullmatch(path):
        return Target(Kind.PAGE, f"{match['folder']}/{match['id']}/", fragment)
    if _PICTURE.search(path):
        return Target(Kind.PICTURE, path)
    page = path.removeprefix("docs/") if path.startswith("docs/") else path
    if page.endswith(".md"):
        page = page.removesuffix(".md").removesuffix("index").removesuffix("/") + "/"
    elif page.endswith("index.html"):
        page = page.removesuffix("index.html")
    elif "." not in posixpath.basename(page) and not page.endswith("/"):
        page += "/"
    return Target(Kind.PAGE, page.removeprefix("./").lstrip("/"), fragment)


def _target_in_case(path: str, fragment: str) -> Target:
    if path.rstrip("/") == "cases":
        return Target(Kind.PAGE, "cases/", fragment)
    if path.startswith("commentary"):
        return Target(Kind.SEALED, path)
    match = _CASE.fullmatch(path)
    if not match:
        return Target(Kind.NOWHERE, path)
    file = match["file"] or ""
    if file in _OPEN_FILES:
        return Target(Kind.PAGE, f"cases/{match['slug']}/", fragment, file)
    if _PICTURE.search(file):
        return Target(Kind.PICTURE, path)
    sealed = file in {"facilitation.md", "quotes.yml"} or file.rstrip("/").startswith("responses")
    return Target(Kind.SEALED if sealed else Kind.NOWHERE, path)


def picture_on_web(address: str) -> str:
    """Return the full address of a picture on another site; empty if it is not one."""
    target = resolve("", f"https:{address}" if address.startswith("//") else address)
    return target.address if target.kind is Kind.WEB and not target.address.startswith("mailto:") else ""


def name_on_web(address: str) -> str:
    """Return words for a picture on another site that has none: "curve.png (example.org)"."""
    parts = urlsplit(address)
    name = unquote(posixpath.basename(parts.path.rstrip("/")))
    return f"{name} ({parts.hostname})" if name else str(parts.hostname)


def is_note_mark(words: str, address: str) -> bool:
    """Return whether a link is the mark of a note, the arrow back, a heading's own link, or a way to the top."""
    place = unquote(address.removeprefix("#"))
    if place == address or not re.fullmatch(_NOTE_MARK, words.strip(), re.IGNORECASE):
        return address == "#top"
    return place == "top" or words.strip() in _OWN_LINK or bool(re.fullmatch(_NOTE_PLACE, place, re.IGNORECASE))


def is_elsewhere(address: str) -> bool:
    """Return whether a picture's address leads out of the series: it has a scheme, or begins with a slash."""
    return bool(_SCHEME.match(address)) or address.startswith("/")


def picture(text: str, address: str) -> str:
    """Return the path below the series' root of a picture in a text, or its full address if it is on another site.

    The pictures of all texts of a case are in the case's folder, those of a profile beside it. So `lamp.svg` and
    `../lamp.svg` in a response are the same picture, and so is the whole way to it, as GitHub's preview wants it in a
    commentary: `../../cases/2026-03-late-handover/lamp.svg`.

    Args:
        text: the path of the text's own file.
        address: the author's address; `%20` means a space.

    Returns:
        The path; one that leads out of the folder keeps its dots, and matches no file of the series.
    """
    if is_elsewhere(address):
        return address
    file = unicodedata.normalize("NFC", unquote(address))
    top, *folders = text.split("/")
    folder = f"cases/{folders[0]}" if top in {"cases", "commentary"} and len(folders) > 1 else top
    path = posixpath.normpath(posixpath.join(posixpath.dirname(text), file))
    if ".." in file.split("/") and path.startswith(f"{folder}/"):
        return path
    return f"{folder}/{file.removeprefix('./').removeprefix('../')}"
