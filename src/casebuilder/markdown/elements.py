"""HTML in a text: matching tags become elements, and everything else is text."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from markdown_it.token import Token

from casebuilder.markdown import tags
from casebuilder.markdown.findings import Finding, shown
from casebuilder.markdown.tagproblems import OPEN_COMMENT, complaint
from casebuilder.markdown.tags import Kind

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

    from casebuilder.markdown.sourcepositions import SourcePositions

#: Elements that contain rows or cells, but no words.
_CELLS_ONLY = frozenset(("table", "thead", "tbody", "tfoot", "tr"))


def arrange(tokens: Sequence[Token], places: Mapping[int, SourcePositions], refused: set[str]) -> Iterator[Finding]:
    """Match the tags of a text; tags without a partner become text.

    An inline tag must be closed in the same paragraph; a block of HTML may be closed by a later one. `refused` contains
    the names of elements whose opening tags were already reported.
    """
    open_blocks: list[tuple[Token, SourcePositions]] = []
    for token in tokens:
        place = places.get(id(token))
        if token.type == "html_block" and place:
            yield from _taken_apart(token, place, refused)
            yield from _matched(token.children or [], place, open_blocks, refused)
        elif token.type == "inline" and place and token.children:
            open_tags: list[tuple[Token, SourcePositions]] = []
            yield from _matched(token.children, place, open_tags, refused)
            for unclosed, where in open_tags:
                yield _as_text(unclosed, where)
    for unclosed, where in open_blocks:
        yield _as_text(unclosed, where)
    yield from _misplaced(tokens, places)
    for token in tokens:
        for child in token.children or ():
            _converted(child)
        if token.children:
            token.children = [child for child in token.children if child.type != "html_comment"]


def _taken_apart(block: Token, place: SourcePositions, refused: set[str]) -> Iterator[Finding]:
    """Give a block of HTML its tags and texts as children."""
    block.children = []
    for at, found, words in tags.pieces(block.content):
        stray = found is not None and found.kind in {Kind.STRAY, Kind.REFUSED}
        if found is not None and stray and (why := complaint(found, words, refused)):
            yield Finding(place.at(at), *why)
        if found is None and "<!--" in words:
            yield Finding(place.at(at + words.index("<!--")), *OPEN_COMMENT)
        is_tag = found is not None and found.kind in {Kind.OPEN, Kind.CLOSE, Kind.VOID, Kind.COMMENT}
        child = Token("html_tag" if is_tag else "text", "", 0)
        child.content = words if is_tag or found is not None else unescape(words)
        child.meta = {"at": at, "found": found}
        if not (found and found.kind is Kind.COMMENT):
            block.children.append(child)


def _matched(
    children: Sequence[Token], place: SourcePositions, open_tags: list[tuple[Token, SourcePositions]], refused: set[str]
) -> Iterator[Finding]:
    for child in children:
        found = child.meta.get("found") if child.type == "html_tag" else None
        if found is None:
            continue
        if found.kind is Kind.OPEN:
            open_tags.append((child, place))
        elif found.kind is Kind.CLOSE:
            for number in range(len(open_tags) - 1, -1, -1):
                if open_tags[number][0].meta["found"].name == found.name:
                    del open_tags[number]
                    break
            else:
                finding = _as_text(child, place)
                if found.name not in refused:
                    yield finding


def _as_text(tag: Token, place: SourcePositions) -> Finding:
    """Turn a tag without a partner into text, and report it."""
    found: tags.Found = tag.meta["found"]
    tag.type = "text"
    opened = found.kind is Kind.OPEN
    message = f'"{shown(tag.content)}" {"is not closed" if opened else "closes nothing"}, and is printed unchanged'
    hint = f"write </{found.name}> where it ends, or delete it" if opened else "delete it"
    return Finding(place.at(tag.meta["at"]), "stray-tag", message, hint)


def _misplaced(tokens: Sequence[Token], places: Mapping[int, SourcePositions]) -> Iterator[Finding]:
    """Report the first words in each table that are in no cell, because browsers move them before the table."""
    inside: list[str] = []
    reported = False
    for token in tokens:
        place = places.get(id(token))
        for child in (token.children or ()) if place else ():
            found = child.meta.get("found") if child.type == "html_tag" else None
            if found and found.kind is Kind.OPEN:
                inside.append(found.name)
                reported = reported and found.name != "table"
            elif found and found.kind is Kind.CLOSE and found.name in inside:
                del inside[len(inside) - 1 - inside[::-1].index(found.name) :]
            elif place and child.content.strip() and inside and inside[-1] in _CELLS_ONLY and not reported:
                reported = True
                message = f'"{shown(child.content)}" is in a table but in none of its cells, and is printed before it'
                hint = "put it into a cell, <td>...</td>, or above the table"
                yield Finding(place.at(_begins(token, child)), "lost-words", message, hint)


def _begins(block: Token, child: Token) -> int:
    """Return the offset of a child's first word in its block; the parser does not know where a text begins."""
    words = child.content.strip()
    found = block.content.find(words) if block.type == "inline" else -1
    return found if found >= 0 else child.meta.get("at", 0) + child.content.index(words)


def _converted(tag: Token) -> None:
    """Turn links and pictures in HTML into ordinary link and picture tokens."""
    found = tag.meta.get("found") if tag.type == "html_tag" else None
    if found is None:
        return
    if found.name == "a":
        tag.type, tag.tag = ("link_open", "a") if found.kind is Kind.OPEN else ("link_close", "a")
        tag.nesting = 1 if found.kind is Kind.OPEN else -1
        tag.attrs = dict(found.attributes)
    elif found.name == "img":
        tag.type, tag.tag = "image", "img"
        words = Token("text", "", 0)
        words.content = found.attributes.get("alt", "").strip()
        tag.children = [words]
        tag.attrs = {name: value for name, value in found.attributes.items() if name != "alt"}
        tag.attrs.setdefault("src", "")


def abbreviated(child: Token, form: re.Pattern[str], known: Mapping[str, str]) -> Iterator[Token]:
    """Split a text at its abbreviations; each becomes a token `abbreviation`."""
    if child.type != "text" or not form.search(child.content):
        yield child
        return
    end = 0
    for match in form.finditer(child.content):
        if end < match.start():
            yield _text(child.content[end : match.start()])
        short = Token("abbreviation", "abbr", 0)
        short.content = match.group()
        short.meta["title"] = known[match.group()]
        yield short
        end = match.end()
    if end < len(child.content):
        yield _text(child.content[end:])


def _text(words: str) -> Token:
    token = Token("text", "", 0)
    token.content = words
    return token
