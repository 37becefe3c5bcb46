"""Tables made fit for paper: rows of one length, words that break in narrow columns, type that suits their number.

A screen can scroll to what lies beyond its edge; on paper it is lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Letters of the smallest type on a line that takes the whole width of the narrowest page, large print's.
_LINE = 56
_GROUPS = frozenset(("<thead>", "</thead>", "<tbody>", "</tbody>"))
#: From this number of columns on, smaller type.
_WIDE, _WIDEST = 6, 10
#: From this number of columns on, words break anywhere.
CROWDED = 14
_TEXT = re.compile(r"[^\s<>&]+")
#: After these an address or a formula may be broken.
_JOINTS = re.compile(r"(?<=[/._?=#:;,+@)\]–—-])(?=\w)")
#: Scripts whose lines may end after any letter. Others join their letters, or break by themselves.
_PARTED = re.compile(r"[\u0000-\u052f\u1e00-\u206f\u20a0-\u22ff]*")
#: No soft hyphen: with one in a cell of several words WeasyPrint 70 makes the column, and so the table, too wide; and
#: without `hyphens: manual` it does not break there.
_BREAK = "\u200b"


class Table:
    """A table while a document is written again.

    Attributes:
        start: the place of its tag in the output.
        ends: where its rows end in the output.
    """

    def __init__(self, start: int) -> None:
        """Begin a table."""
        self.start = start
        self.ends: list[int] = []
        self._rows: list[list[tuple[int, int]]] = []

    def begin(self) -> None:
        """Begin a row."""
        self._rows.append([])

    def add(self, attrs: Mapping[str, str | None]) -> None:
        """Add a cell to the row."""
        if self._rows:
            self._rows[-1].append((_span_of(attrs.get("colspan")), _span_of(attrs.get("rowspan"))))

    def widths(self) -> Sequence[int]:
        """Return the columns that each row fills, counting the cells of rows above that reach down into it."""
        return [sum(columns for columns, _ in cells) for cells in self._cells_of_rows()]

    def tied(self) -> Sequence[bool]:
        """Return of each row whether a cell reaches from it into the next."""
        return [any(rows > 1 for _, rows in cells) for cells in self._cells_of_rows()]

    def _cells_of_rows(self) -> Iterator[Sequence[tuple[int, int]]]:
        """Yield the columns and rows of each row's cells, and of those that reach down into it."""
        reaching: list[tuple[int, int]] = []
        for row in self._rows:
            cells = (*row, *reaching)
            yield cells
            reaching = [(columns, rows - 1) for columns, rows in cells if rows > 1]


def write_squared(table: Table, out: list[str], tallest: int) -> None:
    """Rewrite a finished table: `out` is changed from the table's start on.

    Short rows get the empty cells that they lack, since a screen reader counts on rows of one length. In a table with a
    row that may be higher than the page, which alone may be split, the head is a row like any other: WeasyPrint would
    leave it out where it has no room beside that row, and a part of a table with a head and nothing below fails PDF/UA.
    So does a whole table that is only a head, whose head is a row like any other, too.

    Args:
        table: where it begins, and its cells.
        out: the output so far.
        tallest: letters of a row, set in the width of one cell, that are sure to fit on a page.
    """
    widths = table.widths()
    columns = max(widths, default=1) or 1
    most_letters = most_letters_of_word(columns)
    rows = [out[begin:end] for begin, end in zip((table.start, *table.ends), table.ends, strict=False)]
    high_rows = [_longest_cell_letters(row) > tallest for row in rows]
    tall = any(high_rows)
    for end, is_high, is_tied in zip(table.ends, high_rows, table.tied(), strict=False):
        row_start = next((place for place in range(end - 1, table.start, -1) if out[place].startswith("<tr")), 0)
        if (is_high or is_tied) and out[row_start] == "<tr>":
            out[row_start] = '<tr class="high">' if is_high else '<tr class="tied">'
    joined = False
    loses_groups = tall or _is_head_alone(out[table.start :])
    for place in range(table.start, len(out)):
        if loses_groups and out[place] in _GROUPS:
            out[place] = ""
        elif not out[place].startswith(("<", "&")):
            out[place], has_unbroken = _with_breaks(out[place], most_letters)
            joined = joined or has_unbroken
    class_names = [name for name, fits in _table_classes(columns, tall=tall, joined=joined) if fits]
    if class_names and out[table.start] == "<table>":
        out[table.start] = f'<table class="{" ".join(class_names)}">'
    for end, width in sorted(zip(table.ends, widths, strict=False), reverse=True):
        if width < columns:
            out.insert(end, "<td></td>" * (columns - width))


def most_letters_of_word(columns: int) -> int:
    """Return after how many letters a word may break in a table of so many columns."""
    return max(_LINE // columns, 2)


def _is_head_alone(parts: Sequence[str]) -> bool:
    """Return whether a table has a head, and no row below it."""
    last = max((place for place, part in enumerate(parts) if part == "</thead>"), default=len(parts))
    return last < len(parts) and not any(part.startswith("<tr") for part in parts[last:])


def _table_classes(columns: int, *, tall: bool, joined: bool) -> tuple[tuple[str, bool], ...]:
    """Return the classes of a table for the style sheet."""
    is_crowded = columns >= CROWDED
    return (
        ("wide", _WIDE <= columns < _WIDEST), ("widest", columns >= _WIDEST), ("crowded", is_crowded), ("tall", tall),
        ("joined", joined and not is_crowded),
    )  # fmt: skip


def _longest_cell_letters(row: Sequence[str]) -> int:
    """Return the letters of a row's longest cell, times its cells.

    So many letters would fill a page of that cell's width.
    """
    cells = [0]
    for part in row:
        if part.startswith(("<td", "<th")):
            cells.append(0)
        elif not part.startswith("<"):
            cells[-1] += len(part)
    return max(cells) * (len(cells) - 1)


def _with_breaks(text: str, most_letters: int) -> tuple[str, bool]:
    """Return a text whose words may break after a number of letters, and whether a word is left that may not break."""
    has_unbroken = False

    def break_word(word: re.Match[str]) -> str:
        nonlocal has_unbroken
        if len(word[0]) <= most_letters:
            return word[0]
        if not _PARTED.fullmatch(word[0]):
            has_unbroken = True
            return word[0]
        return _BREAK.join(_BREAK.join(_cut_word(part, most_letters)) for part in _JOINTS.split(word[0]))

    return _TEXT.sub(break_word, text), has_unbroken


def _cut_word(word: str, most_letters: int) -> list[str]:
    return [word[start : start + most_letters] for start in range(0, len(word), most_letters)]


def _span_of(value: str | None) -> int:
    return int(value) if value and re.fullmatch(r"[1-9]\d{0,2}", value) else 1
