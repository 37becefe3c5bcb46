"""Definitions of link labels, footnotes and abbreviations, whose text is lost if they are unused or repeated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from casebuilder.markdown.findings import Finding, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

#: An address, or its stand-in if a definition is used as a comment: `[//]: # (comment)`.
_ADDRESS = re.compile(r"#|$|[^/:#]*[/:#]|.*\w\.\w")


def labels(tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Finding]:
    """Report definitions such as `[Nurse]: Yes.`, whose text would be lost as the address of a link label.

    Args:
        tokens: the tokens of the whole text.
        env: the parser's environment, with the link references by label.
        lines: the lines of the author's text.
    """
    used = {child.meta.get("label") for token in tokens for child in token.children or () if child.type[:5] in _LINKS}
    known = env.get("references", {})
    for label, found in known.items():
        line = found["map"][0]
        if label not in used and not _ADDRESS.match(found["href"]):
            message = f'"{shown(lines[line].strip())}" counts as the address of a label, and would be lost'
            hint = rf"write a \ before the first bracket if it is to be printed: \{lines[line].strip()[:40]}"
            yield Finding((line + 1, 1), "lost-words", message, hint)
    for found in env.get("duplicate_refs", ()):
        label, line = found["label"], found["map"][0]
        if known[label]["href"] != found["href"]:
            first = known[label]["map"][0] + 1
            message = f"the label of this address has another one already, on line {first}; this one would be lost"
            yield Finding((line + 1, 1), "lost-words", message, "give one of the two another label")


def reached(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the labels of footnotes that are printed, because the text or a printed footnote refers to them."""
    from_text: set[str] = set()
    from_notes: dict[str, set[str]] = {}
    within: list[set[str]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            within.append(from_notes.setdefault(token.meta["label"], set()))
        elif token.type == "footnote_reference_close":
            within.pop()
        labels_in_block = {child.meta["label"] for child in token.children or () if child.type == "footnote_ref"}
        (within[-1] if within else from_text).update(labels_in_block)
    waiting = list(from_text)
    while waiting:
        more = from_notes.get(waiting.pop(), set()) - from_text
        from_text |= more
        waiting += more
    return frozenset(from_text)


_LINKS = frozenset(("link_", "image"))


def abbreviation(known: dict[str, str], short: str, long: str) -> tuple[str, str] | None:
    """Store the meaning of an abbreviation.

    Returns:
        Message and hint if it already has another meaning, else None.
    """
    if known.setdefault(short, long) == long:
        return None
    return (
        f'"{shown(short)}" is explained as "{shown(known[short])}" already; this would be lost',
        "delete one of the two",
    )
