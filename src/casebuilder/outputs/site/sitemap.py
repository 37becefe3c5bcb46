"""When the words of each page last changed, for the sitemap.

A case's page changes when the case opens, closes, is released or changed, and when a quote is withdrawn. A list changes
when one of its cases enters a state that it shows, or is withdrawn: a corrected story leaves it unchanged. The day of
the build does not count. Crawlers stop trusting a sitemap whose pages all change every morning.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from casebuilder.model import ChangeKind, State, instant
from casebuilder.slugs import topic_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from casebuilder.published import PublishedCase, PublishedSeries

#: The states that pages about several cases show, by the first folder of their addresses. Others show all of them.
_SHOWN: dict[str, frozenset[State]] = {
    "topics": frozenset((State.OPEN,)),
    "competencies": frozenset((State.OPEN,)),
    "experts": frozenset((State.OPEN, State.COMPLETE)),
    "facilitators": frozenset((State.OPEN, State.COMPLETE)),
    "collections": frozenset((State.COMPLETE,)),
    "statistics": frozenset((State.COMPLETE,)),
}
_EVERY = frozenset((State.OPEN, State.CURATING, State.COMPLETE))


def dates(public: PublishedSeries, paths: Iterable[str]) -> dict[str, str]:
    """Return the day of each page's last change, in the series' zone: "2026-03-27".

    Args:
        public: a published series.
        paths: its pages. A page without a known day, such as one without cases, is left out.
    """
    cases_by_folder = {case.address.rstrip("/"): case for case in public.cases}
    cases_by_list = _cases_by_folder(public)
    days = {}
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder in cases_by_folder:
            moments = list(_changes_of_case(cases_by_folder[folder], public))
        else:
            cases = [case for case in cases_by_list.get(folder, public.cases) if not case.is_unopened]
            moments = list(
                chain.from_iterable(_changes_of_list(case, _listed_states(folder), public) for case in cases)
            )
        if moments:
            days[path] = max(moments).astimezone(public.zone).date().isoformat()
    return days


def _changes_of_case(case: PublishedCase, public: PublishedSeries) -> Iterator[datetime]:
    """Yield when the page of a case changed; never, if it has not opened."""
    if not case.is_unopened:
        yield from _state_changes(case, _EVERY)
        yield from (instant(day, public.zone) for day in case.revised_on)


def _changes_of_list(case: PublishedCase, states: frozenset[State], public: PublishedSeries) -> Iterator[datetime]:
    """Yield when a list that shows these states changed because of a case."""
    yield from _state_changes(case, states)
    yield from (instant(change.date, public.zone) for change in case.changes if change.kind is ChangeKind.WITHDRAWAL)


def _state_changes(case: PublishedCase, states: frozenset[State]) -> Iterator[datetime]:
    """Yield when a case entered these states, as far as it has."""
    if State.OPEN in states:
        yield case.opens
    if State.CURATING in states and case.has_closed:
        yield case.closes
    if State.COMPLETE in states and case.is_complete:
        yield case.releases


def _listed_states(folder: str) -> frozenset[State]:
    """Return the states that a list shows. The page of one topic or one person shows every state of its cases."""
    top, _, name = folder.partition("/")
    return _EVERY if name and top in {"topics", "experts"} else _SHOWN.get(top, _EVERY)


def _cases_by_folder(public: PublishedSeries) -> dict[str, list[PublishedCase]]:
    """Return the folders of pages that are about some cases only, and those cases."""
    cases_by_folder: dict[str, list[PublishedCase]] = {person.address.rstrip("/"): [] for person in public.people}
    cases_by_folder |= {"team": [], **{f"cases/{case.slug}": [] for case in public.withheld_cases}}
    for collection in public.collections:
        cases_by_folder[collection.address.rstrip("/")] = [entry.case for entry in collection.cases]
    groups: tuple[tuple[str, Callable[[PublishedCase], Iterable[str]]], ...] = (
        ("topics", lambda case: map(topic_slug, case.topics)),
        ("experts", lambda case: (person.id for person in case.signers())),
        ("schedule", _years_of_case),
    )
    for folder, names in groups:
        for case in public.cases:
            for name in names(case):
                cases_by_folder.setdefault(f"{folder}/{name}", []).append(case)
    return cases_by_folder


def _years_of_case(case: PublishedCase) -> Iterable[str]:
    return {str(moment.year) for moment in (case.opens, case.closes, case.releases)}
