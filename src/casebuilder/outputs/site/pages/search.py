"""The search page: a form that asks the index of the site, in the reader's browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.outputs.site.pages import facets
from casebuilder.outputs.site.pages.markdownpage import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.siteview import SiteView


def render(site: SiteView) -> Iterator[Page]:
    """Yield the search page."""
    yield site.page(
        "search/index.md",
        title=site.translator.gettext("Search"),
        description=site.translator.gettext("Search the cases of %(series)s.", series=site.series.name),
        blocks=(Block(site.fill("search.html", "../", facets=facets.of_search(site))),),
    )
