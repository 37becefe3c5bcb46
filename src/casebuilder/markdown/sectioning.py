"""Pieces of prose as parts of a parsed file.

A file is parsed once; its questions, parts and themes are ranges of its tokens. So link labels, footnotes and
abbreviations work in the whole file.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from casebuilder.markdown.outlines import Citation, Heading, Link, Outline, Picture, QuotePlace
from casebuilder.markdown.textfacts import marked, outline
from casebuilder.model import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markdown_it.token import Token

    from casebuilder.markdown.document import Document, Note
    from casebuilder.markdown.parserproblems import Finding, Place

    _Fact = TypeVar("_Fact", Heading, Picture, Link, Citation, QuotePlace)


def _line_range(prose: Prose) -> range:
    """Return the lines of a piece in the whole text, from 1."""
    begin = prose.line - prose.whole_line + 1
    return range(begin, begin + prose.source.count("\n") + bool(prose.source))


def _place_in_file(prose: Prose, place: Place) -> Place:
    """Convert a place in the whole text to one in its file, where the lines of a value may be folded."""
    if prose.field:
        lines = prose.whole.split("\n")
        return prose.at(sum(len(line) + 1 for line in lines[: place[0] - 1]) + place[1] - 1)[1:]
    return place[0] + prose.whole_line - 1, place[1]


def findings(prose: Prose) -> tuple[Finding, ...]:
    """Return the problems in the whole text of a piece, with lines of its file."""
    return tuple(replace(each, place=_place_in_file(prose, each.place)) for each in outline(prose.whole).findings)


def whole(prose: Prose) -> Outline:
    """Return the facts of the whole text of a piece, with lines counted from the text's first."""
    return outline(prose.whole)


@lru_cache(maxsize=64)  # a text is cut into many pieces, which follow each other
def headings_by_id(source: str) -> Mapping[str, Heading]:
    """Return the headings of a whole text by the ids that links name: GitHub's, and their own."""
    found: dict[str, Heading] = {}
    for heading in outline(source).headings:
        found.setdefault(heading.anchor, heading)
        found.setdefault(heading.id, heading)
    return found


@lru_cache(maxsize=16384)
def facts(prose: Prose) -> Outline:
    """Return the facts of a piece and of its footnotes, with lines of its file."""
    if not prose.source.strip():
        return Outline()
    index, lines = _make_index(prose.whole), _line_range(prose)
    note_labels = index.reached([label for line in lines for label in index.noted.get(line, ())])

    def facts_of_kind(kind: type[_Fact]) -> tuple[_Fact, ...]:
        facts_of_lines = index.facts(kind, lines, note_labels)
        return tuple(replace(fact, place=_place_in_file(prose, fact.place)) for fact in facts_of_lines)

    return Outline(
        facts_of_kind(Heading),
        facts_of_kind(Picture),
        facts_of_kind(Link),
        facts_of_kind(Citation),
        facts_of_kind(QuotePlace),
    )


class _Index:
    """The facts of a text by line; each of thousands of pieces may ask for its own."""

    def __init__(self, source: str) -> None:
        whole_outline = outline(source)
        self.noted: dict[int, list[str]] = {}
        self._within: dict[str, list[str]] = {}
        for label, line, note in whole_outline.noted:
            self._within.setdefault(note, []).append(label)
            if not note:
                self.noted.setdefault(line, []).append(label)
        self._facts: dict[type, dict[int | str, list[tuple[int, Any]]]] = {}
        for kind in (
            whole_outline.headings,
            whole_outline.pictures,
            whole_outline.links,
            whole_outline.citations,
            whole_outline.quotes,
        ):
            for number, fact in enumerate(cast("tuple[Link | Heading, ...]", kind)):
                place = getattr(fact, "note", "") or fact.place[0]
                self._facts.setdefault(type(fact), {}).setdefault(place, []).append((number, fact))

    def facts(self, kind: type[_Fact], lines: range, note_labels: Iterable[str]) -> list[_Fact]:
        """Return the facts of one kind on some lines, and in some footnotes, in the order of the text."""
        by_place = self._facts.get(kind, {})
        numbered_facts = (
            [each for place in (*lines, *note_labels) for each in by_place.get(place, ())] if by_place else []
        )
        return [fact for _, fact in sorted(numbered_facts, key=itemgetter(0))]

    def reached(self, references: Iterable[str]) -> dict[str, None]:
        """Return the labels of these footnotes, and of those they refer to in turn."""
        labels = dict.fromkeys(references)
        pending = list(labels)
        while pending:
            further_labels = [label for label in self._within.get(pending.pop(), ()) if label not in labels]
            labels.update(dict.fromkeys(further_labels))
            pending += further_labels
        return labels


@lru_cache(maxsize=2048)
def _make_index(source: str) -> _Index:
    return _Index(source)


@lru_cache(maxsize=2048)
def _block_starts(source: str) -> tuple[tuple[int, int], ...]:
    """Return the line of each outermost block of a text, from 1, with the number of its first token; then the end."""
    all_tokens = marked(source).tokens
    starts = (
        (token.map[0] + 1, number)
        for number, token in enumerate(all_tokens)
        if token.level == 0 and token.nesting >= 0 and token.map
    )
    return (*starts, (source.count("\n") + 2, len(all_tokens)))


def tokens(prose: Prose) -> tuple[Token, ...]:
    """Return the tokens of the outermost blocks that begin in a piece."""
    lines, starts = _line_range(prose), _block_starts(prose.whole)
    first, last = (starts[bisect_left(starts, (line,))][1] for line in (lines.start, lines.stop))
    return marked(prose.whole).tokens[first:last]


def document(prose: Prose) -> Document:
    """Return all tokens."""
    return marked(prose.whole)


def notes(prose: Prose, references: Iterable[str]) -> tuple[Note, ...]:
    """Return the footnotes with these labels, and those they refer to in turn, in the order of their numbers."""
    notes_by_label = marked(prose.whole).notes
    labels = _make_index(prose.whole).reached(references)
    return tuple(
        sorted((notes_by_label[label] for label in labels if label in notes_by_label), key=lambda note: note.number)
    )


def sections(prose: Prose, level: int = 2) -> list[tuple[Heading | None, Prose]]:
    """Split a text at its outermost headings of one level: each heading, with the text below it.

    The text before the first heading comes first, without a heading, even if it is empty.
    """
    source = prose.whole
    lines = source.split("\n")
    cuts = [heading for heading in outline(source).headings if heading.outermost and heading.level == level]
    begins = [0, *(heading.place[0] - 1 + heading.lines for heading in cuts)]
    stops = [*(heading.place[0] - 1 for heading in cuts), len(lines)]
    first = prose.whole_line
    headings = [replace(cut, place=_place_in_file(prose, cut.place)) for cut in cuts]
    return [
        (heading, _cut_piece(prose, lines, begin, stop, first))
        for heading, begin, stop in zip([None, *headings], begins, stops, strict=True)
    ]


def _cut_piece(prose: Prose, lines: list[str], begin: int, stop: int, first: int) -> Prose:
    """Return lines of a text, from 0, as a piece, without empty lines around it."""
    while begin < stop and not lines[begin].strip():
        begin += 1
    while stop > begin and not lines[stop - 1].strip():
        stop -= 1
    source = "\n".join(lines[begin:stop])
    return Prose(source, prose.path, first + begin, prose.whole, first, prose.hidden, prose.field)
