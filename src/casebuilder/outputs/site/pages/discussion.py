"""What the page of a case says about its discussion in figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Use
from casebuilder.wording import figures

if TYPE_CHECKING:
    from casebuilder.outputs.site.pages.siteview import SiteView
    from casebuilder.published import PublishedCase
    from casebuilder.wording.figures import Bars, Fact


@dataclass(frozen=True, slots=True)
class Counted:
    """A discussion in figures: single facts, the first picture, and the others, which a reader unfolds.

    Attributes:
        facts: names and values.
        first: the course of the discussion, if it may be shown.
        others: the other tables.
        rounds_unknown: why nobody could be recognised from an earlier round; empty if they could.
        how_counted: where the figures come from, and which are hidden.
    """

    facts: tuple[Fact, ...]
    first: tuple[Bars, ...]
    others: tuple[Bars, ...]
    rounds_unknown: str
    how_counted: str


def of_case(site: SiteView, case: PublishedCase) -> Counted | None:
    """Return the figures of a case in the words of its page; None if nothing was counted."""
    if case.figures is None:
        return None
    questions = {question.id: question.title for question in case.questions}
    tables = figures.tables(site.translator, case.figures, questions)
    first_table = tables[:1] if case.figures.course.cells else ()
    voices = figures.voices(site.translator, case.voices(Use.SITE))
    other_tables = (*tables[len(first_table) :], *((voices,) if voices.rows else ()))
    return Counted(
        figures.facts(site.translator, case.figures),
        first_table,
        other_tables,
        case.figures.rounds_unknown,
        figures.how_counted(site.translator, case.figures),
    )
