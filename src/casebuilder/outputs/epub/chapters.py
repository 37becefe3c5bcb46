"""The chapters of a case: the same in its own book as in a volume or a collection, but for the title page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.outputs.epub.book import Chapter, Entry
from casebuilder.outputs.epub.xhtml import BOOK, Place, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.outputs.epub.book import Illustration
    from casebuilder.outputs.epub.sheet import Sheet


def of_case(sheet: Sheet, pictures: Sequence[Illustration]) -> tuple[Chapter, ...]:
    """Every chapter of a case but its title page; one of which nothing is published is not there."""
    return tuple(
        Chapter(
            Entry(sheet.marker.mark(title), f"{sheet.folder}/{name}.xhtml", tuple(_under(sheet, name))),
            _made(sheet, name, title, pictures),
            landmark,
        )
        for name, title, landmark in _outline(sheet)
    )


def title_page(sheet: Sheet, pictures: Sequence[Illustration], *, why: str = "", bound: bool = False) -> Chapter:
    """The title page of a case.

    Args:
        sheet: the case.
        pictures: its pictures.
        why: why it is in a collection, or nothing.
        bound: whether it is one of several cases in its book.
    """
    content = _made(sheet, "title", "", pictures, why=why, bound=bound)
    return Chapter(Entry(sheet.case.title, f"{sheet.folder}/title.xhtml"), content, "" if bound else "titlepage")


def _outline(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Name, title and landmark of each chapter that the case has something for."""
    case, translator = sheet.case, sheet.marker.translator
    rows = (
        ("story", sheet.opening, "bodymatter", bool(case.story or case.paper)),
        ("questions", translator.gettext("Questions for discussion"), "", bool(case.questions)),
        ("responses", translator.gettext("Expert responses"), "", bool(case.responses)),
        ("commentary", translator.gettext("Community commentary"), "", bool(sheet.themes)),
        ("references", translator.gettext("References"), "bibliography", bool(sheet.case.references)),
        ("about", translator.gettext("About this case"), "backmatter", True),
    )
    return ((name, title, landmark) for name, title, landmark, there in rows if there)


def _under(sheet: Sheet, name: str) -> Iterator[Entry]:
    """What the contents say of the inside of a chapter."""
    address = f"{sheet.folder}/{name}.xhtml"
    if name == "story":
        for number, part in enumerate(sheet.case.story, start=1):
            if part.title:
                yield Entry(part.title, f"{address}#part-{number}")
    elif name == "responses":
        for response in sheet.case.responses:
            yield Entry(response.title, f"{address}#{response.anchor}")
    elif name == "commentary":
        for theme in sheet.themes:
            if theme.title:
                yield Entry(theme.title, f"{address}#theme-{theme.id}")


def _made(sheet: Sheet, name: str, title: str, pictures: Sequence[Illustration], **more: object) -> bytes:
    """One chapter as XHTML."""
    place = Place(
        f"{sheet.folder}/{name}.xhtml",
        sheet.case.url,
        sheet.anchors(BOOK),
        {picture.source: picture.path for picture in pictures},
        sheet.series.site_url,
    )
    return page(name, place, sheet.language, sheet=sheet, marker=sheet.marker, title=title, **more)
