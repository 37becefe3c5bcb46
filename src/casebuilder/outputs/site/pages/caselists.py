"""Pages that list cases: the home page, all cases, topics, collections."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from casebuilder.markdown import prose
from casebuilder.model import Answer
from casebuilder.outputs.site.pages import facets, people, scheduleyears
from casebuilder.outputs.site.pages.markdownpage import Block
from casebuilder.published import addresses
from casebuilder.wording import promisedanswers as promised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.siteview import SiteView, Topic
    from casebuilder.published import PublishedCase

#: How many released cases the home page shows.
_LATEST = 4
#: How many cases a topic's page shows in full.
_MANY = 24
#: How many complete cases the schedule goes back.
_DATES = 12


def home(site: SiteView) -> Iterator[Page]:
    """Yield the home page: cases open for discussion, the next case, the latest responses."""
    latest = sorted(site.complete, key=lambda case: (case.releases, case.slug), reverse=True)[:_LATEST]
    sections = (
        ("now", site.translator.gettext("Open for discussion"), site.open, True),
        (
            "next",
            site.translator.gettext(promised.AWAITED[site.answered(site.curating)]),
            site.curating,
            bool(site.curating),
        ),
        (
            "latest",
            site.translator.gettext("Latest responses")
            if Answer.RESPONSES in site.answered(latest)
            else site.translator.gettext("Recently completed"),
            latest,
            bool(latest),
        ),
        ("unopened", site.translator.gettext("Not published yet"), site.unopened_cases, bool(site.unopened_cases)),
        ("side", "", (), True),
    )
    series = site.series
    blocks = [Block(site.fill("home/top.html", ""))]
    blocks += [
        Block(site.fill(f"home/{name}.html", "", cases=cases), heading, f"section-{name}")
        for name, heading, cases, is_shown in sections
        if is_shown
    ]
    description = series.description or site.translator.gettext(
        "%(series)s: a curated case series.", series=series.name
    )
    yield site.page("index.md", title=series.name, description=description, blocks=blocks)


def cases(site: SiteView) -> Iterator[Page]:
    """Yield the page of every visible case, by season."""
    seasons = [
        (season, tuple(season_cases))
        for season, season_cases in groupby(_by_season(site.cases), key=lambda case: case.season)
    ]
    busy_people = people.busy(site)
    facets_offered = (*facets.of_all(site), *facets.of_people(site, busy_people))
    blocks = [
        Block(site.fill("cases/top.html", "../")),
        Block(site.fill("cases/facets.html", "../", facets=facets_offered)),
    ]
    names = {facet.name for facet in facets_offered}
    marks = {
        case.slug: {name: value for name, value in facets.of_case(site, case).items() if name in names}
        | {
            "person": " ".join(
                str(number) for number, slugs in enumerate(busy_people.values(), 1) if case.slug in slugs
            )
        }
        for case in site.cases
    }
    for season, season_cases in seasons:
        heading = _season_heading(site, season)
        anchor = f"section-season-{season}" if season is not None else "section-other"
        blocks.append(Block(site.fill("cases/list.html", "../", cases=season_cases, marks=marks), heading, anchor))
    blocks += [Block(site.fill("cases/side.html", "../", seasons=[season for season, _ in seasons]))]
    yield site.page(
        "cases/index.md",
        title=site.translator.gettext("Cases"),
        description=site.translator.gettext("Every case of %(series)s, by season.", series=site.series.name),
        blocks=blocks,
    )


def _season_heading(site: SiteView, season: int | None) -> str:
    """Return the heading over a season's cases."""
    if season is None:
        return site.translator.gettext("Other cases")
    return site.translator.gettext("Season %(number)s", number=season)


def _by_season(cases: tuple[PublishedCase, ...]) -> list[PublishedCase]:
    """Return cases by season, the newest first; in each the newest case first, and cases of no season last."""
    newest = sorted(cases, key=lambda case: (case.opens.isoformat(), case.slug), reverse=True)
    return sorted(newest, key=lambda case: (case.season is None, -(case.season or 0)))


def schedule(site: SiteView) -> Iterator[Page]:
    """Yield the schedule: current cases and the latest complete ones, with when each opens, closes and is released."""
    sections = (
        ("now", site.translator.gettext("Current"), site.running[::-1]),
        ("unopened", site.translator.gettext("Not published yet"), site.unopened_cases[::-1]),
        ("earlier", site.translator.gettext("Past"), site.complete[:_DATES]),
    )
    newest = next(iter(scheduleyears.months(site)[::-1]), None)
    blocks = [Block(site.fill("schedule/top.html", "../", newest=newest))]
    blocks += [
        Block(
            site.fill("schedule/dates.html", "../", cases=section_cases, dates=scheduleyears.dates),
            heading,
            f"section-{name}",
        )
        for name, heading, section_cases in sections
        if section_cases
    ]
    yield site.page(
        "schedule/index.md",
        title=site.translator.gettext("Schedule"),
        description=site.translator.gettext(
            "When the cases of %(series)s are discussed and released.", series=site.series.name
        ),
        blocks=blocks,
    )


def topics(site: SiteView) -> Iterator[Page]:
    """Yield the list of topics, and a page for each with its cases."""
    yield site.page(
        "topics/index.md",
        title=site.translator.gettext("Topics"),
        description=site.translator.gettext("Browse cases by topic."),
        blocks=(Block(site.fill("topics/index.html", "../", topics=site.topics)),),
    )
    for topic in site.topics:
        yield _topic_page(site, topic)


def _topic_page(site: SiteView, topic: Topic) -> Page:
    """Return all cases of a topic, for readers without scripts too. Of many, only the newest are shown in full."""
    title = topic.name[:1].upper() + topic.name[1:]
    latest_cases = topic.cases[: site.newest] if len(topic.cases) > _MANY else topic.cases
    years = [
        (year, tuple(year_cases))
        for year, year_cases in groupby(topic.cases[len(latest_cases) :], key=lambda case: case.opens.year)
    ]
    earlier = [
        Block(
            site.fill("topics/earlier.html", "../../", years=years),
            site.translator.gettext("Earlier"),
            "section-earlier",
        )
    ]
    return site.page(
        f"{addresses.of_topic(topic.slug)}index.md",
        title=title,
        description=site.translator.gettext(
            "Cases of %(series)s about %(topic)s.", series=site.series.name, topic=topic.name
        ),
        above=site.fill("topics/above.html", "../../"),
        blocks=(
            Block(site.fill("topics/topic.html", "../../", cases=latest_cases)),
            *(earlier if years else ()),
            Block(site.fill("topics/side.html", "../../", topic=topic)),
        ),
    )


def collections(site: SiteView) -> Iterator[Page]:
    """Yield the list of collections, and a page for each with its cases and why each is there."""
    yield site.page(
        "collections/index.md",
        title=site.translator.gettext("Collections"),
        description=site.translator.gettext("Hand-picked sets of cases for particular audiences."),
        blocks=(Block(site.fill("collections/index.html", "../")),),
    )
    volumes = {volume.address: volume for volume in site.series.volumes if volume.is_collection}
    for collection in site.series.collections:
        entries = [(entry.case, entry.why) for entry in collection.cases]
        blocks = (
            Block(site.fill("collections/top.html", "../../", collection=collection)),
            Block(site.fill("collections/entries.html", "../../", entries=entries)),
            Block(
                site.fill("collections/cite.html", "../../", volume=volumes[collection.address]),
                site.translator.gettext("How to cite"),
                "section-cite",
            ),
            Block(site.fill("collections/side.html", "../../", collection=collection, entries=entries)),
        )
        yield site.page(
            f"{collection.address}index.md",
            title=collection.title,
            description=" ".join(prose.plain(collection.introduction).split())[:300],
            above=site.fill("collections/above.html", "../../", collection=collection),
            blocks=blocks,
        )
