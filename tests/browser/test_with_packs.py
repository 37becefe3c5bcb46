"""Two cases of the sample series with their packs and giscus, on a server and as a copy on a disk."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from waiting import resize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
COMPLETE, OPEN = "2025-09-stale-sandwich", "2026-03-late-handover"
GISCUS = """      giscus:
        repo: example/dilemmas
        repo_id: R_1
        category: Cases
        category_id: DIC_2
"""
#: In place of giscus' own script: it shows a frame of its host, with all the settings that it was given.
CLIENT = """const frame = document.createElement("iframe");
frame.title = "Comments";
frame.src = new URL(`widget.html?${new URLSearchParams(document.currentScript.dataset)}`, "HOST");
document.currentScript.after(frame);
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, `site`, and the unpacked copy, `stick/copy`."""
    folder = tmp_path_factory.mktemp("small")
    series = folder / "series"
    for name in ("docs", "experts", "theme", f"cases/{COMPLETE}", f"cases/{OPEN}", f"commentary/{COMPLETE}"):
        shutil.copytree(ROOT / name, series / name)
    texts = "".join(
        path.read_text("utf-8") for path in series.glob("c*/*/*") if path.is_file() and path.suffix != ".svg"
    )
    for person in (series / "experts").glob("*.md"):  # who is in no case would be warned of
        if person.stem not in texts and not list(series.glob(f"cases/*/responses/{person.name}")):
            person.unlink()
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (series / "mkdocs.yml").write_text(text.replace("  - casebuilder:\n", f"  - casebuilder:\n{GISCUS}"), "utf-8")
    place = ["--series", str(series), "--site", str(folder / "site"), "--offline", str(folder / "copy.zip")]
    command = [sys.executable, "-m", "casebuilder", "build", *place]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(folder / "copy.zip") as archive:
        archive.extractall(folder / "stick")
    return folder


class Listening(SimpleHTTPRequestHandler):
    """Serves a folder, and notes what it was asked for."""

    asked: list[str]

    def __init__(self, *arguments: object, asked: list[str], **options: object) -> None:
        self.asked = asked
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # whatever a server gives

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(small: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Listening, directory=str(small / "site"), asked=[])) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def stub(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """A host in place of giscus.app, and what it was asked for."""
    asked: list[str] = []
    (tmp_path / "widget.html").write_text("<p>Two comments</p>", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Listening, directory=str(tmp_path), asked=asked)) as server:
        host = f"http://127.0.0.1:{server.server_port}/"
        (tmp_path / "client.js").write_text(CLIENT.replace("HOST", host), encoding="utf-8")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield host, asked
        server.shutdown()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield context.new_page()
    context.close()


def go_to(page: Page, link: str) -> str:
    """Go on with the Tab key to a link with this name, and return where it leads."""
    for _ in range(400):
        page.keyboard.press("Tab")
        name, outline, href = page.evaluate(
            "(() => { const it = document.activeElement; return [it.getAttribute('aria-label') ?? it.textContent,"
            " parseFloat(getComputedStyle(it).outlineWidth), it.href ?? ''] })()"
        )
        if re.fullmatch(link, name.strip()):
            assert outline >= 2, f"the focus is not seen on {name}"
            return str(href)
    pytest.fail(f"no link says {link}")


@pytest.mark.parametrize("width", [360, 1280])
def test_packs_are_reached_by_keyboard_say_what_they_are_and_are_there(tab: Page, served: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{served}cases/{COMPLETE}/")
    for name in (
        "Handout, A4, PDF",
        "Handout, US Letter, PDF",
        "Facilitator guide, A4, PDF",
        "Slides, PDF",
        "E-book, EPUB",
    ):
        address = go_to(tab, name)
        answer = tab.request.get(address)
        assert answer.ok
        assert answer.body()[:4] == (b"PK\x03\x04" if "EPUB" in name else b"%PDF")
    with tab.expect_download() as saved:
        tab.keyboard.press("Enter")
    assert saved.value.suggested_filename == f"{COMPLETE}.epub"


def test_on_a_phone_ready_packs_are_a_list_of_editions(tab: Page, served: str) -> None:
    tab.goto(f"{served}facilitators/build/")
    table = tab.locator(".cb-ready")
    assert table.get_by_role("columnheader", name="Facilitator guide").is_visible()
    resize(tab, 320, 640)
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    said = table.evaluate("one => [...one.querySelectorAll('td[data-edition]')].map(cell => cell.dataset.edition)")
    assert said[:2] == ["Handout", "Handout"]
    assert {"Facilitator guide", "Slides", "E-book"} <= set(said)
    expect(table.get_by_role("link", name="The Case of the Stale Sandwich, A4, PDF").first).to_be_visible()


def test_packs_of_a_copy_are_files_beside_it_and_open(tab: Page, small: Path) -> None:
    copy = small / "stick" / "copy"
    for page in (f"cases/{COMPLETE}", f"cases/{OPEN}", "facilitators", "facilitators/build"):
        tab.goto((copy / page / "index.html").as_uri())
        links = tab.eval_on_selector_all("main a[type]", "all => all.map(one => one.href)")
        packs = [Path(unquote(urlsplit(link).path)) for link in links if not link.endswith(".ics")]
        assert packs, page
        for path in packs:
            assert path.read_bytes()[:4] in {b"%PDF", b"PK\x03\x04"}, path
    assert not [path for path in copy.rglob("packs/*") if OPEN in path.name and "guide" in path.name]
    tab.goto((copy / "cases" / COMPLETE / "index.html").as_uri())
    address = go_to(tab, "Handout, A4, PDF")
    assert address == (copy / "packs" / f"{COMPLETE}-handout-a4.pdf").as_uri()
    with tab.expect_request(address):  # with a viewer it is shown, without one it is downloaded
        tab.keyboard.press("Enter")


def test_a_copy_offers_no_button_for_what_is_on_another_host_and_asks_for_nothing(tab: Page, small: Path) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: None if request.url.startswith("file:") else asked.append(request.url))
    tab.goto((small / "stick" / "copy" / "cases" / OPEN / "index.html").as_uri(), wait_until="load")
    assert tab.get_by_role("link", name="the discussions of example/dilemmas").is_visible()
    assert not tab.get_by_text("The button shows the discussion here.").is_visible()
    assert not tab.get_by_role("button", name="Load the discussion from giscus.app").is_visible()
    assert asked == []


@pytest.mark.parametrize("case", [COMPLETE, OPEN])
def test_a_discussion_is_shown_after_a_click_and_its_host_is_asked_for_nothing_before(
    tab: Page, served: str, stub: tuple[str, list[str]], case: str
) -> None:
    host, asked = stub

    def instead(route: Route) -> None:
        route.fulfill(response=route.fetch(url=f"{host}{urlsplit(route.request.url).path[1:]}"))

    tab.route("https://giscus.app/**", instead)
    others: list[str] = []
    tab.on("request", lambda request: None if request.url.startswith((served, host)) else others.append(request.url))
    tab.goto(f"{served}cases/{case}/", wait_until="networkidle")
    button = tab.get_by_role("button", name="Load the discussion from giscus.app")
    button.focus()
    assert (asked, others) == ([], [])
    tab.keyboard.press("Enter")
    tab.frame_locator("iframe[title=Comments]").get_by_text("Two comments").wait_for()
    assert others == ["https://giscus.app/client.js"]
    assert asked[0] == "/client.js"
    assert dict(parse_qsl(urlsplit(asked[1]).query)) == {
        "repo": "example/dilemmas", "repoId": "R_1", "category": "Cases", "categoryId": "DIC_2", "mapping": "specific",
        "term": case, "strict": "1", "reactionsEnabled": "0", "emitMetadata": "0", "inputPosition": "top",
        "theme": "preferred_color_scheme", "lang": "en",
    }  # fmt: skip
    expect(button).to_be_hidden()


def test_a_discussion_that_cannot_be_had_is_reported_and_the_link_to_it_stays(tab: Page, served: str) -> None:
    tab.route("https://giscus.app/**", lambda route: route.abort())
    tab.goto(f"{served}cases/{COMPLETE}/")
    tab.get_by_role("button", name="Load the discussion from giscus.app").click()
    tab.get_by_text("The discussion could not be loaded. It can be read on GitHub.").wait_for()
    assert tab.get_by_role("link", name="the discussions of example/dilemmas").is_visible()
