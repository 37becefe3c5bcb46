"""What the site's pack builder joins: each released edition of a case as a page, and the style that sets it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from casebuilder.model import Picture, State
from casebuilder.outputs.packs import views
from pack_reader import sealed_sentences
from series_factory import SLUG, make_case, make_open_case, make_series, make_settings, make_withdrawn_case, part

if TYPE_CHECKING:
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


def screens(series: Series, style: str = "") -> dict[str, str]:
    return {file.path: file.read().decode() for file in views.screens(series, style)}


def words(html: str) -> str:
    inline = re.compile(r"</?(?:a|b|em|strong|sup)\b[^>]*>")
    return " ".join(re.sub(r"<[^>]*>", " ", inline.sub("", html)).split())


def outermost(style: str) -> list[str]:
    """The selectors of the rules that stand inside no other."""
    inside = re.compile(r"\{[^{}]*\}")
    while inside.search(style := re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)):
        style = inside.sub(";;", style)
        if not re.search(r"[{}]", style):
            break
    return [selector.strip() for selector in style.split(";;") if selector.strip()]


@pytest.mark.parametrize(
    ("case", "editions"),
    [
        (make_case(), {"handout", "guide", "case"}),
        (make_open_case(), {"handout"}),
        (make_open_case(state=State.CURATING), {"handout"}),
        (make_withdrawn_case(), set()),
    ],
    ids=["complete", "open", "curating", "withdrawn"],
)
def test_a_case_has_what_is_released_of_it(case: Case, editions: set[str]) -> None:
    pages = {path for path in screens(make_series(case)) if path.endswith(".html")}
    assert pages == {f"packs/{SLUG}-{edition}.html" for edition in editions}


def test_a_series_without_packs_has_nothing_to_join() -> None:
    settings = make_settings(packs=False)
    assert screens(make_series(settings=settings)) == {}


def test_a_handout_holds_no_sealed_sentence_and_the_guide_every_one() -> None:
    case = make_case()
    made = screens(make_series(case))
    sealed = sealed_sentences(case)
    handout, guide = (words(made[f"packs/{SLUG}-{edition}.html"]) for edition in ("handout", "guide"))
    assert len(sealed) > 15
    assert [sentence for sentence in sealed if sentence in handout] == []
    assert [sentence for sentence in sealed if sentence not in guide] == []


def test_no_search_engine_lists_a_page_and_none_has_a_style_or_a_script_of_its_own() -> None:
    for path, html in screens(make_series()).items():
        if path.endswith(".html"):
            assert '<meta name="robots" content="noindex">' in html, path
            assert not re.search(r"<(script|style)|\s(style|on\w+)=", html), path


def test_places_of_two_cases_have_different_names_and_pictures_are_found() -> None:
    picture = Picture(file="ward.svg", alt="A ward at night")
    shown = make_case(image=picture, pictures=frozenset({f"cases/{SLUG}/ward.svg"}))
    made = screens(make_series(shown, make_case(slug="2025-06-other", story=(part("Told.[@chan-2015]"),))))
    one, other = (made[f"packs/{slug}-case.html"] for slug in (SLUG, "2025-06-other"))
    assert set(re.findall(r' id="([^"]*)"', one)) & set(re.findall(r' id="([^"]*)"', other)) == set()
    assert f'src="../cases/{SLUG}/ward.svg"' in one
    for html in (one, other):
        targets = re.findall(r' href="#([^"]*)"', html)
        assert targets
        assert set(targets) <= set(re.findall(r' id="([^"]*)"', html))


def test_the_style_keeps_to_the_sheets_and_the_series_own_comes_last() -> None:
    style = screens(make_series(), "@page { margin: 1mm }\nbody { color: navy }")["packs/sheet.css"]
    assert all(selector.startswith(".cb-sheet") for selector in outermost(style))
    assert "@page" not in style
    assert not re.search(r"^(:root|body) ", style, re.MULTILINE)
    assert style.endswith(".cb-sheet {\n& { color: navy }\n}\n")
