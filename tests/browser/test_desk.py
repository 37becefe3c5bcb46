"""The curation desk as one file: what a curator does with keys, mouse and finger, and what stays after a reload."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import desk_factory
from casebuilder.editorial.curation.deskschema import read_curation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    Opening = Callable[..., Page]

pytestmark = pytest.mark.browser

TEXT = "Nobody asks. The alarm rings 🔔 and rings. Ask her outside, please."


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    new_context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield new_context
    new_context.close()


@pytest.fixture
def desk(context: BrowserContext, tmp_path: Path, heard: list[str]) -> Opening:
    """Opens a desk of a few contributions as a file; the first has a text that tests know."""

    def open_desk(count: int = 6, desk_id: str = desk_factory.DESK, tab: Page | None = None, first: str = TEXT) -> Page:
        rows = desk_factory.contributions(count)
        desk_content = desk_factory.desk(desk_id=desk_id, rows=(replace(rows[0], text=first), *rows[1:]))
        place = tmp_path / f"{desk_id}.html"
        place.write_text(desk_factory.html(desk_content), encoding="utf-8")
        page = tab or context.new_page()
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
        page.on(
            "request", lambda request: None if request.url.startswith(("file:", "data:")) else heard.append(request.url)
        )
        page.goto(place.as_uri())
        page.wait_for_selector("body[data-ready]")
        return page

    return open_desk


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def saved(page: Page) -> dict[str, object]:
    """What the browser has kept, once it has."""
    page.locator("#status[data-state=saved]", has_text="Saved in this browser; not").wait_for()
    stored = page.evaluate("localStorage.getItem(Object.keys(localStorage)[0])")
    return json.loads(stored)["curation"]


def words(page: Page) -> list[str]:
    return page.locator(".desk-quote blockquote").all_inner_texts()


def said(page: Page, words_said: str) -> None:
    """Wait until the desk says something."""
    page.locator("#said", has_text=words_said).wait_for()


def selected(page: Page) -> str:
    return page.locator(".desk-selected-words").inner_text()


def test_with_the_keyboard_alone_words_are_marked_and_everything_is_undone_after_a_reload(
    desk: Opening, heard: list[str]
) -> None:
    page = desk()
    keys(page, "j", "k", "Space")
    assert selected(page) == "Nobody asks."
    keys(page, "e", "ArrowRight", "ArrowRight", "s", "ArrowRight")
    assert selected(page) == "asks. The alarm"
    page.locator("#heard", has_text="Selected: asks. The alarm").wait_for(state="attached")
    keys(page, "s", "ArrowLeft", "e", "ArrowLeft", "ArrowLeft", "Alt+ArrowLeft")
    assert selected(page) == "Nobody asks", "the other arrow goes back; with Alt by one letter"
    keys(page, "Escape", "Home", "End", "Home", "Space", "t")
    page.keyboard.type("Ringing")
    keys(page, "Enter")
    assert words(page) == ["Nobody asks."]
    keys(page, "ArrowLeft", "Space", "p", *["ArrowRight"] * 6, "Space", "1")
    assert words(page)[-1] == "Nobody asks. […] Ask her outside, please."
    keys(page, "d", "m")
    page.keyboard.type("the bell again")
    keys(page, "Control+Enter")
    keys(page, "[", "q")
    assert page.locator(".desk-theme-name small").inner_text() == "1 contribution · 1 voice · 1 quote"
    kept = saved(page)
    assert [(mark["dissent"], mark["memo"], mark["quoted"], mark["text"]) for mark in kept["quotes"]] == [
        (False, "", False, ""), (True, "the bell again", True, ""),
    ]  # fmt: skip
    page.reload()
    page.wait_for_selector("body[data-ready]")
    for expected in (2, 2, 2, 1, 1, 0):
        keys(page, "Control+z")
        assert page.locator(".desk-quote").count() == expected or expected == 1
    assert page.locator(".desk-theme").count() == 0
    assert page.locator("#undo").is_disabled()
    for _ in range(8):
        keys(page, "Control+y")
    assert words(page)[-1].endswith("Ask her outside, please.")
    assert page.locator(".desk-quote strong").inner_text() == "Dissent"
    assert heard == []


def test_a_mouse_selects_and_a_theme_takes_it_and_a_passage_may_serve_two(desk: Opening, heard: list[str]) -> None:
    page = desk()
    text = page.locator("#c-c001 .desk-text")
    drag(page, text.bounding_box() or {})
    assert selected(page).startswith("Nobody")
    page.get_by_role("button", name="New theme").first.click()
    page.get_by_label("Title of the new theme").fill("Outside")
    page.keyboard.press("Control+Enter")
    assert len(words(page)) == 1
    page.get_by_role("button", name="Also in …").click()
    page.keyboard.type("Inside")
    page.keyboard.press("Enter")
    marked = page.locator("#c-c001 mark").first
    assert marked.get_attribute("data-letter") == "A B"
    assert page.locator("#c-c001 .desk-chip").count() == 2
    # themes change places by dragging, and by keys
    names = page.locator(".desk-theme-title")
    first, second = (page.locator(".desk-grip").nth(place).bounding_box() or {} for place in (0, 1))
    page.mouse.move(first["x"] + 5, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(second["x"] + 5, second["y"] + second["height"] - 4, steps=4)
    page.mouse.up()
    assert names.all_inner_texts() == ["Inside", "Outside"]
    page.locator(".desk-theme-name").last.focus()
    page.keyboard.press("Alt+ArrowUp")
    assert names.all_inner_texts() == ["Outside", "Inside"]
    assert page.evaluate("document.activeElement.dataset.keep") == "theme-outside", "the focus goes with the theme"
    assert heard == []


def drag(page: Page, box: dict[str, float]) -> None:
    """Select the first line of a text."""
    page.mouse.move(box["x"] + 1, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 220, box["y"] + 12, steps=4)
    page.mouse.up()
    page.wait_for_selector("#selected:not([hidden])")


def test_themes_are_renamed_joined_and_split_and_a_passage_of_each_stays(desk: Opening) -> None:
    page = desk()
    for title in ("One", "Two"):
        keys(page, "j", "Space", "n")
        page.keyboard.type(title)
        keys(page, "Enter")
    page.get_by_role("button", name="Rename").click()
    page.keyboard.type("Second")
    assert page.evaluate(_CONFIRM) == ["One", "Second"], "at once, and not with the next picture on the screen"
    page.get_by_role("button", name="Join with …").click()
    keys(page, "Enter")
    assert page.locator(".desk-theme").count() == 1
    assert page.locator(".desk-quote").count() == 2
    page.get_by_role("button", name="Split …").click()
    page.locator("dialog [name=words]").fill("Third")
    page.locator("dialog [name=mark]").first.check()
    page.get_by_role("button", name="Split", exact=True).click()
    page.locator(".desk-theme-title", has_text="Third").wait_for()
    assert page.locator(".desk-theme-title").all_inner_texts() == ["One", "Third"]
    said(page, "Split. “Third” has 1 mark.")
    page.get_by_role("button", name="Colour and letter …").click()
    page.keyboard.type("a")
    page.get_by_label("plum").check()
    keys(page, "Enter")
    said(page, "a is the letter of “One” already.")
    page.get_by_role("button", name="Colour and letter …").click()
    page.keyboard.type("Q")
    page.get_by_label("plum").check()
    keys(page, "Enter")
    page.locator("#themes .desk-letter", has_text="Q").wait_for()
    assert page.locator("#themes .desk-letter").all_inner_texts() == ["A", "Q"]
    assert [(each["colour"], each["letter"]) for each in saved(page)["themes"]] == [(0, "A"), (3, "Q")]
    assert page.locator(".desk-post").evaluate_all(_COVERED) == 0, "no button covers a word"


def test_filters_search_and_spam_show_the_contributions_that_they_name(desk: Opening) -> None:
    page = desk(40)
    page.keyboard.press("/")
    page.keyboard.type("CAFE")
    page.keyboard.press("Enter")
    rows = desk_factory.contributions(40)[1:]
    found = [row.id for row in rows if "café" in row.text]
    page.locator("#count", has_text=f"{len(found)} of 40 contributions").wait_for()
    assert page.locator(".desk-post").count() == len(found)
    page.get_by_role("button", name="Clear filters").click()
    page.locator(".desk-filters summary").click()
    page.get_by_label("Role").select_option("nurse")
    nurses = [row for row in desk_factory.contributions(40) if row.role == "nurse"]
    assert page.locator(".desk-post").count() == len(nurses)
    page.get_by_label("Role").select_option("")
    page.locator("#c-c005").focus()
    keys(page, "x")
    assert page.locator(".desk-post").count() == 39
    assert page.locator("#count").inner_text().endswith("of 39 read")
    page.get_by_label("Show spam").check()
    page.locator("#c-c005").focus()
    keys(page, "t")
    said(page, "This contribution is marked as spam.")
    page.locator("#c-c001").focus()
    keys(page, "Space", "n")
    page.keyboard.type("Ringing")
    keys(page, "Enter", "x")
    said(page, "Words of this contribution are quoted.")
    assert page.locator("#c-c001 .desk-spam").count() == 0
    assert "no count" in (page.locator("#c-c005").text_content() or "")
    page.locator("#order").select_option("question")
    assert page.locator(".desk-question").all_inner_texts() == [
        *(each.title for each in desk_factory.QUESTIONS),
        "No question",
    ]


def test_consent_is_asked_in_words_that_can_be_copied_and_a_refusal_becomes_a_paraphrase(desk: Opening) -> None:
    page = desk()
    page.get_by_role("article", name="Person 0 unread nurse · Ireland").first.wait_for()
    page.locator("#c-c001").focus()
    keys(page, "Space", "n")
    page.keyboard.type("Ringing")
    keys(page, "Enter")
    page.locator("#tab-consent").click()
    page.locator(".desk-ask summary").click()
    letter = page.locator(".desk-letter-box").input_value()
    first = desk_factory.contributions(6)[0]
    assert letter.startswith(f"Dear {first.author},\n\n> Nobody asks.\n(Ringing, {first.author}")
    assert letter.endswith("Thank you.")
    page.get_by_role("button", name="Asked …").click()
    assert page.evaluate("document.activeElement.name") == "on", "the first field has the focus"
    page.get_by_label("Day").fill("2026-03-10")
    page.get_by_label("How you asked").fill("by e-mail")
    page.keyboard.press("Control+Enter")
    page.locator(".desk-ask[data-state=asked]").wait_for()
    said(page, f"Noted: {first.author} was asked.")
    for button, ticked in (("Granted …", "check"), ("Change …", "uncheck"), ("Change …", "check")):
        page.get_by_role("button", name=button).click()
        getattr(page.get_by_label("in printed packs"), ticked)()
        page.get_by_role("button", name="Save").click()
        page.locator(".desk-ask[data-state=granted]").wait_for()
        limited = page.locator(".desk-ask-quotes", has_text="only on the site and on a card")
        expect(limited).to_have_count(int(ticked == "uncheck"))
    page.get_by_role("button", name="Declined …").click()
    page.get_by_role("button", name="Save").click()
    page.locator("[data-keep=text-q-c001-2]:focus").wait_for()
    page.keyboard.type("Somebody said that nobody asks.")
    keys(page, "Control+Enter")
    quotes = saved(page)["quotes"]
    assert [(each["mode"], each["consent"]["state"], each["quoted"]) for each in quotes] == [
        ("named", "refused", True), ("paraphrase", "not-needed", True),
    ]  # fmt: skip
    page.locator("#c-c001").focus()
    keys(page, "[", "q", "Delete")
    said(page, "The author declined. This mark keeps that answer")
    assert [each["consent"]["state"] for each in saved(page)["quotes"]] == ["refused", "not-needed"]
    keys(page, "ArrowRight", "ArrowRight", "Space", "1")
    said(page, "declined in this round")


def test_words_from_right_to_left_keep_their_direction_wherever_they_are_quoted(desk: Opening) -> None:
    page = desk(first="قالت لا أحد يسأل.")
    keys(page, "Space", "n")
    page.keyboard.insert_text("السؤال")
    keys(page, "Enter")
    page.get_by_role("tab", name="Quotes").click()
    ways = "shown => shown.map((each) => getComputedStyle(each).direction)"
    assert page.locator(".desk-theme-title, h2 bdi, .desk-chip bdi").evaluate_all(ways) == ["rtl"] * 3
    assert page.locator(".desk-quote blockquote").evaluate_all(ways) == ["rtl"]
    page.get_by_role("button", name="Edit").or_(page.locator(".desk-quote--now")).first.click()
    page.locator(".desk-quote summary").click()
    page.get_by_label("Quoted").select_option("paraphrase")
    page.get_by_label("Paraphrase").fill("لا أحد يسأل.")
    assert page.get_by_label("Paraphrase").evaluate_all(ways) == ["rtl"]
    page.get_by_role("tab", name="Preview").click()
    assert page.locator(".desk-shown-quote blockquote").evaluate_all(ways) == ["rtl"]


def test_work_is_downloaded_and_opened_again_without_the_record(
    desk: Opening, tmp_path: Path, heard: list[str]
) -> None:
    page = desk()
    assert page.locator("#whomay").inner_text() == "Give it only to the curators of this case."
    page.locator("#c-c001").focus()
    keys(page, "Space", "n")
    page.keyboard.type("Ringing")
    keys(page, "Enter")
    saved(page)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Nobody asks" not in kept
    assert "Person" not in kept
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my work").click()
    work = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(work)
    assert work.name == "2026-03-ringing-01234567.curation.json"
    made = read_curation(work.read_bytes())
    assert made.quotes[0].text == "Nobody asks."
    keys(page, "Control+z", "Control+z")
    assert page.locator(".desk-theme").count() == 0
    page.locator("#open").set_input_files(work)
    said(page, "Opened 2026")
    assert words(page) == ["Nobody asks."]
    keys(page, "Control+z")
    assert words(page) == []
    other = desk(desk_id="f" * 32)
    assert other.locator(".desk-theme").count() == 0, "two desks do not share what they keep"
    other.locator("#open").set_input_files(work)
    said(other, "This file belongs to another desk")
    damaged = tmp_path / "damaged.json"
    damaged.write_text(work.read_text(encoding="utf-8")[:99], encoding="utf-8")
    other.locator("#open").set_input_files(damaged)
    said(other, "This file is damaged: it cannot be read to its end.")
    assert heard == []


def test_a_browser_without_storage_is_reported_and_leaving_the_page_asks_first(
    desk: Opening, context: BrowserContext
) -> None:
    tab = context.new_page()
    tab.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page = desk(tab=tab)
    page.locator("#status", has_text="This browser keeps nothing").wait_for()
    page.locator("#c-c001").focus()
    keys(page, "Space", "n")
    page.keyboard.type("Ringing")
    keys(page, "Enter")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_after_a_quarter_of_an_hour_of_work_a_download_is_asked_for(desk: Opening, context: BrowserContext) -> None:
    tab = context.new_page()
    tab.clock.install()
    page = desk(tab=tab)
    page.locator("#c-c001").focus()
    keys(page, "u")
    tab.clock.fast_forward("14:00")
    assert not page.locator("#remind").is_visible()
    tab.clock.fast_forward("02:00")
    expect(page.locator("#remind")).to_be_visible()
    page.get_by_role("button", name="Later").click()
    expect(page.locator("#remind")).to_be_hidden()


def test_two_tabs_of_one_desk_share_their_work(desk: Opening) -> None:
    first, second = desk(), desk()
    first.locator("#c-c001").focus()
    keys(first, "Space", "n")
    first.keyboard.type("Ringing")
    keys(first, "Enter")
    saved(first)
    second.wait_for_selector(".desk-theme")
    assert words(second) == ["Nobody asks."]


def test_on_a_phone_one_panel_is_shown_and_a_finger_selects_words(browser: Browser, tmp_path: Path) -> None:
    place = tmp_path / "desk.html"
    place.write_text(desk_factory.html(desk_factory.desk(20)), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(place.as_uri())
    page.wait_for_selector("body[data-ready]")
    text = page.locator("#c-c001 .desk-text")
    text.evaluate("text => getSelection().setBaseAndExtent(text.firstChild, 0, text.firstChild, 30)")
    page.wait_for_selector("#selected:not([hidden])")
    before = selected(page)
    # A tap becomes a click after a while, so each is waited for.
    page.get_by_role("button", name="End one word on").tap()
    expect(page.locator(".desk-selected-words")).to_have_text(re.compile(f"^{re.escape(before)}.+"))
    page.get_by_role("button", name="Choose theme").first.tap()
    expect(page.locator("#picker-input")).to_be_focused()
    page.keyboard.type("Ringing")
    page.keyboard.press("Enter")
    page.locator("#tab-themes").tap()
    page.locator(".desk-theme-name").tap()
    expect(page.locator("#panel-quotes")).to_be_visible()
    expect(page.locator("#part-thread")).to_be_hidden()
    expect(page.locator(".desk-quote blockquote")).to_have_text([re.compile(f"^{re.escape(before)}.+")])
    page.locator("#tab-themes").tap()
    page.get_by_role("button", name="Rename").tap()
    expect(page.locator("dialog [name=words]")).to_be_focused()
    page.keyboard.insert_text("W" * 200)
    page.keyboard.press("Enter")
    title = page.locator(".desk-theme-title", has_text="WWW")
    title.wait_for()
    assert title.evaluate("title => title.getBoundingClientRect().right") <= 390
    page.locator("#tab-quotes").tap()
    expect(page.locator("#panel-quotes")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    small = page.evaluate(
        "[...document.querySelectorAll('button')].filter(each => each.checkVisibility({visibilityProperty: true})"
        " && each.getBoundingClientRect().height < 24).map(each => each.textContent)"
    )
    assert set(small) <= {"see in thread"}, "links within a line of text may be as high as the line"
    context.close()


def test_two_hundred_contributions_are_there_in_a_second_and_a_mark_is_drawn_at_once(
    context: BrowserContext, tmp_path: Path
) -> None:
    """Seconds are those that the page works: what else the machine does meanwhile is no fault."""
    place = tmp_path / "desk.html"
    place.write_text(desk_factory.html(desk_factory.desk(200)), encoding="utf-8")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        return next(
            each["value"] for each in session.send("Performance.getMetrics")["metrics"] if each["name"] == "ThreadTime"
        )

    page.goto(place.as_uri())
    page.wait_for_selector("body[data-ready]")
    assert page.locator(".desk-post").count() == 200
    assert worked() < 1
    page.keyboard.press("Space")
    page.keyboard.press("n")
    page.keyboard.type("Ringing")
    page.keyboard.press("Enter")
    times = []
    for _ in range(8):
        page.keyboard.press("j")
        page.keyboard.press("Space")
        before = worked()
        assert page.evaluate(_PRESS_ONE) == 1, "the mark is there when the key is"
        times.append(worked() - before)
    assert sorted(times)[3] < 0.2, times


#: Counts the contributions whose buttons lie over their words.
_COVERED = """posts => posts.map(({ lastChild }) => [lastChild, lastChild.previousSibling])
    .map(pair => pair.map(each => each.getBoundingClientRect()))
    .filter(([buttons, above]) => buttons.top < above.bottom).length"""

#: Presses 1, returns how many marks that has added, and not before they are on the screen.
_PRESS_ONE = """async () => {
    const marks = () => document.querySelectorAll(".desk-chip").length;
    const before = marks();
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "1", bubbles: true }));
    const added = marks() - before;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return added;
}"""

#: Confirms the dialogue, and returns the titles of the themes before the next picture is on the screen.
_CONFIRM = """async () => {
    const titles = () => [...document.querySelectorAll(".desk-theme-title")].map((each) => each.textContent);
    document.querySelector("dialog[open] form").requestSubmit();
    const { port1, port2 } = new MessageChannel();
    return new Promise((done) => { port1.onmessage = () => done(titles()); port2.postMessage(""); });
}"""
