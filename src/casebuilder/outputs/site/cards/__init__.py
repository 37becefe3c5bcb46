"""The pictures that other sites and programs show beside a link: one for each case, and one for the series.

A card names what it leads to and gives nothing away. It tells nothing that changes from day to day, so a picture that
somebody's program keeps stays true. A withdrawn case keeps its card's address, where the picture now says so: the old
one is replaced wherever it is loaded again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import fonts
from casebuilder.model import File, card_path
from casebuilder.outputs.site.cards import card, picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.published import PublishedSeries


def render(public: PublishedSeries) -> Iterator[File]:
    """Yield the card of the series, then those of its cases: PNG, 1200 by 630 pixels, the same bytes every time.

    Args:
        public: a published series.
    """
    every = {card_path(): card.of_series(public)}
    every |= {card_path(case.slug): card.of_case(public, case) for case in public.cases}
    letters = frozenset("".join(words for each in every.values() for words in each.texts()))
    own = [face for face in fonts.faces() if face.style == "normal"]
    others = fonts.fallbacks(fonts.uncovered("".join(sorted(letters)), own))
    # The pictures of the emoji's face have one size and many colours; a card, which has few, goes without them.
    faces = (*own, *(face for face in others if face.family != fonts.EMOJI))
    for path, each in every.items():
        yield File(path, picture.png(each, faces))
