"""What stands at the address of a case that is held back while its errors are corrected: none of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.outputs.site.pages.document import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.site import Site


def render(site: Site) -> Iterator[Page]:
    """A page for each case that the public knows and that is held back."""
    translator = site.translator
    for held in site.series.held:
        title = translator.gettext("This case is being corrected")
        if held.withdrawn:
            title = translator.gettext("This case has been withdrawn")
        yield site.page(
            f"cases/{held.slug}/index.md",
            title=title,
            description=translator.gettext("A case of %(series)s.", series=site.series.name),
            blocks=(Block(site.fill("case/held.html", "../../", held=held)),),
        )
