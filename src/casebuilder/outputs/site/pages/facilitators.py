"""The page for facilitators: every pack, by case, with minutes, audience and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.editions import EDITIONS
from casebuilder.outputs.site.pages import facets
from casebuilder.outputs.site.pages.markdownpage import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.siteview import SiteView


#: The ways to the older cases of a long series, in the order in which a workshop is planned.
_WAYS = ("minutes", "audience", "topic")


def render(site: SiteView) -> Iterator[Page]:
    """Yield the facilitators' page: complete cases, cases with only a handout, volumes and collections.

    A long series shows its newest cases, and links to the others by minutes, audience and topic.
    """
    all_complete = site.complete
    complete = all_complete if site.is_short else all_complete[: site.newest]
    blocks = [Block(site.fill("facilitators/top.html", "../", editions=EDITIONS))]
    for cases, heading, anchor in (
        (complete, site.translator.gettext("Complete cases"), "section-complete"),
        (site.running, site.translator.gettext("Handout only (guide to follow)"), "section-running"),
    ):
        if cases:
            blocks.append(Block(site.fill("facilitators/cases.html", "../", cases=cases), heading, anchor))
        if cases is complete and len(all_complete) > len(complete):
            facets_by_name = {facet.name: facet for facet in facets.of_all(site) if facet.name in _WAYS}
            chosen_facets = tuple(facets_by_name[name] for name in _WAYS if name in facets_by_name)
            blocks.append(
                Block(site.fill("facilitators/ways.html", "../", ways=chosen_facets, number=len(all_complete)))
            )
    subjects = {volume.id.removeprefix("collection-"): volume for volume in site.series.volumes}
    volumes = tuple(volume for name, volume in subjects.items() if site.editions(name) or name in site.unprinted)
    if volumes:
        heading = site.translator.gettext("Volumes and collections")
        html = site.fill("facilitators/volumes.html", "../", volumes=volumes)
        blocks.append(Block(html, heading, "section-bound"))
    blocks += [Block(site.fill("facilitators/side.html", "../"))]
    yield site.page(
        "facilitators/index.md",
        title=site.translator.gettext("For facilitators"),
        description=site.translator.gettext(
            "Every case of %(series)s as handout and facilitator guide, by minutes and audience.",
            series=site.series.name,
        ),
        blocks=blocks,
    )
