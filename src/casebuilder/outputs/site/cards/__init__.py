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
    from collections.abc import Callable, Iterator

    from casebuilder.published import PublishedSeries

#: What is drawn where a card cannot be: pages name its address, and a wrong picture would be worse.
_EMPTY = card.Card("en", "", "", "", "", ("", ""))


def render(public: PublishedSeries, failed: Callable[[str, Exception], None] | None = None) -> Iterator[File]:
    """Yield the card of the series, then those of its cases: PNG, 1200 by 630 pixels, the same bytes every time.

    Args:
        public: a published series.
        failed: called with the path of each card that cannot be drawn, and why; it then has no words.
    """
    every = {card_path(): card.of_series(public)}
    every |= {card_path(case.slug): card.of_case(public, case) for case in public.cases}
    letters = frozenset("".join(words for each in every.values() for words in each.texts()))
    own = [face for face in fonts.faces() if face.style == "normal"]
    others = fonts.fallbacks(fonts.uncovered("".join(sorted(letters)), own))
    # The pictures of the emoji's face have one size and many colours; a card, which has few, goes without them.
    faces = (*own, *(face for face in others if face.family != fonts.EMOJI))
    for path, each in every.items():
        try:
            content = picture.png(each, faces)
        except Exception as error:
            if failed is None:
                raise
            failed(path, error)
            content = picture.png(_EMPTY, faces)
        yield File(path, content)
