"""The rounds of a series, counted in the order in which they opened, each contribution once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown, Kind, Status, window
from casebuilder.model.counting.combinedrounds import Together, nothing, together
from casebuilder.model.counting.counts import Round, count, counted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from casebuilder.model import Contribution, Figures
    from casebuilder.model.case import Case
    from casebuilder.model.counting.newcomers import Newcomers
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
    from casebuilder.model.counting import newcomers  # which `check` does not need

    opened = sorted(series.cases, key=lambda case: (window(case, series.zone)[0].timestamp(), case.slug))
    records = {
        case.slug: [item for item in case.contributions if not item.spam]
        for case in opened
        if case.contributions and case.status is not Status.DRAFT
    }
    rounds = newcomers.tables(_newcomers(records), series.settings.small_count)
    tables = dict(zip(records, rounds.rounds, strict=True))
    kept_slugs = {case.slug for case in opened if case.status is not Status.WITHDRAWN}
    wanted = kept_slugs if only is None else kept_slugs & {*only}
    figures = _figures_of_rounds(series, opened, records, tables, wanted)
    counted_cases = [case for case in opened if case.slug in wanted]
    papers = [case for case in counted_cases if case.kind is Kind.JOURNAL_CLUB]
    are_all = figures.keys() == records.keys() and not any(each.rounds_unknown for each in figures.values())
    is_open = rounds.is_sum_open and are_all and _has_one_sum(counted_cases)
    together_of = partial(
        _count_together, figures_by_case=figures, records=records, small_count=series.settings.small_count
    )
    return Counted(
        figures,
        together_of(counted_cases, is_open=is_open),
        together_of(papers, is_open=is_open and len(papers) == len(counted_cases)),
    )


def _newcomers(records: Mapping[str, Sequence[Contribution]]) -> list[Newcomers]:
    """Return the people of each round; the first one first."""
    from casebuilder.model.counting.newcomers import Newcomers

    before, rounds = set[str](), []
    for record in records.values():
        authors, people = ({item.author_key for item in items} for items in (record, counted(record)))
        new = len(people - before)
        rounds.append(Newcomers(len(people), new, len(authors - before) - new))
        before |= authors
    return rounds


def _figures_of_rounds(
    series: Series,
    opened: Sequence[Case],
    records: Mapping[str, Sequence[Contribution]],
    tables: Mapping[str, Breakdown],
    wanted: Collection[str],
) -> dict[str, Figures]:
    """Return the figures of some cases by slug, the first round first.

    Args:
        series: with everything in it.
        opened: its cases, the first round first.
        records: what was said in each round, without spam.
        tables: new and returning participants of each round, as they may be shown.
        wanted: the slugs of those cases.
    """
    figures_by_slug: dict[str, Figures] = {}
    keys, has_record_elsewhere = set[str](), False
    for case in opened:
        has_record_elsewhere |= is_elsewhere(case)
        if case.slug not in records:
            continue
        keys |= {item.key_id for item in counted(records[case.slug])}
        if case.slug in wanted:
            unknown = "record-elsewhere" if has_record_elsewhere else "another-key" if len(keys) > 1 else ""
            round_ = Round(
                case.contributions,
                window(case, series.zone)[0],
                has_paper=case.kind is Kind.JOURNAL_CLUB,
                rounds=Breakdown() if unknown else tables[case.slug],
                small_count=series.settings.small_count,
                rounds_unknown=unknown,
            )
            figures = count(round_)
            figures_by_slug[case.slug] = _with_known_rounds(figures, case.figures) if has_record_elsewhere else figures
    return figures_by_slug


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


def _has_one_sum(cases: Collection[Case]) -> bool:
    """Return whether no two cases are added up without the others: journal clubs have a sum of their own."""
    clubs = sum(case.kind is Kind.JOURNAL_CLUB and bool(case.contributions) for case in cases)
    return clubs <= 1 or clubs == sum(bool(case.contributions) for case in cases)


def _count_together(
    cases: Collection[Case],
    figures_by_case: Mapping[str, Figures],
    records: Mapping[str, Sequence[Contribution]],
    small_count: int,
    *,
    is_open: bool,
) -> Together:
    """Return some cases counted as one.

    Without the record of a round that was counted elsewhere, nobody knows who took part in both.
    """
    if any((case.figures or is_elsewhere(case)) and case.slug not in figures_by_case for case in cases):
        return nothing()
    return together(
        {case.slug: figures_by_case[case.slug] for case in cases if case.slug in figures_by_case},
        records,
        small_count,
        is_sum_open=is_open,
    )
