"""The pack builder in a browser: cases are chosen, put in order, sent on, and printed."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from casebuilder import pipeline
from casebuilder.outputs.site import pages
from examples import drawn
from series_factory import at, make_case, make_series

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from casebuilder.model.case import Case

pytestmark = pytest.mark.browser

BASE = "teaching-dilemmas"
SANDWICH, ROUND = "2025-09-stale-sandwich", "2024-09-silent-round"
OPEN, SCHEDULED = "2026-03-late-handover", "2026-04-group-chat"
TITLES = {SANDWICH: "The Case of the Stale Sandwich", ROUND: "The Case of the Silent Ward Round"}
HOSTILE = "\"} body { display: none } </style><img src=x onerror=alert(1)> '\\"


@pytest.fixture(scope="module")
def sealed() -> list[str]:
    """Sentences that no handout of these two cases may hold."""
    series = pipeline.read(Path(__file__).parents[2]).series
    cases = [case for case in series.cases if case.slug in TITLES]
    return [sentence for case in cases for sentence in answers(case)]


def answers(case: Case) -> list[str]:
    assert case.commentary
    themes = [theme.title for theme in case.commentary.themes]
    return [*(response.title for response in case.responses), *themes, *case.objectives]


def ready(page: Page, choice: str) -> None:
    """Open the builder with a choice, and wait until its document is there."""
    page.goto(f"facilitators/build/?{choice}")
    page.get_by_role("button", name="Print, or save as PDF").and_(page.locator(":enabled")).wait_for()


def printed(page: Page) -> tuple[str, list[str], pypdf.PdfReader]:
    """What the print dialogue would give: the whole text, that of each page, and the file."""
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    pages = [" ".join(each.extract_text().split()) for each in reader.pages]
    return " ".join(pages), pages, reader


def test_with_the_keyboard_alone_a_pack_is_built_and_its_address_builds_it_again(page: Page, heard: list[str]) -> None:
    page.goto("facilitators/build/")
    assert page.get_by_role("button", name="Print, or save as PDF").is_disabled()
    page.get_by_label(TITLES[ROUND]).focus()
    page.keyboard.press("Space")
    page.get_by_label(TITLES[SANDWICH]).focus()
    page.keyboard.press("Space")
    status = page.get_by_role("status")
    expect(status).to_have_text(f"{TITLES[SANDWICH]}: number 2 of 2.")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == f"Move up {TITLES[SANDWICH]}":
            break
    page.keyboard.press("Enter")
    expect(status).to_have_text(f"{TITLES[SANDWICH]}: number 1 of 2.")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == f"Move down {TITLES[SANDWICH]}", "the focus stays near"
    page.get_by_label("Edition").focus()
    page.keyboard.press("F")  # of a word typed slowly, a list would take each letter for the first
    page.get_by_label("Minutes", exact=True).focus()
    page.keyboard.press("4")
    page.get_by_label("Title of the workshop").focus()
    page.keyboard.type("Feedback & silence")
    page.keyboard.press("Enter")
    address = f"?cases={SANDWICH},{ROUND}&edition=guide&paper=a4&minutes=45&title=Feedback+%26+silence"
    page.wait_for_url(lambda found: found.endswith(address))
    page.reload()
    headings = page.locator(".cb-builder-preview h1")
    headings.nth(2).wait_for()
    assert headings.all_inner_texts() == ["Feedback & silence", TITLES[SANDWICH], TITLES[ROUND]]
    assert page.locator(".cb-builder-order li > :first-child").all_inner_texts() == [TITLES[SANDWICH], TITLES[ROUND]]
    assert page.get_by_label("Minutes", exact=True).input_value() == "45"
    assert heard == []


def test_a_case_is_removed_and_the_selection_is_cleared(page: Page) -> None:
    ready(page, f"cases={SANDWICH},{ROUND}")
    page.get_by_role("button", name=f"Remove {TITLES[SANDWICH]}").click()
    expect(page.get_by_role("status")).to_have_text(f"{TITLES[SANDWICH]}: removed.")
    expect(page.locator("button:focus")).to_have_text(f"Remove {TITLES[ROUND]}")
    expect(page.get_by_label(TITLES[SANDWICH])).not_to_be_checked()
    page.get_by_role("button", name="Clear selection").click()
    page.wait_for_url("**/facilitators/build/")
    expect(page.get_by_role("status")).to_have_text("No cases selected yet.")
    expect(page.locator(".cb-builder-preview")).to_be_hidden()


def test_handouts_are_printed_with_a_cover_running_numbers_and_no_answer(page: Page, sealed: list[str]) -> None:
    choice = f"cases={ROUND},{SANDWICH}&edition=handout&paper=letter&title=Team+day&date=3+April&facilitator=Nura"
    ready(page, choice)
    whole, pages, reader = printed(page)
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == [612, 792]
    assert "Team day 3 April · Nura" in pages[0]
    assert "As a whole under CC BY 4.0" in pages[0]
    assert all(f"{number} of {len(pages)}" in text for number, text in enumerate(pages, start=1))
    begins = [
        next(n for n, text in enumerate(pages) if title in text and n > 1)
        for title in (TITLES[ROUND], TITLES[SANDWICH])
    ]
    assert begins == sorted(set(begins)), "each begins on a page of its own, in the order that was chosen"
    assert all("Teaching Dilemmas Participant handout" in text for text in pages[begins[0] :])
    assert f"{TITLES[SANDWICH]} · CC BY 4.0" in pages[-1]
    assert "What our group decides" in whole
    assert "Choose cases" not in whole, "nothing of the form is printed"
    assert [words for words in sealed if words in whole] == []
    ready(page, choice.replace("handout", "guide"))
    guide, _, _ = printed(page)
    assert "Facilitator guide: contains the answers" in guide
    assert [words for words in sealed if words not in guide] == []


def test_a_handout_is_arranged_for_the_room_and_the_address_keeps_it(
    page: Page, sealed: list[str], heard: list[str]
) -> None:
    page.goto(f"facilitators/build/?cases={ROUND}")
    page.locator(".cb-builder-preview .questions").wait_for()
    numbers = page.locator(".cb-builder-preview .worksheet").count()
    parts = page.locator(".cb-builder-preview .story .part").count()
    assert numbers > 1
    assert parts > 1
    for box in ("Jigsaw", "Reveal the story", "Role cards", "One copy per group"):
        page.get_by_label(box).check()
    page.wait_for_url("**&groups=yes&jigsaw=yes&reveal=yes&roles=yes")
    page.reload()
    preview = page.locator(".cb-builder-preview")
    preview.locator(".jigsaw").first.wait_for()
    assert preview.locator(".jigsaw").count() == numbers
    assert preview.locator(".questions").count() == 0
    assert preview.locator(".story .part").count() == 1
    assert preview.locator("[id*=card-]").count() >= parts - 1
    assert preview.locator(".role").count() > 1
    assert preview.locator(".team").count() == 1
    assert preview.locator("template").count() == 0
    words = preview.inner_text()
    assert "What would change our mind" in words
    assert [sentence for sentence in sealed if sentence in words] == []
    page.get_by_label("Jigsaw").uncheck()
    preview.locator(".questions").wait_for()
    assert preview.locator(".jigsaw").count() == 0
    page.get_by_label("Edition").select_option("guide")
    expect(page.get_by_label("Role cards")).to_be_hidden()
    page.wait_for_url(lambda address: "roles" not in address)
    assert heard == []


def test_the_guide_holds_the_plan_for_the_minutes_alone(page: Page) -> None:
    ready(page, f"cases={SANDWICH}&edition=guide&minutes=15")
    preview = page.locator(".cb-builder-preview")
    assert preview.locator(".plan").count() == 1
    assert preview.locator(".plan h3").inner_text().startswith("15 minutes")
    assert preview.locator(".glance tbody tr").count() == 1
    page.get_by_label("Minutes", exact=True).select_option("")
    preview.locator(".plan").nth(2).wait_for()


def test_a_case_without_a_plan_of_that_length_says_so_and_keeps_its_plans(page: Page) -> None:
    address = f"**/packs/{SANDWICH}-guide.html"
    page.route(address, lambda route: route.fulfill(body=route.fetch().text().replace('data-minutes="15"', "")))
    ready(page, f"cases={SANDWICH}&edition=guide&minutes=15")
    notice = f"{TITLES[SANDWICH]}: there is no plan for 15 minutes, so all its plans are printed."
    assert page.locator(".cb-builder-notices li").all_inner_texts() == [notice]
    assert page.locator(".cb-builder-preview .plan").count() == 3


def test_a_case_that_is_not_released_is_skipped_with_a_message(page: Page, site: Path) -> None:
    ready(page, f"cases={OPEN},{SCHEDULED},{SANDWICH}&edition=guide")
    assert page.locator(".cb-builder-notices li").all_inner_texts() == [
        f"“{SCHEDULED}” is not a case on this site and was skipped.",
        "The Case of the Late Handover: skipped, because only its handout is released.",
    ]
    assert page.locator(".cb-builder-preview h1").all_inner_texts() == [TITLES[SANDWICH]]
    parts = {path.stem for path in (site / BASE / "packs").glob("*.html")}
    assert {name for name in parts if name.startswith(OPEN)} == {f"{OPEN}-handout"}
    assert not [name for name in parts if name.startswith(SCHEDULED)]
    assert SCHEDULED not in (site / BASE / "facilitators" / "build" / "index.html").read_text(encoding="utf-8")


def test_what_somebody_types_stays_text(page: Page, heard: list[str]) -> None:
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    ready(page, f"cases={quote('<b>x</b>')},{SANDWICH}&title={quote(HOSTILE)}&date={quote(HOSTILE[:40])}")
    assert page.locator(".cb-builder-preview h1").first.inner_text() == HOSTILE
    assert page.locator(".cb-builder-preview [onerror], .cb-builder-notices b").count() == 0
    assert "“<b>x</b>” is not a case" in page.locator(".cb-builder-notices").inner_text()
    whole, _, _ = printed(page)
    assert "onerror=alert(1)" in whole
    assert "1 of" in whole
    assert heard == []


#: What the address of the builder can hold, and what it cannot; a reader may be sent anything.
NAMES = st.sampled_from(
    ["cases", "edition", "paper", "minutes", "title", "date", "notes", "arrange", "copies", "x", "__proto__"]
)
VALUES = st.one_of(
    st.sampled_from(
        [SANDWICH, f"{SANDWICH},{ROUND}", OPEN, "handout", "guide", "a4", "45", "-1", "1e9", "yes", HOSTILE]
    ),
    st.sampled_from(
        [
            "../../x",
            "//evil.example/x",
            "javascript:alert(1)",
            "%",
            "%00",
            "%u0041",
            "constructor",
            "<svg onload=alert(1)>",
        ]
    ),
    st.text(max_size=12),
)


@given(
    st.lists(st.tuples(NAMES, VALUES), max_size=6), st.sampled_from(["", "#", "#%", "#<img src=x onerror=alert(1)>"])
)
@settings(drawn(4), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_address_shows_the_builder_and_runs_nothing(
    page: Page, heard: list[str], choice: list[tuple[str, str]], place: str
) -> None:
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    text = "&".join(f"{name}={value if '%' in value else quote(value)}" for name, value in choice)
    page.goto(f"facilitators/build/?{text}{place}")
    page.locator("#cb-builder, .cb-builder").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator("[onerror], [onload], .cb-page script:not([src])").count() == 0
    assert [said for said in heard if "404" not in said] == []


def test_the_readers_own_notes_are_printed_when_they_are_asked_for(page: Page) -> None:
    page.goto(f"cases/{SANDWICH}/")
    page.get_by_label("Your notes").first.fill("I would ask\n<i>him</i>.")
    page.get_by_role("link", name="Print handout with my notes").click()
    page.wait_for_url(f"**/facilitators/build/?cases={SANDWICH}&edition=handout&notes=yes")
    page.locator(".cb-builder-preview .written").wait_for()
    assert page.get_by_label("Include my notes").is_checked()
    whole, _, _ = printed(page)
    assert "I would ask <i>him</i>." in whole
    page.get_by_label("Include my notes").uncheck()
    page.wait_for_url(lambda address: "notes" not in address)
    expect(page.locator(".cb-builder-preview")).not_to_contain_text("I would ask")


def test_a_case_that_cannot_be_loaded_is_skipped_with_a_message(page: Page) -> None:
    page.route(f"**/packs/{ROUND}-*.html", lambda route: route.abort())
    ready(page, f"cases={ROUND},{SANDWICH}")
    notices = page.locator(".cb-builder-notices li").all_inner_texts()
    assert notices == [f"{TITLES[ROUND]}: skipped, because it could not be loaded."]


def test_the_print_button_opens_the_browsers_dialogue_with_the_workshops_name(page: Page) -> None:
    page.add_init_script(
        "window.print = () => { dispatchEvent(new Event('beforeprint')); window.asked = document.title }"
    )
    ready(page, f"cases={SANDWICH}&title=Team+day")
    page.get_by_role("button", name="Print, or save as PDF").click()
    page.wait_for_function("window.asked === 'Team day'")


def test_without_javascript_the_page_says_what_it_needs_and_where_the_packs_are(browser: Browser, host: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}/{BASE}/facilitators/build/")
    assert page.get_by_text("needs JavaScript").is_visible()
    assert not page.locator("form.cb-builder").is_visible()
    page.get_by_role("main").get_by_role("link", name="For facilitators").last.click()
    page.wait_for_url("**/facilitators/")
    context.close()


def test_a_printable_page_is_self_contained_and_no_search_engine_or_search_lists_it(page: Page, site: Path) -> None:
    page.goto(f"packs/{SANDWICH}-handout.html")
    assert page.get_by_role("heading", level=1).inner_text() == TITLES[SANDWICH]
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    assert not re.search("packs/.*html", (site / BASE / "sitemap.xml").read_text(encoding="utf-8"))
    assert page.locator(".line").first.bounding_box()["height"] > 20  # type: ignore[index]  # it is there


def test_in_a_long_series_cases_are_found_by_their_words(page: Page, heard: list[str]) -> None:
    days = [at(2000 + n // 12, n % 12 + 1, 5) for n in range(61)]
    series = make_series(*(make_case(slug=f"{day:%Y-%m}-x", title=f"Pager {day:%Y%m}", opens=day) for day in days))
    (choices,) = pages.files(series)
    (written,) = (made.text for made in pages.render(series) if made.path == "facilitators/build/index.md")
    script = '<link rel="stylesheet" href="../../assets/stylesheets/builder.css">'
    script += '<script src="../../assets/javascripts/site.js" defer></script>'
    body = f'<!doctype html><html lang="en"><body>{"".join(written.partition("<form")[1:])}{script}</body></html>'
    page.route("**/facilitators/build/*", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.route("**/packs/choices.html", lambda route: route.fulfill(body=choices.content, content_type="text/html"))
    handout = '<article class="pack-part" data-header="Quiet" data-footer="Handout">Quiet.</article>'
    page.route("**/packs/*-x-handout.html", lambda route: route.fulfill(body=handout, content_type="text/html"))
    page.goto("facilitators/build/?cases=2003-05-x")
    page.get_by_text("30 of 61 cases").wait_for()
    assert page.locator(".cb-builder-order li").all_inner_texts()[0].startswith("Pager 200305")
    page.get_by_label("Title or topic").fill("pager 200501 handover")
    expect(page.get_by_text("1 of 61 cases")).to_be_visible()
    page.get_by_role("checkbox", name="Pager 200501").check()
    page.wait_for_url("**/?cases=2003-05-x,2005-01-x&**")
    expect(page.locator(".cb-builder-order li")).to_have_count(2)
    assert heard == []
