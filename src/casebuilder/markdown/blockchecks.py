"""Checks on whole blocks: attribute lists, notations at the start of a line, and tables made with tabs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from casebuilder.markdown import notations, remnants
from casebuilder.markdown.allowed import SETTINGS, is_valid
from casebuilder.markdown.headingids import left_out
from casebuilder.markdown.parserproblems import NO_WORDS, Finding, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebuilder.markdown.notation import Notation
    from casebuilder.markdown.sourcepositions import SourcePositions

_PAIR = re.compile(r"""(?P<name>lang|dir)=["']?(?P<value>[\w-]+)["']?""")
_NAME = re.compile(r"[.#][\w-]+")
#: The letter, number or sign of an entry of a list, with the tab that Word puts after it.
_LIST_MARK = re.compile(r"(?:\(?[^\W_]{1,4}[.)]|[^\w\s|]{1,2}|[oüØqvŸ])\t")


def attributes(tokens: Sequence[Token], places: Mapping[int, SourcePositions]) -> Iterator[Finding]:
    """Move `{: lang=fr }` from the text to the element before it, or to the block that it ends."""
    for number, token in enumerate(tokens):
        if token.type != "inline" or not any(child.type == "attributes" for child in token.children or ()):
            continue
        other_children: list[Token] = []
        children = token.children or []
        for place, child in enumerate(children):
            if child.type != "attributes":
                other_children.append(child)
                continue
            attributes_read = {match["name"]: match["value"] for match in _PAIR.finditer(child.content)}
            other_words = [word for word in _PAIR.sub(" ", child.content).split() if not _NAME.fullmatch(word)]
            if other_words and not attributes_read and re.fullmatch(SETTINGS, child.content):
                yield Finding(places[id(token)].at(child.meta.get("at", 0)), *left_out(f"{{:{child.content}}}"))
            elif other_words or not all(is_valid(name, value) for name, value in attributes_read.items()):
                message = f'"{{:{shown(child.content)}}}" is not supported here'
                hint = "only lang=... and dir=... are possible; delete the rest"
                yield Finding(places[id(token)].at(child.meta.get("at", 0)), "unsupported-syntax", message, hint)
            is_last = place == len(children) - 1
            target = (
                tokens[number - 1]
                if is_last and (not other_children or other_children[-1].type in {"softbreak", "text"})
                else _element_before(other_children)
            )
            if target is not None:
                target.attrs = {**target.attrs, **attributes_read}
            if is_last and other_children and other_children[-1].type == "softbreak":
                other_children.pop()
        token.children = other_children


#: Notations and remnants at the start of a line.
_LINES = (*notations.LINES, *remnants.LINES)
#: Headings of this level are titles of questions, parts and themes; their readers decide.
_TITLES = "h2"


def without_empty_headings(tokens: Sequence[Token], findings: list[Finding]) -> list[Token]:
    """Return the tokens without headings that have neither words nor anything else in them, and report those."""
    kept: list[Token] = []
    for token in tokens:
        if token.type == "heading_close" and token.tag != _TITLES and _is_empty(kept[-1]):
            line = kept[-2].map[0] + 1 if kept[-2].map else 1
            findings.append(Finding((line, 1), *NO_WORDS))
            del kept[-2:]
        else:
            kept.append(token)
    return kept


def _is_empty(inside: Token) -> bool:
    return all(child.type == "text" and not child.content.strip() for child in inside.children or ())


def _element_before(preceding: Sequence[Token]) -> Token | None:
    """Return the element that ends just here; None if there is none."""
    depth = 0
    for token in reversed(preceding):
        depth -= token.nesting
        if depth == 0:
            return token if token.type not in {"text", "softbreak", "hardbreak"} else None
    return None


def lines(tokens: Sequence[Token], places: Mapping[int, SourcePositions]) -> Iterator[Finding]:
    """Report notations of other programs at the start of a line, and tables made with tabs."""
    for number, token in enumerate(tokens):
        if token.type != "inline" or id(token) not in places or not number:
            continue
        if tokens[number - 1].type not in {"paragraph_open", "heading_open"}:
            continue
        offset = 0
        tabbed_lines: list[int] = []
        code = ""
        for line in token.content.split("\n"):
            line_text = line.lstrip(" \t")
            row = next((row for row in _LINES if line_text[:1] in row.sign and row.form.match(line_text)), None)
            place_in_text = offset + len(line) - len(line_text)
            if row and row.sign == "\\" and "$$" in token.content[:place_in_text]:
                row = None  # the whole formula is reported
            if row and code != row.code and not _is_first_colon(row, offset):
                code = row.code
                position = places[id(token)].at(place_in_text)
                consequence = (
                    ", which is not supported and would be printed as plain characters"
                    if row.code == "unsupported-syntax"
                    else ""
                )
                yield Finding(
                    position,
                    row.code,
                    f'"{shown(line_text, 40)}" is {row.name}{consequence}',
                    row.remedy("", line_text),
                )
            elif not row and "\t" in line_text.strip() and not _LIST_MARK.match(line_text):
                tabbed_lines.append(place_in_text)
            offset += len(line) + 1
        if len(tabbed_lines) > 1:
            message = (
                f"these {len(tabbed_lines)} lines look like a table from Word, and would be printed as one paragraph"
            )
            hint = "write it as a table: | Drug | Dose |, below it |---|---|, then a line for each row"
            yield Finding(places[id(token)].at(tabbed_lines[0]), "pasted-text", message, hint)


def unread(tokens: Sequence[Token], places: Mapping[int, SourcePositions]) -> Iterator[Finding]:
    """Report the first Markdown in each block of HTML, where it is not interpreted."""
    for token in tokens:
        if token.type != "html_block" or id(token) not in places:
            continue
        for child, match in _markdown_in_html(token.children or []):
            code = "quote-line" if "quote" in match.group().lower() else "unsupported-syntax"
            message = f'"{shown(match.group(), 40)}" is in a block of HTML, and would be printed as plain characters'
            hint = f"put an empty line between {_FIRST_TAG} and the text below it, or write it as HTML, too"
            start = match.end() - len(match.group().lstrip())
            yield Finding(places[id(token)].at(child.meta["at"] + start), code, message, hint)
            break


_FIRST_TAG = "the tag at the beginning of the block"


def _markdown_in_html(children: Sequence[Token]) -> Iterator[tuple[Token, re.Match[str]]]:
    """Yield the Markdown in the texts of a block of HTML, outside `<pre>` and `<code>`."""
    code = 0
    for child in children:
        tag = child.meta.get("found")
        if child.type == "html_tag" and tag is not None and tag.name in {"pre", "code", "kbd"}:
            code += 1 if tag.kind.name == "OPEN" else -1
        elif child.type == "text" and tag is None and code <= 0:
            yield from ((child, match) for match in notations.IN_HTML.finditer(child.content))
            yield from (
                (child, match)
                for row in notations.INLINE
                if row.code == "unsupported-syntax"
                for match in row.form.finditer(child.content)
            )


def _is_first_colon(row: Notation, offset: int) -> bool:
    """Return whether a line that begins with a colon is the first of its paragraph, so that it is not a definition."""
    return row.name.startswith("a list of definitions") and offset == 0


#: Raised numbers and letters, and what an author may write between two of them; a raised comma is printed in its place.
_MARKS = frozenset(("citation", "footnote_ref"))
_BETWEEN_MARKS = re.compile(r"\s*[,;\u060c\u3001\uff0c]?\s*")


def citations(tokens: Sequence[Token]) -> None:
    """Remove the blanks before a reference number, and all that separates it from the number or note before it."""
    for token in tokens:
        if token.type == "inline" and any(child.type in _MARKS for child in token.children or ()):
            spaced: list[Token] = []
            for child in token.children or ():
                if child.type in _MARKS:
                    _close_up(spaced, child.type)
                spaced.append(child)
            token.children = spaced


def _close_up(before: list[Token], mark: str) -> None:
    """Remove the blanks before a mark, and all that separates it from another mark."""
    first = next((at for at in range(len(before) - 1, -1, -1) if not _separates(before[at])), -1)
    if first >= 0 and before[first].type in _MARKS:
        del before[first + 1 :]
    elif mark == "citation":
        while len(before) > 1 and before[-1].type == "softbreak":
            before.pop()
        if before and before[-1].type == "text" and before[-1].content.strip():
            before[-1].content = before[-1].content.rstrip(" ")


def _separates(token: Token) -> bool:
    return token.type == "softbreak" or (token.type == "text" and bool(_BETWEEN_MARKS.fullmatch(token.content)))


def labels(tokens: Sequence[Token]) -> None:
    """Make tokens of the box of a task, and of the title of an alert."""
    for number, token in enumerate(tokens):
        if token.type == "list_item_open" and "checked" in token.meta:
            inside = next((each for each in tokens[number + 1 : number + 3] if each.type == "inline"), None)
            if inside is not None:
                box = Token("task", "", 0)
                box.meta["checked"] = token.meta["checked"]
                inside.children = [box, *(inside.children or [])]
        elif token.type == "alert_title_open":
            title = Token("alert_title", "", 0)
            title.content = tokens[number + 1].content
            tokens[number + 1].children = [title]
