"""The page of a withdrawn case: title, authors, date and the public reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.outputs.site.pages.markdownpage import Block

if TYPE_CHECKING:
    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.siteview import SiteView
    from casebuilder.published import PublishedCase

#: From the case's page to the site's root.
_ROOT = "../../"


def page(site: SiteView, case: PublishedCase) -> Page:
    """Return the page that replaces a withdrawn case, at the same address.

    Args:
        site: in the case's language.
        case: withdrawn; `publish` has removed its texts.
    """
    return site.page(
        f"{case.address}index.md",
        title=case.title,
        description=site.translator.gettext("%(title)s was withdrawn.", title=case.title),
        blocks=(Block(site.fill("case/withdrawn.html", _ROOT, case=case)),),
        above=site.fill("kicker.html", _ROOT, case=case),
        language=site.language(case),
    )
