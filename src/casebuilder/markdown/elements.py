"""HTML in a text: matching tags become elements, and everything else is text."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from markdown_it.token import Token

from casebuilder.markdown import tags
from casebuilder.markdown.allowed import TRANSPARENT
from casebuilder.markdown.parserproblems import Finding, shown
from casebuilder.markdown.tagproblems import OPEN_COMMENT, complaint, ignored
from casebuilder.markdown.tags import Kind

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

    from casebuilder.markdown.sourcepositions import SourcePositions

#: Elements that contain rows or cells, but no words.
_CELLS_ONLY = frozenset(("table", "thead", "tbody", "tfoot", "tr"))
#: Elements that show nothing without attributes.
_LAYOUT = TRANSPARENT | {"div", "span"}
#: Parts of a table that contain words.
_WITH_WORDS = frozenset(("td", "th", "caption"))


def arrange(tokens: Sequence[Token], places: Mapping[int, SourcePositions], refused: set[str]) -> Iterator[Finding]:
    """Match the tags of a text; tags without a partner become text.

    An inline tag must be closed in the same paragraph; a block of HTML may be closed by a later one. `refused` contains
    the names of elements whose opening tags were already reported.
    """
    open_blocks: list[tuple[Token, SourcePositions]] = []
    findings: list[Finding] = []
    is_table_broken = False
    for token in tokens:
        place = places.get(id(token))
        if token.type == "html_block" and place:
            findings += _split_block(token, place, refused)
            findings += _match_tags(token.children or [], place, open_blocks, refused)
        elif token.type == "inline" and place and token.children:
            open_tags: list[tuple[Token, SourcePositions]] = []
            if open_blocks and (problem := _close_block(token.children, place, open_blocks)):
                is_table_broken = is_table_broken or problem.code == "lost-words"
                findings.append(problem)
            findings += _match_tags(token.children, place, open_tags, refused)
            findings += [_turn_into_text(*unclosed) for unclosed in open_tags]
    findings += [_turn_into_text(*unclosed) for unclosed in open_blocks]
    if is_table_broken:
        yield from (finding for finding in findings if finding.code != "stray-tag")
    else:
        yield from findings
        yield from _words_outside_cells(tokens, places)
    for token in tokens:
        for child in token.children or ():
            _convert_tag(child)
        if token.children:
            token.children = [child for child in token.children if child.type != "html_comment"]


def _split_block(block: Token, place: SourcePositions, refused: set[str]) -> Iterator[Finding]:
    """Give a block of HTML its tags and texts as children."""
    block.children = []
    for offset, tag, source in tags.pieces(block.content):
        is_stray = tag is not None and tag.kind in {Kind.STRAY, Kind.REFUSED}
        if tag is not None and is_stray and (problem := complaint(tag, source, refused)):
            yield Finding(place.at(offset), *problem)
        if tag is not None and tag.ignored and (problem := ignored(tag, refused)):
            yield Finding(place.at(offset), *problem)
        if tag is None and "<!--" in source:
            yield Finding(place.at(offset + source.index("<!--")), *OPEN_COMMENT)
        is_tag = tag is not None and tag.kind in {Kind.OPEN, Kind.CLOSE, Kind.VOID, Kind.COMMENT}
        child = Token("html_tag" if is_tag else "text", "", 0)
        child.content = source if is_tag or tag is not None else unescape(source)
        child.meta = {"at": offset, "found": tag}
        if not (tag and tag.kind is Kind.COMMENT):
            block.children.append(child)


def _match_tags(
    children: Sequence[Token], place: SourcePositions, open_tags: list[tuple[Token, SourcePositions]], refused: set[str]
) -> Iterator[Finding]:
    for child in children:
        found_tag = child.meta.get("found") if child.type == "html_tag" else None
        if found_tag is None:
            continue
        if found_tag.kind is Kind.OPEN:
            open_tags.append((child, place))
        elif found_tag.kind is Kind.CLOSE:
            for number in range(len(open_tags) - 1, -1, -1):
                if open_tags[number][0].meta["found"].name == found_tag.name:
                    del open_tags[number]
                    break
            else:
                finding = _turn_into_text(child, place)
                if found_tag.name not in refused:
                    yield finding


def _close_block(
    children: Sequence[Token], place: SourcePositions, open_blocks: list[tuple[Token, SourcePositions]]
) -> Finding | None:
    """Report the first tag of a paragraph that closes one of a block above, and turn both into text.

    Tags of elements that are only layout are left out.

    Returns:
        None if there is none; `lost-words` if they are of a table, whose words then lie outside its cells.
    """
    depths: dict[str, int] = {}
    for child in children:
        found_tag = child.meta.get("found") if child.type == "html_tag" else None
        if found_tag is None or found_tag.kind not in {Kind.OPEN, Kind.CLOSE}:
            continue
        name = found_tag.name
        depths[name] = depths.get(name, 0) + (1 if found_tag.kind is Kind.OPEN else -1)
        above = [number for number, (tag, _) in enumerate(open_blocks) if tag.meta["found"].name == name]
        if depths[name] < 0 and above:
            opening, _ = open_blocks.pop(above[-1])
            opening.type = child.type = "text"
            if name in _LAYOUT and not opening.meta["found"].attributes:
                opening.content = child.content = ""
                continue
            message = f'"{child.content}" is in a paragraph, but "{shown(opening.content)}" in a block of HTML above it'
            hint = f"put an empty line before {child.content}, so that it begins a block, too"
            code = "lost-words" if name in _CELLS_ONLY | _WITH_WORDS else "stray-tag"
            return Finding(place.at(child.meta["at"]), code, message, hint)
    return None


def _turn_into_text(tag: Token, place: SourcePositions) -> Finding:
    """Turn a tag without a partner into text, and report it."""
    found_tag: tags.FoundTag = tag.meta["found"]
    tag.type = "text"
    is_opening = found_tag.kind is Kind.OPEN
    message = f'"{shown(tag.content)}" {"is not closed" if is_opening else "closes nothing"}, and is printed unchanged'
    hint = f"write </{found_tag.name}> where it ends, or delete it" if is_opening else "delete it"
    return Finding(place.at(tag.meta["at"]), "stray-tag", message, hint)


def _words_outside_cells(tokens: Sequence[Token], places: Mapping[int, SourcePositions]) -> Iterator[Finding]:
    """Report the first words in each table that are in no cell, because browsers move them before the table."""
    open_tags: list[str] = []
    #: For each open tag, whether what follows it is in a table but in none of its cells.
    outside_cells = [False]
    is_reported = False
    for token in tokens:
        place = places.get(id(token))
        for child in (token.children or ()) if place else ():
            tag = child.meta.get("found") if child.type == "html_tag" else None
            if tag and tag.kind is Kind.OPEN and not (tag.name == "table" and outside_cells[-1]):
                open_tags.append(tag.name)
                outside_cells.append(tag.name in _CELLS_ONLY or (tag.name not in _WITH_WORDS and outside_cells[-1]))
                is_reported = is_reported and tag.name != "table"
            elif tag and tag.kind is Kind.CLOSE and tag.name in open_tags:
                start = len(open_tags) - 1 - open_tags[::-1].index(tag.name)
                del open_tags[start:], outside_cells[start + 1 :]
            elif tag and tag.name == "col":
                continue
            elif place and child.content.strip() and outside_cells[-1] and not is_reported:
                is_reported = True
                message = f'"{shown(child.content)}" is in a table but in none of its cells, and is printed before it'
                hint = "put it into a cell, <td>...</td>, or above the table"
                yield Finding(place.at(_word_offset(token, child)), "lost-words", message, hint)


def _word_offset(block: Token, child: Token) -> int:
    """Return the offset of a child's first word in its block; the parser does not know where a text begins."""
    text = child.content.strip()
    offset = block.content.find(text) if block.type == "inline" else -1
    return offset if offset >= 0 else child.meta.get("at", 0) + child.content.index(text)


def _convert_tag(tag: Token) -> None:
    """Turn links and pictures in HTML into ordinary link and picture tokens."""
    found_tag = tag.meta.get("found") if tag.type == "html_tag" else None
    if found_tag is None:
        return
    if found_tag.name == "a":
        tag.type, tag.tag = ("link_open", "a") if found_tag.kind is Kind.OPEN else ("link_close", "a")
        tag.nesting = 1 if found_tag.kind is Kind.OPEN else -1
        tag.attrs = dict(found_tag.attributes)
    elif found_tag.name == "img":
        tag.type, tag.tag = "image", "img"
        alternative = Token("text", "", 0)
        alternative.content = found_tag.attributes.get("alt", "").strip()
        tag.children = [alternative]
        tag.attrs = {name: value for name, value in found_tag.attributes.items() if name != "alt"}
        tag.attrs.setdefault("src", "")


def abbreviated(child: Token, form: re.Pattern[str], meanings: Mapping[str, str]) -> Iterator[Token]:
    """Split a text at its abbreviations; each becomes a token `abbreviation`."""
    if child.type != "text" or not form.search(child.content):
        yield child
        return
    end = 0
    for match in form.finditer(child.content):
        if end < match.start():
            yield _text_token(child.content[end : match.start()])
        abbreviation = Token("abbreviation", "abbr", 0)
        abbreviation.content = match.group()
        abbreviation.meta["title"] = meanings[match.group()]
        yield abbreviation
        end = match.end()
    if end < len(child.content):
        yield _text_token(child.content[end:])


def _text_token(text: str) -> Token:
    token = Token("text", "", 0)
    token.content = text
    return token
