"""Every task of a reader with the keyboard alone; and pages at twice the size, and without motion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BASE = "teaching-dilemmas"
COMPLETE = "cases/2025-09-stale-sandwich/"
OPEN = "cases/2026-03-late-handover/"
KINDS = (
    "", "cases/", OPEN, COMPLETE, "experts/amara-diallo/", "topics/feedback/", "collections/", "competencies/",
    "schedule/", "facilitators/", "facilitators/build/", "handbook/commands/", "search/?q=feedback", "404.html",
)  # fmt: skip
#: The longest page has some hundred stops; a walk that is longer goes round and round.
STOPS = 900

HERE = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const before = globalThis.cbBefore;
  globalThis.cbBefore = element;
  return {
    name: (element.getAttribute("aria-label") || element.labels?.[0]?.innerText || element.innerText || "").trim(),
    tag: element.localName,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
    inOrder: !before?.isConnected || Boolean(before.compareDocumentPosition(element) & 4),
  };
}"""
#: What hides a part of what it holds, and cannot be scrolled.
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter(element => {
  const style = getComputedStyle(element);
  return ["hidden", "clip"].includes(style.overflowX) && element.clientWidth > 1
    && element.scrollWidth > element.clientWidth + 1 && style.textOverflow !== "ellipsis";
}).map(element => element.outerHTML.slice(0, 90))"""
MOVES = """() => [...document.querySelectorAll("*")].filter(element => {
  const style = getComputedStyle(element);
  const times = `${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat);
  return style.scrollBehavior === "smooth" || Math.max(...times) > 0.01;
}).map(element => element.outerHTML.slice(0, 90))"""


def open_whole(page: Page, address: str) -> None:
    """Open a page, with what it looks for."""
    page.goto(address)
    if "?q=" in address:
        page.locator(".cb-search-results li").first.wait_for()


def step(page: Page) -> dict[str, Any] | None:
    """Go to the next stop; nothing at the end of the page. Wherever the focus is, it is seen."""
    page.keyboard.press("Tab")
    stop: dict[str, Any] | None = page.evaluate(HERE)
    if stop is not None:
        assert stop["outline"] >= 2, f"the focus is not seen on {stop}"
        assert stop["inView"], f"the focus is out of sight on {stop}"
    return stop


def go_to(page: Page, name: str, tag: str) -> None:
    """Go on with the Tab key to the next element that says a name."""
    for _ in range(STOPS):
        stop = step(page)
        assert stop is not None, f"no {tag} says {name}"
        if stop["tag"] == tag and name in stop["name"]:
            return
    pytest.fail(f"the walk to {name} has no end")


@pytest.mark.parametrize("kind", KINDS)
def test_a_walk_through_a_page_is_seen_at_each_stop_keeps_the_order_and_comes_to_an_end(page: Page, kind: str) -> None:
    open_whole(page, kind)
    if "?q=" in kind:
        page.evaluate("document.activeElement.blur()")
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true })")
    stops = 0
    while (stop := step(page)) is not None:
        stops += 1
        assert stop["inOrder"], f"{stop} comes before the last stop"
        assert stops < STOPS, "the walk has no end"
    assert stops > 8


def test_from_home_past_the_header_to_a_case(page: Page) -> None:
    page.goto("")
    go_to(page, "Skip to content", "a")
    page.keyboard.press("Enter")
    go_to(page, "The Case of the Late Handover", "a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{OPEN}")


def test_answers_are_opened_kept_open_and_linked_to(page: Page) -> None:
    page.goto(COMPLETE)
    go_to(page, "Answer first, then read", "summary")
    page.keyboard.press("Enter")
    go_to(page, "Always show answers", "input")
    page.keyboard.press("Space")
    expect(page.locator("main details[open]")).to_have_count(2)
    go_to(page, "Link to this response", "a")
    page.keyboard.press("Enter")
    page.wait_for_url("**#response-*")


def test_a_note_is_written_and_saved(page: Page) -> None:
    page.goto(OPEN)
    go_to(page, "Your notes", "textarea")
    page.keyboard.type("I would ask her.")
    go_to(page, "Download my notes", "button")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert "I would ask her." in saved.value.path().read_text(encoding="utf-8")


def test_the_list_of_cases_is_narrowed_and_shown_whole_again(page: Page) -> None:
    page.goto("cases/")
    every = page.locator(".cb-entry:visible").count()
    go_to(page, "Type", "select")
    page.keyboard.press("J")  # of a word typed slowly, a list would take each letter for the first
    page.wait_for_url("**kind=journal-club")
    assert 0 < page.locator(".cb-entry:visible").count() < every
    go_to(page, "Clear filters", "button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/")
    expect(page.locator(".cb-entry:visible")).to_have_count(every)


def test_a_search_is_narrowed_and_a_section_of_a_result_opened(page: Page) -> None:
    page.goto("")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    page.keyboard.type("five middle boxes")
    page.keyboard.press("Enter")
    page.locator(".cb-search-results").get_by_role("link", name="Five middle boxes").wait_for()
    go_to(page, "Type", "select")
    page.evaluate("document.querySelectorAll('.cb-search-results li').forEach(one => { one.dataset.before = 'yes' })")
    page.keyboard.press("C")
    page.wait_for_url("**kind=case")
    expect(page.locator("[data-before]")).to_have_count(0)
    page.locator(".cb-search-results").get_by_role("link", name="Five middle boxes").wait_for()
    go_to(page, "Five middle boxes", "a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{COMPLETE}?*#response-*")
    expect(page.get_by_role("article", name="Five middle boxes")).to_be_visible()


def test_the_colours_are_switched(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("")
    go_to(page, "Dark mode", "button")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Dark mode")).to_have_attribute("aria-pressed", "true")


def test_the_calendar_is_downloaded(page: Page) -> None:
    page.goto("")
    go_to(page, "Calendar", "a")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "calendar.ics"


def test_at_twice_the_size_no_page_scrolls_sideways_or_cuts_anything_off(browser: Browser, host: str) -> None:
    context = browser.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    page = context.new_page()
    for kind in KINDS:
        open_whole(page, f"{host}/{BASE}/{kind}")
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, kind
        assert page.evaluate(CUT_OFF) == [], kind
    context.close()


def test_nothing_moves_for_those_who_ask_for_less_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    for kind in KINDS:
        open_whole(page, kind)
        page.wait_for_function("matchMedia('(prefers-reduced-motion: reduce)').matches")
        assert page.evaluate(MOVES) == [], kind
