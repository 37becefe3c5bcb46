"""The desk as `casebuilder curate` serves it, from words in a browser to the released page."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from casebuilder import pipeline
from curating import COMMENTARY, QUOTES, SLUG
from waiting import until
from zoo_keeper import SOUND, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return lay_out(SOUND.name, tmp_path)


@pytest.fixture
def desk(series: Path, browser: Browser, heard: list[str]) -> Iterator[Page]:
    """The desk of a small case, as the command serves it."""
    command = [sys.executable, "-m", "casebuilder", "curate", SLUG, "--no-open", "--series", str(series)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        page = browser.new_context().new_page()
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
        try:
            page.goto(process.stdout.readline().strip())
            page.wait_for_selector("body[data-ready]")
            yield page
        finally:
            page.context.close()
            process.terminate()


def put(path: Path, text: str, room: Path) -> None:
    """Write a file as an editor does, at once: the command may read it at any instant."""
    new = room / "new"
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def saved(page: Page) -> None:
    """Wait until the desk says that all of what was done is in the files; before, it may write another one."""
    page.locator("#status[data-state=saved]", has_text="Saved at").wait_for()


def test_words_become_a_quote_on_the_released_page(desk: Page, series: Path, heard: list[str]) -> None:
    for key in ("j", "j", "Space", "t"):
        desk.keyboard.press(key)
    desk.keyboard.type("owns")
    desk.keyboard.press("Enter")
    quotes, commentary = series / QUOTES, series / COMMENTARY
    until(lambda: "q-c3" in quotes.read_text(encoding="utf-8"))
    saved(desk)
    assert "theme: owners" in quotes.read_text(encoding="utf-8").split("q-c3")[1]
    text = commentary.read_text(encoding="utf-8").replace("Here the three", "Here all three")
    put(commentary, text, series.parent)
    desk.keyboard.press("k")
    for key in ("Space", "1"):
        desk.keyboard.press(key)
    until(lambda: "q-c2" in quotes.read_text(encoding="utf-8"))
    saved(desk)
    assert "Here all three" in commentary.read_text(encoding="utf-8")
    text = quotes.read_text(encoding="utf-8")
    put(quotes, text.replace("state: pending", "state: granted", 1), series.parent)
    reading = pipeline.read(series, as_of="2027-01-01")
    assert not reading.errors()
    page = next(
        each.text
        for each in pipeline.make(reading, pipeline.BuildOptions(packs=False)).pages
        if each.path.endswith(f"{SLUG}/index.md")
    )
    first, second = ("Nobody owns a patient who is waiting." in page, "That finger was the real handover" in page)
    assert first
    assert second is (text.index("q-c3") < text.index("q-c2"))
    assert heard == []


def test_unsaved_work_survives_a_reload_and_undo_takes_back_no_edit_of_the_files(
    desk: Page, series: Path, heard: list[str]
) -> None:
    quotes = series / QUOTES

    def mark() -> None:
        for key in ("Space", "1"):
            desk.keyboard.press(key)

    def text() -> str:
        return quotes.read_text(encoding="utf-8")

    def state(words: str) -> None:
        desk.locator("#status", has_text=words).wait_for()

    for key in ("j", "j"):
        desk.keyboard.press(key)
    mark()
    until(lambda: "q-c3" in text())
    saved(desk)
    # A colleague refuses a quote in the file. It is taken over with the next mark, and Ctrl+Z undoes that mark alone.
    put(quotes, text().replace("state: granted", "state: refused", 1), series.parent)
    desk.keyboard.press("k")
    mark()
    until(lambda: "q-c2" in text())
    saved(desk)
    desk.keyboard.press("Control+z")
    until(lambda: "q-c2" not in text())
    assert "q-c3" in text()
    assert "state: refused" in text()
    # The file is damaged, the desk is left and opened again, and the file is corrected.
    sound = text()
    put(quotes, sound.replace("- id: q1", "- id: [q1"), series.parent)
    mark()
    state("Not saved: see Problems")
    asked: list[str] = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.reload(wait_until="commit")
    assert asked == ["beforeunload"]
    state("The desk cannot be loaded: ")
    assert "q-c2" not in text()
    put(quotes, sound, series.parent)
    desk.wait_for_selector("body[data-ready]")
    until(lambda: "q-c2" in text())
    saved(desk)
    desk.keyboard.press("Control+z")
    until(lambda: "q-c2" not in text())
    assert "state: refused" in text()
    heard[:] = [each for each in heard if "status of 400" not in each and "status of 503" not in each]
    assert heard == []


def test_unsaved_work_is_there_after_the_tab_was_closed(desk: Page, series: Path) -> None:
    quotes = series / QUOTES
    sound = quotes.read_text(encoding="utf-8")
    put(quotes, sound.replace("- id: q1", "- id: [q1"), series.parent)
    for key in ("j", "j", "Space", "1"):
        desk.keyboard.press(key)
    desk.locator("#status", has_text="This browser keeps your work meanwhile").wait_for()
    again = desk.context.new_page()
    desk.close(run_before_unload=False)
    again.goto(desk.url)
    again.locator("#status", has_text="The desk cannot be loaded: ").wait_for()
    put(quotes, sound, series.parent)
    again.locator("#said", has_text="has been restored").wait_for()
    until(lambda: "q-c3" in quotes.read_text(encoding="utf-8"))
    saved(again)
    until(lambda: again.evaluate("Object.keys(localStorage)") == [])
