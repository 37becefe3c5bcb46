"""Figures beside a record from which they can be counted: the two must agree; and what a typed figure must say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casebuilder.casefiles import record_path
from casebuilder.checks.countablefigures import ALL_SAID, PEOPLE, countable, posts
from casebuilder.model import Breakdown, counting, instant
from casebuilder.problems import Problem
from casebuilder.text import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.checks.countablefigures import Countable
    from casebuilder.model import Contribution, Figures, Metric
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


#: Figures that are one number, of people or of what they said.
_SINGLE = frozenset(("contributions", "participants", "first_comments", "first_posts"))
#: Figures whose parts are people; the parts of all others are contributions.
_OF_PEOPLE = frozenset(("rounds", "roles", "continents", "countries"))


def contradictions(series: Series) -> Iterator[Problem]:
    """Report typed numbers that the record of the discussion contradicts.

    A figure covers the time after the opening that its window names, and the record may go on after it; and what was
    taken back since, or marked as spam, was there when somebody counted. So whatever is between the count of that time
    and that of the whole record is right.
    """
    for case in series.cases:
        if record_path(case.slug) in series.unread or not (case.contributions or case.figures):
            continue
        for index, metric in enumerate(case.metrics):
            counter = countable(metric, case)
            if counter is None or metric.value is None or not case.metrics_origin.sound(index):
                continue
            if case.contributions:
                difference = _record_difference(metric.value, metric, counter, case, series)
            else:
                difference = _figures_difference(metric.value, metric, counter, case)
            if difference:
                hint = "correct the figure, or delete it: it is counted in the record of the discussion"
                if case.contributions:
                    record = f"commentary/{case.slug}/discussion.jsonl"
                    hint = f"correct the figure, or add the missing contributions to {record}"
                message = f"{metric.metric} is {grouped(metric.value)}, but {difference}"
                yield Problem(*case.metrics_origin.at(index, "value"), "figure-contradicts-record", message, hint)


def _record_difference(value: float, metric: Metric, counter: Countable, case: Case, series: Series) -> str:
    """Return what the record has instead of a typed figure; "" if it agrees."""
    if case.paper and metric.name == "posts" and value > posts(case.contributions):
        counter = ALL_SAID  # a journal club calls everything that is said a post
    most = counter.number(case.contributions)
    least = counter.number(_counted_in_first_hours(case, metric.hours, series)) if counter.grows else 0
    if least <= value <= most + counter.unsure(case.contributions):
        return ""
    return f"the record of the discussion has {_number_and_unit(most, counter)}"


def _figures_difference(value: float, metric: Metric, counter: Countable, case: Case) -> str:
    """Return what figures.yml has instead of a typed figure; "" if it agrees, or does not say.

    What was marked as spam since then is in no count of the file, and may be in the typed figure.
    """
    assert case.figures is not None  # noqa: S101 - chosen so
    if case.paper and metric.name == "posts":
        counter = ALL_SAID
    figures, most = case.figures, counter.shown(case.figures)
    if most is None:
        is_few = counter.unit == PEOPLE.unit and value >= figures.least_alone
        return f"figures.yml has fewer than {figures.least_alone} {_plural(counter.unit)}" if is_few else ""
    unsure = figures.continents.cells.get("unknown", 0) if counter.unit in {"country", "continent"} else 0
    if value <= most + figures.spam + unsure:
        return ""
    return f"figures.yml has {_number_and_unit(most, counter)}"


def _number_and_unit(number: int, counter: Countable) -> str:
    return f"{number} {counter.unit if number == 1 else _plural(counter.unit)}"


def _plural(unit: str) -> str:
    first, _, remainder = unit.partition(" ")
    return f"{first.removesuffix('y')}{'ies' if first.endswith('y') else 's'} {remainder}".rstrip()


def _counted_in_first_hours(case: Case, hours: int, series: Series) -> list[Contribution]:
    """Return the contributions that count and were made in the first hours of the record."""
    end = instant(case.opens, series.zone).timestamp() + timedelta(hours=hours).total_seconds()  # across clock changes
    return [item for item in counting.counted(case.contributions) if item.posted.timestamp() < end]


def windows(series: Series) -> Iterator[Problem]:
    """A typed figure says how much time it covers, once, and has a value unless its platform gives it no longer."""
    for case in series.cases:
        for index, metric in enumerate(case.metrics):
            origin = case.metrics_origin
            if not origin.sound(index):
                continue
            if metric.window_days is None and metric.window_hours is None:
                hint = "add window_days: 7, or window_hours: 48: how long after the opening it was counted"
                yield Problem(
                    *origin.at(index), "missing-field", f"{metric.metric} does not say what time it covers", hint
                )
            elif metric.window_days is not None and metric.window_hours is not None:
                message = f"{metric.metric} says twice what time it covers"
                yield Problem(*origin.at_key(index, "window_hours"), "bad-value", message, "keep days or hours")
            if metric.value is None and not metric.discontinued:
                hint = "add value: and the number; or discontinued: true, if the platform gives it no longer"
                yield Problem(*origin.at(index), "missing-field", f"{metric.metric} has no value", hint)


def written(series: Series) -> Iterator[Problem]:
    """The file of figures shows no small number, and agrees with the record where that is on this computer."""
    cases_with_figures = [case for case in series.cases if case.figures]
    counted_figures = (
        counting.of_series(series).rounds if any(case.contributions for case in cases_with_figures) else {}
    )
    for case in cases_with_figures:
        assert case.figures is not None  # noqa: S101 - chosen so
        if finding := _find_small_number(case.figures, series.settings.small_count):
            name, number = finding
            message = f"{name} has a {number}, and numbers below {series.settings.small_count} are hidden"
            hint = f"whoever has the record runs: casebuilder stats {case.slug} --write"
            yield Problem(*case.figures_origin.at(name), "small-figure", message, hint)
        elif case.slug in counted_figures and record_path(case.slug) not in series.unread:
            yield from _report_difference(case, case.figures, counted_figures[case.slug])


def _find_small_number(figures: Figures, least: int) -> tuple[str, int] | None:
    """Return the first figure that shows a small number, or leaves one of its total; and the number."""
    for name, value in figures:
        numbers = [value] if name in _SINGLE and value is not None else []
        if isinstance(value, Breakdown):
            total = figures.participants if name in _OF_PEOPLE else figures.contributions
            remainder = (total or 0) - sum(value.cells.values()) if value.cells else 0
            numbers = [*value.cells.values(), value.other or 0, remainder]
        if small_number := next((number for number in numbers if 0 < number < least), 0):
            return name, small_number
    return None


def _report_difference(case: Case, written_figures: Figures, counted_figures: Figures) -> Iterator[Problem]:
    """Yield one problem, at the first figure that differs."""
    names = [name for name, value in written_figures if value != getattr(counted_figures, name)]
    if names:
        more_fields = f", and so do {len(names) - 1} more" if len(names) > 1 else ""
        message = f"{names[0]} differs from what the record of the discussion gives{more_fields}"
        hint = f"run: casebuilder stats {case.slug} --write"
        yield Problem(*case.figures_origin.at(names[0]), "figures-differ", message, hint)
