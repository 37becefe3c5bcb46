"""The page for whoever runs a workshop: every pack, by case, with the minutes, the audience and the topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import State
from casebuilder.pages.document import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Page
    from casebuilder.pages.site import Site


def render(site: Site) -> Iterator[Page]:
    """The facilitators' page: complete cases first, then those of which only the handout is out."""
    complete = site.in_state(State.COMPLETE)
    running = site.in_state(State.OPEN, State.CURATING)
    blocks = [Block(site.fill("facilitators/top.html", "../"))]
    for cases, heading, anchor in (
        (complete, "Complete cases", "section-complete"),
        (running, "Handout only, for now", "section-running"),
    ):
        if cases:
            blocks.append(Block(site.fill("facilitators/cases.html", "../", cases=cases), heading, anchor))
    blocks += [Block(site.fill("facilitators/side.html", "../"))]
    yield site.page(
        "facilitators/index.md",
        title="For facilitators",
        description=f"Every case of {site.series.name} as handout and facilitator guide, by minutes and audience.",
        blocks=blocks,
    )
