"""The font size of the guide's first page ("In brief"), so that it fits on one page.

The heights of its blocks are estimated from their letters: close enough to choose among a few sizes. So long a brief
that none fits simply goes on overleaf.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from casebuilder.markdown import prose
from casebuilder.outputs.packs import pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.outputs.packs.views.case import CaseView

    #: The paragraphs and list items under each heading of a column, as plain text.
    Column = Sequence[Sequence[str]]

#: Points, largest first. The leading is 1.45 times the size; see guide.css.
SIZES = (10.5, 10.25, 10.0, 9.75, 9.5, 9.25, 9.0)
_LEADING = 1.45
#: In points: a list in one of the two columns, and the height of each paper below the title.
_WIDTH = 205.0
_HEIGHT = {"a4": 652.0, "letter": 602.0}
#: In points: a heading, the end of a block, the head of the table of plans and a line of it.
_HEADING, _GAP, _TABLE, _ROW, _PADDING = 20.0, 2.5, 56.0, 13.0, 5.5
#: Letters on a line of the table's last column.
_ROW_LETTERS = 82
#: A letter's width as a part of the size, on average, with the room that a line's last word leaves free.
_LETTER = 0.45
_TITLE = 29.0


def font_size(view: CaseView) -> float:
    """Return the largest size at which the brief fits on its page, or the smallest."""
    glances = (" ".join(f"{step.clock} {step.section}," for step in plan.steps) for plan in view.plans)
    table = _TABLE + sum(ceil(len(glance) / _ROW_LETTERS) * _ROW + _PADDING for glance in glances)
    free_height = _HEIGHT[view.on] - _TITLE * (view.title_lines - 1) - table
    return next(
        (points for points in SIZES if max(_column_height(column, points) for column in _columns(view)) <= free_height),
        SIZES[-1],
    )


def _columns(view: CaseView) -> tuple[Column, Column]:
    """Return the texts of each column, as the template has them."""
    case = view.case
    facts = [f"{title}: {view.translator.phrases(*labels)}" for title, labels in view.competencies]
    people = [f"{character.name}, {character.role} ({character.pronouns})" for character in case.characters]
    brief_column = (_plain_paragraphs(view, "brief"), [view.audience], case.objectives, [case.content_note])
    return brief_column, (_plain_paragraphs(view, "prepare"), facts, people)


def _plain_paragraphs(view: CaseView, note: str) -> list[str]:
    """Return a note's paragraphs without their markup."""
    html = prose.html(view.notes[note]) if note in view.notes else ""
    return [" ".join(paragraph) for paragraph in pdf.paragraphs(html)]


def _column_height(column: Column, points: float) -> float:
    blocks = [block for section in column for block in section if block]
    lines = sum(ceil(len(block) * points * _LETTER / _WIDTH) for block in blocks)
    return lines * points * _LEADING + len(blocks) * _GAP + sum(_HEADING for section in column if section)
