"""The page of a case that is withheld while its errors are corrected. It holds no text of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.outputs.site.pages.markdownpage import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.siteview import SiteView


def render(site: SiteView) -> Iterator[Page]:
    """Yield a page for each withheld case that was published before."""
    translator = site.translator
    for case in site.series.withheld_cases:
        title = translator.gettext("This case is being corrected")
        if case.withdrawn:
            title = translator.gettext("This case has been withdrawn")
        yield site.page(
            f"cases/{case.slug}/index.md",
            title=title,
            description=translator.gettext("A case of %(series)s.", series=site.series.name),
            blocks=(Block(site.fill("case/withheld.html", "../../", withheld=case)),),
        )
