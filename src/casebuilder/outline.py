"""What stands where in a Markdown text: headings, pictures, links, citations, placed quotes.

Python-Markdown keeps no positions, and a rule must name line and column; so the few constructs that rules and
readers need are found here by scanning. Code and comments are blanked first, character by character, so that every
offset is an offset into the author's own text. A pull request is untrusted input: each scan takes a time that grows
with the length of the text and no faster, which is why quantifiers are possessive.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casebuilder.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = re.compile(r"^(?P<fence>`{3,}+|~{3,}+)|<!--|(?P<ticks>`++)", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,}+|~{3,}+)[ \t]*+$", re.MULTILINE)
_TICKS = re.compile("`++")
_PARAGRAPH_END = re.compile(r"\n[ \t]*+\n")
_HEADING = re.compile(
    r"^ {0,3}(?P<marks>#{1,6})(?P<text>[ \t][^\n]*+)?$"  # a hashtag at the head of a line is no heading
    r"|^(?P<set>[^\n#>*+ \t-][^\n]*+)\n(?P<line>=++|-{2,}+)[ \t]*+$",
    re.MULTILINE,
)
#: Two signs or more are never a hashtag; Markdown takes the line for a paragraph all the same.
_GLUED = re.compile(r"^(?P<signs>#{2,6}+)(?P<word>[^#\s][^\n]*+)$", re.MULTILINE)
#: How much of a line a hint shows.
_SHOWN = 80
_ATTRIBUTES = re.compile(r"\{:?[ ]*+(?P<words>[^{}]*+)\}")
_BRACKETED = r"(?:[^\[\]]|\[[^\[\]]*+\])*+"
_ADDRESS = r"\([ \t]*+(?P<address><[^<>\n]*+>|(?:[^()\s]|\([^()\s]*+\))*+)(?:\s++(?:\"[^\"]*+\"|'[^']*+'))?\s*+\)"
_IMAGE = re.compile(rf"!\[(?P<label>{_BRACKETED})\](?:{_ADDRESS}|[ ]?\[(?P<ref>[^\[\]]*+)\])?")
_PICTURED = r"!\[[^\[\]]*+\]\([^()]*+\)"
_LINK = re.compile(
    rf"(?<!!)\[(?P<label>(?:{_PICTURED}|[^\[\]]|\[[^\[\]]*+\])*+)\](?:{_ADDRESS}|[ ]?\[(?P<ref>[^\[\]]*+)\])"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?P<ref>[^\[\]\n]++)\]:[ \t]*+<?(?P<address>[^\s<>]++)", re.MULTILINE)
_TAG = re.compile(r"<img\b(?P<attributes>[^<>]*+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(?P<name>alt|src)\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)')", re.IGNORECASE)
_CITATION = re.compile(r"\[@(?P<id>[A-Za-z0-9][\w.-]*+)\]")
_PLACED = re.compile(r"^::quote\[(?P<id>[^\]\n]*+)\][ \t]*+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level, its words, its id (given, or made of its words), and where it stands."""

    level: int
    text: str
    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A picture (label: alternative text), link (label: its text), citation or placed quote, and what it points to."""

    label: str
    target: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def visible(source: str) -> str:
    """The text with code and comments blanked: same length, same lines."""
    pieces = []
    end = 0
    for start, stop in _hidden(source):
        pieces += [source[end:start], re.sub(r"[^\n]", " ", source[start:stop])]
        end = stop
    return "".join((*pieces, source[end:]))


def _hidden(source: str) -> Iterator[tuple[int, int]]:
    """Where code and comments stand. What is not closed hides nothing, just as it is printed as it is."""
    if "`" not in source and "~~~" not in source and "<!--" not in source:
        return
    closing = _Closing(source)
    end = 0
    while match := _OPENING.search(source, end):
        start, end = match.span()
        if stop := closing.of_fence(match) or closing.of_span(match) or closing.of_comment(match):
            end = stop
            yield start, stop


class _Closing:
    """The ends of all code and comments of a text, gathered once, so that none is looked for twice."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._fences: dict[str, list[int]] = {}
        for match in _FENCE.finditer(source):
            self._fences.setdefault(match[1], []).append(match.end())
        self._ticks: dict[int, list[int]] = {}
        for match in _TICKS.finditer(source):
            self._ticks.setdefault(len(match[0]), []).append(match.end())
        self._paragraphs = [match.start() for match in _PARAGRAPH_END.finditer(source)]
        self._last_comment = source.rfind("-->")

    def of_fence(self, match: re.Match[str]) -> int:
        """The end of fenced code; 0 if this is none."""
        line_end = self._source.find("\n", match.end())
        if not match["fence"] or line_end < 0 or "`" in self._source[match.end() : line_end]:
            return 0
        return _after(self._fences.get(match["fence"], []), line_end)

    def of_span(self, match: re.Match[str]) -> int:
        """The end of code in a line, which does not reach into the next paragraph; 0 if this is none."""
        stop = _after(self._ticks.get(match.end() - match.start(), []), match.end()) if match[0][0] == "`" else 0
        return 0 if 0 < _after(self._paragraphs, match.end()) < stop else stop

    def of_comment(self, match: re.Match[str]) -> int:
        """The end of a comment; 0 if this is none."""
        if match[0] != "<!--" or match.end() > self._last_comment:
            return 0
        return self._source.find("-->", match.end()) + len("-->")


def _after(places: list[int], place: int) -> int:
    """The first of some places in order that comes after one; 0 if there is none."""
    number = bisect_right(places, place)
    return places[number] if number < len(places) else 0


@lru_cache(maxsize=1024)
def headings(source: str) -> tuple[Heading, ...]:
    """Every heading, in order."""
    return tuple(_headings(source))


def _headings(source: str) -> Iterator[Heading]:
    for match in _HEADING.finditer(visible(source)):
        name = ""
        if match["marks"]:
            level, text = len(match["marks"]), (match["text"] or "").strip(" \t").rstrip("#").rstrip(" \t")
            if text.endswith("}") and (found := _ATTRIBUTES.fullmatch(text, max(text.rfind("{"), 0))):
                name = next((word[1:] for word in found["words"].split() if word.startswith("#")), "")
                text = text[: found.start()].rstrip(" \t").rstrip("#").rstrip(" \t")
        else:
            level, text = (1 if match["line"].startswith("=") else 2), match["set"].strip()
        yield Heading(level, text, name or slug(text), match.start(), match.end())


def glued(source: str) -> Iterator[tuple[int, str, str]]:
    """Every line that is no heading because its signs stick to its first word: where, what is wrong, and the remedy."""
    for match in _GLUED.finditer(visible(source)) if "##" in source else ():
        message = f'"{match["signs"]}" needs a space behind it to begin a heading'
        word = match["word"] if len(match["word"]) <= _SHOWN else f"{match['word'][:_SHOWN]}…"
        yield match.start(), message, f'write "{match["signs"]} {word}"'


def unglued(source: str) -> str:
    """The text as it was meant, with those headings; its lines are the same."""
    for start, _, _ in reversed(list(glued(source))):
        signs = len(source[start:]) - len(source[start:].lstrip("#"))
        source = f"{source[: start + signs]} {source[start + signs :]}"
    return source


def images(source: str) -> Iterator[Found]:
    """Every picture, however it is written: with its address, with a reference, or as a tag of HTML."""
    text = visible(source)
    if "![" in text:
        known = _definitions(text)
        for match in _IMAGE.finditer(text):
            if (target := _target(match, known)) is not None:
                yield Found(match["label"].strip(), target, match.start(), match.end())
    if "<" in text:
        for match in _TAG.finditer(text):
            given = {
                found["name"].lower(): found["double"] or found["single"] or ""
                for found in _ATTRIBUTE.finditer(match["attributes"])
            }
            yield Found(given.get("alt", "").strip(), given.get("src", ""), match.start(), match.end())


def _definitions(text: str) -> dict[str, str]:
    """The addresses that `[name]: address` defines, by their names."""
    if "]:" not in text:
        return {}
    return {match["ref"].casefold(): match["address"] for match in _DEFINITION.finditer(text)}


def _target(match: re.Match[str], known: dict[str, str]) -> str | None:
    """Where a picture or link leads, or None if it is neither: a reference that nothing defines is text in brackets."""
    if match["address"] is not None:
        return match["address"].strip("<>")
    return known.get((match["ref"] or match["label"]).casefold())


def picture_path(text: str, file: str) -> str:
    """The path below the series' root of a picture that a text shows.

    Pictures lie in the case's folder, whichever of the case's texts shows them; a profile's lie beside it. So
    `lamp.svg` and `../lamp.svg` in a response are the same picture.

    Args:
        text: the path of the text's own file.
        file: the picture as the text names it.

    Returns:
        A path; one that leads out of the folder keeps its dots, and is no path of the series.
    """
    top, *rest = text.split("/")
    folder = f"cases/{rest[0]}" if top in {"cases", "commentary"} and len(rest) > 1 else top
    file = unicodedata.normalize("NFC", unquote(file))
    return f"{folder}/{file.removeprefix('./').removeprefix('../')}"


def links(source: str) -> Iterator[Found]:
    """Every link with a text."""
    text = visible(source)
    if "](" not in text and "][" not in text:
        return
    known = _definitions(text)
    for match in _LINK.finditer(text):
        if (target := _target(match, known)) is not None:
            yield Found(match["label"].strip(), target, match.start(), match.end())


def citations(source: str) -> Iterator[Found]:
    """Every `[@id]`."""
    for match in _CITATION.finditer(visible(source)):
        yield Found("", match["id"], match.start(), match.end())


def placed_quotes(source: str) -> Iterator[Found]:
    """Every line `::quote[id]`."""
    for match in _PLACED.finditer(visible(source)):
        yield Found("", match["id"].strip(), match.start(), match.end())


def sections(source: str, level: int = 2) -> Iterator[tuple[Heading | None, int, int]]:
    """The text cut at its headings of one level: heading, and the offsets between which its own text stands.

    The stretch before the first heading comes first, with no heading, even if it is empty.
    """
    cuts = [heading for heading in headings(source) if heading.level == level]
    starts = [0, *(heading.end for heading in cuts)]
    ends = [*(heading.start for heading in cuts), len(source)]
    yield from zip([None, *cuts], starts, ends, strict=True)
