"""Text that begins with "<": an allowed tag, a comment, or words that only look like a tag."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from casebuilder.markdown.allowed import ELEMENTS, IGNORED, REFUSED, VOID, is_valid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAME = r"[A-Za-z][A-Za-z0-9-]*+"
_ATTRIBUTE = r"""\s++[A-Za-z_:][A-Za-z0-9:._-]*+(?:\s*+=\s*+(?:[^"'=<>`\x00-\x20]++|'[^']*+'|"[^"]*+"))?+"""
#: An opening tag, a closing tag, and anything else that counts as HTML in CommonMark 0.31, section 6.6.
_OPEN = re.compile(rf"<(?P<name>{_NAME})(?P<attributes>(?:{_ATTRIBUTE})*+)\s*+(?P<closed>/?)>")
_CLOSE = re.compile(rf"</(?P<name>{_NAME})\s*+>")
_HIDDEN = (("<?", "?>"), ("<![CDATA[", "]]>"))
_DECLARED = re.compile(r"<![A-Za-z][^>]*+>")
_EACH = re.compile(
    r"""(?P<name>[A-Za-z_:][A-Za-z0-9:._-]*+)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'"""
    r"""|(?P<bare>[^\s"'=<>`]++)))?+"""
)
#: What MkDocs and PHP's Markdown write without a value.
_ALONE = "markdown"
_POSITIVE = re.compile(r"\s*\+?0*[1-9]")
_BEGUN = re.compile(rf"</?(?P<name>{_NAME})(?=[\s/>]|$)")


class Kind(Enum):
    """The kind of text at a "<"."""

    COMMENT = auto()
    OPEN = auto()
    CLOSE = auto()
    VOID = auto()
    REFUSED = auto()
    STRAY = auto()


@dataclass(frozen=True, slots=True)
class FoundTag:
    """The text at a "<".

    Attributes:
        kind: STRAY is text that GitHub would hide as if it were a tag; REFUSED is HTML that is not allowed.
        end: the offset after it.
        name: the element's name, in lower case.
        attributes: the attributes by name, in lower case; none of a STRAY that is prose: `a<b and c>d`.
        ignored: the names of attributes that make no difference here.
    """

    kind: Kind
    end: int
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


def read(text: str, start: int) -> FoundTag | None:
    """Return the tag at a "<"; None if it is an ordinary character."""
    after = text[start + 1 : start + 2]
    if after in {"!", "?"}:
        return _comment_at(text, start)
    if last(text, ">") < start:
        return None
    refused_start = _BEGUN.match(text, start)
    if refused_start and refused_start["name"].lower() in REFUSED:
        tag = _OPEN.match(text, start) or _CLOSE.match(text, start)
        return FoundTag(Kind.REFUSED, tag.end() if tag else refused_start.end(), refused_start["name"].lower())
    if closing := _CLOSE.match(text, start):
        name = closing["name"].lower()
        is_known = name in ELEMENTS and name not in VOID
        return FoundTag(Kind.CLOSE if is_known else Kind.STRAY, closing.end(), name)
    opening = _OPEN.match(text, start) if after.isalpha() else None
    return _opening_tag(opening) if opening else None


@lru_cache(maxsize=64)
def last(text: str, sign: str) -> int:
    """Return the last offset of a string, or -1. Without it the search is skipped, so that time stays linear."""
    return text.rfind(sign)


@lru_cache(maxsize=64)
def first(text: str, sign: str) -> int:
    """Return the first offset of a string, or -1."""
    return text.find(sign)


def _comment_at(text: str, start: int) -> FoundTag | None:
    if text.startswith("<!--", start):
        if text.startswith((">", "->"), start + len("<!--")):
            return FoundTag(Kind.COMMENT, text.index(">", start) + 1)
        end = text.find("-->", start + len("<!--")) if last(text, "-->") > start else -1
        return FoundTag(Kind.COMMENT, end + len("-->")) if end >= 0 else None
    for opening, closing in _HIDDEN:
        inside = start + len(opening)
        if text.startswith(opening, start) and last(text, closing) >= inside:
            return FoundTag(Kind.STRAY, text.index(closing, inside) + len(closing))
    declared = _DECLARED.match(text, start) if last(text, ">") > start else None
    return FoundTag(Kind.STRAY, declared.end()) if declared else None


def _opening_tag(match: re.Match[str]) -> FoundTag:
    name = match["name"].lower()
    pairs = [
        (each["name"].lower(), unescape(each["double"] or each["single"] or each["bare"] or ""))
        for each in _EACH.finditer(match["attributes"])
    ]
    if any(attribute.startswith("on") for attribute, _ in pairs if name in ELEMENTS):
        return FoundTag(Kind.REFUSED, match.end(), name)
    attributes = dict(pairs)
    written = all("=" in each or each.lower() == _ALONE for each in _source_attributes(match))
    kept = {key: value for key, value in pairs if _is_kept(name, key, value)}
    ignored = tuple(key for key in attributes if key not in kept)
    known = name in ELEMENTS and len(attributes) == len(pairs) and all(re.fullmatch(IGNORED, key) for key in ignored)
    known = known and not any(is_lost_span(key, attributes[key]) for key in ignored)
    if not known or (ignored and not written) or (match["closed"] and name not in VOID):
        return FoundTag(Kind.STRAY, match.end(), name, attributes if written else {})
    return FoundTag(Kind.VOID if name in VOID else Kind.OPEN, match.end(), name, kept, ignored)


def is_lost_span(name: str, value: str) -> bool:
    """Return whether browsers read a number that is not allowed: without it, other cells would move."""
    return name in {"colspan", "rowspan"} and not is_valid(name, value) and _POSITIVE.match(value) is not None


def _is_kept(element: str, name: str, value: str) -> bool:
    """Return whether an attribute is in the table with an allowed value; addresses are judged by rules of their own."""
    return name in ELEMENTS.get(element, ()) and (name in {"href", "src"} or is_valid(name, value))


def _source_attributes(match: re.Match[str]) -> Iterator[str]:
    """Yield each attribute of a tag as its author wrote it."""
    return (each.group() for each in _EACH.finditer(match["attributes"]))


def pieces(text: str) -> Iterator[tuple[int, FoundTag | None, str]]:
    """Split a block of HTML into tags and texts: offset, the tag or None, and the text."""
    position = text_start = 0
    while (position := text.find("<", position)) >= 0:
        tag = read(text, position)
        if tag is None:
            position += 1
            continue
        if text_start < position:
            yield text_start, None, text[text_start:position]
        yield position, tag, text[position : tag.end]
        position = text_start = tag.end
    if text_start < len(text):
        yield text_start, None, text[text_start:]
