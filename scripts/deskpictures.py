"""Take the handbook's pictures of the curation desk again: `.venv/bin/python scripts/deskpictures.py`.

The desk is that of a case of the sample series, in a copy without the answers to most requests for consent, as its
curator saw it. Look at the pictures before you commit them.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

_ROOT = Path(__file__).resolve().parents[1]
_CASE = "2026-01-simulated-tears"
_PARTS = ("cases", "collections", "commentary", "docs", "experts", "theme", "mkdocs.yml")
#: Width and height of the window, in CSS pixels.
_WINDOW = {"width": 1200, "height": 760}
#: A contribution with a quote, and one without.
_QUOTED, _UNQUOTED = "c06", "c11"
#: Words of a quote whose author is still to be asked.
_WAITING = "grieving women"
#: How many of the quotes keep their answer.
_ANSWERED = 3


def main() -> None:
    """Open the desk in a browser, work as a curator does, and write the four pictures."""
    with tempfile.TemporaryDirectory() as folder:
        series = Path(folder)
        _copy_series(series)
        command = [sys.executable, "-m", "casebuilder", "curate", _CASE, "--no-open", "--series", folder]
        with (
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk,  # noqa: S603 - our own command
            sync_playwright() as playwright,
        ):
            assert desk.stdout is not None  # noqa: S101 - for mypy: it is a pipe
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), chromium_sandbox=False)
            page = browser.new_context(viewport=_WINDOW, reduced_motion="reduce").new_page()
            page.goto(desk.stdout.readline().strip())
            page.wait_for_selector("body[data-ready]")
            for name in _views(page):
                _write_picture(name, page.screenshot())
            browser.close()
            desk.terminate()


def _copy_series(series: Path) -> None:
    """Copy what a desk needs, and forget what most authors of quotes have answered."""
    for part in _PARTS:
        source = _ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, series / part)
    quotes = series / "cases" / _CASE / "quotes.yml"
    answers = re.compile(r"(?<=state: )granted\n    on: .*\n    how: .*")
    text = quotes.read_text(encoding="utf-8")
    quotes.write_text(answers.sub("pending", text, count=len(answers.findall(text)) - _ANSWERED), encoding="utf-8")


def _views(page: Page) -> Iterator[str]:
    """Bring the desk into the state of each picture, and yield the picture's name."""
    first_theme = page.locator(".desk-theme").first
    first_theme.get_by_role("button").first.click()
    page.locator(f"#c-{_QUOTED}").scroll_into_view_if_needed()
    page.locator(f"#c-{_QUOTED}").focus()
    yield "curation-read"
    page.locator(f"#c-{_UNQUOTED}").focus()
    page.keyboard.press("Space")
    page.keyboard.press("t")
    page.keyboard.type("a")
    yield "curation-theme"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("#tab-consent").click()
    page.locator(".desk-ask summary").first.wait_for()
    yield "curation-consent"
    page.locator("#tab-preview").click()
    waiting = page.frame_locator("iframe").locator("blockquote", has_text=_WAITING).first
    waiting.scroll_into_view_if_needed()
    yield "curation-preview"


def _write_picture(name: str, png: bytes) -> None:
    """Write a screenshot as a picture of the handbook."""
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").save(_ROOT / "docs" / "images" / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    main()
