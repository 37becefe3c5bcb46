"""Collect the facts of a parsed text: headings, pictures, links, citations, quotes and footnote references."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.markdown import keptfacts
from casebuilder.markdown.headingids import anchor
from casebuilder.markdown.outlines import Citation, Heading, Link, Outline, Picture, QuotePlace
from casebuilder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from casebuilder.markdown.document import Document
    from casebuilder.markdown.parserproblems import Place

_LOST = {"image": "a picture", "citation": "a citation", "footnote_ref": "a note"}


def outline(text: str) -> Outline:
    """Return the facts of a text. One whose facts are kept is not parsed."""
    return keptfacts.of(text, lambda unknown: _gather(unknown)[1])


def marked(text: str) -> Document:
    """Return a parsed text whose headings have the marks that their ids are made of."""
    return _gather(text)[0]


# Both together: a text that is parsed again, because a long series has more texts than a cache, is marked again.
@lru_cache(maxsize=2048)
def _gather(text: str) -> tuple[Document, Outline]:
    from casebuilder.markdown.document import parse

    document = parse(text)
    gathering = _Gathering(document)
    gathering.walk(document.tokens)
    for note in document.notes.values():
        gathering.walk(note.tokens, note.label)
    return document, gathering.outline()


def words(children: Sequence[Token] | None) -> str:
    """Return the words of inline content, without markup; a picture becomes its alternative text."""
    parts = []
    for child in children or ():
        if child.type in {"text", "code_inline", "text_special", "abbreviation"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "image":
            parts.append(words(child.children))
    return "".join(parts)


class _Gathering:
    """The facts of one text while its tokens are walked."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._anchor_uses: dict[str, int] = {}
        self._marks: set[str] = set()
        self._headings: list[Heading] = []
        self._pictures: list[Picture] = []
        self._links: list[Link] = []
        self._citations: list[Citation] = []
        self._quotes: list[QuotePlace] = []
        self._noted: list[tuple[str, int, str]] = []

    def outline(self) -> Outline:
        """Return the collected facts."""
        return Outline(
            tuple(self._headings), tuple(self._pictures), tuple(self._links), tuple(self._citations),
            tuple(self._quotes), tuple(self._noted), self._document.findings,
        )  # fmt: skip

    def walk(self, tokens: Sequence[Token], note: str = "") -> None:
        """Add tokens; `note` is the label of their footnote, or empty."""
        for number, token in enumerate(tokens):
            if token.type == "heading_open":
                self._add_heading(token, tokens[number + 1], outermost=token.level == 0 and not note)
            elif token.type == "quote_place" and token.map:
                place = token.map[0] + 1, token.meta["column"] + 1
                self._quotes.append(QuotePlace(token.content, place, token.level == 0 and not note))
            if token.children:
                self._gather_inline(token, note)

    def _add_heading(self, opening: Token, inside: Token, *, outermost: bool) -> None:
        title = " ".join(words(inside.children).split())
        begin, end = opening.map or (0, 1)
        lost_part = next((_LOST[child.type] for child in inside.children or () if child.type in _LOST), "")
        name = opening.meta.get("id") or slug(title)
        github_id = anchor(title, self._anchor_uses)
        mark = slug(github_id)
        if not mark or mark in self._marks:
            mark = f"{mark or 'part'}-{len(self._headings) + 1}"
        self._marks.add(mark)
        opening.meta["mark"] = mark
        level, place, lines = int(opening.tag[1]), (begin + 1, 1), end - begin
        self._headings.append(Heading(level, title, name, github_id, place, outermost, mark, lost_part, lines))

    def _place_of(self, block: Token, child: Token) -> Place:
        return self._document.at(block, child.meta.get("at", 0)) if id(block) in self._document.places else (1, 1)

    def _gather_inline(self, block: Token, note: str) -> None:
        children = block.children or []
        for number, child in enumerate(children):
            if child.type == "link_open" and "href" in child.attrs:
                end = next((n for n in range(number, len(children)) if children[n].type == "link_close"), len(children))
                text = words(children[number + 1 : end]).strip()
                is_bare = child.markup in {"autolink", "linkify"}
                place = self._place_of(block, child)
                self._links.append(Link(text, str(child.attrs["href"]), place, is_bare, note))
            elif child.type == "image":
                place = self._place_of(block, child)
                alt, file = words(child.children).strip(), str(child.attrs.get("src", ""))
                self._pictures.append(Picture(alt, file, place, note))
            elif child.type == "citation":
                self._citations.append(Citation(child.meta["id"], self._place_of(block, child), note))
            elif child.type == "footnote_ref":
                line = self._place_of(block, child)[0]
                self._noted.append((child.meta["label"], line, note))
