"""The page for whoever runs a workshop: every pack, by case, with the minutes, the audience and the topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.bindings import bindings
from casebuilder.model import State
from casebuilder.pages.document import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Page
    from casebuilder.pages.site import Site


def render(site: Site) -> Iterator[Page]:
    """The facilitators' page: complete cases, those of which only the handout is out, and what joins several."""
    complete = site.in_state(State.COMPLETE)
    running = site.in_state(State.OPEN, State.CURATING)
    blocks = [Block(site.fill("facilitators/top.html", "../"))]
    for cases, heading, anchor in (
        (complete, site.say.gettext("Complete cases"), "section-complete"),
        (running, site.say.gettext("Handout only, for now"), "section-running"),
    ):
        if cases:
            blocks.append(Block(site.fill("facilitators/cases.html", "../", cases=cases), heading, anchor))
    bound = tuple(found for found in bindings(site.series) if site.editions(found.id.removeprefix("collection-")))
    if bound:
        heading = site.say.gettext("Volumes and collections")
        blocks.append(Block(site.fill("facilitators/bound.html", "../", bound=bound), heading, "section-bound"))
    blocks += [Block(site.fill("facilitators/side.html", "../"))]
    yield site.page(
        "facilitators/index.md",
        title=site.say.gettext("For facilitators"),
        description=site.say.gettext(
            "Every case of %(series)s as handout and facilitator guide, by minutes and audience.",
            series=site.series.name,
        ),
        blocks=blocks,
    )
