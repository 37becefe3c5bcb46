"""The table of rules, with one file for each family.

To add a rule: write a function in its family's file, add it to the table here, give its code a row in
`casebuilder.problems`, and a heading in the handbook. Rules never read the clock and never stop at the first problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.checks import (
    accessibility,
    anonymity,
    authors,
    commentarythemes,
    dates,
    figures,
    identifiers,
    lengths,
    livehours,
    people,
    pictures,
    plainfields,
    printing,
    privacy,
    prose,
    quotes,
    references,
    sessions,
    smallfigures,
    structure,
    theme,
    topics,
    unfinished,
    verbatim,
    withdrawn,
)
from casebuilder.checks.people import named
from casebuilder.checks.rootcauses import left_out
from casebuilder.model import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.model.series import Series
    from casebuilder.problems import Problem

#: Rules about the whole series, including withdrawn cases.
SERIES_RULES: tuple[Callable[[Series], Iterator[Problem]], ...] = (
    structure.duplicates,
    structure.collections,
    theme.marks,
    people.known,
    people.credited,
    dates.order,
    dates.withdrawals,
    withdrawn.quotes,
    withdrawn.contributions,
    withdrawn.traces,
    privacy.traces,
    privacy.addresses_of_machines,
    pictures.unshown,
    figures.contradictions,
    figures.windows,
    figures.written,
    smallfigures.typed,
)
#: Rules about cases that are not withdrawn.
RULES: tuple[Callable[[Series], Iterator[Problem]], ...] = (
    structure.counts,
    lengths.unusual,
    structure.questions,
    commentarythemes.themes,
    structure.quotes_in_commentary,
    structure.contributions,
    structure.competencies,
    topics.addresses,
    people.disclosures,
    people.family_names,
    people.latin_names,
    references.cited,
    references.numbers,
    authors.single,
    plainfields.signs,
    plainfields.curly_marks,
    unfinished.marks,
    prose.findings,
    prose.links,
    prose.quote_places,
    dates.consents,
    quotes.naming,
    quotes.figures_of_method,
    anonymity.quotes,
    anonymity.pseudonyms,
    privacy.privacy_checks,
    verbatim.quotes,
    verbatim.digests,
    accessibility.headings,
    accessibility.pictures,
    accessibility.links,
    printing.characters,
    printing.fields,
    sessions.sums,
    sessions.sections,
    livehours.live_hours,
    livehours.overlaps,
    livehours.channels,
    livehours.timetable,
    livehours.repeated_questions,
    livehours.contributions,
    identifiers.orcids,
    identifiers.dois,
    identifiers.pmids,
)


#: Rules about pictures, which need a function that opens them.
PICTURE_RULES: tuple[Callable[[Series, pictures.Judge], Iterator[Problem]], ...] = (
    pictures.sound,
    pictures.of_pages,
)


def run(series: Series, judge: pictures.Judge = lambda _: ()) -> list[Problem]:
    """Return every problem that the rules find.

    Args:
        series: the whole series.
        judge: returns the faults of a picture, given its path below the series' root.
    """
    kept_cases = tuple(case for case in series.cases if case.status is not Status.WITHDRAWN)
    kept_series = series.replaced(cases=kept_cases)
    problems = [problem for check in SERIES_RULES for problem in check(series)]
    problems += [problem for check in RULES for problem in check(kept_series)]
    return problems + [problem for rule in PICTURE_RULES for problem in rule(kept_series, judge)]


__all__ = ["left_out", "named", "run"]
