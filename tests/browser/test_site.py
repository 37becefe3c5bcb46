"""The built site in a browser: what a reader can do, and what the pages never do."""

from __future__ import annotations

import gzip
import html as entities
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from casebuilder.markdown import prose
from casebuilder.model import Prose
from casebuilder.outputs.site import redirects
from series_factory import make_case, make_series
from waiting import resize, until_in_view

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Response

pytestmark = pytest.mark.browser

#: Where conftest.py serves the site.
BASE = "teaching-dilemmas"
COMPLETE = "cases/2025-09-stale-sandwich/"
OPEN = "cases/2026-03-late-handover/"
KINDS = (
    "", "cases/", OPEN, COMPLETE, "cases/2025-10-journal-club-on-twitter/", "cases/2025-03-open-door/", "experts/",
    "experts/amara-diallo/", "team/", "topics/", "topics/feedback/", "collections/",
    "competencies/", "schedule/", "schedule/2026/", "facilitators/", "facilitators/build/", "about/", "search/",
    "404.html",
)  # fmt: skip

MOMENT = """<!doctype html><html lang="en"><body>
<p><time datetime="2025-10-08T07:00+01:00" data-here=", {hour} your time">07:00</time></p>
<script src="assets/javascripts/site.js" defer></script></body></html>"""
#: How far the page's parts moved after they were first painted.
SHIFTS = """new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(0), 300);
})"""


def test_no_page_asks_another_host_or_logs_an_error(page: Page, heard: list[str]) -> None:
    for kind in KINDS:
        page.goto(kind, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => null)")
    assert heard == []


def test_no_page_scrolls_sideways_at_320_pixels(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for kind in KINDS:
        page.goto(kind)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind


#: What a thumb must hit, wherever it stands; links in a text are as high as its lines.
FOR_A_THUMB = """[...document.querySelectorAll(`.cb-nav a,
  main :is(button, select, summary, input:not([type=checkbox]), .cb-actions a, .cb-keep label, .cb-more a)`)]
  .map(element => [element.textContent.trim() || element.id, Math.round(element.getBoundingClientRect().height)])
  .filter(([, height]) => 0 < height && height < 44)"""


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_phone_what_a_thumb_must_hit_is_large_enough(page: Page, kind: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(kind)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert page.evaluate(FOR_A_THUMB) == []


def test_on_a_phone_the_table_of_competencies_shows_all_its_columns(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("competencies/")
    assert page.locator("th[scope=col]").count() > 20
    assert page.evaluate(
        "[...document.querySelectorAll('.cb-scroll')].every(one => one.scrollWidth <= one.clientWidth)"
    )


def test_answers_are_folded_until_somebody_opens_them(page: Page) -> None:
    page.goto(COMPLETE)
    assert page.locator("main .cb-fold").count() == 2
    assert page.locator("main .cb-fold[open]").count() == 0
    assert not page.locator(".cb-response h3").first.is_visible()
    page.get_by_text("Answer first, then read").click()
    expect(page.locator(".cb-response h3").first).to_be_visible()


def test_on_a_phone_an_open_case_leads_to_its_discussion_from_the_box_under_its_title(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(OPEN)
    link = page.locator(".cb-top .cb-state").get_by_role("link", name="Join the discussion")
    box = link.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 780
    link.click()
    until_in_view(page, "#section-join")
    page.goto(COMPLETE)
    assert page.locator(".cb-state a").count() == 0


def test_who_answers_is_above_the_closed_answers_and_leads_into_them(page: Page) -> None:
    page.goto(COMPLETE)
    above = page.locator(".cb-responders")
    assert above.is_visible()
    assert not page.locator(".cb-response").first.is_visible()
    words = above.inner_text()
    for said in (
        "Five middle boxes",
        "José Miguel Villanueva, MD, MSc",
        "A teacher’s perspective",
        "Yael Ben-David, MD",
    ):
        assert said in words
    above.get_by_role("link", name="Five middle boxes").click()
    page.get_by_role("article", name="Five middle boxes").wait_for(state="visible")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_deep_link_to_a_response_opens_it(browser: Browser, host: str, *, javascript: bool) -> None:
    context = browser.new_context(java_script_enabled=javascript, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{host}/{BASE}/{COMPLETE}")
    anchor = page.locator(".cb-response").first.get_attribute("id")
    page.goto(f"{host}/{BASE}/{COMPLETE}#{anchor}")
    page.locator(f"#{anchor} h3").wait_for(state="visible")
    assert page.locator("main details[open]").count() == 1
    if javascript:
        until_in_view(page, f"#{anchor}")
    context.close()


def test_on_a_phone_packs_and_facts_follow_the_text_and_beside_it_on_a_desk(page: Page) -> None:
    page.goto(COMPLETE)
    beside = page.locator(".cb-side").bounding_box()
    text = page.locator(".cb-story").bounding_box()
    assert beside is not None
    assert text is not None
    assert beside["x"] > text["x"] + text["width"]
    assert beside["y"] < text["y"]
    resize(page, 390, 844)
    tops = [
        page.locator(part).bounding_box() for part in (".cb-story", ".cb-questions", ".cb-fold >> nth=1", ".cb-side")
    ]
    assert tops == sorted(tops, key=lambda box: box["y"])  # type: ignore[index]  # it is there: the page was laid out


def test_the_choice_of_dark_colours_is_kept_from_page_to_page(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("cases/")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("button", name="Dark mode").click()
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert dark != paper
    page.goto(OPEN)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark
    expect(page.get_by_role("button", name="Dark mode")).to_have_attribute("aria-pressed", "true")


def test_search_by_keyboard_finds_a_case_and_leads_to_it(page: Page, heard: list[str]) -> None:
    page.goto("")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    page.keyboard.type("sandwich feedback")
    page.keyboard.press("Enter")
    result = page.get_by_role("link", name="The Case of the Stale Sandwich").first
    result.wait_for()
    result.click()
    page.wait_for_url("**/2025-09-stale-sandwich/**")
    assert heard == []


@pytest.mark.parametrize("word", ["sandwich", "virtue audience supervisor trolley"])
def test_search_finds_what_is_released_and_nothing_that_is_sealed(page: Page, word: str) -> None:
    page.goto("search/")
    page.keyboard.type(word)
    expected = "result" if word == "sandwich" else f"No results for “{word}”."
    page.get_by_role("status").filter(has_text=expected).wait_for()


@pytest.mark.parametrize("words", ["Friday", "answers Friday", "schedule", "ACGME"])
def test_search_finds_no_page_that_only_lists_others(page: Page, words: str) -> None:
    page.goto(f"search/?q={words}")
    page.get_by_role("status").filter(has_text=re.compile(r"\d|No")).wait_for()
    number = int("0" + "".join(re.findall(r"^\d+", page.get_by_role("status").inner_text())))
    links = page.locator(".cb-search-results h2 a")
    for shown in range(5, number + 5, 5):
        expect(links).to_have_count(min(shown, number))
        if shown < number:
            page.locator(".cb-search-more").click()
    found = links.evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert not [path for path in found if re.match(rf"/{BASE}/(schedule|competencies|topics|facilitators)/", path)]


def test_no_page_runs_words_together_in_the_search(site: Path) -> None:
    """Each word of the index is a word of its page, in which every element but those inside a line ends a word."""
    for kept in (site / BASE / "pagefind" / "fragment").iterdir():
        text = gzip.decompress(kept.read_bytes()).decode()
        fragment = json.loads(text[text.index("{") :])
        html = (site / BASE / fragment["url"].lstrip("/") / "index.html").read_text(encoding="utf-8")
        apart = re.sub(r"<(?!/?(?:a|b|bdi|code|em|i|kbd|s|span|strong|sub|sup|time)\b)[^>]*>", " ", html)
        words = set(re.findall(r"\w+", entities.unescape(re.sub(r"<[^>]*>", "", apart))))
        assert set(re.findall(r"\w+", fragment["content"])) <= words, fragment["url"]


@pytest.mark.parametrize(
    "address",
    ["?mark=%22x", "?mark=%22praise%22", "?mark=]praise[",
     "?mark=\\", "?mark=%25%00%E0", "?mark=a-b{2,1}(%3F%3Ca/^$.*+@~!`'&",
     "?mark=", "#100%"],
)  # fmt: skip
def test_no_address_breaks_the_marks_or_the_page(page: Page, heard: list[str], address: str) -> None:
    page.goto(f"cases/2025-09-stale-sandwich/{address}")
    if address.startswith("?mark=") and address != "?mark=":
        page.wait_for_function("CSS.highlights.has('cb-sought')")
    if "praise" in address and "%22" in address:
        assert page.evaluate("CSS.highlights.get('cb-sought').size") > 0
    assert page.evaluate("document.querySelector('[data-keep-open]') !== null")
    assert heard == []


def test_search_leads_to_a_section_in_which_the_words_are_marked(page: Page, heard: list[str]) -> None:
    page.goto("search/?q=praise+boxes")
    page.locator(".cb-search-results ul").get_by_role("link", name="The case").first.click()
    page.wait_for_url("**/2025-09-stale-sandwich/**#the-case")
    page.wait_for_function("CSS.highlights.has('cb-sought')")
    marked = page.evaluate("[...CSS.highlights.get('cb-sought')].map(range => range.toString().toLowerCase())")
    assert {"praise", "boxes"} <= set(marked)
    assert all(word.startswith(("praise", "boxes")) for word in marked)
    assert page.locator("main details[open]").count() == 0
    assert heard == []


def test_a_search_leads_to_a_response_a_theme_and_a_question(page: Page) -> None:
    page.goto("search/?q=five+middle+boxes")
    page.locator(".cb-search-results ul").get_by_role("link", name="Five middle boxes", exact=True).click()
    page.wait_for_url("**#response-jose-miguel-villanueva-title")
    expect(page.get_by_role("article", name="Five middle boxes")).to_be_visible()


def test_facets_narrow_a_search_count_and_stay_in_the_address(page: Page, heard: list[str]) -> None:
    page.goto("search/?q=feedback")
    status = page.get_by_role("status")
    status.filter(has_text="result").wait_for()
    every = int(status.inner_text().split()[0])
    page.get_by_label("Type").select_option("case")
    counted = page.locator("#facet-kind option:checked")
    counted.filter(has_text="Case (").wait_for(state="attached")
    cases = int(counted.inner_text().partition("(")[2].rstrip(")"))
    status.filter(has_text=f"{cases} results").wait_for()
    assert 0 < cases < every
    page.wait_for_url("**/search/?q=feedback&kind=case")
    page.reload()
    status.filter(has_text=f"{cases} results").wait_for()
    page.get_by_role("button", name="Clear filters").click()
    status.filter(has_text=f"{every} results").wait_for()
    page.wait_for_url("**/search/?q=feedback")
    page.get_by_label("Search cases, people and topics").fill("")
    page.get_by_label("Status").select_option("open")
    page.locator(".cb-search-results").get_by_role("link", name="The Case of the Late Handover").wait_for()
    assert heard == []


def test_a_word_of_a_title_finds_that_case_first(page: Page) -> None:
    page.goto("search/?q=handover")
    first = page.locator(".cb-search-results h2").first
    first.wait_for()
    assert first.inner_text() == "The Case of the Late Handover"


def test_a_first_search_loads_less_than_300_kilobytes(page: Page) -> None:
    loaded: list[Response] = []
    page.on("response", lambda got: loaded.append(got) if "/pagefind/" in got.url else None)
    page.goto("search/?q=feedback+sandwich")
    page.locator(".cb-search-results li").first.wait_for()
    assert 0 < sum(len(got.body()) for got in loaded) < 300_000


def test_the_site_has_no_file_that_no_page_uses(site: Path) -> None:
    """Material's own scripts and styles are more than a megabyte."""
    files = [path for path in (site / BASE / "assets").rglob("*") if path.suffix in {".js", ".css", ".map"}]
    assert sum(path.stat().st_size for path in files) < 100_000
    using = [*(site / BASE).rglob("*.html"), *(path for path in files if path.suffix == ".js")]
    text = "".join(path.read_text(encoding="utf-8") for path in using)
    named = (path for path in files if path.name in text or f'"{path.stem}"' in text)
    assert set(files) - set(named) == set()


def test_an_old_address_redirects_without_javascript(browser: Browser, tmp_path: Path) -> None:
    case = make_case(aliases=("2025-09-old-name",), slug="2025-09-stale-sandwich")
    (tmp_path / COMPLETE).mkdir(parents=True)
    (tmp_path / COMPLETE / "index.html").write_text("<title>The page</title>")
    for file in redirects.render(make_series(case)):
        (tmp_path / file.path).parent.mkdir()
        (tmp_path / file.path).write_bytes(file.read())
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "cases/2025-09-old-name/index.html").as_uri())
    page.wait_for_url(f"**/{COMPLETE}**")
    context.close()


def test_every_task_starts_with_a_link_past_the_header(page: Page) -> None:
    page.goto(OPEN)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_story_is_set_in_the_series_serif_at_a_comfortable_measure(page: Page) -> None:
    page.goto(OPEN)
    page.evaluate("document.fonts.ready.then(() => null)")
    style = "element => { const style = getComputedStyle(element); return [style.fontSize, style.fontFamily] }"
    size, family = page.eval_on_selector(".cb-story p", style)
    assert size == "18px"
    assert family.startswith('"Source Serif"')
    loaded = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert any("Source Serif" in name for name in loaded)
    box = page.locator(".cb-story").bounding_box()
    assert box is not None
    assert box["width"] <= 38 * 16


def test_columns_stand_on_the_side_that_their_author_chose(page: Page) -> None:
    page.goto(OPEN)
    cells = prose.html(Prose("| a | b | c |\n|--:|:-:|:--|\n| 1 | 2 | 3 |", "cases/a/scenario.md"))
    page.eval_on_selector(".cb-story", "(element, cells) => element.insertAdjacentHTML('beforeend', cells)", cells)
    sides = "cells => cells.map(cell => getComputedStyle(cell).textAlign)"
    assert page.eval_on_selector_all(".cb-story td", sides)[-3:] == ["right", "center", "start"]


def test_without_javascript_a_case_reads_and_folds_and_search_says_what_it_needs(browser: Browser, host: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}/{BASE}/{COMPLETE}")
    page.get_by_text("Answer first, then read").click()
    expect(page.locator(".cb-response h3").first).to_be_visible()
    page.goto(f"{host}/{BASE}/search/")
    assert page.get_by_text("needs JavaScript").is_visible()
    context.close()


def test_on_paper_nothing_but_the_text_is_printed(page: Page) -> None:
    page.goto(OPEN)
    page.emulate_media(media="print")
    expect(page.locator(".cb-header")).to_be_hidden()
    expect(page.locator(".cb-questions")).to_be_visible()


def printed(page: Page, folder: Path) -> str:
    """What the browser prints of the page, as text on one line."""
    pdf_file = folder / "page.pdf"
    page.pdf(path=pdf_file)
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(pdf_file).pages).split())


#: What a reader can only do on a screen.
CONTROLS = ("Load the discussion", "text file", "on this device", "this browser", "calendar", "BibTeX", "Search", "PDF")


def test_a_released_case_is_printed_with_its_answers_and_without_controls(page: Page, tmp_path: Path) -> None:
    page.goto(COMPLETE)
    words = printed(page, tmp_path)
    assert "Five middle boxes" in words
    assert "served me a sandwich" in words
    assert not [name for name in CONTROLS if name in words]
    expect(page.locator("main details[open]")).to_have_count(0)  # on the screen they are closed again


def test_answers_are_printed_without_javascript_too(browser: Browser, host: str, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}/{BASE}/{COMPLETE}")
    assert "Five middle boxes" in printed(page, tmp_path)
    context.close()


def test_a_readers_own_notes_are_printed_and_empty_fields_are_not(page: Page, tmp_path: Path) -> None:
    page.goto(OPEN)
    long = "I would ask her. " * 40 + "\n\nThen I would wait."
    page.locator(".cb-thought textarea").first.fill(long)
    words = printed(page, tmp_path)
    assert words.count("I would ask her.") == 40
    assert "Then I would wait." in words
    assert not [name for name in CONTROLS if name in words]
    page.reload()
    page.emulate_media(media="print")
    shown = page.locator(".cb-thought").evaluate_all(
        "notes => notes.filter(one => one.checkVisibility()).map(one => one.innerText)"
    )
    assert len(shown) == 1
    assert shown[0].endswith("Then I would wait.")
    assert page.locator("main :is(button, textarea, select, input)").evaluate_all(
        "all => all.every(one => !one.checkVisibility())"
    )


@pytest.mark.parametrize("chosen", [True, False], ids=["chosen", "by-the-system"])
def test_dark_mode_prints_dark_on_white(browser: Browser, host: str, *, chosen: bool) -> None:
    context = browser.new_context(color_scheme="light" if chosen else "dark")
    page = context.new_page()
    page.goto(f"{host}/{BASE}/{OPEN}")
    if chosen:
        page.locator("[data-scheme-toggle]").click()
    page.emulate_media(media="print", color_scheme="light" if chosen else "dark")
    shown = (
        "element => { const { color, backgroundColor } = getComputedStyle(element); return [color, backgroundColor] }"
    )
    assert page.eval_on_selector("html", shown) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.eval_on_selector(".cb-story p", shown)[0] == "rgb(0, 0, 0)"
    assert page.eval_on_selector(".cb-question h3", shown)[0] == "rgb(0, 0, 0)"
    context.close()


def test_links_are_printed_with_their_addresses(browser: Browser, host: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(f"{host}/{BASE}/about/")
    words = printed(page, tmp_path).replace(" ", "")  # an address may go on in the next line
    assert "CCBY4.0(https://creativecommons.org/licenses/by/4.0/)" in words


def test_notes_stay_in_this_browser_and_are_saved_as_a_text_file(page: Page, heard: list[str]) -> None:
    page.goto(OPEN)
    field = page.get_by_label("Your notes").first
    field.fill("I would ask her.")
    page.reload()
    expect(field).to_have_value("I would ask her.")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download my notes").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert saved.value.suggested_filename == "2026-03-late-handover-notes.txt"
    assert text.startswith("The Case of the Late Handover\n")
    assert "I would ask her." in text
    page.goto(COMPLETE)
    assert page.get_by_label("Your notes").first.input_value() == ""
    assert heard == []


def test_answers_stay_open_for_readers_who_choose_it(page: Page) -> None:
    page.goto(COMPLETE)
    page.get_by_text("Answer first, then read").click()
    page.get_by_label("Always show answers").first.check()
    expect(page.locator("main .cb-fold[open]")).to_have_count(2)
    page.goto("cases/2025-10-journal-club-on-twitter/")
    folds = page.locator("main .cb-fold").count()
    assert folds > 0
    expect(page.locator("main .cb-fold[open]")).to_have_count(folds)
    page.get_by_label("Always show answers").first.uncheck()
    page.reload()
    expect(page.locator("main .cb-fold[open]")).to_have_count(0)


@pytest.mark.parametrize(("zone", "here"), [
    ("Europe/Lisbon", None), ("America/Toronto", ", 02:00 your time"), ("Asia/Manila", ", 14:00 your time"),
    ("Pacific/Honolulu", "day 20:00 your time"),
])  # fmt: skip
def test_a_time_is_also_shown_in_the_readers_own_time_zone(
    browser: Browser, host: str, zone: str, here: str | None
) -> None:
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    page.route("**/index.html", lambda route: route.fulfill(body=MOMENT, content_type="text/html"))
    page.goto(f"{host}/{BASE}/index.html")
    page.wait_for_load_state("load")
    shown = page.locator("time").inner_text()
    assert shown == "07:00" if here is None else shown.endswith(here)
    moved = page.evaluate(SHIFTS)
    assert moved == 0
    context.close()


def visible(page: Page) -> int:
    return page.locator(".cb-entry:visible").count()


def test_facets_combine_count_and_stay_in_the_address(page: Page, heard: list[str]) -> None:
    page.goto("cases/")
    every = visible(page)
    page.get_by_label("Type").select_option("journal-club")
    page.wait_for_url("**/cases/?kind=journal-club")
    clubs = visible(page)
    assert 0 < clubs < every
    expect(page.get_by_role("status")).to_have_text(f"{clubs} of {every} cases")
    page.get_by_label("Status").select_option("complete")
    page.wait_for_url("**/cases/?kind=journal-club&state=complete")
    both = visible(page)
    expect(page.locator("#facet-state option:checked")).to_have_text(f"Complete ({both})")
    page.reload()
    expect(page.locator(".cb-entry:visible")).to_have_count(both)
    page.get_by_label("Season").focus()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_url("**/cases/")
    expect(page.locator(".cb-entry:visible")).to_have_count(every)
    assert heard == []


PEOPLE = """<!doctype html><html lang="en"><body><form data-facets><p><label for="p">Person</label>
<select id="p" name="person" data-numbered><option value="">Any</option>
<option value="ada" data-label="Ada">Ada</option><option value="luis" data-label="Luis">Luis</option></select></p>
<p role="status" data-one="{} of 3 cases">3 cases</p><button type="reset">Show all</button></form>
<div class="cb-entries"><article class="cb-entry" data-person="1 2">One</article>
<article class="cb-entry" data-person="2">Two</article><article class="cb-entry">Three</article></div>
<script src="assets/javascripts/site.js" defer></script></body></html>"""


def test_the_list_is_narrowed_to_a_person_by_an_address(page: Page, heard: list[str]) -> None:
    page.route("**/index.html?*", lambda route: route.fulfill(body=PEOPLE, content_type="text/html"))
    page.goto("index.html?person=luis")
    page.get_by_text("2 of 3 cases").wait_for()
    assert page.locator(".cb-entry:visible").all_inner_texts() == ["One", "Two"]
    assert page.locator("#p option").all_inner_texts() == ["Any", "Ada (1)", "Luis (2)"]
    page.get_by_label("Person").select_option("ada")
    page.wait_for_url("**/index.html?person=ada")
    expect(page.locator(".cb-entry:visible")).to_have_text(["One"])
    assert heard == []


def test_the_competencies_lead_to_the_cases_that_cover_them(page: Page, heard: list[str]) -> None:
    page.goto("competencies/")
    link = page.locator(".cb-covered a").first
    count = int(link.inner_text().split()[0])
    link.click()
    page.wait_for_url("**/cases/?competency=**")
    expect(page.locator(".cb-entry:visible")).to_have_count(count)
    assert heard == []


def test_without_javascript_the_list_of_cases_is_whole_and_offers_no_field(browser: Browser, host: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}/{BASE}/cases/")
    assert visible(page) == page.locator(".cb-entry").count() > 0
    assert not page.get_by_label("Season").is_visible()
    assert page.locator(".cb-chips a").first.is_visible()
    page.goto(f"{host}/{BASE}/{COMPLETE}")
    assert not page.locator("textarea").first.is_visible()
    context.close()


def test_a_wide_table_of_the_handbook_and_code_scroll_inside_themselves_and_can_be_reached(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("handbook/fields/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    code = page.locator("main pre[tabindex]").first
    assert code.get_attribute("role") == "group"
    assert code.get_attribute("aria-label")
    assert code.evaluate("one => one.scrollWidth > one.clientWidth && getComputedStyle(one).whiteSpace") == "pre"
    wide = page.locator("main table[tabindex]").first
    assert wide.get_attribute("aria-label")
    lines = "cell => Math.round(cell.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight))"
    assert {page.eval_on_selector("main td:first-child code", lines)} == {1}


THREAD = """<!doctype html><html lang="en"><body>
<div data-thread data-repo="example/dilemmas" data-repo-id="R_1" data-category="Cases" data-category-id="DIC_2"
data-term="2026-03-late-handover" data-lang="en" data-failed="It could not be loaded.">
<p><button type="button">Load the discussion</button></p><p role="status"></p></div>
<script src="assets/javascripts/site.js" defer></script></body></html>"""
SENT = "element => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))"


def test_a_discussion_is_loaded_from_another_host_only_after_a_click(browser: Browser, host: str) -> None:
    script = files("casebuilder.outputs.site") / "theme/assets/javascripts/thread.js"
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.route("**/*", lambda route: route.abort() if host not in route.request.url else route.fallback())
    page.route("**/index.html", lambda route: route.fulfill(body=THREAD, content_type="text/html"))
    page.route("**/thread.js", lambda route: route.fulfill(body=script.read_text(), content_type="text/javascript"))
    page.on("request", lambda request: asked.append(request.url) if host not in request.url else None)
    page.goto(f"{host}/{BASE}/index.html", wait_until="networkidle")
    assert asked == []
    page.get_by_role("button").click()
    page.get_by_text("It could not be loaded.").wait_for()
    assert asked == ["https://giscus.app/client.js"]
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.eval_on_selector("[data-thread] script", SENT) == {
        "src": "https://giscus.app/client.js", "async": "", "crossorigin": "anonymous",
        "data-repo": "example/dilemmas", "data-repo-id": "R_1", "data-category": "Cases", "data-category-id": "DIC_2",
        "data-mapping": "specific", "data-term": "2026-03-late-handover", "data-strict": "1", "data-lang": "en",
        "data-reactions-enabled": "0", "data-emit-metadata": "0", "data-input-position": "top",
        "data-theme": "preferred_color_scheme",
    }  # fmt: skip
    context.close()


def test_a_site_without_the_setting_has_no_word_of_giscus(site: Path) -> None:
    texts = [path for path in (site / BASE).rglob("*") if path.suffix in {".html", ".js", ".css", ".xml", ".json"}]
    named = [path for path in texts if b"giscus" in path.read_bytes()]
    assert [path for path in named if "handbook" not in path.parts and "schema" not in path.parts] == []


def test_the_page_for_a_wrong_address_searches_wherever_the_address_was(page: Page) -> None:
    lost = "cases/2019-01-no-such/deep/"
    body = page.request.get("404.html").text()
    page.route(f"**/{lost}", lambda route: route.fulfill(status=404, body=body, content_type="text/html"))
    page.goto(lost)
    page.get_by_label("Search cases, people and topics").fill("sandwich")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(f"**/{BASE}/search/?q=sandwich")
    page.get_by_role("link", name="The Case of the Stale Sandwich").first.wait_for()


@pytest.mark.parametrize("feed", ["feed.xml", "atom.xml", "topics/feedback/feed.xml", "experts/amara-diallo/atom.xml"])
def test_a_person_who_opens_a_feed_sees_a_page_that_says_what_it_is(page: Page, heard: list[str], feed: str) -> None:
    page.goto(feed)
    assert page.locator("h1").inner_text().startswith("Teaching Dilemmas")
    assert page.get_by_text("copy the address of this page into such a program").first.is_visible()
    assert page.locator("h2 a").first.is_visible()
    assert not page.locator("updated, lastBuildDate").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # A feed names no icon, so the browser asks this host's root for one.
    assert [said for said in heard if "icon" not in said and not said.endswith("(File not found)")] == []


@pytest.mark.parametrize("folder", ["topics/feedback/", "experts/amara-diallo/"])
def test_a_page_names_the_feeds_of_the_series_and_its_own(page: Page, folder: str) -> None:
    page.goto(folder)
    named = page.eval_on_selector_all("link[rel=alternate]", "all => all.map(one => one.href)")
    base = page.url.removesuffix(folder)
    assert {f"{base}{place}{name}" for place in ("", folder) for name in ("feed.xml", "atom.xml", "feed.json")} <= set(
        named
    )
    assert all(page.request.get(address).ok for address in named)


def test_a_month_is_a_table_on_a_desk_and_a_list_of_its_days_on_a_phone(page: Page) -> None:
    page.goto("schedule/2026/")
    month = page.get_by_role("table", name="What happens in April 2026")
    assert month.get_by_role("columnheader").count() == 7
    assert month.get_by_role("cell", name="2 Closes The Case of the Late Handover").is_visible()
    assert month.get_by_text("15", exact=True).is_visible()
    resize(page, 320, 640)
    expect(month.get_by_text("15", exact=True)).to_be_hidden()
    expect(page.get_by_text("Thursday 2", exact=True)).to_be_visible()
    page.get_by_role("link", name="May 2026").or_(page.get_by_role("link", name="March 2026")).first.click()
    until_in_view(page, ":target")


def test_cases_are_narrowed_without_words_and_without_the_index(page: Page, heard: list[str]) -> None:
    """Of a long series the whole index would be megabytes; the newest case stands first."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto("search/?topic=feedback")
    found = page.locator(".cb-search-results > li h2 a")
    found.first.wait_for()
    addresses = [str(link.get_attribute("href")) for link in found.all()]
    cases = [address for address in addresses if "/cases/" in address]
    assert len(cases) > 1
    assert cases == sorted(cases, reverse=True)
    assert addresses[: len(cases)] == cases
    assert not [name for name in asked if name.endswith(".pf_index")]
    assert heard == []


@pytest.mark.parametrize("address", ["cases/", "cases/2026-01-simulated-tears/", "experts/oksana-melnyk/"])
def test_a_title_of_one_long_word_makes_no_page_wider_than_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    page.evaluate("""() => {
        for (const title of document.querySelectorAll("h1, h2, h3, main :is(p, li) > a"))
            title.textContent = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(2);
    }""")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
