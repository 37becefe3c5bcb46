"""Parts of a text in which signs have no meaning: code is printed unchanged, and comments are not printed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.markdown import tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebuilder.markdown.parserproblems import Place
    from casebuilder.markdown.sourcepositions import SourcePositions

_CODE = frozenset(("fence", "code_block"))


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Code and comments: whole lines, from 1, and parts of lines, each from its first place to the one after it.

    The parts are in the order of the text, and none is in another.
    """

    lines: frozenset[int]
    spans: tuple[tuple[Place, Place], ...]

    def holds(self, place: Place) -> bool:
        """Return whether a place is in code or in a comment."""
        if place[0] in self.lines:
            return True
        before = bisect_right(self.spans, place, key=lambda span: span[0])
        return before > 0 and place < self.spans[before - 1][1]


def found(tokens: Sequence[Token], places: Mapping[int, SourcePositions]) -> Verbatim:
    """Return the code and comments of a text; to be called before comments are removed from the tokens."""
    lines: set[int] = set()
    spans: list[tuple[Place, Place]] = []
    for token in tokens:
        if token.type in _CODE and token.map:
            lines.update(range(token.map[0] + 1, token.map[1] + 1))
        elif place := places.get(id(token)):
            spans += ((place.at(start), place.at(end)) for start, end in _verbatim_spans(token))
    return Verbatim(frozenset(lines), tuple(sorted(spans)))


def _verbatim_spans(block: Token) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each code span and comment in a block, and of the sign after it."""
    for offset, tag, source in tags.pieces(block.content) if block.type == "html_block" else ():
        if tag is not None and tag.kind is tags.Kind.COMMENT:
            yield offset, offset + len(source)
    for child in block.children or ():
        if child.type in {"code_inline", "html_comment"}:
            yield child.meta["at"], child.meta["until"]
