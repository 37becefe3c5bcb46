"""Definitions of link labels, footnotes and abbreviations, whose text is lost if they are unused or repeated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from casebuilder.markdown.parserproblems import Finding, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

#: An address, or its stand-in if a definition is used as a comment: `[//]: # (comment)`.
_ADDRESS = re.compile(r"#|$|[^/:#]*[/:#]|.*\w\.\w")


def is_like_address(text: str) -> bool:
    """Return whether what stands behind a label may be meant as its address."""
    return _ADDRESS.match(text) is not None


def taken_for_label(line: str) -> tuple[str, str]:
    """Return message and hint about a line such as `[Nurse]: Yes.`."""
    message = f'"{shown(line)}" counts as the address of a label, and would be lost'
    return message, rf"write a \ before the first bracket if it is to be printed: \{line[:40]}"


def labels(tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Finding]:
    """Report definitions such as `[Nurse]: Yes.`, whose text would be lost as the address of a link label.

    Args:
        tokens: the tokens of the whole text.
        env: the parser's environment, with the link references by label.
        lines: the lines of the author's text.
    """
    used_labels = {
        child.meta.get("label") for token in tokens for child in token.children or () if child.type[:5] in _LINKS
    }
    definitions = env.get("references", {})
    for label, definition in definitions.items():
        line = definition["map"][0]
        if label not in used_labels and not is_like_address(definition["href"]):
            yield Finding((line + 1, 1), "lost-words", *taken_for_label(lines[line].strip()))
    for definition in env.get("duplicate_refs", ()):
        label, line = definition["label"], definition["map"][0]
        if definitions[label]["href"] != definition["href"]:
            first = definitions[label]["map"][0] + 1
            message = f"the label of this address has another one already, on line {first}; this one would be lost"
            yield Finding((line + 1, 1), "lost-words", message, "give one of the two another label")


def reached(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the labels of footnotes that are printed, because the text or a printed footnote refers to them."""
    from_text: set[str] = set()
    from_notes: dict[str, set[str]] = {}
    open_notes: list[set[str]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_notes.append(from_notes.setdefault(token.meta["label"], set()))
        elif token.type == "footnote_reference_close":
            open_notes.pop()
        labels_in_block = {child.meta["label"] for child in token.children or () if child.type == "footnote_ref"}
        (open_notes[-1] if open_notes else from_text).update(labels_in_block)
    pending = list(from_text)
    while pending:
        further_labels = from_notes.get(pending.pop(), set()) - from_text
        from_text |= further_labels
        pending += further_labels
    return frozenset(from_text)


_LINKS = frozenset(("link_", "image"))


def abbreviation(meanings: dict[str, str], short: str, long: str) -> tuple[str, str] | None:
    """Store the meaning of an abbreviation.

    Returns:
        Message and hint if it already has another meaning, else None.
    """
    if meanings.setdefault(short, long) == long:
        return None
    return (
        f'"{shown(short)}" is explained as "{shown(meanings[short])}" already; this would be lost',
        "delete one of the two",
    )


def unused_abbreviations(
    tokens: Sequence[Token], meanings: Mapping[str, str], lines: Mapping[str, int]
) -> Iterator[Finding]:
    """Report explanations of words that the text does not have, which are left out.

    Args:
        tokens: of the whole text, with each use of an abbreviation marked.
        meanings: by abbreviation.
        lines: where each is explained, from 0.
    """
    used = {child.content for token in tokens for child in token.children or () if child.type == "abbreviation"}
    for short, long in meanings.items():
        if short not in used:
            message = f'"{shown(short)}" is explained as "{shown(long)}", but is not in this text; the line is left out'
            hint = r"delete the line, or write \ before its star if it is to be printed"
            yield Finding((lines[short] + 1, 1), "unused-abbreviation", message, hint)
