"""Lists of people: by family name, in Unicode's order, each script together."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from casebuilder import collation
from casebuilder.model import Credit, Discussion, Role
from casebuilder.outputs import epub
from casebuilder.outputs.packs import views
from casebuilder.outputs.site import pages
from pack_reader import whole_html
from series_factory import at, make_case, make_person, make_series

if TYPE_CHECKING:
    from casebuilder.published import PublishedSeries

#: Names and their family and given names, in the order of a list.
FILED = (
    ("Đặng Thị Anh", "Đặng", "Thị Anh"),
    ("Rhona Dangerfield", "Dangerfield", "Rhona"),
    ("Amara Diallo", "Diallo", "Amara"),
    ("Zoë Diallo", "Diallo", "Zoë"),
    ("Ana Diallo-Adams", "Diallo-Adams", "Ana"),
    ("Zofia Łoś", "Łoś", "Zofia"),
    ("Adam Loz", "Loz", "Adam"),
    ("Ada Öberg", "Öberg", "Ada"),
    ("Søren Øberg", "Øberg", "Søren"),
    ("Bo Oz", "Oz", "Bo"),
    ("Sukarno", "", ""),
    ("Johanna van der Berg", "van der Berg", "Johanna"),
    ("Αθηνά Ζώη", "", ""),
    ("Ελένη Αλεξίου", "", ""),
    ("Мельник Оксана", "", ""),
    ("ليلى حداد", "", ""),
)


@pytest.mark.parametrize(
    "words",
    [
        ["Lisa", "Łoś", "Loz", "Lu"],
        ["Ñandú", "Nazar", "Ndiaye", "Nz"],
        ["cote", "Cote", "coté", "côte", "Côté", "coth"],
        ["zebra", "Αθήνα", "Ωμέγα", "Анна", "Яна", "אבא", "أحمد", "กก", "한국", "漢"],
        ["", " ", "😀", "1", "a", "a b", "ab"],
    ],
)
def test_words_are_in_the_order_of_unicode(words: list[str]) -> None:
    assert sorted(set(words), key=collation.key) == words


@pytest.fixture(scope="module")
def listed() -> PublishedSeries:
    """Two cases by people whose ids are in another order than their names."""
    people = tuple(
        make_person(f"p{len(FILED) - number:02}", name=name, family=family, given=given, credentials="")
        for number, (name, family, given) in enumerate(FILED)
    )
    writers = tuple(
        Credit(person=person.id, roles=(Role.WRITER,)) for person in sorted(people, key=lambda each: each.id)
    )
    case = make_case(credits=writers, responses=(), commentary=None, quotes=(), discussion=Discussion())
    second_case = case.model_copy(update={"slug": "2025-06-again", "opens": at(2025, 6, 20)})
    return make_series(case, second_case, people=people)


def in_order(text: str) -> list[str]:
    """The names in the order in which a text has them first."""
    return sorted((name for name, _, _ in FILED), key=text.index)


def test_lists_of_people_are_in_the_order_of_family_names(listed: PublishedSeries) -> None:
    names = [name for name, _, _ in FILED]
    page = next(each.text for each in pages.render(listed) if each.path == "experts/index.md")
    assert in_order(page) == names
    files = {file.path: file.read() for file in epub.render(listed, lambda _: b"")}
    book = ZipFile(io.BytesIO(files["packs/volume-2025.epub"]))
    assert in_order(book.read("EPUB/index.xhtml").decode()) == names
    pack = whole_html(next(job for job in views.jobs(listed) if job.path == "packs/volume-2025-a4.pdf"))
    assert in_order(pack[pack.index('id="index"') :]) == names


def test_two_people_of_one_name_are_two_in_an_index() -> None:
    people = (make_person("ana-1", name="Ana Ruiz"), make_person("ana-2", name="Ana Ruiz"))
    writers = tuple(Credit(person=person.id, roles=(Role.WRITER,)) for person in people)
    case = make_case(credits=writers, responses=(), commentary=None, quotes=(), discussion=Discussion())
    series = make_series(case, case.model_copy(update={"slug": "2025-06-again"}), people=people)
    pack = whole_html(next(job for job in views.jobs(series) if job.path == "packs/volume-2025-a4.pdf"))
    assert pack[pack.index('id="index"') :].count("<b>Ana Ruiz</b>") == 2
