"""The sample series in Chromium, for tests that need it; leave them out with -m "not browser"."""

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

from built_once import built_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).parents[2]
#: The site is served where its site_url says, so that the 404 page finds its way, too.
BASE = "teaching-dilemmas"
_CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: looks at the built site in Chromium")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample series, built without packs; beside it the copy for a disk, `dilemmas.zip`."""
    return built_once(tmp_path_factory, "browsed", _build)


def _build(folder: Path) -> None:
    command = [sys.executable, "-m", "casebuilder", "build", "--no-packs", "--offline", str(folder / "dilemmas.zip")]
    place = ["--series", str(ROOT), "--site", str(folder / BASE)]
    built = subprocess.run([*command, *place], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr


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
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium; without its own windows and menus, where it comes so, what it shows is the same in half the time."""
    executable = next((found for name in _CHROMIUM if (found := shutil.which(name))), None)
    assert executable, "the tests need Chromium"
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
        tab.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("request", lambda request: None if request.url.startswith(host) else heard.append(f"asks {request.url}"))
        tab.on(
            "response",
            lambda response: heard.append(f"{response.status} {response.url}") if response.status >= 400 else None,
        )

    listen(tab)
    yield tab
    context.close()
