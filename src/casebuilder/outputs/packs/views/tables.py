"""Tables made fit for paper: one cell in each place, words that break in narrow columns, type that suits their number.

A screen can scroll to what lies beyond its edge; on paper it is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.outputs.packs.views.tablegrid import child_elements, joined_rows, mark_again, square

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.markup import Element

#: Letters of the smallest type on a line that takes the whole width of the narrowest page, large print's.
_LINE = 56
#: From this number of columns on, smaller type.
_WIDE, _WIDEST = 6, 10
#: From this number of columns on, words break anywhere.
CROWDED = 14
#: No-break spaces hold words together: texts pasted from Word have one between all of theirs.
_TEXT = re.compile(r"[^\s<>&]+(?:\u00a0+[^\s<>&]+)*")
#: After these an address or a formula may be broken.
_JOINTS = re.compile(r"(?<=[/._?=#:;,+@)\]–—\u00a0-])(?=\w)")
#: The letters of a text before the first place where a line may end, and after the last.
_FIRST, _LAST = re.compile("[^ \t\r\n\u200b]*"), re.compile("[^ \t\r\n\u200b]*$")
#: Elements within a line: what stands on both sides of their tags may be one word.
_WITHIN_LINE = frozenset(re.findall(r"\w+", "a abbr b cite code del em i ins kbd mark q s small span strong sub sup u"))
#: Scripts whose lines may end after any letter. Others join their letters, or break by themselves.
_PARTED = re.compile(r"[\u0000-\u052f\u1e00-\u206f\u20a0-\u22ff]*")
#: No soft hyphen: with one in a cell of several words WeasyPrint 70 makes the column, and so the table, too wide; and
#: without `hyphens: manual` it does not break there.
_BREAK = "\u200b"
#: Rows that a cell joins stay on one page if they are so few, and all together have at most so much of its letters.
_MOST_TIED, _PART_TIED = 8, 0.5


@dataclass(eq=False, slots=True)
class Table:
    """A table while a document is written again.

    Attributes:
        start: the place of its tag in the output.
        columns: how many it has.
        is_tall: whether it has a row that may be higher than the page.
    """

    start: int
    columns: int
    is_tall: bool


def begin_table(element: Element, start: int, tallest: int, language: str) -> Table:
    """Square a table, mark its rows for the style sheet, and return it.

    Args:
        element: the table, which is changed.
        start: the place of its tag in the output.
        tallest: letters of a row, set in the width of one cell, that are sure to fit on a page.
        language: of the document (BCP 47).
    """
    groups = square(element, language)
    columns = max((cell.column + cell.columns for group in groups for cell in group.cells), default=1)
    is_tall = False
    for group in groups:
        letters = [_longest_cell_letters(row) for row in group.rows]
        for number, row in enumerate(group.rows):
            if letters[number] > tallest and not row.has("class"):
                is_tall = True
                row.set("class", "high")
                for label in (cell for cell in group.cells if cell.row == number and cell.column == 0):
                    mark_again(label.element, columns, language)
        for first, last in joined_rows(group):
            if 0 < last - first < _MOST_TIED and sum(letters[first : last + 1]) <= tallest * _PART_TIED:
                for row in group.rows[first:last]:
                    row.set("class", "tied")
        if group.is_head and len(groups) == 1:
            _make_body(element)
    return Table(start, columns, is_tall)


def write_breaks(table: Table, out: list[str]) -> None:
    """Rewrite a finished table: words may break in its columns, and the style sheet learns how many it has.

    Args:
        table: where it begins, and its columns.
        out: the output so far, which is changed from the table's start on.
    """
    most_letters = most_letters_of_word(table.columns)
    out[table.start :] = _with_breaks(out[table.start :], most_letters)
    joined = _has_unbroken(out[table.start :], most_letters)
    class_names = [name for name, fits in _table_classes(table, joined=joined) if fits]
    if class_names and " class=" not in out[table.start]:
        out[table.start] = f'<table class="{" ".join(class_names)}"{out[table.start].removeprefix("<table")}'


def most_letters_of_word(columns: int) -> int:
    """Return after how many letters a word may break in a table of so many columns."""
    return max(_LINE // columns, 2)


def _make_body(table: Element) -> None:
    """Make rows of a table that is only a head rows like any others: PDF/UA has no head with nothing below."""
    for head in child_elements(table, "thead"):
        head.rename("tbody")


def _table_classes(table: Table, *, joined: bool) -> tuple[tuple[str, bool], ...]:
    """Return the classes of a table for the style sheet."""
    is_crowded = table.columns >= CROWDED
    return (
        ("wide", _WIDE <= table.columns < _WIDEST), ("widest", table.columns >= _WIDEST), ("crowded", is_crowded),
        ("tall", table.is_tall), ("joined", joined and not is_crowded),
    )  # fmt: skip


def _longest_cell_letters(row: Element) -> int:
    """Return the letters of a row's longest cell, times its cells.

    So many letters would fill a page of that cell's width. A link is printed with its address.
    """
    cells = list(child_elements(row, "td", "th"))
    letters = (
        len(markup.text(cell)) + sum(len(link.get("href")) for link in markup.elements(cell, "a")) for cell in cells
    )
    return max(letters, default=0) * len(cells)


def _with_breaks(nodes: Sequence[str], most_letters: int) -> Iterator[str]:
    """Yield the tags and texts of a table; words whose script has letters that are parted may break after so many."""
    length = 0  # of the word that goes on, from the tags before
    for node in nodes:
        if node.startswith("<"):
            length = length if _is_within_line(node) else 0
            yield node
            continue
        is_letter = node.startswith("&")
        first = 1 if is_letter else len(_FIRST.match(node)[0])  # type: ignore[index]  # it matches any text
        if length and first and length + min(first, most_letters) > most_letters and _PARTED.fullmatch(node[:1]):
            length = 0
            yield _BREAK
        text = node if is_letter else _TEXT.sub(partial(_break_word, most_letters=most_letters), node)
        last = 1 if is_letter else len(_LAST.search(text)[0])  # type: ignore[index]  # it matches any text
        length = length + last if is_letter or last == len(text) else last
        yield text


def _shown(node: str) -> str:
    """Return what a tag or a text is on its line: a tag between blocks is a blank, an escaped sign any letter."""
    if node.startswith("<"):
        return "" if _is_within_line(node) else " "
    return "x" if node.startswith("&") else node


def _is_within_line(tag: str) -> bool:
    return tag.strip("</>").split(maxsplit=1)[0] in _WITHIN_LINE


def _break_word(word: re.Match[str], most_letters: int) -> str:
    """Return a word that may break after a number of letters, if its script has letters that are parted."""
    if len(word[0]) <= most_letters or not _PARTED.fullmatch(word[0]):
        return word[0]
    return _BREAK.join(_BREAK.join(_cut_word(part, most_letters)) for part in _JOINTS.split(word[0]))


def _has_unbroken(table: Sequence[str], most_letters: int) -> bool:
    """Return whether a table has more letters than so many between which no line may end; tags may be among them."""
    lines = "".join(_shown(node) for node in table)
    return re.search(rf"[^ \t\r\n{_BREAK}]{{{most_letters + 1}}}", lines) is not None


def _cut_word(word: str, most_letters: int) -> list[str]:
    return [word[start : start + most_letters] for start in range(0, len(word), most_letters)]
