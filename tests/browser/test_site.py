"""The built site in a browser: what a reader can do, and what the pages never do."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
#: The site is served where its site_url says, so that the 404 page finds its way, too.
BASE = "teaching-dilemmas"
COMPLETE = "cases/2025-09-stale-sandwich/"
OPEN = "cases/2026-03-late-handover/"
KINDS = (
    "", "cases/", OPEN, COMPLETE, "cases/2025-10-journal-club-on-twitter/", "cases/2025-03-open-door/", "experts/",
    "experts/amara-diallo/", "topics/", "topics/feedback/", "collections/", "facilitators/", "about/", "search/",
    "404.html",
)  # fmt: skip


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample series, built without packs."""
    folder = tmp_path_factory.mktemp("www")
    command = [sys.executable, "-m", "casebuilder", "build", "--no-packs"]
    place = ["--series", str(ROOT), "--site", str(folder / BASE)]
    built = subprocess.run([*command, *place], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert executable, "the tests need Chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=executable, args=["--disable-gpu", "--disable-quic"], chromium_sandbox=False
        )
        yield started
        started.close()


@pytest.fixture
def heard() -> list[str]:
    """What a page should not have done."""
    return []


@pytest.fixture
def page(browser: Browser, host: str, heard: list[str]) -> Iterator[Page]:
    """A tab that refuses requests to other hosts and listens for errors."""
    context = browser.new_context(base_url=f"{host}/{BASE}/", viewport={"width": 1280, "height": 900})
    tab = context.new_page()

    def listen(tab: Page) -> None:
        tab.on("console", lambda said: heard.append(said.text) if said.type in {"error", "warning"} else None)
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("request", lambda asked: None if asked.url.startswith(host) else heard.append(f"asks {asked.url}"))
        tab.on("response", lambda got: heard.append(f"{got.status} {got.url}") if got.status >= 400 else None)

    listen(tab)
    yield tab
    context.close()


def is_in_view(page: Page, selector: str) -> bool:
    top = page.eval_on_selector(selector, "element => element.getBoundingClientRect().top")
    return -5 <= top < page.viewport_size["height"] / 2  # type: ignore[index]


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


def test_answers_are_folded_until_somebody_opens_them(page: Page) -> None:
    page.goto(COMPLETE)
    assert page.locator("main details").count() == 2
    assert page.locator("main details[open]").count() == 0
    assert not page.locator(".cb-response h3").first.is_visible()
    page.get_by_text("Think first, then compare").click()
    assert page.locator(".cb-response h3").first.is_visible()


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
        assert is_in_view(page, f"#{anchor}")
    context.close()


def test_on_a_phone_packs_and_facts_follow_the_text_and_beside_it_on_a_desk(page: Page) -> None:
    page.goto(COMPLETE)
    beside = page.locator(".cb-side").bounding_box()
    text = page.locator(".cb-story").bounding_box()
    assert beside is not None
    assert text is not None
    assert beside["x"] > text["x"] + text["width"]
    assert beside["y"] < text["y"]
    page.set_viewport_size({"width": 390, "height": 844})
    tops = [
        page.locator(part).bounding_box() for part in (".cb-story", ".cb-questions", ".cb-fold >> nth=1", ".cb-side")
    ]
    assert tops == sorted(tops, key=lambda box: box["y"])  # type: ignore[index]


def test_the_choice_of_dark_colours_is_kept_from_page_to_page(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("cases/")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("button", name="Dark colours").click()
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert dark != paper
    page.goto(OPEN)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark
    assert page.get_by_role("button", name="Dark colours").get_attribute("aria-pressed") == "true"


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


def test_search_does_not_find_what_is_sealed(page: Page) -> None:
    page.goto("search/?q=virtue+audience+supervisor+trolley")
    page.get_by_role("status").filter(has_text="Nothing was found.").wait_for()


def test_every_task_starts_with_a_link_past_the_header(page: Page) -> None:
    page.goto(OPEN)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


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


def test_without_javascript_a_case_reads_and_folds_and_search_says_what_it_needs(browser: Browser, host: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}/{BASE}/{COMPLETE}")
    page.get_by_text("Think first, then compare").click()
    assert page.locator(".cb-response h3").first.is_visible()
    page.goto(f"{host}/{BASE}/search/")
    assert page.get_by_text("needs JavaScript").is_visible()
    context.close()


def test_on_paper_nothing_but_the_text_is_printed(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(OPEN)
    assert not page.locator(".cb-header").is_visible()
    assert page.locator(".cb-questions").is_visible()
