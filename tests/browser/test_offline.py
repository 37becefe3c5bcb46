"""The copy of the sample series on a disk, opened in a browser by file:// and never by a server."""

from __future__ import annotations

import posixpath
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


class Addresses(HTMLParser):
    """Every address in a page that a browser may follow or load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.ids.add(attributes.get("id") or "")
        if (tag, attributes.get("rel")) != ("link", "canonical"):
            self.found += [attributes[name] or "" for name in ("href", "src", "action") if name in attributes]


@pytest.fixture(scope="session")
def copy(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked copy."""
    folder = tmp_path_factory.mktemp("stick")
    with zipfile.ZipFile(site / "dilemmas.zip") as archive:
        archive.extractall(folder)
    return folder / "dilemmas"


@pytest.fixture
def tab(browser: Browser, copy: Path, heard: list[str]) -> Iterator[Page]:
    context = browser.new_context(base_url=f"{copy.as_uri()}/", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith(("file:", "data:")) else heard.append(request.url)
    )
    # whoever leaves a page before it is there breaks off what it still asks for
    page.on(
        "requestfailed", lambda request: heard.append(request.url) if request.failure != "net::ERR_ABORTED" else None
    )
    yield page
    context.close()


def test_every_link_of_every_page_leads_to_a_file_and_a_place_that_are_there(copy: Path) -> None:
    pages = {}
    for path in copy.rglob("*.html"):
        pages[path.relative_to(copy).as_posix()] = read = Addresses()
        read.feed(path.read_text(encoding="utf-8"))
    assert len(pages) > 40
    dead, online = [], set()
    for here, page in pages.items():
        for address in page.found:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                online.add(address)
                continue
            place = unquote(parts.path)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(here), place)) if place else here
            known = pages[target].ids if target in pages else {parts.fragment}
            if not (copy / target).is_file() or parts.fragment not in known | {""}:
                dead.append(f"{here}: {address}")
    assert dead == []
    assert not [address for address in online if address.startswith("https://example.org/teaching-dilemmas/cases/")]


def test_from_home_to_a_response_to_its_writer(tab: Page, copy: Path, heard: list[str]) -> None:
    tab.goto((copy / "index.html").as_uri())
    tab.get_by_role("link", name="Cases", exact=True).click()
    tab.wait_for_url("**/cases/index.html")
    tab.get_by_role("link", name="The Case of the Stale Sandwich").click()
    tab.wait_for_url("**/cases/*/index.html")
    tab.get_by_text("Answer first, then read").click()
    tab.get_by_role("link", name="Link to this response").first.click()
    tab.wait_for_url("**#response-*")
    tab.locator(".cb-response .cb-name a").first.click()
    tab.wait_for_url("**/experts/*/index.html")
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    assert heard == []


def test_pages_look_as_they_do_on_the_site(tab: Page, copy: Path, heard: list[str]) -> None:
    tab.goto((copy / "cases/2026-03-late-handover/index.html").as_uri())
    tab.evaluate("document.fonts.ready.then(() => null)")
    loaded = tab.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert any("Source Serif" in name for name in loaded)
    assert tab.evaluate("[...document.fonts].every(face => face.display === 'swap')")
    tab.get_by_label("Your notes").first.fill("I would ask her.")
    tab.reload()
    expect(tab.get_by_label("Your notes").first).to_have_value("I would ask her.")
    assert heard == []


def test_the_list_is_narrowed_and_the_choice_stays_in_the_address(tab: Page, copy: Path, heard: list[str]) -> None:
    tab.goto((copy / "cases/index.html").as_uri())
    tab.get_by_label("Type").select_option("journal-club")
    tab.wait_for_url("**/cases/index.html?kind=journal-club")
    shown = tab.locator(".cb-entry:visible").count()
    assert 0 < shown < tab.locator(".cb-entry").count()
    assert heard == []


def test_search_by_the_beginning_of_a_word_finds_a_case_and_its_sections(
    tab: Page, copy: Path, heard: list[str]
) -> None:
    tab.goto((copy / "index.html").as_uri())
    tab.keyboard.press("/")
    tab.wait_for_url("**/search/index.html")
    tab.keyboard.type("sandw")
    tab.get_by_role("link", name="The Case of the Stale Sandwich").wait_for()
    tab.get_by_label("Search cases, people and topics").fill("five middle")
    tab.get_by_role("link", name="Five middle boxes").click()
    tab.wait_for_url("**/cases/2025-09-stale-sandwich/index.html?mark=five&mark=middle#response-*-title")
    expect(tab.get_by_role("article", name="Five middle boxes")).to_be_visible()
    tab.wait_for_function("CSS.highlights.has('cb-sought')")
    assert heard == []


def test_the_copy_holds_no_sealed_title(tab: Page, copy: Path) -> None:
    sealed = "resilience workshop"  # in the title of a response to the case that is still open
    assert not [path for path in copy.rglob("*") if path.is_file() and sealed.encode() in path.read_bytes()]
    tab.goto((copy / "search/index.html").as_uri())
    tab.get_by_label("Search cases, people and topics").fill(sealed)
    tab.get_by_role("status").filter(has_text="No results").wait_for()


def test_the_pack_builder_says_that_it_cannot_work_here(tab: Page, copy: Path, heard: list[str]) -> None:
    tab.goto((copy / "facilitators/build/index.html").as_uri())
    expect(tab.get_by_text("The pack builder does not work offline")).to_be_visible()
    expect(tab.get_by_role("group", name="Choose cases")).to_be_hidden()
    assert heard == []
