"""When each page last changed, for the sitemap: the days on which its cases opened, closed, were released or changed.

The day of the build is no such day. Crawlers stop trusting a sitemap whose pages all change every morning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import instant
from casebuilder.text import address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from casebuilder.published import PublishedCase, PublishedSeries


def dates(public: PublishedSeries, paths: Iterable[str]) -> dict[str, str]:
    """The day of each page's last change, in the series' zone: "2026-03-27".

    Args:
        public: a published series.
        paths: its pages. A page without a known day, such as one without cases, is left out.
    """
    changed = {case.slug: _last_change(case, public) for case in public.cases}
    about = _subjects(public)
    every = max(changed.values(), default="")
    found = {}
    for path in paths:
        folder = path.rpartition("/")[0]
        slugs = about.get(folder)
        found[path] = every if slugs is None else max((changed[slug] for slug in slugs), default="")
    return {path: day for path, day in found.items() if day}


def _last_change(case: PublishedCase, public: PublishedSeries) -> str:
    """The state says which dates have passed; a draft in a preview has none."""
    if case.is_preview:
        return ""
    moments = [case.opens, *(instant(change.date, public.zone) for change in case.changes)]
    if case.has_closed:
        moments.append(case.closes)
    if case.is_complete:
        moments.append(case.releases)
    return max(moments).astimezone(public.zone).date().isoformat()


def _subjects(public: PublishedSeries) -> dict[str, set[str]]:
    """The folders of pages that are about some cases only, and those cases."""
    about = {case.address.rstrip("/"): {case.slug} for case in public.cases}
    about |= {person.address.rstrip("/"): set() for person in public.people}
    for collection in public.collections:
        about[collection.address.rstrip("/")] = {entry.case.slug for entry in collection.cases}
    groups: tuple[tuple[str, Callable[[PublishedCase], Iterable[str]]], ...] = (
        ("topics", lambda case: map(address, case.topics)),
        ("experts", lambda case: (person.id for person in case.signers())),
        ("schedule", _years),
    )
    for folder, names in groups:
        for case in public.cases:
            for name in names(case):
                about.setdefault(f"{folder}/{name}", set()).add(case.slug)
    return about


def _years(case: PublishedCase) -> Iterable[str]:
    return {str(moment.year) for moment in (case.opens, case.closes, case.releases)}
