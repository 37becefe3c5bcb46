"""A row of a table whose words were edited is the post that the record has; a second post of one moment is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from casebuilder.cli import main
from test_importers import CLUB, imported, record, series, written

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["series"]  # the fixture
AT = "2026-04-07T09:00:00Z"


def table(series: Path, *rows: tuple[str, str], at: str = AT) -> str:
    """Import a table of authors and texts, all of one moment; what the command says."""
    lines = "".join(f'{author},{at},"{text}"\n' for author, text in rows)
    return imported(series, written(series, "t.csv", f"author,posted,text\n{lines}"), "--channel", "site").stderr


def texts(series: Path) -> list[str]:
    return [line["text"] for line in record(series)]


def test_an_edited_row_takes_the_place_of_its_post_and_an_older_table_brings_nothing_back(series: Path) -> None:
    first, edited = [("Ole", "I agree with this."), ("Mia", "No.")], [("Ole", "I agree, mostly."), ("Mia", "No.")]
    table(series, *first)
    assert table(series, *edited) == (
        "edited since they were imported, and taken over: c01\n"
        "0 added, 2 already in the record, 1 of them with newer words now\n"
    )
    assert texts(series) == ["I agree, mostly.", "No."]
    for rows in (edited, first):
        assert table(series, *rows) == "0 added, 2 already in the record\n"
    assert texts(series) == ["I agree, mostly.", "No."]


@pytest.mark.parametrize("second", ["I agree with that, too.", "Something else."])
def test_two_posts_of_one_moment_stay_two(series: Path, second: str) -> None:
    table(series, ("Ole", "I agree with this."))
    assert "1 added, 1 already" in table(series, ("Ole", "I agree with this."), ("Ole", second))
    assert texts(series) == ["I agree with this.", second]


def test_other_words_of_one_author_and_moment_are_added_and_reported(series: Path) -> None:
    table(series, ("Ole", "I agree with this."))
    said = table(series, ("Ole", "Who rings at night, and why?"))
    assert "t.csv: line 2 has the author and the time of c01, which is not in this table" in said
    assert texts(series) == ["I agree with this.", "Who rings at night, and why?"]


def test_the_same_row_with_another_offset_is_the_same_post(series: Path) -> None:
    table(series, ("Ole", "I agree with this."))
    assert table(series, ("Ole", "I agree with this."), at="2026-04-07T11:00:00+02:00").startswith("0 added, 1 already")


def test_a_withdrawn_row_does_not_come_back_edited(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEBUILDER_CACHE")  # whose packs would be deleted
    table(series, ("Ole", "I agree with this."))
    assert CliRunner().invoke(main, ["withdraw", CLUB, "--contribution", "c01", "--series", str(series)]).exit_code == 0
    table(series, ("Ole", "I said something else."))
    assert texts(series) == [""]
    table(series, ("Ole", "I agree with this."), ("Ole", "A second post."))
    assert texts(series) == ["", "A second post."]


def test_an_edited_row_with_an_id_is_taken_over(series: Path) -> None:
    for text in ("I agree.", "I do not agree at all.", "I agree."):
        rows = f"id,author,posted,text\nc7,Ole,{AT},{text}\n"
        imported(series, written(series, "t.csv", rows), "--channel", "site")
    assert [(line["id"], line["text"]) for line in record(series)] == [("c7", "I do not agree at all.")]
