"""The site's pages: the published series as plain Markdown pages, one module for each kind of page."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from casebuilder.outputs.site.pages import (
    case,
    caselists,
    competencies,
    facilitators,
    packbuilder,
    people,
    scheduleyears,
    search,
    statistics,
    withheld,
)
from casebuilder.outputs.site.pages.siteview import SiteView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.model import File, Pack, Page
    from casebuilder.published import PublishedSeries

#: Every kind of page.
KINDS = (
    caselists.home,
    caselists.cases,
    case.render,
    withheld.render,
    people.render,
    caselists.schedule,
    scheduleyears.render,
    caselists.topics,
    competencies.render,
    caselists.collections,
    facilitators.render,
    packbuilder.render,
    statistics.render,
    search.render,
)


def render(
    public: PublishedSeries, packs: Sequence[Pack] = (), unprinted: frozenset[str] = frozenset()
) -> Iterator[Page]:
    """Return every page of the site.

    Args:
        public: a published series.
        packs: what was printed, for the pages to link to.
        unprinted: the cases, volumes and collections with a pack that could not be printed.
    """
    site = SiteView(public, packs, unprinted=unprinted)
    return chain.from_iterable(kind(site) for kind in KINDS)


def files(public: PublishedSeries) -> Iterator[File]:
    """Yield the files that pages load on use, besides the theme's scripts."""
    yield from packbuilder.choices(SiteView(public, ()))


__all__ = ["files", "render"]
