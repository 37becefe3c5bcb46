"""Typed figures of people: small ones are hidden as counted ones are, and so is what leaves a small number.

Page views, visitors, cities, countries and downloads do not count participants: they are printed as typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.checks.countablefigures import ALL_SAID, PEOPLE, countable
from casebuilder.checks.figures import contradictions
from casebuilder.model import COUNTRIES, counting
from casebuilder.model.vocabulary import COUNTRY_NAMES
from casebuilder.problems import Problem
from casebuilder.slugs import slug
from casebuilder.text import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.checks.countablefigures import Countable
    from casebuilder.model import Figures, Metric
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

_WEEK = 7 * 24
_EVERYBODY = frozenset(("participants", "all-participants"))
#: A word of these in the name of a figure says that people of the discussion were counted.
_PEOPLE = frozenset((
    "attendees", "attendee", "authors", "author", "commenters", "commenter", "contributors", "contributor", "members",
    "member", "participant", "participants", "people", "person", "persons", "posters", "poster", "respondents",
    "respondent", "speakers", "speaker", "voices", "voice", "autoras", "autores", "miembros", "participantes",
    "participante", "personas", "persona", "kalahok", "lumahok", "tao", "المشاركون", "المشاركين", "مشاركون",
    "مشاركين", "مشاركا", "مشارك", "أشخاص", "شخص",
))  # fmt: skip


def typed(series: Series) -> Iterator[Problem]:
    """Report typed numbers of people that are small, leave a small number, or undo what the record's figures hide."""
    small_count = series.settings.small_count
    figures_of = _Counted(series)
    small_cases = [
        (case, index, reason)
        for case in series.cases
        for index, metric in enumerate(case.metrics)
        if case.metrics_origin.sound(index)
        and (reason := _small_reason(metric, case, small_count) or _hidden_reason(metric, case, figures_of))
    ]
    reported = {(problem.path, problem.line) for problem in contradictions(series)} if small_cases else set()
    for case, index, reason in small_cases:
        place = case.metrics_origin.at(index, "value")
        if (place[0], place[1]) not in reported:
            hint = "delete this figure: readers could tell who it is"
            message = f"{reason}, and numbers of fewer than {small_count} people are hidden"
            yield Problem(*place, "small-figure", message, hint)


class _Counted:
    """The figures of discussions, counted when they are asked for."""

    def __init__(self, series: Series) -> None:
        self._series = series
        self._rounds: Mapping[str, Figures] | None = None

    def of(self, case: Case) -> Figures | None:
        """Return the figures of a case; None if there is neither a record nor a file of figures."""
        if not case.contributions:
            return case.figures
        if self._rounds is None:
            self._rounds = counting.of_series(self._series).rounds
        return self._rounds.get(case.slug)


def _hidden_reason(metric: Metric, case: Case, figures_of: _Counted) -> str:
    """Return how a figure undoes what the figures of the discussion hide; "" if it does not."""
    counter = countable(metric, case) if metric.value else None
    figures = figures_of.of(case) if counter else None
    if counter is None or figures is None or metric.value is None:
        return ""
    first = {"comment": figures.first_comments, "post on social networks": figures.first_posts}
    is_week_hidden = metric.hours == _WEEK and first.get(counter.unit, 0) is None
    if not is_week_hidden and not counter.is_hidden(figures):
        return ""
    return f"{metric.metric} is {grouped(metric.value)}, which the figures of the discussion hide"


def _small_reason(metric: Metric, case: Case, small_count: int) -> str:
    """Return what is small about a figure; "" if nothing is."""
    value, counter = metric.value, countable(metric, case)
    if value is None:
        return ""
    is_said = counter is not None and counter.is_said
    if 0 < value < small_count:
        is_hidden_count = is_said and (case.contributions or case.figures)
        return f"{metric.metric} is {grouped(value)}" if is_hidden_count or _is_of_people(metric, case) else ""
    if counter is not None and is_said:
        remainder, total = _remaining_contributions(value, counter, case)
        return (
            f"{metric.metric} leaves {grouped(remainder)} of {grouped(total)} contributions"
            if 0 < remainder < small_count
            else ""
        )
    participants = 0 if counter is PEOPLE else _participants(case)
    remainder = participants - value
    if 0 < remainder < small_count and _is_of_people(metric, case):
        return f"{metric.metric} leaves {grouped(remainder)} of {grouped(participants)} participants"
    return ""


def _remaining_contributions(value: float, counter: Countable, case: Case) -> tuple[float, int]:
    """Return how many contributions are not in a figure of contributions, and how many there are in all.

    The record says it of the whole discussion: what came after the figure's time is no secret.
    """
    if counter is ALL_SAID or (case.figures is None and not case.contributions):
        return 0, 0
    if case.contributions:
        items = counting.counted(case.contributions)
        counted_in_figure = counter.number(items)
        return (len(items) - counted_in_figure if value <= counted_in_figure else 0), len(items)
    if case.paper and counter.unit.startswith("post"):  # a journal club calls everything that is said a post
        return 0, 0
    total = (case.figures.contributions if case.figures else None) or 0
    return total - value, total


def _is_of_people(metric: Metric, case: Case) -> bool:
    """Return whether a figure counts people of the discussion: by its words, a country, or a role of the record."""
    if not _PEOPLE.isdisjoint(metric.name.split("-")):
        return True
    name = slug(metric.metric)
    if name.upper() in COUNTRIES or name in COUNTRY_NAMES or name in map(slug, COUNTRIES.values()):
        return True
    roles = {slug(contribution.role) for contribution in case.contributions if contribution.role}
    return bool(name) and not roles.isdisjoint((name, name.removesuffix("s")))


def _participants(case: Case) -> float:
    """Return how many participants readers know of; 0 if they know of none."""
    if case.contributions:
        return len({item.author_key for item in counting.counted(case.contributions)})
    if case.figures and case.figures.participants:
        return case.figures.participants
    return max((metric.value or 0 for metric in case.metrics if metric.name in _EVERYBODY), default=0)
