"""The rules, as rows of a visible table: one file for a family of rules.

To add a rule: write a function in its family's file, add it to the table here, give its code a row in
`casebuilder.problems`, and a heading in the handbook. Rules never look at the clock and never stop at the first find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.checks import (
    accessibility,
    consent,
    dates,
    identifiers,
    people,
    privacy,
    references,
    sessions,
    structure,
    verbatim,
    withdrawn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.model import Series
    from casebuilder.problems import Problem

#: Each rule looks at the whole series and yields what it finds.
RULES: tuple[Callable[[Series], Iterator[Problem]], ...] = (
    structure.counts,
    structure.lengths,
    structure.duplicates,
    structure.questions,
    structure.themes,
    structure.placed_quotes,
    structure.contributions,
    structure.competencies,
    structure.collections,
    people.known,
    people.disclosures,
    people.credited,
    references.cited,
    dates.order,
    dates.withdrawals,
    dates.consents,
    consent.quotes,
    consent.privacy_checks,
    verbatim.quotes,
    withdrawn.quotes,
    withdrawn.contributions,
    withdrawn.traces,
    privacy.traces,
    privacy.addresses_of_machines,
    accessibility.headings,
    accessibility.pictures,
    accessibility.links,
    accessibility.markup,
    sessions.sums,
    sessions.sections,
    identifiers.orcids,
    identifiers.dois,
)


def run(series: Series) -> list[Problem]:
    """Every problem that the rules find."""
    return [problem for rule in RULES for problem in rule(series)]
