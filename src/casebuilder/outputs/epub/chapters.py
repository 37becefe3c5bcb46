"""The chapters of a case: the same in its own book as in a volume or a collection, but for the title page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.outputs.epub.book import Chapter, Entry
from casebuilder.outputs.epub.xhtml import BOOK, Place, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.outputs.epub.book import Illustration
    from casebuilder.outputs.epub.case_view import CaseView


def of_case(view: CaseView, pictures: Sequence[Illustration]) -> tuple[Chapter, ...]:
    """Return every chapter of a case except its title page; chapters without content are left out."""
    return tuple(
        Chapter(
            Entry(view.marker.mark(title), f"{view.folder}/{name}.xhtml", tuple(_inner_entries(view, name))),
            _render_chapter(view, name, title, pictures),
            landmark,
        )
        for name, title, landmark in _outline(view)
    )


def title_page(view: CaseView, pictures: Sequence[Illustration], *, why: str = "", in_volume: bool = False) -> Chapter:
    """Return the title page of a case.

    Args:
        view: the case.
        pictures: its pictures.
        why: why it is in a collection; may be empty.
        in_volume: whether it is one of several cases in its book.
    """
    content = _render_chapter(view, "title", "", pictures, why=why, in_volume=in_volume)
    return Chapter(Entry(view.case.title, f"{view.folder}/title.xhtml"), content, "" if in_volume else "titlepage")


def _outline(view: CaseView) -> Iterator[tuple[str, str, str]]:
    """Yield name, title and landmark of each chapter that the case has something for."""
    case, translator = view.case, view.marker.translator
    rows = (
        ("story", view.opening, "bodymatter", bool(case.story or case.paper)),
        ("questions", translator.gettext("Questions for discussion"), "", bool(case.questions)),
        ("responses", translator.gettext("Expert responses"), "", bool(case.responses)),
        ("commentary", translator.gettext("Community commentary"), "", bool(view.themes)),
        ("references", translator.gettext("References"), "bibliography", bool(view.case.references)),
        ("about", translator.gettext("About this case"), "backmatter", True),
    )
    return ((name, title, landmark) for name, title, landmark, has_content in rows if has_content)


def _inner_entries(view: CaseView, name: str) -> Iterator[Entry]:
    """Yield the entries of the contents within a chapter."""
    address = f"{view.folder}/{name}.xhtml"
    if name == "story":
        for number, part in enumerate(view.case.story, start=1):
            if part.title:
                yield Entry(part.title, f"{address}#part-{number}")
    elif name == "responses":
        for response in view.case.responses:
            yield Entry(response.title, f"{address}#{response.anchor}")
    elif name == "commentary":
        for theme in view.themes:
            if theme.title:
                yield Entry(theme.title, f"{address}#theme-{theme.id}")


def _render_chapter(view: CaseView, name: str, title: str, pictures: Sequence[Illustration], **more: object) -> bytes:
    """Return one chapter as XHTML."""
    place = Place(
        f"{view.folder}/{name}.xhtml",
        view.case.url,
        view.anchors(BOOK),
        {picture.source: picture.path for picture in pictures},
        view.series.site_url,
    )
    return page(name, place, view.language, view=view, marker=view.marker, title=title, **more)
