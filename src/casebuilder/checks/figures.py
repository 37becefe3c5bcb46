"""Figures beside a record from which they can be counted: the two must agree; and what a typed figure must say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from casebuilder.casefiles import record_path
from casebuilder.model import Breakdown, counting, instant
from casebuilder.problems import Problem
from casebuilder.text import grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from casebuilder.model import Contribution, Figures
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


@dataclass(frozen=True, slots=True)
class _Countable:
    """A typed figure that can be counted in a record.

    Attributes:
        unit: what is counted: "author".
        number: how many there are among some contributions.
        grows: whether the record's whole number is at least that of its first days; only then is there a least.
        unsure: how many more there may be than the record says.
    """

    unit: str
    number: Callable[[Sequence[Contribution]], int]
    grows: bool = True
    unsure: Callable[[Sequence[Contribution]], int] = lambda _: 0


def _countries(items: Sequence[Contribution]) -> int:
    return len({item.country for item in items if item.country})


def _continents(items: Sequence[Contribution]) -> int:
    return len({counting.CONTINENT.get(item.country) for item in items if item.country} - {None})


def _without_country(items: Sequence[Contribution]) -> int:
    """Return how many authors said no country: each may be from another one."""
    return len({item.author_key for item in items} - {item.author_key for item in items if item.country})


def _authors(items: Sequence[Contribution]) -> int:
    return len({item.author_key for item in items})


def _comments(items: Sequence[Contribution]) -> int:
    return sum(not counting.is_post(item) for item in items)


def _posts(items: Sequence[Contribution]) -> int:
    return sum(map(counting.is_post, items))


_COUNTABLE = {
    "participants": _Countable("author", _authors),
    "all-participants": _Countable("author", _authors),
    "new-participants": _Countable("author", _authors, grows=False),
    "contributions": _Countable("contribution", len),
    "comments": _Countable("comment", _comments),
    "posts": _Countable("post on social networks", _posts),
}
#: Of a journal club these are the participants'; of a case they are those of visitors, whom no record has.
_OF_CLUBS = {
    "countries": _Countable("country", _countries, unsure=_without_country),
    "continents": _Countable("continent", _continents, unsure=_without_country),
}
#: Figures that are one number, of people or of what they said.
_SINGLE = frozenset(("contributions", "participants", "first_comments", "first_posts"))
#: Figures whose parts are people; the parts of all others are contributions.
_OF_PEOPLE = frozenset(("rounds", "roles", "continents", "countries"))
#: A journal club calls everything that is said a post.
_CLUBS_POSTS = _Countable("contribution", len)


def contradictions(series: Series) -> Iterator[Problem]:
    """Report typed numbers that the record of the discussion contradicts.

    A figure covers the time after the opening that its window names, and the record may go on after it; and what was
    taken back since, or marked as spam, was there when somebody counted. So whatever is between the count of that time
    and that of the whole record is right.
    """
    for case in series.cases:
        if not case.contributions or record_path(case.slug) in series.unread:
            continue
        for index, metric in enumerate(case.metrics):
            counter = _COUNTABLE.get(metric.name)
            if case.paper and not counting.of_visitors(metric, case.metrics):
                counter = counter or _OF_CLUBS.get(metric.name)
            if counter is None or metric.value is None or not case.metrics_origin.sound(index):
                continue
            if case.paper and metric.name == "posts" and metric.value > _posts(case.contributions):
                counter = _CLUBS_POSTS
            most = counter.number(case.contributions)
            least = counter.number(_within(case, metric.hours, series)) if counter.grows else 0
            if not least <= metric.value <= most + counter.unsure(case.contributions):
                counted = f"{most} {counter.unit if most == 1 else _several(counter.unit)}"
                message = f"{metric.metric} is {grouped(metric.value)}, but the record of the discussion has {counted}"
                hint = (
                    f"correct the figure, or add the missing contributions to commentary/{case.slug}/discussion.jsonl"
                )
                yield Problem(*case.metrics_origin.at(index, "value"), "figure-contradicts-record", message, hint)


def _several(unit: str) -> str:
    first, _, rest = unit.partition(" ")
    return f"{first.removesuffix('y')}{'ies' if first.endswith('y') else 's'} {rest}".rstrip()


def _within(case: Case, hours: int, series: Series) -> list[Contribution]:
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
    having = [case for case in series.cases if case.figures]
    counted = counting.of_series(series).rounds if any(case.contributions for case in having) else {}
    for case in having:
        assert case.figures is not None  # noqa: S101 - chosen so
        if small := _small(case.figures, series.settings.small_count):
            name, number = small
            message = f"{name} has a {number}, and numbers below {series.settings.small_count} are hidden"
            hint = f"whoever has the record runs: casebuilder stats {case.slug} --write"
            yield Problem(*case.figures_origin.at(name), "small-figure", message, hint)
        elif case.slug in counted and record_path(case.slug) not in series.unread:
            yield from _difference(case, case.figures, counted[case.slug])


def _small(shown: Figures, least: int) -> tuple[str, int] | None:
    """Return the first figure that shows a small number, or leaves one of its total; and the number."""
    for name, value in shown:
        numbers = [value] if name in _SINGLE and value is not None else []
        if isinstance(value, Breakdown):
            total = shown.participants if name in _OF_PEOPLE else shown.contributions
            rest = (total or 0) - sum(value.cells.values()) if value.cells else 0
            numbers = [*value.cells.values(), value.other or 0, rest]
        if small_number := next((number for number in numbers if 0 < number < least), 0):
            return name, small_number
    return None


def _difference(case: Case, shown: Figures, own: Figures) -> Iterator[Problem]:
    """Yield one problem, at the first figure that differs."""
    names = [name for name, value in shown if value != getattr(own, name)]
    if names:
        others = f", and so do {len(names) - 1} more" if len(names) > 1 else ""
        message = f"{names[0]} differs from what the record of the discussion gives{others}"
        hint = f"run: casebuilder stats {case.slug} --write"
        yield Problem(*case.figures_origin.at(names[0]), "figures-differ", message, hint)
