"""The report on a pull request: what its branch changes, case by case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from casebuilder.editorial import history, pullrequestreport
from casebuilder.pipeline import comparing
from casebuilder.pipeline.problemreport import worst
from casebuilder.problems import Severity
from casebuilder.published.seriesstatus import series_status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from casebuilder.pipeline.comparing import Touched
    from casebuilder.pipeline.reading import Reading
    from casebuilder.problems import Problem
    from casebuilder.published.seriesstatus import CaseStatus

#: The pages of packs, by slug, edition and paper.
_Pages: TypeAlias = "Mapping[tuple[str, str, str], int]"


def review(  # noqa: PLR0913 - what is known of a pull request
    reading: Reading,
    problems: Sequence[Problem],
    changed: Touched,
    since: str,
    *,
    is_built: bool,
    ready: frozenset[str],
) -> pullrequestreport.PullRequestReport:
    """Return the report on a pull request.

    Args:
        reading: the series on the branch.
        problems: everything that the check says about it.
        changed: the cases that the branch touches.
        since: the Git revision that it is compared with.
        is_built: whether the site could be built.
        ready: the cases whose page could be built.

    Raises:
        casebuilder.editorial.history.HistoryError: Git does not know the revision.
    """
    slugs = changed.cases[: pullrequestreport.MOST]
    counts = [sum(problem.severity is severity for problem in problems) for severity in Severity]
    return pullrequestreport.PullRequestReport(
        format=1,
        commit=history.commit(reading.root),
        as_of=f"{reading.as_of:%Y-%m-%d}",
        is_built=is_built,
        errors=counts[0],
        warnings=counts[1],
        notes=counts[2],
        worst=tuple(_found_problem(problem) for problem in worst(problems)[: pullrequestreport.WORST]),
        cases=_case_reports(reading, slugs, since, ready),
        others=len(changed.cases) - len(slugs) + changed.misnamed,
        deleted=changed.deleted[: pullrequestreport.MOST],
    )


def _found_problem(problem: Problem) -> pullrequestreport.FoundProblem:
    message = pullrequestreport.shortened(f"{problem.message}; {problem.hint}" if problem.hint else problem.message)
    return pullrequestreport.FoundProblem(
        pullrequestreport.shortened(problem.path), problem.line, problem.severity.value, problem.code, message
    )


def _case_reports(
    reading: Reading, slugs: Sequence[str], since: str, ready: frozenset[str]
) -> tuple[pullrequestreport.CaseReport, ...]:
    series, cache = reading.series, reading.cache("packs")
    rows = {row.slug: row for row in series_status(series, reading.as_of).cases}
    cases = [case for slug in slugs if (case := series.case(slug))]
    with comparing.earlier(reading, since) as earlier:
        usual_words = pullrequestreport.usual_words(
            earlier.series, reading.as_of
        )  # what a branch changes is not usual yet
        pages_before = comparing.page_counts(earlier, frozenset(slugs), cache)
        pages_now = comparing.page_counts(reading, ready, cache)
        return tuple(
            replace(
                _report_of_status(rows[case.slug]) if case.origin.sound("opens") else _report_of_unread(case.slug),
                texts=pullrequestreport.words_of(case, earlier.series.case(case.slug), usual_words),
                packs=_pages_of_packs(case.slug, pages_before, pages_now),
                is_shown=case.slug in ready,
            )
            for case in cases
        )


def _report_of_status(row: CaseStatus) -> pullrequestreport.CaseReport:
    """Return what the board says of a case."""
    return pullrequestreport.CaseReport(
        slug=row.slug,
        title=pullrequestreport.shortened(row.title),
        state=row.state.value if row.state else "",
        step=row.next,
        due=_day_and_time(row.due) if row.due else "",
        missing=tuple(pullrequestreport.shortened(item) for item in row.missing[: pullrequestreport.MOST_MISSING]),
    )


def _report_of_unread(slug: str) -> pullrequestreport.CaseReport:
    """Return a case whose file cannot be read, so that nothing is known of it."""
    return pullrequestreport.CaseReport(slug=slug, title=slug, state="", step="", due="", missing=())


def _pages_of_packs(slug: str, before: _Pages, now: _Pages) -> tuple[pullrequestreport.PackPages, ...]:
    """Return the pages of each pack of a case, before and now."""
    names = dict.fromkeys(name for name in (*now, *before) if name[0] == slug)
    return tuple(pullrequestreport.PackPages(name[1], name[2], before.get(name), now.get(name)) for name in names)


def _day_and_time(moment: datetime) -> str:
    """Return a day, with the time if it is not midnight."""
    return f"{moment:%Y-%m-%d}" if not (moment.hour or moment.minute) else f"{moment:%Y-%m-%d %H:%M}"
