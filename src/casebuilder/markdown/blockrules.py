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
#: Without a second star: `*[Editor's note]:* The dose was wrong.` is text with emphasis.
_ABBREVIATION = re.compile(r"\*\[(?P<short>[^\]*\n]+)\]:[ \t]*(?P<long>[^\s*][^*]*)$")
_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def _text_of_line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 - the parser's form
    """Parse a line `::quote[id]`."""
    if state.is_code_block(start) or not (match := _QUOTE.match(_text_of_line(state, start))):
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
    if state.is_code_block(start) or not (match := _ABBREVIATION.match(_text_of_line(state, start))):
        return False
    if not silent:
        state.line = start + 1
        meanings = state.env.setdefault("abbreviations", {})
        if complaint := definitions.abbreviation(meanings, match["short"].strip(), match["long"].strip()):
            state.env.setdefault("lines", []).append((start, *complaint))
        state.env.setdefault("abbreviation_lines", {}).setdefault(match["short"].strip(), start)
    return True


def html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's form
    """Parse HTML at the start of a line: up to the next blank line, the end of a comment, or `</pre>`.

    A tag that is not allowed, or not closed, does not begin a block: the line is Markdown.
    """
    if state.is_code_block(start) or not _text_of_line(state, start).startswith("<"):
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


def _block_end(state: StateBlock, tag: tags.FoundTag, start: int, end: int) -> int:
    """Return the line after a block of HTML, or its first line if it is not a block."""
    line_end = state.src[tag.end : state.eMarks[start]]
    if tag.kind is tags.Kind.COMMENT:
        is_one_line = tag.end <= state.eMarks[start]
        return start if is_one_line and line_end.strip() else _line_after(state, tag.end, start, end)
    if not _begins_block(state, tag, line_end, state.bMarks[start]):
        return start
    if tag.name == "pre" and tag.kind is tags.Kind.OPEN:
        return _line_after(state, _lower_case(state).find("</pre", tag.end), start, end)
    for line in range(start + 1, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return line
    return end


def _begins_block(state: StateBlock, tag: tags.FoundTag, line_end: str, begin: int) -> bool:
    """Return whether a tag at the start of a line begins a block: it is not inline, and is closed in the text."""
    if tag.name not in BLOCKS and line_end.strip():
        return False
    if tag.kind is tags.Kind.OPEN:
        return _is_closed_below(state, tag)
    if tag.kind is tags.Kind.CLOSE:
        return -1 < tags.first(_lower_case(state), f"<{tag.name}") < begin
    return tag.kind is tags.Kind.VOID


def _is_closed_below(state: StateBlock, tag: tags.FoundTag) -> bool:
    """Return whether an opening tag is closed further below."""
    return tags.last(_lower_case(state), f"</{tag.name}") >= tag.end


def _lower_case(state: StateBlock) -> str:
    lower_case: Any = state.env.get("small")
    if lower_case is None:
        lower_case = state.env["small"] = state.src.translate(_SMALL)  # str.lower makes two letters of some
    return str(lower_case)


def _line_after(state: StateBlock, offset: int, start: int, end: int) -> int:
    """Return the line after that of an offset; the first line if the offset is outside the block."""
    for line in range(start, end):
        if state.isEmpty(line) is False and state.sCount[line] < state.blkIndent:
            return start
        if offset <= state.eMarks[line]:
            return line + 1
    return start
