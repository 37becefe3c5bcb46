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
    cards_by_path = {card_path(): card.of_series(public)}
    cards_by_path |= {card_path(case.slug): card.of_case(public, case) for case in public.cases}
    letters = frozenset("".join(text for one_card in cards_by_path.values() for text in one_card.texts()))
    own_faces = [face for face in fonts.faces() if face.style == "normal" and face.family != fonts.CODE]
    system_faces = fonts.fallbacks(fonts.uncovered("".join(sorted(letters)), own_faces))
    # The pictures of the emoji's face have one size and many colours; a card, which has few, goes without them.
    faces = (*own_faces, *(face for face in system_faces if face.family != fonts.EMOJI))
    for path, one_card in cards_by_path.items():
        try:
            content = picture.png(one_card, faces)
        except Exception as error:
            if failed is None:
                raise
            failed(path, error)
            content = picture.png(_EMPTY, faces)
        yield File(path, content)
