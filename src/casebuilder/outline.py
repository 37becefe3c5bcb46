"""What stands where in a Markdown text: headings, pictures, links, citations, placed quotes.

Python-Markdown keeps no positions, and a rule must name line and column; so the few constructs that rules and
readers need are found here by scanning. Code, comments and raw HTML blocks' contents are blanked first, character
by character, so that every offset is an offset into the author's own text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[ \t]*$|\Z)"  # fenced code
    r"|<!--.*?(?:-->|\Z)"  # comments
    r"|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)",  # code spans
    re.DOTALL | re.MULTILINE,
)
_HEADING = re.compile(
    r"^ {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>[^\n]*?))?[ \t]*(?:\{[ ]*#(?P<id>[\w-]+)[ ]*\})?[ \t]*#*[ \t]*$"
    r"|^(?P<set>[^\n#>*+ \t-][^\n]*)\n(?P<line>=+|-{2,})[ \t]*$",
    re.MULTILINE,
)
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^)\s]*)(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"(?<!!)\[(?P<text>(?:[^\[\]]|!\[[^\]]*\]\([^)]*\))*)\]\((?P<target>[^)\s]*)(?:\s+\"[^\"]*\")?\)")
_CITATION = re.compile(r"\[@(?P<id>[A-Za-z0-9][\w.-]*)\]")
_PLACED = re.compile(r"^::quote\[(?P<id>[^\]\n]*)\][ \t]*$", re.MULTILINE)


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
    return _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), source)


def headings(source: str) -> Iterator[Heading]:
    """Every heading, in order."""
    for match in _HEADING.finditer(visible(source)):
        words = (match["text"] if match["marks"] else match["set"]) or ""
        level = len(match["marks"]) if match["marks"] else (1 if match["line"].startswith("=") else 2)
        text = words.strip()
        yield Heading(level, text, match["id"] or slug(text), match.start(), match.end())


def images(source: str) -> Iterator[Found]:
    """Every picture."""
    for match in _IMAGE.finditer(visible(source)):
        yield Found(match["alt"].strip(), match["file"], match.start(), match.end())


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
    return f"{folder}/{file.removeprefix('./').removeprefix('../')}"


def links(source: str) -> Iterator[Found]:
    """Every link with a text."""
    for match in _LINK.finditer(visible(source)):
        yield Found(match["text"].strip(), match["target"], match.start(), match.end())


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
