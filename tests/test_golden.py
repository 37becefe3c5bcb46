"""What the site of a small series says: `<main>` of each kind of page, the entries of its feeds, and its calendar.

With UPDATE_GOLDEN=1 in the environment the files of `tests/golden` are written instead of compared; then somebody
reads the difference before it is committed. The series is the sound one of the zoo, while its second case is open.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

import zoo_keeper
from casebuilder import markup
from casebuilder.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "UPDATE_GOLDEN" in os.environ
AS_OF = "2026-04-07T12:00"
FEEDS = {"feed.xml": "item", "atom.xml": "{http://www.w3.org/2005/Atom}entry"}


def main_of(page: str) -> str:
    """What a page says, without its frame; a line for each block, so that a difference can be read."""
    (element,) = markup.elements(markup.parse(page), "main")
    return re.sub(r"(?<=>)\s*\n\s*(?=<)", "\n", markup.inside(element)).strip() + "\n"


def entries_of(feed: bytes, tag: str) -> str:
    """The entries of a feed, a line for each thing that is said of them."""
    lines = []
    for entry in ET.fromstring(feed).iter(tag):  # noqa: S314 - our own feed
        lines.append(f"== {tag.rpartition('}')[2]}")
        for element in entry.iter():
            attributes = "".join(f" {name}={value}" for name, value in sorted(element.items()))
            if attributes or (element.text or "").strip():
                lines.append(f"{element.tag.rpartition('}')[2]}{attributes}: {(element.text or '').strip()}")
    return "\n".join(lines) + "\n"


def events_of(calendar: str) -> str:
    """A calendar with a line for each property."""
    return calendar.replace("\r\n ", "").replace("\r\n", "\n")


def said(site: Path) -> Iterator[tuple[str, str]]:
    """Each golden file's name, and what is to be in it."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix().removesuffix("/index.html").replace("/", "--").removesuffix(".html")
        yield f"{name}.html", main_of(path.read_text(encoding="utf-8"))
    for name, tag in FEEDS.items():
        yield f"{name}.txt", entries_of((site / name).read_bytes(), tag)
    yield "feed.json", (site / "feed.json").read_text(encoding="utf-8")
    yield "calendar.ics.txt", events_of((site / "calendar.ics").read_bytes().decode())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    series = zoo_keeper.lay_out("_sound", folder)
    order = ["build", "--no-packs", "--as-of", AS_OF, "--series", str(series), "--site", str(folder / "site")]
    result = CliRunner().invoke(main, order)
    assert result.exit_code == 0, result.output
    return folder / "site"


def test_pages_feeds_and_calendar_are_those_that_somebody_read(site: Path) -> None:
    made = dict(said(site))
    if UPDATE:
        shutil.rmtree(GOLDEN, ignore_errors=True)
        GOLDEN.mkdir()
        for name, text in made.items():
            (GOLDEN / name).write_text(text, encoding="utf-8")
    assert {path.name for path in GOLDEN.iterdir()} == set(made)
    different = [name for name, text in made.items() if (GOLDEN / name).read_text(encoding="utf-8") != text]
    for name in different[:1]:  # pytest shows the lines
        assert made[name].splitlines() == (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    assert not different


def test_each_kind_of_page_is_among_them() -> None:
    names = {path.stem for path in GOLDEN.glob("*.html")}
    assert {
        "index", "404", "search", "cases", "experts", "topics", "collections", "competencies", "schedule",
        "facilitators", "facilitators--build", "schedule--2026", "topics--handover", "collections--evenings",
        "experts--ana-ruiz", "cases--2026-03-late-handover", "cases--2026-04-paper-club",
        "packs--2026-03-late-handover-guide",
    } <= names  # fmt: skip
