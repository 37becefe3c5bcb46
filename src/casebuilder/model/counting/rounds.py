"""The rounds of a series, counted in the order in which they opened, each contribution once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Kind, Status, window
from casebuilder.model.counting.combinedrounds import Together, nothing, together
from casebuilder.model.counting.counts import Round, count, counted
from casebuilder.model.counting.overlap import new_and_returning

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from casebuilder.model import Contribution, Figures
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in the records of a series.

    Attributes:
        rounds: each round by its case's slug, the first round first.
        together: all rounds.
        clubs: all journal clubs.
    """

    rounds: Mapping[str, Figures]
    together: Together
    clubs: Together


def of_series(series: Series, only: Collection[str] | None = None) -> Counted:
    """Return the figures of each discussion whose record is here.

    New is who is in no earlier record of the series. Whoever took back what they said there is not new: else the
    figures of a later round would change with the withdrawal, and show that they came back. A withdrawn case is not
    counted. Two records that were made with different keys cannot be
    compared: from the second key on, nobody is called new or returning; nor after a round whose record is not here.

    Args:
        series: with everything in it.
        only: the slugs of the cases whose figures are wanted; those of all cases if it is not given.
    """
    figures_by_slug: dict[str, Figures] = {}
    small_count = series.settings.small_count
    earlier: set[str] = set()
    keys: set[str] = set()
    has_record_elsewhere, is_known = False, True
    records: dict[str, list[Contribution]] = {}
    opened = sorted(series.cases, key=lambda case: (window(case, series.zone)[0].timestamp(), case.slug))
    for case in opened:
        has_record_elsewhere |= is_elsewhere(case)
        if not case.contributions or case.status is Status.DRAFT:
            continue
        items = counted(case.contributions)
        is_second = sum(map(bool, records.values())) == 1
        records[case.slug] = [item for item in case.contributions if not item.spam]
        keys |= {item.key_id for item in items}
        if case.status is not Status.WITHDRAWN and (only is None or case.slug in only):
            figures = count(
                Round(
                    case.contributions,
                    window(case, series.zone)[0],
                    has_paper=case.kind is Kind.JOURNAL_CLUB,
                    earlier=None if has_record_elsewhere or len(keys) > 1 else earlier,
                    unknown="record-elsewhere" if has_record_elsewhere else "another-key",
                    small_count=small_count,
                    is_second=is_second,
                    is_known=is_known,
                )
            )
            figures_by_slug[case.slug] = _with_known_rounds(figures, case.figures) if has_record_elsewhere else figures
        people = {item.author_key for item in items}
        rounds = new_and_returning(people, earlier, small_count, is_second=is_second, is_known=is_known)
        is_known = is_known and bool(rounds.cells)
        earlier |= {item.author_key for item in records[case.slug]}
    not_withdrawn = [case for case in opened if case.status is not Status.WITHDRAWN]
    counted_cases = [case for case in not_withdrawn if only is None or case.slug in only]
    papers = [case for case in counted_cases if case.kind is Kind.JOURNAL_CLUB]
    return Counted(
        figures_by_slug,
        _count_together(counted_cases, figures_by_slug, records, small_count),
        _count_together(papers, figures_by_slug, records, small_count),
    )


def is_elsewhere(case: Case) -> bool:
    """Return whether a case has a record that is not here: its figures, or digests for its quotes, were made of it."""
    return not case.contributions and (case.figures is not None or any(quote.source.digest for quote in case.quotes))


def _with_known_rounds(figures: Figures, written_figures: Figures | None) -> Figures:
    """Return the figures with the new and returning participants that were counted where every record is.

    Args:
        figures: counted without the record of an earlier round.
        written_figures: those of `figures.yml`. They hold as long as the same number of people took part.
    """
    if (
        written_figures is None
        or written_figures.rounds_unknown
        or written_figures.participants != figures.participants
    ):
        return figures
    return figures.model_copy(update={"rounds": written_figures.rounds, "rounds_unknown": ""})


def _count_together(
    cases: Collection[Case],
    figures_by_case: Mapping[str, Figures],
    records: Mapping[str, Sequence[Contribution]],
    small_count: int,
) -> Together:
    """Return some cases counted as one.

    Without the record of a round that was counted elsewhere, nobody knows who took part in both.
    """
    if any((case.figures or is_elsewhere(case)) and case.slug not in figures_by_case for case in cases):
        return nothing()
    return together(
        {case.slug: figures_by_case[case.slug] for case in cases if case.slug in figures_by_case}, records, small_count
    )
