"""Names as bibliographies write them, from profiles that say which part is which and from those that do not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts

from casebuilder.model import Credit, Role
from casebuilder.outputs import citationfiles
from casebuilder.published.citations import citation
from series_factory import SLUG, make_case, make_person, make_series
from test_citation_formats import HOSTILE, line

if TYPE_CHECKING:
    from casebuilder.published import PublishedSeries

#: The parts of a name in a profile (family, given, suffix); then the name in Vancouver and in APA style.
NAMES = (
    (("Lafrenière", "Marie", ""), "Lafrenière M", "Lafrenière, M."),
    (("Villanueva", "José Miguel", ""), "Villanueva JM", "Villanueva, J. M."),
    (("Sartre", "Jean-Paul Charles Aymard", ""), "Sartre JP", "Sartre, J.-P. C. A."),
    (("King", "Martin Luther", "Jr."), "King ML Jr", "King, M. L., Jr."),
    (("Smith", "James Q.", "III"), "Smith JQ 3rd", "Smith, J. Q., III"),
    (("van der Berg", "Johanna", ""), "van der Berg J", "van der Berg, J."),
    (("Beethoven", "Ludwig van", ""), "Beethoven L", "Beethoven, L. van"),
    (("Los Santos", "María de los Ángeles", ""), "Los Santos MÁ", "Los Santos, M. de los Á."),
    (("Nguyễn", "Thị Mai", ""), "Nguyễn TM", "Nguyễn, T. M."),
    (("Quispe Mamani", "Rosa", ""), "Quispe Mamani R", "Quispe Mamani, R."),
    (("Ortega y Gasset", "José", ""), "Ortega y Gasset J", "Ortega y Gasset, J."),
    (("Ó Súilleabháin", "Niamh", ""), "Ó Súilleabháin N", "Ó Súilleabháin, N."),
    (("Doe", "J.M.", ""), "Doe JM", "Doe, J. M."),
    (("Doe", "JM", ""), "Doe JM", "Doe, J. M."),
    (("Adéyẹmí", "E\u0301lodie", ""), "Adéyẹmí E\u0301", "Adéyẹmí, E\u0301."),
    (("hooks", "bell", ""), "hooks b", "hooks, b."),
    (("李", "小龙", ""), "李 小龙", "李, 小龙"),
    (("Smith and Wesson", "Ann, the Elder", ""), "Smith and Wesson AE", "Smith and Wesson, A. the E."),
)  # fmt: skip
MONONYM = ("Sukarno", "", "")


def series_by(*parts: tuple[str, str, str]) -> PublishedSeries:
    """A series with a case by these people."""
    people = tuple(
        make_person(f"p{number}", name=f"Person {number}", family=family, given=given, suffix=suffix)
        for number, (family, given, suffix) in enumerate(parts)
    )
    writers = tuple(Credit(person=person.id, roles=(Role.WRITER,)) for person in people)
    return make_series(make_case(credits=writers, responses=(), commentary=None), people=people)


def written(parts: tuple[str, str, str], ending: str) -> str:
    series = series_by(parts)
    return next(
        file.content.decode() for file in citationfiles.render(series) if file.path == f"cases/{SLUG}/cite.{ending}"
    )


@pytest.mark.parametrize(("parts", "vancouver", "apa"), NAMES)
def test_a_name_in_vancouver_and_in_apa_style(parts: tuple[str, str, str], vancouver: str, apa: str) -> None:
    citation = series_by(parts).cases[0].citation
    assert citation.vancouver.startswith(f"{vancouver}. The Case of the Quiet Pager. Quiet Dilemmas.")
    assert citation.apa.startswith(f"{apa.rstrip('.')}. (2025, May 23). The Case of the Quiet Pager.")


@pytest.mark.parametrize("parts", [name for name, _, _ in NAMES])
def test_programs_read_the_parts_of_a_name_back(parts: tuple[str, str, str]) -> None:
    family, given, suffix = parts
    assert json.loads(written(parts, "json"))[0]["author"] == [
        {key: words for key, words in (("family", family), ("given", given), ("suffix", suffix)) if words}
    ]
    (entry,) = rispy.loads(written(parts, "ris"))
    assert entry["authors"] == [", ".join(filter(None, parts))]
    readers = [SeparateCoAuthors(), SplitNameParts()]
    (entry,) = bibtexparser.parse_string(written(parts, "bib"), append_middleware=readers).entries
    (name,) = entry["author"]
    said = [" ".join(words).replace("{", "").replace("}", "") for words in (name.von + name.last, name.first, name.jr)]
    assert said == [family, given, suffix]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_the_parts_of_a_name_give_one_record(words: str) -> None:
    parts = (words, f"Ada {words}", words)
    one = line(", ".join(parts))
    (entry,) = rispy.loads(written(parts, "ris"))
    assert entry["authors"] == [one]
    library = bibtexparser.parse_string(written(parts, "bib"), append_middleware=[SeparateCoAuthors()])
    assert not library.failed_blocks
    (entry,) = library.entries
    assert len(entry["author"]) == 1
    (name,) = json.loads(written(parts, "json"))[0]["author"]
    shown = {key: line(part) for key, part in name.items()}
    assert shown == {"family": line(words), "given": line(f"Ada {words}"), "suffix": line(words)}


def test_somebody_with_one_name_is_cited_by_it() -> None:
    series = series_by(MONONYM, ("Byrne", "Ada", ""))
    assert series.cases[0].citation.vancouver.startswith("Sukarno, Byrne A. The")
    assert series.cases[0].citation.apa.startswith("Sukarno, & Byrne, A. (2025")
    assert json.loads(written(MONONYM, "json"))[0]["author"] == [{"literal": "Sukarno"}]
    assert "author = {{Sukarno}}," in written(MONONYM, "bib")
    assert "AU  - Sukarno\r\n" in written(MONONYM, "ris")


def test_a_name_without_its_parts_is_cited_whole_and_in_latin_letters_if_it_has_some() -> None:
    people = (
        make_person("mei", name="Tan Mei Ling"),
        make_person("eleni", name="Ελένη Παπαδοπούλου (Eleni Papadopoulou)"),
        make_person("oksana", name="Оксана Мельник (Oksana Melnyk)", family="Melnyk", given="Oksana"),
    )
    writers = tuple(Credit(person=person.id, roles=(Role.WRITER,)) for person in people)
    (case,) = make_series(make_case(credits=writers, responses=(), commentary=None), people=people).cases
    assert case.citation.vancouver.startswith("Tan Mei Ling, Eleni Papadopoulou, Melnyk O. The")
    assert case.citation.apa.startswith("Tan Mei Ling, Eleni Papadopoulou, & Melnyk, O. (2025, May 23). The")


def test_of_more_than_six_editors_six_are_named() -> None:
    many = [(f"N{number}", "Ada", "") for number in range(7)]
    work = series_by(*many).cases[0].citation.work
    assert citation(replace(work, is_book=True)).vancouver.startswith(
        "N0 A, N1 A, N2 A, N3 A, N4 A, N5 A, et al., editors. The"
    )
    assert citation(work).vancouver.startswith("N0 A, N1 A, N2 A, N3 A, N4 A, N5 A, et al. The")


def test_the_series_names_its_editors_parts() -> None:
    people = (make_person("ada", name="Ada Byrne", family="Byrne", given="Ada", suffix="Jr."),)
    case = make_case(credits=(Credit(person="ada", roles=(Role.EDITOR,)),), responses=(), commentary=None)
    assert '{"family-names": "Byrne", "given-names": "Ada", "name-suffix": "Jr."}' in citationfiles.cff(
        make_series(case, people=people)
    )
