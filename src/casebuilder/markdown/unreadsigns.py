"""Report signs that the parser leaves as they are: notations of other programs, links and notes that lead nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from casebuilder.markdown import notations, remnants
from casebuilder.markdown.brokenlinks import broken
from casebuilder.markdown.parserproblems import shown

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

    from casebuilder.markdown.notation import Notation

_NOTE = re.compile(r"\[\^(?P<label>[^\s\[\]]+)\]")
_LABELLED = re.compile(r"!?\[(?P<words>[^\[\]\n]{1,200})\]\[(?P<label>[^\[\]\n]{1,200})\]")
#: Numbers of references one after the other, `[1][2]` or `[1, 3][5-7]`, which are meant as text.
_NUMBERS = re.compile(r"!?[\[\]\d,;\s\u2010-\u2014-]+")


def note_problem(state: StateInline, code: str, message: str, hint: str) -> None:
    """Store a problem with its place; offsets within the words of a picture have no place."""
    if state.src == state.env.get("within"):
        state.env.setdefault("found", []).append((state.env["number"], state.pos, code, message, hint))


def report_notation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Report notations of other programs that would be printed as plain characters."""
    rows = _BY_SIGN.get(state.src[state.pos])
    if silent or rows is None or state.env.get("found_until", (-1, -1)) > (state.env["number"], state.pos):
        return False
    for row in rows:
        if match := row.form.match(state.src, state.pos, state.posMax):
            excerpt = shown(match.group())
            note_problem(
                state,
                row.code,
                row.message(excerpt),
                row.remedy(excerpt, state.src[match.start() : match.start() + 80]),
            )
            state.env["found_until"] = (state.env["number"], match.end())
            break
    return False


_BY_SIGN: dict[str, list[Notation]] = {}
for _each in (*notations.INLINE, *remnants.INLINE):
    _BY_SIGN.setdefault(_each.sign, []).append(_each)


def report_unread(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Report links, pictures and footnotes that no earlier rule recognised, so that their brackets would be printed."""
    sign = state.src[state.pos]
    if silent or sign not in "![":
        return False
    if sign == "!" and state.src[state.pos + 1 : state.pos + 2] != "[":
        return False
    if state.src[state.pos - 1 : state.pos] == "!" and sign == "[":
        return False
    if match := _NOTE.match(state.src, state.pos, state.posMax):
        hint = f"write [^{match['label']}]: and the note's text on a line of its own, or delete the sign"
        note_problem(state, "unknown-note", f"the note [^{match['label']}] has no text", hint)
    elif found := broken(state.src, state.pos, state.posMax):
        note_problem(state, "broken-link", found.message, found.hint)
        state.env["found_until"] = (state.env["number"], found.end)
    elif (match := _LABELLED.match(state.src, state.pos, state.posMax)) and _is_unknown(state, match):
        hint = f"write [{match['label']}]: and its address on a line of its own, or delete the brackets"
        note_problem(state, "unknown-label", f'there is no address for the label "{match["label"]}"', hint)
    return False


def _is_unknown(state: StateInline, match: re.Match[str]) -> bool:
    label = match["label"]
    return not _NUMBERS.fullmatch(match.group()) and normalizeReference(label) not in state.env.get("references", {})
