"""`publish`: decide what is public in a series at one instant.

Each case is built as another type, from a list of allowed fields, so a field that nobody thought of stays
private.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from casebuilder.model import State, counting, instant
from casebuilder.published import addresses, fields, people, publiclinks, statistics, volumes
from casebuilder.published.licences import licence
from casebuilder.published.series import PublishedSeries
from casebuilder.published.visibility import Visible, visible
from casebuilder.slugs import slug

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
    withheld_slugs = {item.slug for item in series.withheld_cases}
    visible_cases = (visible(case, series, as_of) for case in series.cases if case.slug not in withheld_slugs)
    return assembled(series, as_of, tuple(visible_case for visible_case in visible_cases if visible_case))


def assembled(series: Series, as_of: datetime, visible_cases: Sequence[Visible]) -> PublishedSeries:
    """Return the published series.

    Args:
        series: the whole series.
        as_of: the instant, in the series' zone.
        visible_cases: the public part of each case that has one.
    """
    from casebuilder.wording import Translator  # the catalogues are slow to load, and `check` does not need them

    complete_slugs = {visible.case.slug for visible in visible_cases if visible.state is State.COMPLETE}
    released_collections = [
        item for item in series.collections if any(entry.case in complete_slugs for entry in item.cases)
    ]
    named_people = {name for visible in visible_cases for name in visible.named()} | {
        name for item in released_collections for name in item.editors
    }
    named_people |= {name for group in series.settings.team for name in group.people}
    open_withheld = tuple(
        each for each in series.withheld_cases if each.opens and instant(each.opens, series.zone) <= as_of
    )
    clean = partial(
        publiclinks.without_hidden,
        site=series.site_url,
        public=_public_addresses(visible_cases, named_people, released_collections, open_withheld),
    )
    profiles = {
        each.id: people.person(each, series.site_url, clean) for each in series.people if each.id in named_people
    }
    counts = counting.of_series(
        series, {each.case.slug for each in visible_cases if each.released and not each.is_withdrawn}
    )
    everybody_named = {name: people.unknown(name) for name in named_people} | profiles
    maker = fields.Maker(series, as_of, clean, everybody_named, counts.rounds)
    cases = sorted(map(maker.case, visible_cases), key=lambda case: (case.opens.isoformat(), case.slug), reverse=True)
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
        statistics=statistics.of_cases(cases, counts.together, counts.clubs),
        volumes=binder.volumes(cases, collections),
        withheld_cases=open_withheld,
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


def _public_addresses(
    cases: Sequence[Visible],
    people_ids: Iterable[str],
    collections: Iterable[Collection],
    withheld: Iterable[WithheldCase],
) -> frozenset[str]:
    """Return the addresses, below the site's root, of all public cases, people, collections and topics."""
    topics = {topic for visible_case in cases if not visible_case.is_withdrawn for topic in visible_case.case.topics}
    return frozenset(
        (
            *(addresses.of_case(visible_case.case.slug) for visible_case in cases),
            *(addresses.of_person(name) for name in people_ids),
            *(addresses.of_collection(item.id) for item in collections),
            *(addresses.of_topic(slug(topic)) for topic in topics),
            *(addresses.of_case(item.slug) for item in withheld),
        )
    )
