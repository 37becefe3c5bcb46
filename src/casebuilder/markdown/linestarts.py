"""Signs and numbers at the start of a line that Markdown takes for a quotation or a list, and does not print.

"> 65 years" is printed as "65 years", "+ 12 %" as "12 %", and a list of 10, 30 and 20 as 10, 11 and 12. GitHub does the
same, but in a text about patients it is a wrong number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.markdown.parserproblems import Finding, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebuilder.markdown.sourcepositions import SourcePositions

_NUMBER = r"[=≥]?[ \t]?[-−+±]?\d[\d.,·  ]*(?:[-–/^×]\d[\d.,]*)*"
_UNIT = (
    r"(?:%|‰|°|[µμmknpc]?(?:g|l|L|mol|m|M|U|Gy|Sv|Hz|s|Pa)\b|mm|IU|units?|mcg|kcal|bpm|cm|mEq|x\b|×|fold"
    r"|(?:sec|min|hr?|day|week|month|year|yr|yo|hour|minute|second|patient|case|point|percent|percentage|time)s?\b"
    r"|wk|[dy]\b|SD\b|per\b|/)"
)
#: A number and its unit, or nothing else: what stands after a sign for "more than". Few texts need these patterns, so
#: each is made where it is needed.
_MEASURE = rf"{_NUMBER}[ \t]?[-–]?(?:$|{_UNIT}|,|;|and\b|or\b)"
_ONE_SIGN = rf"{_NUMBER}[ \t]?(?:$|%|‰|{_UNIT})"
#: What a star at the foot of a table explains.
_STAR = r"[Pp][ \t]*(?:&[lg][te];|[<>=≤≥])|\*"
#: A sentence that somebody quoted ends like this.
_SENTENCE = r"[.?!…][”\"’')\]]*$"
_HINTS = {
    ">": r"write \> for the sign; if it is a quotation, put it in quotation marks",
    "+": r"write \+ for the sign; for a list, begin each entry with a hyphen",
    "-": "write − or \\- for the sign; for a list of one entry, put an empty line before it",
    "*": r"write \* for the star",
}


def unprinted(
    tokens: Sequence[Token], places: Mapping[int, SourcePositions], source: Sequence[str]
) -> Iterator[Finding]:
    """Report the first such sign of each quotation or list, and the first number of a list that will be another.

    Args:
        tokens: the blocks of a text.
        places: the place of each inline token.
        source: the lines of the text.
    """
    rules = {"blockquote_open": _lost_quotation_sign, "bullet_list_open": _lost_bullet}
    for number, token in enumerate(tokens):
        if token.type == "ordered_list_open":
            yield from _report_renumbered(tokens, number)
        elif (find := rules.get(token.type)) and (lost_sign := find(tokens, number, source)):
            sign, inline = lost_sign
            if inline.map and (place := places.get(id(inline))):
                line, column = place.at(0)
                read_as = "quotation" if sign == ">" else "list"
                sign_column = max(source[line - 1].rfind(sign, 0, column), 0)
                excerpt = shown(source[line - 1][sign_column:], 40)
                message = f'"{excerpt}" is read as a {read_as}, and its "{sign}" would not be printed'
                yield Finding((line, sign_column + 1), "lost-sign", message, _HINTS[sign])


def _lost_quotation_sign(tokens: Sequence[Token], number: int, source: Sequence[str]) -> tuple[str, Token] | None:
    """Return ">" and the words of a quotation if each of its lines is a number with a unit; None if it is one."""
    del source
    inline = _first_paragraph(tokens, number)
    if inline is None or tokens[number + 4 : number + 5] == [] or tokens[number + 4].type != "blockquote_close":
        return None
    lines = inline.content.splitlines()
    measures = all(re.match(_MEASURE, line) and not re.search(_SENTENCE, line) for line in lines)
    return (">", inline) if measures else None


def _lost_bullet(tokens: Sequence[Token], number: int, source: Sequence[str]) -> tuple[str, Token] | None:
    """Return the bullet of a list and its first words if the bullets are the signs of numbers; None if it is one."""
    sign = tokens[number].markup
    first_paragraphs = [_first_paragraph(tokens, entry) for entry in _entry_numbers(tokens, number)]
    if not first_paragraphs or (first := first_paragraphs[0]) is None:
        return None
    if sign == "-" and (len(first_paragraphs) > 1 or not _follows_words(tokens, number, source)):
        return None
    form = _STAR if sign == "*" else _ONE_SIGN
    are_signs = all(inline is not None and re.match(form, inline.content) for inline in first_paragraphs)
    return (sign, first) if are_signs else None


def _follows_words(tokens: Sequence[Token], number: int, source: Sequence[str]) -> bool:
    """Return whether a list stands right below a line of a paragraph."""
    line_above = (tokens[number].map or [0])[0] - 1
    return (
        number > 0
        and tokens[number - 1].type == "paragraph_close"
        and line_above >= 0
        and bool(source[line_above].strip())
    )


def _entry_numbers(tokens: Sequence[Token], number: int) -> Iterator[int]:
    """Yield the places of a list's own entries."""
    level = tokens[number].level
    for at in range(number + 1, len(tokens)):
        if tokens[at].level <= level:
            return
        if tokens[at].type == "list_item_open" and tokens[at].level == level + 1:
            yield at


def _first_paragraph(tokens: Sequence[Token], number: int) -> Token | None:
    """Return the words of the paragraph with which a quotation or an entry begins."""
    following = tokens[number + 1 : number + 3]
    if len(following) > 1 and following[0].type == "paragraph_open" and following[1].content:
        return following[1]
    return None


def _report_renumbered(tokens: Sequence[Token], number: int) -> Iterator[Finding]:
    """Report the first entry of a list whose number is not the one that is printed; all may have the same."""
    entries = [tokens[entry_place] for entry_place in _entry_numbers(tokens, number)]
    numbers = [int(entry.info) for entry in entries if entry.info.isdecimal()]
    if len(numbers) != len(entries) or len(set(numbers)) == 1:
        return
    for place, (entry, number_in_text) in enumerate(zip(entries, numbers, strict=True)):
        if number_in_text != numbers[0] + place and entry.map:
            message = (
                f'the number "{number_in_text}{entry.markup}" of this entry would be printed as {numbers[0] + place}'
            )
            hint = f"number the entries one after the other; to keep a number, write {number_in_text}\\{entry.markup}"
            yield Finding((entry.map[0] + 1, 1), "list-number", message, hint)
            return
