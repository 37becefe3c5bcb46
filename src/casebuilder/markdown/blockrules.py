"""Rules of the parser for whole lines: placed quotes, abbreviations, and blocks of HTML."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, Any

from casebuilder.markdown import definitions, tags
from casebuilder.markdown.allowed import BLOCKS

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_QUOTE = re.compile(r"::quote\[(?P<id>[^\]\n]*)\][ \t]*$")
_ABBREVIATION = re.compile(r"\*\[(?P<short>[^\]\n]+)\]:[ \t]*(?P<long>\S.*)$")
_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 - the parser's form
    """Parse a line `::quote[id]`."""
    if state.is_code_block(start) or not (match := _QUOTE.match(_line(state, start))):
        return False
    if not silent:
        state.line = start + 1
        token = state.push("quote_place", "", 0)
        token.map = [start, state.line]
        token.content = match["id"].strip()
        token.meta["column"] = (
            state.bMarks[start] + state.tShift[start] - (state.src.rfind("\n", 0, state.bMarks[start]) + 1)
        )
    return True


def abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 - the parser's form
    """Parse a line `*[ICU]: intensive care unit`, which explains an abbreviation for the whole text."""
    if state.is_code_block(start) or not (match := _ABBREVIATION.match(_line(state, start))):
        return False
    if not silent:
        state.line = start + 1
        known = state.env.setdefault("abbreviations", {})
        if wrong := definitions.abbreviation(known, match["short"].strip(), match["long"].strip()):
            state.env.setdefault("lines", []).append((start, *wrong))
    return True


def html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's form
    """Parse HTML at the start of a line: up to the next blank line, the end of a comment, or `</pre>`.

    A tag that is not allowed, or not closed, does not begin a block: the line is Markdown.
    """
    if state.is_code_block(start) or not _line(state, start).startswith("<"):
        return False
    at = state.bMarks[start] + state.tShift[start]
    tag = tags.read(state.src, at)
    last = _block_end(state, tag, start, end) if tag else start
    if last == start:
        return False
    if silent:
        # A comment or a block element ends a paragraph; an inline element does not.
        return tag is not None and (tag.kind is tags.Kind.COMMENT or tag.name in BLOCKS)
    state.line = last
    token = state.push("html_block", "", 0)
    token.map = [start, last]
    token.content = state.getLines(start, last, state.blkIndent, keepLastLF=False)
    return True


def _block_end(state: StateBlock, found: tags.Found, start: int, end: int) -> int:
    """Return the line after a block of HTML, or its first line if it is not a block."""
    rest = state.src[found.end : state.eMarks[start]]
    if found.kind is tags.Kind.COMMENT:
        one_line = found.end <= state.eMarks[start]
        return start if one_line and rest.strip() else _line_after(state, found.end, start, end)
    if not _begins_block(state, found, rest, state.bMarks[start]):
        return start
    if found.name == "pre" and found.kind is tags.Kind.OPEN:
        return _line_after(state, _small(state).find("</pre", found.end), start, end)
    for line in range(start + 1, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return line
    return end


def _begins_block(state: StateBlock, found: tags.Found, rest: str, begin: int) -> bool:
    """Return whether a tag at the start of a line begins a block: it is not inline, and is closed in the text."""
    if found.name not in BLOCKS and rest.strip():
        return False
    if found.kind is tags.Kind.OPEN:
        return _closes(state, found)
    if found.kind is tags.Kind.CLOSE:
        return -1 < tags.first(_small(state), f"<{found.name}") < begin
    return found.kind is tags.Kind.VOID


def _closes(state: StateBlock, found: tags.Found) -> bool:
    """Return whether an opening tag is closed further below."""
    return tags.last(_small(state), f"</{found.name}") >= found.end


def _small(state: StateBlock) -> str:
    small: Any = state.env.get("small")
    if small is None:
        small = state.env["small"] = state.src.translate(_SMALL)  # str.lower makes two letters of some
    return str(small)


def _line_after(state: StateBlock, offset: int, start: int, end: int) -> int:
    """Return the line after that of an offset; the first line if the offset is outside the block."""
    for line in range(start, end):
        if state.isEmpty(line) is False and state.sCount[line] < state.blkIndent:
            return start
        if offset <= state.eMarks[line]:
            return line + 1
    return start
