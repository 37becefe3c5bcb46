"""Render authors' Markdown as clean HTML, once in each build, for site, feeds and packs.

A pull request is untrusted input, so the result is sanitised against an allow-list. Headings are shifted to the level
of their place, without gaps, for screen readers and PDF/UA. Pictures have addresses `picture:<path>` and links to pages
of the series `series:<path>`; each output replaces them with `place`.
"""

from __future__ import annotations

import html as entities
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from urllib.parse import quote as encoded

from casebuilder import markdown, markup
from casebuilder.wording import SOURCE, translations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from markdown_it.token import Token

    from casebuilder.markup import Element, Node
    from casebuilder.model import Prose

#: Characters that stay unchanged in an address; a percent sign is part of an encoded character.
_SAFE = "/#?=&~()!*',:;@+$%"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Elements that separate words.
_BLOCKS = frozenset((
    *_HEADINGS, "p", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "table", "tr", "td", "th", "tbody",
    "thead", "pre", "div",
))  # fmt: skip
_PICTURE, _SERIES = "picture:", "series:"


class Section(Protocol):
    """A section of the commentary; theme and title are empty for the introduction."""

    @property
    def theme(self) -> str:
        """The id of its theme."""

    @property
    def title(self) -> str:
        """Its heading."""

    @property
    def body(self) -> Prose:
        """Its text."""


class Quote(Protocol):
    """Something that a text places by `::quote[id]`."""

    @property
    def id(self) -> str:
        """Its name in texts."""

    @property
    def theme(self) -> str:
        """The section to which it belongs if no text places it."""


Q = TypeVar("Q", bound=Quote)


@dataclass(frozen=True, slots=True)
class Theme(Generic[Q]):
    """A theme of the commentary: HTML and quotes in reading order.

    The introduction is a theme without id and title.
    """

    id: str
    title: str
    blocks: tuple[str | Q, ...]


def html(prose: Prose, *, level: int = 3, numbers: Mapping[str, int] | None = None, language: str = SOURCE) -> str:
    """Return a text as sanitised HTML.

    Args:
        prose: the Markdown.
        level: the level, 2 to 6, of the text's highest headings; deeper ones follow without a gap.
        numbers: the number of each reference, by id; `[@id]` becomes a link to `#reference-<id>` with the number. An
            unknown id is printed unchanged.
        language: the reader's language (BCP 47), for words of the interface in a text.
    """
    return _html(prose, level, tuple((numbers or {}).items()), language)


@lru_cache(maxsize=4096)
def _html(prose: Prose, level: int, numbers: tuple[tuple[str, int], ...], language: str) -> str:
    return _render(prose, None, level=level, numbers=numbers, language=language)


def _render(
    prose: Prose,
    tokens: Sequence[Token] | None,
    *,
    level: int,
    numbers: tuple[tuple[str, int], ...],
    language: str,
) -> str:
    from casebuilder.markdown import render

    place = render.Place(dict(numbers), translations(language).gettext)
    return _shift_headings(markdown.sanitised(render.html(prose, place, tokens)), level)


def _shift_headings(rendered: str, top: int) -> str:
    """Return HTML whose headings begin at level `top` and skip no level."""
    if not any(f"<{heading}" in rendered for heading in _HEADINGS):  # most pieces have none, and parsing takes time
        return rendered
    root = markup.parse(rendered)
    open_levels: list[int] = []
    for heading in markup.elements(root, *_HEADINGS):
        level = int(heading.tag[1])
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        heading.rename(f"h{min(top + len(open_levels) - 1, 6)}")
    return markup.write(root)


def place(rendered: str, picture: Callable[[str], str], page: Callable[[str], str] | None = None) -> str:
    """Return HTML with an output's own addresses of pictures and pages of the series.

    Args:
        rendered: the result of `html`.
        picture: returns the address of a picture, from its path below the series' root.
        page: returns the address of a page, from its address below the site's root; empty if the output has none, so
            that only the words of the link remain. Also called for pictures that a link leads to.
    """
    if _SERIES not in rendered and _PICTURE not in rendered:
        return rendered
    root = markup.parse(rendered)

    def place_link(link: Element) -> Iterable[Node] | None:
        internal = link.get("href") if link.tag == "a" else ""
        if not internal.startswith((_SERIES, _PICTURE)):
            return None
        address = page(internal.partition(":")[2]) if page else ""
        link.set("href", address)
        return None if address else link.children

    markup.replace(root, place_link)
    for element in markup.elements(root):
        for name in ("src", "href"):
            if (internal := element.get(name)).startswith(_PICTURE):
                element.set(name, picture(internal.removeprefix(_PICTURE)))
    return markup.write(root)


def under(root: str) -> Callable[[str], str]:
    """Return a function that prefixes addresses below the site's root with `root`, a relative path or full address."""
    return lambda path: f"{root}{encoded(path, safe=_SAFE)}" or "./"


def pictured(root: str) -> Callable[[str], str]:
    """Return the same for pictures, whose file names may contain any character."""
    return lambda path: root + encoded(path)


def absolute(site: str) -> Callable[[str], str]:
    """Return a function that makes full addresses; it returns "" if the site has no address."""
    return under(site) if site else lambda _: ""


def plain(prose: Prose) -> str:
    """Return only the words of a text, for counting, comparing and descriptions."""
    texts = []
    for node, _ in markup.walk(markup.parse(html(prose))):
        if not isinstance(node, markup.Element):
            texts.append(node)
        elif node.tag in _BLOCKS:
            texts.append(" ")
    return " ".join(entities.unescape("".join(texts)).split())


def themes(
    sections: Sequence[Section],
    quotes: Sequence[Q],
    *,
    level: int = 3,
    numbers: Mapping[str, int] | None = None,
    language: str = SOURCE,
) -> tuple[Theme[Q], ...]:
    """Return the community commentary in reading order.

    A line `::quote[id]` places a quote; other quotes of a theme follow its text. Quotes without a theme, or whose theme
    has no heading, follow at the end.

    Args:
        sections: the sections of the commentary, in order.
        quotes: the quotes that may be printed.
        level: see `html`.
        numbers: see `html`.
        language: see `html`.
    """
    render_blocks = partial(_render, level=level, numbers=tuple((numbers or {}).items()), language=language)
    placed_ids = {quote_place.id for section in sections for quote_place in markdown.facts(section.body).quotes}
    unplaced = {quote.id: quote for quote in quotes if quote.id not in placed_ids}
    themes = []
    for section in sections:
        following = [quote for quote in unplaced.values() if section.theme and quote.theme == section.theme]
        for quote in following:
            del unplaced[quote.id]
        blocks = (*_split_at_quotes(section.body, quotes, render_blocks), *following)
        if blocks or section.theme:
            themes.append(Theme(section.theme, section.title, blocks))
    if unplaced:
        themes.append(Theme("", "", tuple(unplaced.values())))
    return tuple(themes)


def _split_at_quotes(
    body: Prose, quotes: Sequence[Q], render_blocks: Callable[[Prose, Sequence[Token]], str]
) -> tuple[str | Q, ...]:
    """Split a section's text at its placed quotes."""
    by_id = {quote.id: quote for quote in quotes}
    blocks: list[str | Q] = []
    stretch: list[Token] = []
    for token in (*markdown.tokens(body), None):
        if token is not None and not (token.type == "quote_place" and token.level == 0):
            stretch.append(token)
            continue
        if html_block := render_blocks(body, tuple(stretch)).strip() if stretch else "":
            blocks.append(html_block)
        stretch = []
        if token is not None and token.content in by_id:
            blocks.append(by_id[token.content])
    return tuple(blocks)
