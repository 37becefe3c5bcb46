"""What scripts say on a page, in a language that nobody speaks: each of their words is a message, too."""

from __future__ import annotations

import threading
from functools import partial
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

import pseudo
from browser.conftest import Quiet
from leftovers import in_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

COMPLETE = "cases/2025-09-stale-sandwich/"
CHOICE = "cases=2025-09-stale-sandwich,2026-03-late-handover,2025-1&paper=a4"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample series is served in that language."""
    folder = pseudo.site(tmp_path_factory)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site/"
        server.shutdown()


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, timezone_id="Asia/Manila")
    yield context.new_page()
    context.close()


def test_what_the_search_says(tab: Page) -> None:
    tab.goto("search/")
    field = tab.locator("[data-search] input[type=search]")
    field.fill(pseudo.wide("feedback"))
    tab.locator("main article, main li mark").first.wait_for()
    found = in_html(tab.content())
    field.fill("①①①")
    tab.locator("[data-nothing]").filter(has_text=pseudo.wide("results")).wait_for()
    assert [*found, *in_html(tab.content())] == []


def test_what_the_list_of_cases_says_when_it_is_narrowed(tab: Page) -> None:
    tab.goto("cases/?topic=feedback&state=complete")
    tab.locator("[data-facets]").wait_for()
    assert in_html(tab.content()) == []


def test_what_a_case_says_to_a_reader_who_writes_notes_elsewhere(tab: Page) -> None:
    """A reader in Manila sees the hour there, and a note can be saved."""
    for case in (COMPLETE, "cases/2025-10-journal-club-on-twitter/", "cases/2026-03-late-handover/"):
        tab.goto(case)
        tab.locator("[data-note]").first.fill("①")
        tab.locator("[data-notes]").wait_for()
        assert in_html(tab.content()) == [], case


@pytest.mark.parametrize("edition", ["handout", "guide", "case"])
def test_what_the_pack_builder_says(tab: Page, edition: str) -> None:
    tab.goto(f"facilitators/build/?{CHOICE}&edition={edition}&minutes=15&title=%E2%91%A0")
    tab.locator("[data-print]:enabled").wait_for()
    assert in_html(tab.content()) == []
