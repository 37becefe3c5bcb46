"""Packs merged into one file: as complete as a document that was printed in one piece."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2

from casebuilder.outputs.packs import pdf, views
from pack_reader import printed, whole_html
from series_factory import at, make_case, make_series, part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.series import Series

_SPANISH = "2025-06-tarde"


def series() -> Series:
    spanish = make_case(
        slug=_SPANISH,
        title="El caso de la palabra",
        language="es",
        opens=at(2025, 6, 20),
        story=(part("Llegó tarde."),),
    )
    return make_series(make_case(), spanish)


def job(edition: str = "case", **request: Any) -> views.Job:  # noqa: ANN401 - a request's fields
    return views.requested_job(series(), views.PackRequest(year=2025, edition=edition, **request))


@cache
def volume() -> bytes:
    return printed(job())


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def notes(document: pikepdf.Pdf) -> Iterator[Any]:
    return (note for page in document.pages for note in page.obj.get("/Annots", ()))


def test_every_word_is_there_and_pages_are_numbered_through() -> None:
    found = texts(volume())
    lost = pdf.missing_words(pdf.paragraphs(whole_html(job())), pdf.pieces(volume()))
    assert not lost
    for number, page in enumerate(found, start=1):
        assert page.endswith(f" {number} of {len(found)}")


def test_the_contents_say_where_each_case_begins_and_lead_there() -> None:
    with opened(volume()) as book:
        contents = texts(volume())[1]
        links = [note for note in book.pages[1].obj.Annots if "/Dest" in note]
        assert list(dict.fromkeys(str(link.Contents) for link in links)) == [
            "The Case of the Quiet Pager",
            "El caso de la palabra",
        ]
        for link in links:
            place = book.pages.index(pikepdf.Page(link.Dest[0]))
            assert str(link.Contents) in texts(volume())[place]
            assert re.search(rf"{link.Contents}[ .]+{place + 1}\b", contents)
    assert not re.search(rb"pack:(?:part|page)", volume())


def test_no_link_leads_nowhere_or_into_another_case() -> None:
    with opened(volume()) as book:
        names = list(book.Root.Names.Dests.Names)
        places = dict(zip(map(str, names[::2]), names[1::2], strict=True))
        assert list(places) == sorted(places)
        inside = [note for note in notes(book) if isinstance(note.get("/Dest"), pikepdf.String)]
        assert inside
        assert {str(note.Contents) for note in inside} <= {"1", "2"}, "a link to a reference is read as its number"
        assert {str(note.Dest) for note in inside} <= set(places)
        for page_number, page in enumerate(book.pages):
            for note in page.obj.get("/Annots", ()):
                if isinstance(note.get("/Dest"), pikepdf.String):
                    part_of_place = str(note.Dest).partition("-")[0]
                    other = book.pages.index(pikepdf.Page(places[str(note.Dest)][0]))
                    assert part_of_place == ("0" if page_number < _second(book) else "1")
                    assert (other < _second(book)) == (page_number < _second(book))


def _second(book: pikepdf.Pdf) -> int:
    """The page on which the second case begins."""
    link = [note for note in book.pages[1].obj.Annots if "/Dest" in note][-1]
    return book.pages.index(pikepdf.Page(link.Dest[0]))


def test_every_mark_on_every_page_finds_its_tag_and_every_tag_its_page() -> None:
    with opened(volume()) as book:
        tree = book.Root.StructTreeRoot
        numbers = list(tree.ParentTree.Nums)
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        assert list(parents) == list(range(len(parents)))
        for page in book.pages:
            for element in parents[int(page.obj.StructParents)]:
                assert element.Pg.objgen == page.obj.objgen
        for note in notes(book):
            kids = list(parents[int(note.StructParent)].K)
            assert any(getattr(kid, "Obj", None) == note for kid in kids if isinstance(kid, pikepdf.Dictionary))
        whole = tree.K[0]
        assert [str(kid.S) for kid in whole.K] == ["/Sect", "/Sect", "/Part", "/Part", "/Sect"]
        assert all(kid.P.objgen == whole.objgen for kid in whole.K)


def test_each_case_keeps_its_language() -> None:
    with opened(volume()) as book:
        assert str(book.Root.Lang) == "en"
        branches = [kid for kid in book.Root.StructTreeRoot.K[0].K if pikepdf.Name.Part == kid.S]
        assert [str(branch.Lang) for branch in branches] == ["en", "es"]
    assert any("Preguntas para discutir" in page or "Preguntas" in page for page in texts(volume()))


def test_bookmarks_follow_the_pages() -> None:
    with opened(volume()) as book, book.open_outline() as outline:
        found = [(item.title, book.pages.index(pikepdf.Page(item.destination[0]))) for item in outline.root]
        second = outline.root[2]
        assert [book.pages.index(pikepdf.Page(child.destination[0])) for child in second.children]
    titles = [title for title, _ in found]
    assert titles == ["Quiet Dilemmas: 2025", "The Case of the Quiet Pager", "El caso de la palabra", "Index"]
    assert [page for _, page in found] == sorted(page for _, page in found)
    assert found[-1][1] == len(texts(volume())) - 1


def test_page_numbers_are_no_part_of_what_is_read_aloud() -> None:
    with opened(volume()) as book:
        for page in book.pages:
            *_, last = page.obj.Contents
            assert b"/Artifact" in last.read_bytes()
            assert b"/Folio Do" in last.read_bytes()


def test_merged_handouts_have_one_form_with_distinct_field_names() -> None:
    content = printed(job("handout", arrangement=views.Arrangement(fillable=True)))
    with opened(content) as book:
        fields = [str(field.T) for field in book.Root.AcroForm.Fields]
        shown = [str(note.T) for note in notes(book) if note.Subtype == pikepdf.Name.Widget]
        fonts = set(book.Root.AcroForm.DR.Font.keys())
        written = {
            name for field in book.Root.AcroForm.Fields for name in re.findall(r"(/\S+) [\d.]+ Tf", str(field.DA))
        }
    assert len(fields) == len(set(fields)) > 4
    assert sorted(fields) == sorted(shown)
    assert {name.partition("-")[0] for name in fields} == {"0", "1"}
    assert written <= fonts


def test_the_same_packs_give_the_same_bytes() -> None:
    assert printed(job()) == volume()


def test_what_runs_along_the_pages_changes_sides_where_writing_does() -> None:
    arabic = make_series(make_case(language="ar", title="قضية النداء", story=(part("وصل متأخرا."),)))
    content = printed(next(one for one in views.jobs(arabic) if (one.edition, one.paper) == ("case", "a4")))
    document = pypdfium2.PdfDocument(content)
    page = document[1]
    words, (width, height) = page.get_textpage(), page.get_size()

    def said(*, right: bool, top: bool) -> str:
        left, bottom = width / 2 if right else 0, height - 72 if top else 0
        return str(words.get_text_bounded(left=left, right=left + width / 2, bottom=bottom, top=bottom + 72))

    assert "Quiet" in said(right=True, top=True)
    assert "Quiet" not in said(right=False, top=True)
    assert "قضية النداء" in said(right=True, top=False)
    assert re.sub(r"\D", "", said(right=False, top=False)) == f"2{len(document)}"


def test_arabic_cases_are_listed_in_an_english_volume() -> None:
    first, second = (
        make_case(slug=f"2025-0{number}-a", language="ar", title=f"قضية {name}")
        for number, name in ((5, "النداء"), (6, "الكلمة"))
    )
    (job_of_both,) = [one for one in views.jobs(make_series(first, second)) if one.path == "packs/volume-2025-a4.pdf"]
    contents = texts(printed(job_of_both))[1]
    assert {"1", "2", "قضية", "النداء", "الكلمة"} <= set(contents.split())


def test_no_case_says_on_which_page_something_is() -> None:
    """It would have to say another in each volume; only what is around the cases knows."""
    for one in views.jobs(series()):
        assert "target-counter" not in one.style
        assert "data-page" not in "".join(part.html for part in one.parts)
