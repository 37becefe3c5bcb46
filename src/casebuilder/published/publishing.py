"""`publish`: decide what is public in a series at one instant.

Each case is built as another type, from a list of allowed fields, so a field that nobody thought of stays
private.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from casebuilder.model import State, counting, instant
from casebuilder.published import addresses, fields, links, people, statistics, volumes
from casebuilder.published.licences import licence
from casebuilder.published.series import PublishedSeries
from casebuilder.published.visibility import Visible, visible
from casebuilder.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from casebuilder.model import WithheldCase
    from casebuilder.model.series import Collection, Series


def publish(series: Series, as_of: datetime) -> PublishedSeries:
    """Return the public view of a series.

    Args:
        series: the whole series, without errors.
        as_of: the instant that counts as now, with a time zone.

    Returns:
        The series without cases that are not open yet, with sealed fields empty, and with the quotes whose authors
        consented.

    Raises:
        ValueError: `as_of` has no time zone.
    """
    if as_of.tzinfo is None:
        message = "as_of needs a time zone"
        raise ValueError(message)
    as_of = as_of.astimezone(series.zone)
    withheld = {item.slug for item in series.withheld_cases}
    shown = (visible(case, series, as_of) for case in series.cases if case.slug not in withheld)
    return assembled(series, as_of, tuple(each for each in shown if each))


def assembled(series: Series, as_of: datetime, shown: Sequence[Visible]) -> PublishedSeries:
    """Return the published series.

    Args:
        series: the whole series.
        as_of: the instant, in the series' zone.
        shown: the public part of each case that has one.
    """
    from casebuilder.wording import Translator  # the catalogues are slow to load, and `check` does not need them

    complete = {each.case.slug for each in shown if each.state is State.COMPLETE}
    released_collections = [item for item in series.collections if any(entry.case in complete for entry in item.cases)]
    named = {name for each in shown for name in each.named()} | {
        name for item in released_collections for name in item.editors
    }
    named |= {name for group in series.settings.team for name in group.people}
    corrected = tuple(
        each for each in series.withheld_cases if each.opens and instant(each.opens, series.zone) <= as_of
    )
    clean = partial(
        links.without_hidden, site=series.site_url, public=_addresses(shown, named, released_collections, corrected)
    )
    profiles = {each.id: people.person(each, series.site_url, clean) for each in series.people if each.id in named}
    counted = counting.of_series(series, {each.case.slug for each in shown if each.released and not each.is_withdrawn})
    everybody = {name: people.unknown(name) for name in named} | profiles
    maker = fields.Maker(series, as_of, clean, everybody, counted.rounds)
    cases = sorted(map(maker.case, shown), key=lambda case: (case.opens.isoformat(), case.slug), reverse=True)
    by_slug = {case.slug: case for case in cases if case.is_complete}
    collections = tuple(maker.collection(item, by_slug) for item in released_collections)
    binder = volumes.Binder(series.name, series.language, series.site_url, Translator(series.language, series.zone))
    settings = series.settings
    return PublishedSeries(
        name=series.name,
        as_of=as_of,
        language=series.language,
        zone=series.zone,
        licence=licence(settings.licence),
        frameworks=series.frameworks(),
        own_frameworks=frozenset(settings.competencies),
        cases=tuple(cases),
        people=tuple(profiles.values()),
        team=people.team(series.settings.team, profiles),
        collections=collections,
        statistics=statistics.of_cases(cases, counted.together, counted.clubs),
        volumes=binder.volumes(cases, collections),
        withheld_cases=corrected,
        pages=series.pages,
        offers_packs=settings.packs,
        shows_drafts=settings.drafts,
        giscus=settings.giscus,
        id_base=settings.id_base or series.site_url,
        description=series.description,
        site_url=series.site_url,
        logo=series.logo,
        favicon=series.favicon,
        hashtag=settings.hashtag,
        notice=settings.notice,
        contact=settings.contact,
    )


def _addresses(
    cases: Sequence[Visible], named: Iterable[str], collections: Iterable[Collection], corrected: Iterable[WithheldCase]
) -> frozenset[str]:
    """Return the addresses, below the site's root, of all public cases, people, collections and topics."""
    topics = {topic for shown in cases if not shown.is_withdrawn for topic in shown.case.topics}
    return frozenset(
        (
            *(addresses.of_case(shown.case.slug) for shown in cases),
            *(addresses.of_person(name) for name in named),
            *(addresses.of_collection(item.id) for item in collections),
            *(addresses.of_topic(slug(topic)) for topic in topics),
            *(addresses.of_case(item.slug) for item in corrected),
        )
    )
