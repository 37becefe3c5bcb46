"""A parsed text: one list of tokens for HTML, rules, citations, quotes and slides."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from casebuilder.markdown import (
    blockchecks,
    definitions,
    elements,
    emphasis,
    invisiblecharacters,
    linestarts,
    literalparts,
    pastedlines,
    tablechecks,
)
from casebuilder.markdown.parser import parser
from casebuilder.markdown.parserproblems import Finding
from casebuilder.markdown.sourcepositions import SourcePositions
from casebuilder.markdown.tags import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebuilder.markdown.parserproblems import Place

#: The deepest nesting of lists, quotations and emphasis: more is a mistake, and too much for e-readers.
DEEPEST = 30
_CONTAINERS = frozenset(("bullet_list_open", "ordered_list_open", "blockquote_open", "alert_open"))
_CONTAINER_ENDS = frozenset(name.removesuffix("open") + "close" for name in _CONTAINERS)
_STEPS = {Kind.OPEN: 1, Kind.CLOSE: -1}
_MOST_ABBREVIATIONS = 200
_NOTE_HINT = "write [^{label}] where it belongs; the note ends at an empty line"


@dataclass(frozen=True, slots=True, eq=False)
class Note:
    """A footnote.

    Attributes:
        label: the label in `[^label]`.
        number: its place among the footnotes of the text, from 0; -1 if nothing refers to it.
        tokens: its text.
        line: its first line, from 1.
    """

    label: str
    number: int
    tokens: tuple[Token, ...]
    line: int


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A parsed text.

    Attributes:
        tokens: all tokens without the footnotes.
        notes: footnotes by label.
        places: the place of each inline token's content, by the token's identity.
        findings: problems, in the order in which they were found.
    """

    tokens: tuple[Token, ...]
    notes: Mapping[str, Note]
    places: Mapping[int, SourcePositions]
    findings: tuple[Finding, ...]

    def at(self, inline: Token, offset: int) -> Place:
        """Return line and column of an offset in an inline token's content."""
        return self.places[id(inline)].at(offset)


@lru_cache(maxsize=2048)
def parse(text: str) -> Document:
    """Parse a text; the result is cached."""
    env: dict[str, Any] = {"refused": set()}
    tokens = parser().parse(_repair_slips(text), env)
    lines = text.split("\n")
    places = _places_of_blocks(tokens, lines)
    findings = list(invisiblecharacters.invisible(text, literalparts.found(tokens, places)))
    placed_tokens = {number: token for number, token in enumerate(tokens) if id(token) in places}
    for number, offset, code, message, hint in env.get("found", ()):
        if number in placed_tokens:
            findings.append(Finding(places[id(placed_tokens[number])].at(offset), code, message, hint))
    findings += elements.arrange(tokens, places, env["refused"])
    tokens = blockchecks.without_empty_headings(tokens, findings)
    findings += blockchecks.attributes(tokens, places)
    findings += blockchecks.lines(tokens, places)
    findings += blockchecks.unread(tokens, places)
    findings += emphasis.lost(tokens, places)
    findings += linestarts.unprinted(tokens, places, lines)
    findings += pastedlines.findings(tokens, places, lines)
    findings += emphasis.unlinked(tokens, places)
    findings += definitions.labels(tokens, env, lines)
    findings += [Finding((line + 1, 1), "lost-words", *problem) for line, *problem in env.get("lines", ())]
    findings += tablechecks.tables(tokens, lines)
    findings += tablechecks.overlapping_cells(tokens) if "rowspan" in text.lower() else ()
    findings += tablechecks.wide_words(tokens)
    blockchecks.labels(tokens)
    findings += _report_deep_nesting(tokens)
    blockchecks.citations(tokens)
    findings += _abbreviate(tokens, env.get("abbreviations", {}), env.get("abbreviation_lines", {}))
    body, notes, note_findings = _split_notes(tokens, env)
    return Document(tuple(body), notes, places, (*_without_repeats(findings), *note_findings))


def _without_repeats(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Report a tag with unknown attributes that moves a table's words only as that, with the hint for the tag."""
    hints = {finding.place: finding.hint for finding in findings if finding.code == "stray-tag"}
    worse = {finding.place for finding in findings if finding.code == "lost-words"}
    for finding in findings:
        if finding.code == "lost-words":
            yield replace(finding, hint=hints.get(finding.place, finding.hint))
        elif finding.code != "stray-tag" or finding.place not in worse:
            yield finding


def _repair_slips(text: str) -> str:
    """Return a text without slips that would hide its headings and lists; its code is known only from a first parse."""
    if not invisiblecharacters.needs_healing(text):
        return text
    tokens = parser().parse(text, {"refused": set()})
    return invisiblecharacters.healed(text, literalparts.found(tokens, _places_of_blocks(tokens, text.split("\n"))))


def _places_of_blocks(tokens: Sequence[Token], lines: Sequence[str]) -> dict[int, SourcePositions]:
    """Return the place of each block's content; cells of a table are numbered within their row."""
    places: dict[int, SourcePositions] = {}
    cell = -1
    for token in tokens:
        if token.type == "tr_open":
            cell = -1
        elif token.type in {"th_open", "td_open"}:
            cell += 1
        elif token.type in {"tr_close", "table_close"}:
            cell = -1
        elif token.type in {"inline", "html_block"} and token.map:
            places[id(token)] = SourcePositions(lines, token, cell)
    return places


def _report_deep_nesting(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Report the first place that is nested too deeply to be printed."""
    depth = line = tags = 0
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        depth += (token.type in _CONTAINERS) - (token.type in _CONTAINER_ENDS)
        inner_depth = 0
        for child in token.children or ():
            if child.type == "html_tag":
                tags += _open_tags_change(child)
            inner_depth = max(inner_depth, child.level, tags)
        if depth + inner_depth > DEEPEST:
            message = f"more than {DEEPEST} lists, quotations, tags or marks are nested here"
            yield Finding((line, 1), "nested-too-deep", message, "begin these lines further to the left")
            return


def _open_tags_change(token: Token) -> int:
    """Return the change in the number of open HTML elements after a tag: 1, -1 or 0."""
    tag = token.meta.get("found")
    return _STEPS.get(tag.kind, 0) if tag else 0


def _abbreviate(tokens: Sequence[Token], meanings: Mapping[str, str], lines: Mapping[str, int]) -> Iterator[Finding]:
    """Mark every use of the abbreviations that a text explains; report those that are not used."""
    if not meanings:
        return
    if len(meanings) > _MOST_ABBREVIATIONS:
        message = f"a text explains {_MOST_ABBREVIATIONS} abbreviations at most; this one has {len(meanings)}"
        yield Finding((1, 1), "unsupported-syntax", message, "delete those that readers know")
        return
    longest = sorted(meanings, key=len, reverse=True)
    form = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = [part for child in token.children for part in elements.abbreviated(child, form, meanings)]
    yield from definitions.unused_abbreviations(tokens, meanings, lines)


def _split_notes(tokens: Sequence[Token], env: Mapping[str, Any]) -> tuple[list[Token], dict[str, Note], list[Finding]]:
    """Return the tokens without footnotes, the footnotes, and problems of footnotes that would be lost."""
    order = {item["label"]: number for number, item in env.get("footnotes", {}).get("list", {}).items()}
    reached = definitions.reached(tokens)
    body: list[Token] = []
    notes: dict[str, Note] = {}
    findings: list[Finding] = []
    open_notes: list[tuple[Token, list[Token]]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_notes.append((token, []))
        elif token.type == "footnote_reference_close":
            opening, note_tokens = open_notes.pop()
            label, line = opening.meta["label"], (opening.map[0] if opening.map else 0) + 1
            if label in notes:
                message = f"the note [^{label}] has a text already, on line {notes[label].line}; this one would be lost"
                findings.append(Finding((line, 1), "lost-words", message, "give one of the two another label"))
                continue
            if label not in reached:
                message = f"nothing outside it refers to the note [^{label}], so it would be lost"
                findings.append(Finding((line, 1), "lost-words", message, _NOTE_HINT.format(label=label)))
            notes[label] = Note(label, order.get(label, -1), tuple(note_tokens), line)
        else:
            (open_notes[-1][1] if open_notes else body).append(token)
    return body, notes, findings
