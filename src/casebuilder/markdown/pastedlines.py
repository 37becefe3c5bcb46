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

#: Few texts need the patterns below, so each is made where it is needed. Only this one is tried on each paragraph: a
#: line that begins as a list with letters, or as a table.
_CANDIDATE = re.compile(r"^[ \t]*(?:[|+┌├╔╠]|\(?\w{1,4}[.)][ \t])", re.MULTILINE)
#: The beginning of a line that may be one of a list, a dialogue or a chat, which `pastedruns` decides.
_RUN = re.compile(
    r"^[ \t]*(?:[^\x00-\x7f\w\s“”‘’„«»…•▪◦‣●○■□➢❖·∙\u2043]"
    r"|[\u2150-\u218b\u2460-\u24ff\u2776-\u2793oüØqvŸ~][ \t]?|-[->\w]|=>|\[[ xX]?\][ \t]|\*\w"
    r"|[(\[]?\d{1,4}[^\w\s,]|\(?\w[.)\]、．）º]|[^\n:：]{1,80}(?::[\s*“\"«]|：|:\d\d))",  # noqa: RUF001 - signs of other scripts
    re.MULTILINE,
)
#: The letter or number before an entry of a list that Markdown does not know as one.
_LETTER = r"[ \t]*(?:(?P<open>\()(?P<inner>[a-zA-Z]|[ivx]{1,4}|\d{1,2})\)|(?P<plain>[a-zA-Z]|[ivx]{1,4})[.)])[ \t]+\S"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
#: Two spaces or a backslash at the end of a line keep the next one apart.
_HARD_BREAKS = ("  ", "\\")
_ROW, _DASHES = r"[ \t]*\|.*\|[ \t]*$", r"[ \t]*[|:](?=[:| \t]*-)[-:| \t]*$"
_DRAWN = r"[ \t]*(?:\+[-=]{2,}\+|[┌├╔╠][─═┬┼]{2,})"
#: A word that ends in a hyphen, and the rest of it on the next line; but not "pre- and postoperative".
_SPLIT = (
    r"(?<![^\W\d_])(?P<first>[^\W\d_]{2,})-\n[ \t>]*"
    r"(?P<rest>(?!(?:and|or|to|und|oder|bzw|et|ou|en|of|og|eller|och|ve)\b)[^\W\d_A-Z]{2,})"
)
_FENCE = r"[ \t>]*(?:`{3,}|~{3,})[ \t]*$"
#: What may follow the signs that open a block of code: a language, and settings such as title="a.py" or {1,3}.
_LANGUAGE = r"[\w+#./-]*+(?:\{[^{}]*\})?(?:(?:^|[ \t,]+)(?:\{[^{}]*\}|[\w-]++=(?:\"[^\"]*\"|'[^']*'|[^\s\"']+)))*"
#: Bold that Markdown does not see, for a blank within its stars, or no blank outside them; no stars of a table's notes.
_BOLD = r"(?<![A-Za-z0-9*\\])\*\*(?=\s?[\w“\"「『\uff08(])(?P<words>[^*\n]{1,200})\*\*(?!\*)"
#: Stars beside a word of two letters or more, which open or close nothing; a note such as **p < 0.01 has its own.
_STARS = r"(?<![\w*\\])\*\*(?=[^\W\d_]{2})|(?<=[^\W\d_]{2})\*\*(?![\w*])|(?<=[^\W\d_][.!?,;:])\*\*(?![\w*])"
_WORDS_SHOWN = 40
#: The most characters of an address.
_LONGEST_ADDRESS = 500
#: Letters of a sentence that may be a heading.
_LONGEST_HEADING = 60


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
        if token.type == "inline":
            text = token.content
            if ("**" in text or "\n" in text) and tokens[number - 1].type == "paragraph_open" and id(token) in places:
                yield from _of_paragraph(token, places[id(token)])
        elif token.type in {"fence", "code_block"} and token.map:
            yield from _of_code(token, source)
        elif token.type == "heading_open" and token.markup in {"-", "="} and token.map:
            yield from _of_underlined(token.map[0] + 1, tokens[number + 1].content, token.markup)


def _of_underlined(line: int, text: str, sign: str) -> Iterator[Finding]:
    """Report a paragraph that is a heading, because a rule or the end of a signature stands right below it."""
    if "\n" in text or (len(text) > _LONGEST_HEADING and text.endswith(".")):
        message = f'"{shown(text, _WORDS_SHOWN)}" is a heading, because {sign * 3} stands right below it'
        hint = f'put an empty line before {sign * 3}; for a heading, write it on one line with "## " before it'
        yield Finding((line, 1), "underlined-paragraph", message, hint)


def _of_paragraph(inline: Token, places: SourcePositions) -> Iterator[Finding]:
    text = inline.content
    if "**" in text:
        yield from _of_bold(inline, places)
    if (
        "\n" in text
        and (_CANDIDATE.search(text) or " | " in text or "   " in text)
        and (finding := _of_lines(text, places))
    ):
        yield finding
    elif "\n" in text and len(_RUN.findall(text)) > 1:
        yield from _of_run(text, places)
    if "-\n" in text and (match := next((each for each in re.finditer(_SPLIT, text) if not _in_address(each)), None)):
        word = f"{match['first']}-{match['rest']}"
        message = f'a line ends within "{word}", and "{match["first"]}- {match["rest"]}" would be printed'
        yield Finding(places.at(match.start()), "split-word", message, "put the whole word on one line")


def _in_address(match: re.Match[str]) -> bool:
    """Return whether a broken word is in the address of a link, which `wrappedlinks` puts together."""
    before = match.string[max(0, match.start() - _LONGEST_ADDRESS) : match.start()]
    return "](" in before and not {*" )"} & {*before[before.rfind("](") + 2 :]}


def _of_bold(inline: Token, places: SourcePositions) -> Iterator[Finding]:
    """Report stars around words that stayed text."""
    for child in inline.children or ():
        if child.type == "text" and (match := re.search(_BOLD, child.content)) and match[0] in inline.content:
            message = (
                f'the stars of "{shown(match[0], _WORDS_SHOWN)}" would be printed: Markdown does not see them as bold'
            )
            hint = f"write <strong>{shown(match['words'].strip(), _WORDS_SHOWN)}</strong>"
            yield Finding(places.at(inline.content.index(match[0])), "unsupported-syntax", message, hint)
            return
    stars = next(
        (child for child in inline.children or () if child.type == "text" and re.search(_STARS, child.content)), None
    )
    if stars and (match := re.search(_STARS, inline.content)):
        opens = inline.content[match.end() : match.end() + 1].isalnum()
        message = f'"**" is printed: the bold words that {"begin" if opens else "end"} here have no other "**"'
        hint = f"write ** where they {'end' if opens else 'begin'}, in the same paragraph, or delete it"
        yield Finding(places.at(match.start()), "stray-tag", message, hint)


def _of_lines(text: str, places: SourcePositions) -> Finding | None:
    """Return the first line of a list with letters, or of a table, that would be printed as one paragraph."""
    start = 0
    for line, following in pairwise(text.split("\n")):
        if finding := _list_message(line, following) or _table_message(line, following):
            return Finding(places.at(start + len(line) - len(line.lstrip())), *finding)
        start += len(line) + 1
    return None


def _of_run(text: str, places: SourcePositions) -> Iterator[Finding]:
    """Report the first of the lines of a list, a dialogue or a chat."""
    from casebuilder.markdown import pastedruns

    lines = text.split("\n")
    if run := pastedruns.run(lines):
        number, message, hint = run
        start = sum(len(line) + 1 for line in lines[:number]) + len(lines[number]) - len(lines[number].lstrip())
        yield Finding(places.at(start), "pasted-list", message, hint)


def _list_message(line: str, following: str) -> tuple[str, str, str] | None:
    first, second = re.match(_LETTER, line), re.match(_LETTER, following)
    if not (first and second) or line.endswith(_HARD_BREAKS) or bool(first["open"]) != bool(second["open"]):
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


_AS_TABLE = "write it as | Drug | Dose |, below it |---|---|, then its rows"
#: Spaces between two columns.
_GAP = r"(?<=\S) {3,}(?=\S)"


def _columns(line: str) -> int:
    """Return how many cells a line has between bars without a bar before the first; of P(A | B), one."""
    return 1 if line.endswith(_HARD_BREAKS) else re.sub(r"\([^()]*\)", "", line).count(" | ") + 1


def _table_message(line: str, following: str) -> tuple[str, str, str] | None:
    if re.match(_DRAWN, line) and following.strip():
        reason, hint = "a table that is drawn with signs", _AS_TABLE
    elif re.match(_ROW, line) and re.match(_DASHES, following):
        dashes = "|---" * len(cells(line))
        reason, hint = "a table", f"write {dashes}| below it: one for each of its cells"
    elif (re.match(_ROW, line) and re.match(_ROW, following)) or _columns(line) == _columns(following) > 1:
        reason, hint = (
            "a table without its line of dashes",
            "write |---|---| below its first row, one --- for each cell",
        )
    elif len(re.findall(_GAP, line)) == len(re.findall(_GAP, following)) > 0 and not line.endswith(_HARD_BREAKS):
        reason, hint = "a table with columns of spaces", _AS_TABLE
    else:
        return None
    message = f'"{shown(line.strip(), _WORDS_SHOWN)}" looks like {reason}, and would be printed as plain characters'
    return "unsupported-syntax", message, hint


def _of_code(token: Token, source: Sequence[str]) -> Iterator[Finding]:
    """Report a block of code that goes on to the end of the text, and prose whose lines are indented."""
    begin, end = token.map or [0, 0]
    if token.type == "fence":
        if end > begin + 1 and not re.match(_FENCE, source[end - 1]) and not any(map(str.strip, source[end:])):
            message = f"the code that begins with {token.markup} has no end, and all text below it is printed as code"
            yield Finding((begin + 1, 1), "code-by-mistake", message, f"write {token.markup} on a line where it ends")
        elif info := token.info.strip():
            yield from _of_opening_line(token, info, begin + 1)
    elif _is_prose(token.content):
        words = shown(token.content.strip(), _WORDS_SHOWN)
        message = f'"{words}" is indented, and printed as a program’s text'
        yield Finding(
            (begin + 1, 1), "code-by-mistake", message, "delete the spaces or the tab at the start of the line"
        )


def _is_prose(content: str) -> bool:
    from casebuilder.markdown.indentedprose import is_prose

    return is_prose(content)


def _of_opening_line(token: Token, info: str, line: int) -> Iterator[Finding]:
    """Report words behind the signs that open a block of code, which are not printed, unless they name its language."""
    if token.content.strip() and re.fullmatch(_LANGUAGE, info):
        return
    message = f'"{shown(info, _WORDS_SHOWN)}" is behind {token.markup}, which opens a block of code, and would be lost'
    hint = (
        f"begin the code on the next line, and end it with {token.markup}; for code within a line, write ` on each side"
    )
    yield Finding((line, 1), "lost-words", message, hint)
