"""Lines of other programs that would be printed as something else: lists with letters, tables, split words, code.

GitHub shows them in the same wrong way, so that a preview does not help: it runs "a) ..." and "b) ..." together, and
takes a paragraph with an indented first line for a program's text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from casebuilder.markdown.parserproblems import Finding, shown
from casebuilder.markdown.sourcepositions import cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebuilder.markdown.sourcepositions import SourcePositions

#: The letter or number before an entry of a list that Markdown does not know as one.
_LETTER = re.compile(
    r"[ \t]*(?:(?P<open>\()(?P<inner>[a-zA-Z]|[ivx]{1,4}|\d{1,2})\)|(?P<plain>[a-zA-Z]|[ivx]{1,4})[.)])[ \t]+\S"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
#: Two spaces or a backslash at the end of a line keep the next one apart.
_HARD_BREAK = re.compile(r"(?:  |\\)$")
_ROW, _DASHES = re.compile(r"[ \t]*\|.*\|[ \t]*$"), re.compile(r"[ \t]*[|:](?=[:| \t]*-)[-:| \t]*$")
_DRAWN = re.compile(r"[ \t]*(?:\+[-=]{2,}\+|[┌├╔╠][─═┬┼]{2,})")
#: A word that ends in a hyphen, and the rest of it on the next line; but not "pre- and postoperative".
_SPLIT = re.compile(
    r"(?<![^\W\d_])(?P<first>[^\W\d_]{2,})-\n[ \t>]*"
    r"(?P<rest>(?!(?:and|or|to|und|oder|bzw|et|ou|en|of|og|eller|och|ve)\b)[^\W\d_A-Z]{2,})"
)
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*$")
#: Prose: several words of small letters, the first of them mostly capitalised, and the end of a sentence.
_PROSE = re.compile(r"[\"“(]?[A-Z][^\W\d_]*(?:[\s,;:]+\(?[\w’'-]+\)?){4,}")
#: Bold that Markdown does not see, for a blank within its stars, or no blank outside them; no stars of a table's notes.
_BOLD = re.compile(r"(?<![A-Za-z0-9*\\])\*\*(?=\s?[\w“\"「『\uff08(])(?P<words>[^*\n]{1,200})\*\*(?!\*)")
_WORDS_SHOWN = 40


def findings(
    tokens: Sequence[Token], places: Mapping[int, SourcePositions], source: Sequence[str]
) -> Iterator[Finding]:
    """Report the first such line of each paragraph, and each block of code that was hardly meant as one.

    Args:
        tokens: the blocks of a text.
        places: the place of each inline token.
        source: the lines of the text.
    """
    for number, token in enumerate(tokens):
        if token.type == "inline" and number and tokens[number - 1].type == "paragraph_open":
            if id(token) in places:
                yield from _of_bold(token, places[id(token)])
                yield from _of_paragraph(token.content, places[id(token)])
        elif token.type in {"fence", "code_block"} and token.map:
            yield from _of_code(token, source)


def _of_bold(inline: Token, places: SourcePositions) -> Iterator[Finding]:
    """Report stars around words that stayed text."""
    for child in inline.children or ():
        if child.type == "text" and (match := _BOLD.search(child.content)) and match[0] in inline.content:
            message = (
                f'the stars of "{shown(match[0], _WORDS_SHOWN)}" would be printed: Markdown does not see them as bold'
            )
            hint = f"write <strong>{shown(match['words'].strip(), _WORDS_SHOWN)}</strong>"
            yield Finding(places.at(inline.content.index(match[0])), "unsupported-syntax", message, hint)
            return


def _of_paragraph(text: str, places: SourcePositions) -> Iterator[Finding]:
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for number, (line, following) in enumerate(pairwise(lines)):
        if finding := _list_message(line, following) or _table_message(line, following):
            yield Finding(places.at(starts[number] + len(line) - len(line.lstrip())), *finding)
            break
    if match := _SPLIT.search(text):
        word = f"{match['first']}-{match['rest']}"
        message = f'a line ends within "{word}", and "{match["first"]}- {match["rest"]}" would be printed'
        yield Finding(places.at(match.start()), "split-word", message, "put the whole word on one line")


def _list_message(line: str, following: str) -> tuple[str, str, str] | None:
    first, second = _LETTER.match(line), _LETTER.match(following)
    if not (first and second) or _HARD_BREAK.search(line) or bool(first["open"]) != bool(second["open"]):
        return None
    if not _is_next(first["inner"] or first["plain"], second["inner"] or second["plain"]):
        return None
    message = f'"{shown(line.strip(), _WORDS_SHOWN)}" and the line below it would be printed as one paragraph'
    hint = 'begin each line with "1. " or "- "; to keep the letters, put an empty line between the entries'
    return "pasted-list", message, hint


def _is_next(first: str, second: str) -> bool:
    """Return whether one letter or number follows another: b after a, ii after i, 2 after 1."""
    if first in _ROMAN and second in _ROMAN and _ROMAN.index(second) == _ROMAN.index(first) + 1:
        return True
    if first.isdecimal() and second.isdecimal():
        return int(second) == int(first) + 1
    return len(first) == len(second) == 1 and ord(second) == ord(first) + 1


def _table_message(line: str, following: str) -> tuple[str, str, str] | None:
    if _DRAWN.match(line) and following.strip():
        reason, hint = (
            "a table that is drawn with signs",
            "write it as | Drug | Dose |, below it |---|---|, then its rows",
        )
    elif _ROW.match(line) and _DASHES.match(following):
        dashes = "|---" * len(cells(line))
        reason, hint = "a table", f"write {dashes}| below it: one for each of its cells"
    elif _ROW.match(line) and _ROW.match(following):
        reason, hint = (
            "a table without its line of dashes",
            "write |---|---| below its first row, one --- for each cell",
        )
    else:
        return None
    message = f'"{shown(line.strip(), _WORDS_SHOWN)}" looks like {reason}, and would be printed as plain characters'
    return "unsupported-syntax", message, hint


def _of_code(token: Token, source: Sequence[str]) -> Iterator[Finding]:
    """Report a block of code that goes on to the end of the text, and prose whose lines are indented."""
    begin, end = token.map or [0, 0]
    if token.type == "fence":
        if end > begin + 1 and not _FENCE.match(source[end - 1]) and not any(map(str.strip, source[end:])):
            message = f"the code that begins with {token.markup} has no end, and all text below it is printed as code"
            yield Finding((begin + 1, 1), "code-by-mistake", message, f"write {token.markup} on a line where it ends")
    elif _PROSE.match(token.content):
        words = shown(token.content.strip(), _WORDS_SHOWN)
        message = f'"{words}" is indented, and printed as a program’s text'
        yield Finding(
            (begin + 1, 1), "code-by-mistake", message, "delete the spaces or the tab at the start of the line"
        )
