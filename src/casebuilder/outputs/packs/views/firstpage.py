"""The guide's first page ("In brief"): its columns and the size of its letters, so that it fits on one page.

The heights of its blocks are estimated from their letters: close enough to choose among a few sizes. Whatever is no
text, and so long a brief that no size fits, are set in one column, which may go on overleaf: WeasyPrint lays out two
columns several times, and draws some that are longer than a page below its edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from casebuilder.markdown import prose
from casebuilder.outputs.packs import pdf
from casebuilder.outputs.packs.views.slidemeasure import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.outputs.packs.views.case import CaseView

    #: The paragraphs and list items under each heading of a column, as plain text.
    Column = Sequence[Sequence[str]]

#: Points, largest first. The leading is 1.45 times the size; see guide.css.
SIZES = (10.5, 10.25, 10.0, 9.75, 9.5, 9.25, 9.0)
_LEADING = 1.45
#: In points: a list in one of the two columns, or in the only one, and the height of each paper below the title.
_WIDTH, _WHOLE_WIDTH = 205.0, 446.0
_HEIGHT = {"a4": 652.0, "letter": 602.0}
#: In points: a heading, the end of a block, the head of the table of plans and a line of it.
_HEADING, _GAP, _TABLE, _ROW, _PADDING = 20.0, 2.5, 56.0, 13.0, 5.5
#: Letters on a line of the table's last column.
_ROW_LETTERS = 82
#: A letter's width as a part of the size, on average, with the room that a line's last word leaves free.
_LETTER = 0.45
_TITLE = 29.0
#: How much the height may be overestimated: at the smallest size, columns that seem so much too long still fit.
_SLACK = 1.12
#: What a column of half the page has no room for, or what is higher than its letters say.
_WIDE = ("<table", "<img", "<pre")


@dataclass(frozen=True, slots=True)
class FirstPage:
    """How the first page is set.

    Attributes:
        points: the size of its letters.
        in_columns: whether it has two columns.
    """

    points: float
    in_columns: bool


def set_first_page(view: CaseView) -> FirstPage:
    """Return how the brief fits on its page, in the largest size; in one column if none fits in two."""
    left, right = _columns(view)
    glances = (" ".join(f"{step.clock} {step.section}," for step in plan.steps) for plan in view.plans)
    table = _TABLE + sum(ceil(len(glance) / _ROW_LETTERS) * _ROW + _PADDING for glance in glances)
    free_height = _HEIGHT[view.on] - _TITLE * (view.title_lines - 1) - table
    if not any(tag in _html(view, note) for note in ("brief", "prepare") for tag in _WIDE):
        for points in SIZES:
            height = max(_column_height(column, points, _WIDTH) for column in (left, right))
            if height <= free_height * (_SLACK if points == SIZES[-1] else 1):
                return FirstPage(points, in_columns=True)
    one_column = (*left, *right)
    fitting = (points for points in SIZES if _column_height(one_column, points, _WHOLE_WIDTH) <= free_height)
    return FirstPage(next(fitting, SIZES[0]), in_columns=False)


def _columns(view: CaseView) -> tuple[Column, Column]:
    """Return the texts of each column, as the template has them."""
    case = view.case
    facts = [f"{title}: {view.translator.phrases(*labels)}" for title, labels in view.competencies]
    people = [f"{character.name}, {character.role} ({character.pronouns})" for character in case.characters]
    brief = _plain_paragraphs(view, "brief") or [case.teaser]
    brief_column = (brief, [view.audience], case.objectives, [case.content_note])
    return brief_column, (_plain_paragraphs(view, "prepare"), facts, people)


def _html(view: CaseView, note: str) -> str:
    """Return a note's HTML; empty without such a note."""
    return prose.html(view.notes[note]) if note in view.notes else ""


def _plain_paragraphs(view: CaseView, note: str) -> list[str]:
    """Return a note's paragraphs without their markup."""
    return [" ".join(paragraph) for paragraph in pdf.paragraphs(_html(view, note))]


def _column_height(column: Column, points: float, width: float) -> float:
    blocks = [block for section in column for block in section if block]
    lines = sum(ceil(text_width(block) * points * _LETTER / width) for block in blocks)
    return lines * points * _LEADING + len(blocks) * _GAP + sum(_HEADING for section in column if section)
