"""Rules of the parser for whole lines: where a quote is placed, what a short form stands for, and blocks of HTML."""

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
    """A line `::quote[id]`."""
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
    """A line `*[ICU]: intensive care unit`, which says what a short form stands for in all of the text."""
    if state.is_code_block(start) or not (match := _ABBREVIATION.match(_line(state, start))):
        return False
    if not silent:
        state.line = start + 1
        known = state.env.setdefault("abbreviations", {})
        if wrong := definitions.abbreviation(known, match["short"].strip(), match["long"].strip()):
            state.env.setdefault("lines", []).append((start, *wrong))
    return True


def html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's form
    """HTML that begins a line: until the next blank line, a comment until its end, and `<pre>` until `</pre>`.

    A first tag that is not in the table, or that nothing closes, begins no block: the line is read as Markdown.
    """
    if state.is_code_block(start) or not _line(state, start).startswith("<"):
        return False
    at = state.bMarks[start] + state.tShift[start]
    found = tags.read(state.src, at)
    last = _block_end(state, found, start, end) if found else start
    if last == start:
        return False
    if silent:
        # A comment or a tag of a block ends a paragraph; a tag of a phrase does not.
        return found is not None and (found.kind is tags.Kind.COMMENT or found.name in BLOCKS)
    state.line = last
    token = state.push("html_block", "", 0)
    token.map = [start, last]
    token.content = state.getLines(start, last, state.blkIndent, keepLastLF=False)
    return True


def _block_end(state: StateBlock, found: tags.Found, start: int, end: int) -> int:
    """The line after a block of HTML, or its own first line if it is none."""
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
    """Whether a tag at the head of a line begins a block: its partner is in the text, and it is no part of a line."""
    if found.name not in BLOCKS and rest.strip():
        return False
    if found.kind is tags.Kind.OPEN:
        return _closes(state, found)
    if found.kind is tags.Kind.CLOSE:
        return -1 < tags.first(_small(state), f"<{found.name}") < begin
    return found.kind is tags.Kind.VOID


def _closes(state: StateBlock, found: tags.Found) -> bool:
    """Whether anything below closes an opening tag."""
    return tags.last(_small(state), f"</{found.name}") >= found.end


def _small(state: StateBlock) -> str:
    small: Any = state.env.get("small")
    if small is None:
        small = state.env["small"] = state.src.translate(_SMALL)  # str.lower makes two letters of some
    return str(small)


def _line_after(state: StateBlock, offset: int, start: int, end: int) -> int:
    """The line after the one in which an offset stands; the first line itself if that is not in this block."""
    for line in range(start, end):
        if state.isEmpty(line) is False and state.sCount[line] < state.blkIndent:
            return start
        if offset <= state.eMarks[line]:
            return line + 1
    return start
