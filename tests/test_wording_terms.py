"""Terms of others in other languages: competencies, CRediT's roles, citations; and lists from right to left."""

from __future__ import annotations

import pytest

from casebuilder.model import Framework, Role
from casebuilder.model.series import Settings
from casebuilder.outputs.site import pages
from casebuilder.outputs.site.linkeddata import case as linked
from casebuilder.wording import Translator, languages
from pack_reader import reader, text
from series_factory import SITE, SLUG, ZONE, make_case, make_series

OWN = {"ours": Framework(title="Ours", codes={"prof": "Professionalism", "ward": "Ward craft"})}


def page_of(path: str, language: str, site: str) -> str:
    case = make_case(language=language, competencies=("acgme:PROF", "canmeds:health-advocate", "ours:prof"))
    series = make_series(case, language=site, settings=Settings(timezone="Europe/Dublin", competencies=OWN))
    return next(page.text for page in pages.render(series) if page.path == path)


def test_a_case_s_competencies_are_in_its_language_and_those_of_the_series_as_they_are_written() -> None:
    page = page_of(f"cases/{SLUG}/index.md", "es", "en")
    assert "ACGME: Profesionalismo" in page
    assert "CanMEDS: Promotor de la salud" in page
    assert "Ours: Professionalism" in page


def test_the_page_of_competencies_is_in_the_site_s_language_and_shows_no_code_that_is_a_word() -> None:
    page = page_of("competencies/index.md", "en", "es")
    assert '<th scope="col"><span>PROF</span></th>' in page
    assert '<th scope="col"><span>Promotor de la salud</span></th>' in page
    assert ">health-advocate<" not in page
    assert '<span class="cb-code">prof</span> Professionalism' in page
    assert '<th scope="col"><span>Health Advocate</span></th>' in page_of("competencies/index.md", "es", "en")


def test_machines_get_the_same_words() -> None:
    series = make_series(make_case(language="es"))
    found = linked(series, series.cases[0])["educationalAlignment"]
    assert [each["targetName"] for each in found] == ["Habilidades interpersonales y de comunicación", "Comunicador"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "writer (Writing – original draft)"),
        ("es", "autoría (Redacción – borrador original)"),
        ("fil", "manunulat (Pagsulat – orihinal na draft)"),
        ("ar", "تأليف (الكتابة – المسودة الأصلية)"),
    ],
)
def test_roles_have_credit_s_name_in_each_language(language: str, said: str) -> None:
    assert Translator(language, ZONE).role(Role.WRITER) == said


def test_a_guide_in_spanish_says_what_the_case_teaches_in_spanish() -> None:
    output = text(reader(make_series(make_case(language="es")), "guide"))
    assert "Habilidades interpersonales y de comunicación" in output
    assert "Interpersonal" not in output


def test_a_case_in_spanish_is_cited_in_spanish() -> None:
    series = make_series(make_case(language="es"))
    case = series.cases[0]
    assert case.citation.vancouver == (
        f"Ada Byrne. The Case of the Quiet Pager. Quiet Dilemmas. 2025 may 23;1(3). Disponible en: {SITE}cases/{SLUG}/"
    )
    assert "(2025, 23 de mayo)" in case.citation.apa
    answer = case.responses[0].citation.vancouver
    assert "Quiet is a finding [respuesta de experto a «The Case of the Quiet Pager»]" in answer


def test_a_volume_of_a_filipino_series_names_its_editors() -> None:
    series = make_series(language="fil")
    assert series.volumes[0].citation.vancouver.startswith(
        "Luis Ferrer, editor. Quiet Dilemmas 2025. Quiet Dilemmas; 2025. Makukuha sa: "
    )


@pytest.mark.parametrize("language", ["en", "en-GB", "fr"])
def test_english_and_a_language_without_a_catalogue_are_cited_in_english(language: str) -> None:
    series = make_series(make_case(language=language))
    cited = series.cases[0].citation
    assert "2025 May 23;1(3). Available from: " in cited.vancouver
    assert "(2025, May 23)" in cited.apa


def test_a_case_in_a_language_without_a_catalogue_is_cited_in_the_series_language() -> None:
    series = make_series(make_case(language="fr"), language="es")
    assert "2025 may 23;1(3). Disponible en: " in series.cases[0].citation.vancouver


def test_latin_names_in_an_arabic_list_keep_its_order() -> None:
    translator = Translator("ar", ZONE)
    assert translator.listed(["Ada Byrne", "ليلى حداد"]) == "\u2068Ada Byrne\u2069 وليلى حداد"
    assert translator.parted("Nurse, ICU", "الفلبين") == "\u2068Nurse, ICU\u2069، الفلبين"
    assert str(translator.linked(["<b>"])) == "<bdi>&lt;b&gt;</bdi>"
    assert translator.listed(["15", "45", "90"]) == "15 و45 و90"


@pytest.mark.parametrize("language", [language for language in languages() if language != "ar"])
def test_other_lists_have_no_marks_of_direction(language: str) -> None:
    translator = Translator(language, ZONE)
    assert not {"\u2068", "\u2069"} & set(translator.listed(["Ada", "ليلى"]) + translator.parted("Ada", "ليلى"))
