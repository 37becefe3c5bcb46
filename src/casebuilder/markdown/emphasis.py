"""Stars that Markdown takes for emphasis by mistake, and links that it does not recognise.

Stars within words count as emphasis: "5*3 and 4*2 mg" would be printed as "53 and 42 mg". A link whose words contain a
footnote is not a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from casebuilder.markdown.parserproblems import Finding, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebuilder.markdown.sourcepositions import SourcePositions

_OPENS, _CLOSES = frozenset(("em_open", "strong_open", "s_open")), frozenset(("em_close", "strong_close", "s_close"))
_LAST_WORD, _FIRST_WORD = re.compile(r"(?:\w[\w-]*|[)\]}])$"), re.compile(r"^(?:\w+|[(\[{])")
_LAST_SIGN, _FIRST_SIGN = re.compile(r"\S$"), re.compile(r"^\S")
_AT_END = frozenset((_LAST_WORD, _LAST_SIGN))
#: From a closing bracket to the next opening one: `(*) and (*)`.
_BETWEEN_BRACKETS = re.compile(r"[)\]}].*[(\[{]$", re.DOTALL)
#: What follows a star after a number, if both are no emphasis: `CYP2D6*4/*4`, `1*/2*`, `10*g*/L`.
_AFTER_NUMBER = re.compile(r"[\d/]|\w{1,3}\Z")
_MARKS = {"*": "stars", "_": "underscores", "~": "tildes"}
_STAR_HINT = r"write \* for a star, × for a sign of multiplication, or <em>...</em> for emphasis within a word"
_LONGEST = 20
#: The most letters of a symbol or a unit: `a*b*c`, `mg*kg*day`; and the fewest of a word: `time*dose*weight`. Between
#: the two lies emphasis within a word: `un*believ*able`, `af*f*ect`.
_A_SYMBOL = 3
#: The first of the letters that are written without spaces between words, so that emphasis stands right beside others.
_WITHOUT_SPACES = "\u2e80"
#: The end of a link whose start became text.
_ENDS_LINK = re.compile(r"[^\[\]]*\]\(\S*")


def lost(tokens: Sequence[Token], places: Mapping[int, SourcePositions]) -> Iterator[Finding]:
    """Report the first such pair of stars in each block: both between letters or digits, with digits nearby."""
    for token in tokens:
        place = places.get(id(token))
        if token.type != "inline" or place is None or not {*token.content} & _MARKS.keys():
            continue
        children = token.children or []
        for first, last in _pairs_of_marks(children):
            if source := _text_as_written(children, first, last):
                sign = children[first].markup[0]
                excerpt = shown(source.text)
                message = f'the {_MARKS[sign]} in "{excerpt}" are read as emphasis, and would not be printed'
                hint = _STAR_HINT if sign == "*" else f"write \\{sign} for the sign itself"
                offset = token.content.find(source.text[:_LONGEST])
                position = max(offset, 0) + source.text.index(sign)
                yield Finding(place.at(position), source.code, message, hint)
                break


def unlinked(tokens: Sequence[Token], places: Mapping[int, SourcePositions]) -> Iterator[Finding]:
    """Report the first link in each block that contains a footnote or another link: its brackets are printed."""
    for token in tokens:
        place = places.get(id(token))
        if token.type != "inline" or place is None or "](" not in token.content:
            continue
        has_inner_link, end = False, 0
        for child in token.children or []:
            if child.type in {"footnote_ref", "link_close", "citation"}:
                has_inner_link, end = True, child.meta.get("at", end)
            if has_inner_link and child.type == "text" and _ENDS_LINK.match(child.content):
                message = "the signs of a link are printed here: its words contain a note, a citation or another link"
                hint = "put the note, the citation or the other link behind it: [words](address)[^1]"
                yield Finding(
                    place.at(_bracket_offset(token.content, child.content, end)), "broken-link", message, hint
                )
                break


def _bracket_offset(content: str, tail: str, after: int) -> int:
    """Return the offset of the bracket that the first one in `tail` closes; `tail` begins at an offset."""
    depth = 0
    for at in range(max(content.find(tail, after), 0) + tail.index("]"), -1, -1):
        depth += (content[at] == "]") - (content[at] == "[")
        if depth == 0:
            return at
    return 0


def _pairs_of_marks(children: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the places of each opening mark of emphasis, and of its closing mark."""
    opened: list[int] = []
    for number, child in enumerate(children):
        if child.markup and child.type in _OPENS:
            opened.append(number)
        elif child.markup and child.type in _CLOSES and opened:
            yield opened.pop(), number


class _Written(NamedTuple):
    """What an author wrote around and between two marks, and the code of its problem."""

    text: str
    code: str


def _text_as_written(children: Sequence[Token], first: int, last: int) -> _Written | None:
    """Return the author's words around and between two marks; None if they are emphasis."""
    inside = "".join(child.content or child.markup for child in children[first + 1 : last])
    mark = children[first].markup
    if _BETWEEN_BRACKETS.match(inside):
        before, after = _text_at(children, first - 1, _LAST_SIGN), _text_at(children, last + 1, _FIRST_SIGN)
        return _Written(f"{before}{mark}{inside}{mark}{after}", "lost-words")
    before, after = _text_at(children, first - 1, _LAST_WORD), _text_at(children, last + 1, _FIRST_WORD)
    if mark == "*" and _is_number(before or _text_at(children, first - 1, _LAST_SIGN), inside, after):
        return _Written(f"{before}{mark}{inside}{mark}{after}", "lost-words")
    if before[-1:] >= _WITHOUT_SPACES or after[:1] >= _WITHOUT_SPACES:
        return None
    if not before or not after or mark[0] != "*" or not re.match(r"[\w(](?:.*\w)?\)?$", inside, re.DOTALL):
        return None
    text = f"{before}{mark}{inside}{mark}{after}"
    if re.search(r"\d", f"{before}{inside}{after}") or _are_symbols(before, inside, after):
        return _Written(text, "lost-words")
    is_in_word = (before + inside + after).isalpha() and min(len(before), len(inside), len(after)) >= _A_SYMBOL
    return _Written(text, "emphasis-in-word") if is_in_word else None


def _is_number(before: str, inside: str, after: str) -> bool:
    """Return whether one of two stars belongs to a number beside it."""
    follows_number = before[-1:].isdigit() and _AFTER_NUMBER.match(inside)
    return bool(follows_number) or (inside[:1].isdigit() and (after[:1].isdigit() or before.endswith("/")))


def _are_symbols(before: str, inside: str, after: str) -> bool:
    """Return whether three parts are symbols or units that somebody multiplied, and not a letter of a word."""
    one_letter_of_a_word = len(inside) == 1 and len(before) > 1 and len(after) > 1
    return max(len(before), len(inside), len(after)) <= _A_SYMBOL and not one_letter_of_a_word


def _text_at(children: Sequence[Token], number: int, form: re.Pattern[str]) -> str:
    if not 0 <= number < len(children) or children[number].type != "text":
        return ""
    content = children[number].content
    if form in _AT_END:  # only its last letters are shown, and each of them would be tried as the beginning of a word
        content = content[-2 * _LONGEST :]
    match = form.search(content)
    return match.group()[-_LONGEST:] if match else ""
