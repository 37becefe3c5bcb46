"""A page of a preview as one file, opened from a disk: on a phone and on a desk, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casebuilder.outputs.site.onefile import Surroundings, one_file

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

CASE = "2025-11-uncalled-night"


@pytest.fixture(scope="module")
def file(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a case with a picture, as `casebuilder preview` makes it, alone in a folder."""
    site_folder = next(path for path in site.iterdir() if path.is_dir())
    page_path = f"cases/{CASE}/index.html"

    def read(path: str) -> bytes | None:
        return (site_folder / path).read_bytes() if (site_folder / path).is_file() else None

    surroundings = Surroundings(read, "https://example.org/teaching-dilemmas/", frozenset((page_path,)))
    file = tmp_path_factory.mktemp("look") / f"{CASE}.html"
    file.write_text(
        one_file((site_folder / page_path).read_text("utf-8"), page_path, surroundings, "A preview."), "utf-8"
    )
    return file


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_it_looks_like_the_page_and_asks_for_nothing(browser: Browser, file: Path, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab, heard = context.new_page(), []
    tab.on("console", lambda said: heard.append(said.text))
    tab.on("request", lambda asked: heard.append(asked.url) if not asked.url.startswith("data:") else None)
    tab.goto(file.as_uri())
    tab.wait_for_function("scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches", arg=scheme)
    assert heard == [file.as_uri()]
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("[...document.images].length") > 0
    assert tab.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert tab.evaluate("document.fonts.load('16px \"Source Serif\"').then(found => found.length)") > 0
    assert "Source" in tab.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    dark = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor").split("(")[1].split(",")[0]
    assert (int(dark) < 80) == (scheme == "dark")
    answer = tab.locator("details").first
    answer.locator("summary").first.click()
    assert answer.evaluate("one => one.open"), "answers open without a script"
    assert tab.locator('a[href^="#"]').count() > 0
    assert tab.locator('a[href^="."]').count() == 0
    assert tab.locator("button, input, textarea").count() == 0, "nothing that needs a script"
    assert tab.get_by_text("only in this browser").count() == 0
    context.close()
