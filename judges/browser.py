"""What a reader meets in Chromium: accessibility by axe-core, overflow, errors, requests to other hosts.

A sample of pages that holds everything the site has, each in light and dark, on a phone and on a desk.
"""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from typing import TYPE_CHECKING, cast

from playwright.sync_api import sync_playwright

from judges import sample
from judges.verdict import INSTALLED, Verdict, mounted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Literal

    from playwright.sync_api import Browser, ConsoleMessage, Page, Route

_AXE = INSTALLED / "node_modules/axe-core/axe.min.js"
_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_WIDTHS = (360, 1280)
_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
]

_OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true })"
_RUN_AXE = """async () => (await axe.run()).violations.map(({id, help, nodes}) =>
    `${id} (${nodes.length} times): ${help}: ${nodes[0].target} ${nodes[0].html}`)"""
# What reaches past the right edge, without what scrolls inside a parent of its own; the innermost come last.
_OVERFLOW = """() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return []
    const scrolls = node => node && node !== root &&
        (getComputedStyle(node).overflowX !== 'visible' || scrolls(node.parentElement))
    const wide = [...document.body.querySelectorAll('*')].filter(
        node => node.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(node.parentElement))
    const culprits = wide.slice(-2).map(node => node.outerHTML.slice(0, 120))
    return [`is ${root.scrollWidth} px wide: ${culprits.join(' ')}`]
}"""


def judge(site: Path) -> Verdict:
    """Look at a sample of the site's pages."""
    pages = sample.pages(site)
    findings: dict[str, list[str]] = {}
    with mounted(site) as mount, _serve_folder(mount.root) as host, chromium() as browser:
        for scheme, width in product(_SCHEMES, _WIDTHS):
            tab = browser.new_page(
                color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 900}
            )
            problems_seen = _listen(tab, host)
            for page in pages:
                path = mount.site.relative_to(mount.root) / page.relative_to(site)
                for finding in _judge_page(tab, f"{host}/{path}", problems_seen):
                    findings.setdefault(f"{page}: {finding}", []).append(f"{scheme} {width}")
            tab.close()
    summary = f"{len(pages)} pages in {len(_SCHEMES)} schemes and {len(_WIDTHS)} widths"
    return Verdict(
        summary, tuple(f"{finding} [{', '.join(combinations)}]" for finding, combinations in findings.items())
    )


def _judge_page(tab: Page, url: str, problems_seen: list[str]) -> list[str]:
    problems_seen.clear()
    tab.goto(url.removesuffix("index.html"))
    tab.evaluate(_OPEN_ALL)
    wide = cast("list[str]", tab.evaluate(_OVERFLOW))
    tab.add_script_tag(path=_AXE)
    return [*wide, *cast("list[str]", tab.evaluate(_RUN_AXE)), *problems_seen]


def _listen(tab: Page, host: str) -> list[str]:
    """Return a list that fills with what goes wrong; no request leaves for another host."""
    problems_seen: list[str] = []

    def is_foreign(url: str) -> bool:
        return not url.startswith((host, "data:", "blob:"))

    def refuse(route: Route) -> None:
        problems_seen.append(f"asks another host: {route.request.url}")
        route.abort()

    def note_error(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems_seen.append(f"console: {message.text} {message.location['url']}")

    tab.route(is_foreign, refuse)
    tab.on("console", note_error)
    tab.on("pageerror", lambda error: problems_seen.append(f"script: {error}"))
    return problems_seen


def unwell(view: Page) -> list[str]:
    """What axe-core finds on a page that is open, and what reaches past its right edge."""
    if not view.evaluate("'axe' in globalThis"):
        view.add_script_tag(path=_AXE)
    return [*cast("list[str]", view.evaluate(_OVERFLOW)), *cast("list[str]", view.evaluate(_RUN_AXE))]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS, chromium_sandbox=False)
        yield browser
        browser.close()


@contextmanager
def _serve_folder(root: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""
