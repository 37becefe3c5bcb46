"""Pages as plain Markdown that any engine takes: front matter, headings in Markdown, HTML blocks below them.

CommonMark ends an HTML block at the first blank line, Python-Markdown at the closing tag; a block without a blank
line is read alike by both. Words in a Markdown heading are written so that neither engine, nor a template language
that runs before it, sees markup in them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Page
from casebuilder.wording import direction

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Characters that a Markdown engine may read as markup in a heading, and those that make a link of an address.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>&#~^=$|@!\"]|:(?=//)|(?<=www)\.")
#: Characters that YAML forbids in every string.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_EDGES = re.compile(r"(?<![ \t])[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page: HTML, and the second-level heading above it, if it has one.

    Attributes:
        html: one or more whole block-level elements.
        heading: its words, unescaped.
        anchor: the heading's id, the same in every language.
    """

    html: str
    heading: str = ""
    anchor: str = ""


def page(  # noqa: PLR0913 - what a page is made of
    path: str,
    *,
    title: str,
    description: str,
    blocks: Iterable[Block],
    above: str = "",
    language: str = "",
    own_language: str = "",
) -> Page:
    """Return a page.

    Args:
        path: its place below the documentation's root.
        title: the first-level heading, unescaped.
        description: one or two sentences for search engines and link previews.
        blocks: the blocks below the title, in order.
        above: HTML above the title.
        language: the title's, where it is not the page's.
        own_language: the page's, where it is not the site's.
    """
    languages = f"\nlanguage: {own_language}\ndirection: {direction(own_language)}" if own_language else ""
    facts = f"title: {_quote_yaml(title)}\ndescription: {_quote_yaml(description)}"
    parts = [
        f"---\n{facts}\nhide: [navigation, toc]{languages}\n---",
        unbroken(above),
        f"# {_mark_language(words(title), language)}",
    ]
    for block in blocks:
        if block.heading:
            parts.append(f'## <span id="{block.anchor}">{words(block.heading)}</span>')
        parts.append(unbroken(block.html))
    return Page(path, "\n\n".join(part for part in parts if part) + "\n")


def words(text: str) -> str:
    """Return text for a Markdown heading: on one line, with markup characters escaped as character references."""
    return _MARKUP.sub(lambda match: f"&#{ord(match.group())};", " ".join(text.split()))


def unbroken(html: str) -> str:
    """Return HTML without blank lines, and without double braces, which Liquid, Jinja or Hugo would interpret."""
    pieces = _PRE.split(html.strip())
    pieces[::2] = [_EDGES.sub("\n", piece) for piece in pieces[::2]]
    pieces[1::2] = [piece.replace("\r\n", "\n").replace("\n", "&#10;") for piece in pieces[1::2]]
    return re.sub(r"\{(?=[{%#<])", "&#123;", "".join(pieces))


def _mark_language(html: str, language: str) -> str:
    return f'<span lang="{language}">{html}</span>' if language else html


def _quote_yaml(text: str) -> str:
    """Return a YAML string: a JSON string with a few more characters escaped."""
    quoted = json.dumps(" ".join(text.split()), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)
