"""The rounds of a series, counted in the order in which they opened, each contribution once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Kind, Status, window
from casebuilder.model.counting.counts import Round, count, counted
from casebuilder.model.counting.together import Together, nothing, together

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


def of_series(series: Series, among: Collection[str] | None = None) -> Counted:
    """Return the figures of each discussion whose record is here.

    New is who is in no earlier record of the series. Whoever took back what they said there is not new: else the
    figures of a later round would change with the withdrawal, and show that they came back. A withdrawn case is not
    counted. Two records that were made with different keys cannot be
    compared: from the second key on, nobody is called new or returning; nor after a round whose record is not here.

    Args:
        series: with everything in it.
        among: the slugs of the cases whose figures are wanted; those of all cases if it is not given.
    """
    figures_by_slug: dict[str, Figures] = {}
    earlier: set[str] = set()
    keys: set[str] = set()
    elsewhere = False
    records: dict[str, list[Contribution]] = {}
    opened = sorted(series.cases, key=lambda case: (window(case, series.zone)[0].timestamp(), case.slug))
    for case in opened:
        elsewhere |= _is_elsewhere(case)
        if not case.contributions or case.status is Status.DRAFT:
            continue
        own = counted(case.contributions)
        records[case.slug] = [item for item in case.contributions if not item.spam]
        keys |= {item.key_id for item in own}
        if case.status is not Status.WITHDRAWN and (among is None or case.slug in among):
            figures = count(
                Round(
                    case.contributions,
                    window(case, series.zone)[0],
                    has_paper=case.kind is Kind.JOURNAL_CLUB,
                    earlier=None if elsewhere or len(keys) > 1 else earlier,
                    unknown="record-elsewhere" if elsewhere else "another-key",
                    small=series.settings.small_count,
                )
            )
            figures_by_slug[case.slug] = _with_known_rounds(figures, case.figures) if elsewhere else figures
        earlier |= {item.author_key for item in records[case.slug]}
    shown = [case for case in opened if case.status is not Status.WITHDRAWN]
    wanted = [case for case in shown if among is None or case.slug in among]
    papers = [case for case in wanted if case.kind is Kind.JOURNAL_CLUB]
    small = series.settings.small_count
    return Counted(
        figures_by_slug,
        _together(wanted, figures_by_slug, records, small),
        _together(papers, figures_by_slug, records, small),
    )


def _is_elsewhere(case: Case) -> bool:
    """Return whether a case has a record that is not here: its figures, or digests for its quotes, were made of it."""
    return not case.contributions and (case.figures is not None or any(quote.source.digest for quote in case.quotes))


def _with_known_rounds(here: Figures, written: Figures | None) -> Figures:
    """Return the figures with the new and returning participants that were counted where every record is.

    Args:
        here: counted without the record of an earlier round.
        written: those of `figures.yml`. They hold as long as the same number of people took part.
    """
    if written is None or written.rounds_unknown or written.participants != here.participants:
        return here
    return here.model_copy(update={"rounds": written.rounds, "rounds_unknown": ""})


def _together(
    cases: Collection[Case], counted: Mapping[str, Figures], records: Mapping[str, Sequence[Contribution]], small: int
) -> Together:
    """Return some cases counted as one.

    Without the record of a round that was counted elsewhere, nobody knows who took part in both.
    """
    if any((case.figures or _is_elsewhere(case)) and case.slug not in counted for case in cases):
        return nothing()
    return together({case.slug: counted[case.slug] for case in cases if case.slug in counted}, records, small)
