"""Stars within words that Markdown takes for emphasis: "5*3 and 4*2 mg" would be printed as "53 and 42 mg"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.markdown.findings import Finding, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebuilder.markdown.places import Places

_OPENS, _CLOSES = frozenset(("em_open", "strong_open")), frozenset(("em_close", "strong_close"))
_LAST_WORD, _FIRST_WORD = re.compile(r"\w[\w-]*$"), re.compile(r"^\w+")
_LONGEST = 20


def lost(tokens: Sequence[Token], places: Mapping[int, Places]) -> Iterator[Finding]:
    """The first such pair of stars of each block: both stand between two letters or digits, and digits are about."""
    for token in tokens:
        place = places.get(id(token))
        if token.type != "inline" or place is None or "*" not in token.content:
            continue
        children = token.children or []
        for first, last in _pairs(children):
            if written := _written(children, first, last):
                message = f'the stars in "{shown(written)}" are read as emphasis, and would not be printed'
                hint = (
                    r"write \* for a star, × for a sign of multiplication, or <em>...</em> for emphasis within a word"
                )
                offset = token.content.find(written[:_LONGEST])
                at = max(offset, 0) + written.index("*")
                yield Finding(place.at(at), "lost-words", message, hint)
                break


def _pairs(children: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of each opening mark of emphasis by stars, and of the one that closes it."""
    waiting: list[int] = []
    for number, child in enumerate(children):
        if child.markup.startswith("*") and child.type in _OPENS:
            waiting.append(number)
        elif child.markup.startswith("*") and child.type in _CLOSES and waiting:
            yield waiting.pop(), number


def _written(children: Sequence[Token], first: int, last: int) -> str:
    """The words around and between two marks, as they were written; nothing if the marks are no part of words."""
    before, after = _text(children, first - 1, _LAST_WORD), _text(children, last + 1, _FIRST_WORD)
    inside = "".join(child.content or child.markup for child in children[first + 1 : last])
    mark = children[first].markup
    if not before or not after or not re.match(r"[\w(].*\w\)?$", inside, re.DOTALL):
        return ""
    return f"{before}{mark}{inside}{mark}{after}" if re.search(r"\d", f"{before}{inside}{after}") else ""


def _text(children: Sequence[Token], number: int, form: re.Pattern[str]) -> str:
    if not 0 <= number < len(children) or children[number].type != "text":
        return ""
    found = form.search(children[number].content)
    return found.group()[-_LONGEST:] if found else ""
