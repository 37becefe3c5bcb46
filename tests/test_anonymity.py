"""A quote without a name: nothing of the site tells by its id whose it is, and links to it stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import zoo_keeper
from casebuilder import pipeline, published
from casebuilder.outputs.site import pages

if TYPE_CHECKING:
    from pathlib import Path

SLUG = "2026-03-late-handover"
QUOTES = f"cases/{SLUG}/quotes.yml"


def page(series: Path) -> str:
    reading = pipeline.read(series)
    public = published.publish(reading.series, reading.as_of)
    return next(page.text for page in pages.render(public) if page.path == f"cases/{SLUG}/index.md")


def anchors(series: Path) -> list[str]:
    return re.findall(r'id="(quote-[^"]+)"', page(series))


def test_a_page_names_no_quote_by_its_id(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("telling-quote", tmp_path)
    made = page(series)
    assert "Nobody owns a patient who is waiting." in made
    assert "jane-realname" not in made
    assert "holm" not in made.replace("Holm", "").replace("@holm", "")
    assert anchors(series) == ["quote-q1", "quote-q2", "quote-q3", "quote-q4", "quote-q5", "quote-q6"]


def test_links_to_a_quote_stay_when_another_is_held_back_or_taken_back(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("telling-quote", tmp_path)
    path = series / QUOTES
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("state: granted", "state: pending", 1), encoding="utf-8")
    assert anchors(series) == ["quote-q2", "quote-q3", "quote-q4", "quote-q5", "quote-q6"]


def test_nobody_can_write_the_number_of_a_quote(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    path = series / QUOTES
    path.write_text(path.read_text(encoding="utf-8").replace("- id: q1\n", "- id: q1\n  number: 7\n"), encoding="utf-8")
    assert [problem.code for problem in pipeline.read(series).problems] == ["unknown-key"]
