"""The id of a table's row may only count: two forms both have a row 1, and neither takes the other's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from test_importers import RECORD, imported, record, series, written

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["series"]  # the fixture
_HEAD = "id,author,posted,text,in_reply_to\n"
FIRST = (
    "1,Ana,2026-04-07 10:00,I would ring the ward.,",
    "2,Ben,2026-04-07 11:00,I would wait for the morning.,1",
)
SECOND = (
    "1,Cleo,2026-04-08 10:00,Tell the truth at once.,",
    "2,Dan,2026-04-08 11:00,Ask the ward clerk first.,1",
)
EVERYBODY = [
    ("1", "Participant 1", "I would ring the ward.", None),
    ("2", "Participant 2", "I would wait for the morning.", "1"),
    ("c01", "Participant 3", "Tell the truth at once.", None),
    ("c02", "Participant 4", "Ask the ward clerk first.", "c01"),
]


def said(series: Path, *tables: tuple[str, ...]) -> str:
    """Import tables with one command; what it says on standard error and of problems."""
    files = [
        written(series, f"w{number}.csv", _HEAD + "\n".join(rows) + "\n") for number, rows in enumerate(tables, start=1)
    ]
    result = imported(series, *files, "--channel", "form")
    return result.output


def lines(series: Path) -> list[tuple[str | None, ...]]:
    return [(line["id"], line["author"], line["text"], line.get("in_reply_to")) for line in record(series)]


def test_a_second_table_with_the_same_ids_adds_its_rows(series: Path) -> None:
    said(series, FIRST)
    second = said(series, SECOND)
    assert "w1.csv: the ids 1 and 2 are those of others, with another author or time: added as new" in second
    assert "2 added, 0 already in the record\n" in second
    assert lines(series) == EVERYBODY
    for table in (FIRST, SECOND):
        assert said(series, table) == "0 added, 2 already in the record\n"
    assert lines(series) == EVERYBODY


def test_both_tables_at_once_and_each_again(series: Path) -> None:
    assert "the ids 1 and 2 are those of others" in said(series, FIRST, SECOND)
    assert lines(series) == EVERYBODY
    for tables in ((FIRST, SECOND), (SECOND,), (SECOND, FIRST)):
        assert "0 added" in said(series, *tables)
    assert lines(series) == EVERYBODY


def test_an_edit_of_either_table_and_a_new_answer_find_their_posts(series: Path) -> None:
    said(series, FIRST)
    said(series, SECOND)
    edited = (
        "1,Cleo,2026-04-08 10:00,Tell the whole truth at once.,",
        *SECOND[1:],
        "3,Eve,2026-04-09 10:00,I agree.,1",
    )
    assert "taken over: c01\n" in said(series, edited)
    assert "taken over: 1\n" in said(series, ("1,Ana,2026-04-07 10:00,No idea.,", *FIRST[1:]))
    assert [line[2] for line in lines(series)] == [
        "No idea.", "I would wait for the morning.", "Tell the whole truth at once.", "Ask the ward clerk first.",
        "I agree.",
    ]  # fmt: skip
    assert lines(series)[-1] == ("3", "Participant 5", "I agree.", "c01")


@pytest.mark.parametrize(
    "row",
    [
        "1,Ana,2026-04-08 10:00,No.,",  # another moment
        "1,Cleo,2026-04-07 10:00,No.,",  # another author
        "1,,2026-04-07 10:00,No.,",  # nobody
    ],
)
def test_another_author_or_another_time_is_never_an_edit(series: Path, row: str) -> None:
    said(series, FIRST[:1])
    head, form = _HEAD, "id,Name,Completion time,Comment,in_reply_to\n"
    file = written(series, "t.csv", (head if row.split(",")[1] else form) + row + "\n")
    imported(series, file, "--channel", "form")
    assert [line["text"] for line in record(series)] == ["I would ring the ward.", "No."]
    assert imported(series, file, "--channel", "form").output == "0 added, 1 already in the record\n"


def test_of_days_without_a_time_the_same_row_number_is_an_edit_only_of_similar_words(series: Path) -> None:
    said(series, ("1,Ana,2026-04-07,I would ring the ward.,",))
    assert "taken over: 1\n" in said(series, ("1,Ana,2026-04-07,I would ring the ward now.,",))
    assert "1 added" in said(series, ("1,Ana,2026-04-07,Nobody has asked the family.,",))
    assert len(record(series)) == 2


def test_a_corrected_date_or_name_adds_no_second_copy(series: Path) -> None:
    words = "I would ring the ward and ask who has the bleep tonight."
    said(series, (f"1,Ana,2026-04-07 10:00,{words},",))
    for row in (f"1,Ana,2026-04-08 10:00,{words},", f"1,Ana Lima,2026-04-07 10:00,{words},"):
        assert said(series, (row,)) == "0 added, 1 already in the record\n"


def test_an_id_that_the_record_gave_to_a_post_of_a_network_drops_no_row(series: Path) -> None:
    imported(series, written(series, "t.csv", "author,posted,text\nIda,2026-04-07 09:00,One.\n"), "--channel", "site")
    assert "1 added" in said(series, ("c01,Ole,2026-04-08 09:00,Two.,",))
    assert [(line["id"], line["text"]) for line in record(series)] == [("c01", "One."), ("c02", "Two.")]


def test_an_id_twice_in_one_table_says_where_the_other_is(series: Path) -> None:
    rows = (FIRST[0], "1,Cleo,2026-04-08 10:00,Tell the truth.,")
    assert "w1.csv:3:1: error" in (result := said(series, rows))
    assert "the other is on line 2 of w1.csv" in result


def test_a_column_that_is_mapped_later_is_not_passed_over_in_silence(series: Path) -> None:
    head = "author,posted,text,Where from\n"
    rows = "Ana,2026-04-07 10:00,I would ring.,Ireland\nBen,2026-04-07 11:00,I would wait.,Kenya\n"
    file = written(series, "t.csv", head + rows)
    mapped = ("--map", "Where from=country")
    imported(series, file, "--channel", "form")
    before = record(series)
    assert imported(series, file, "--channel", "form", *mapped).output == (
        't.csv: "country" was not added to posts that are already in the record without it: c01, c02. Add it to their '
        'lines, such as "country": "IE" for c01\n0 added, 2 already in the record\n'
    )
    assert record(series) == before
    place = series / RECORD
    place.write_text(
        place.read_text(encoding="utf-8").replace('"posted"', '"country": "IE", "posted"'), encoding="utf-8"
    )
    assert imported(series, file, "--channel", "form", *mapped).output == "0 added, 2 already in the record\n"


@pytest.mark.parametrize(("channel", "mark"), [("form", "123456789"), ("email", "118234567890"), ("form", "2027/1")])
def test_an_id_of_any_form_joins_no_two_authors(series: Path, channel: str, mark: str) -> None:
    head = "id,author,posted,text,in_reply_to\n"
    first = written(series, "w1.csv", f"{head}{mark},Ana,2026-04-07 10:00,I would ring the ward.,\n")
    second = written(
        series, "w2.csv", f"{head}{mark},Cleo,2026-04-08 10:00,Wait.,\n9,Dan,2026-04-08 11:00,Why?,{mark}\n"
    )
    options = ("--channel", channel)
    everybody = [
        ("Participant 1", "I would ring the ward.", None),
        ("Participant 2", "Wait.", None),
        ("Participant 3", "Why?", record_id := "c02"),
    ]
    assert "1 added" in imported(series, first, *options).output
    said_of_second = imported(series, second, *options).output
    assert f"the id {mark} is that of another post, with another author or time: added as new" in said_of_second
    assert [(line["author"], line["text"], line.get("in_reply_to")) for line in record(series)] == everybody
    assert record(series)[1]["id"] == record_id
    for files in ((first,), (second,), (second, first)):
        assert "0 added" in imported(series, *files, *options).output
    edited = written(series, "w1.csv", f"{head}{mark},Ana,2026-04-07 10:00,I would ring twice.,\n")
    assert "taken over: c01\n" in imported(series, edited, *options).output
    (series / RECORD).unlink()
    imported(series, first, second, *options)
    assert [line["text"] for line in record(series)] == ["I would ring twice.", "Wait.", "Why?"]


def test_one_address_for_all_rows_of_a_table_loses_none(series: Path) -> None:
    form = "https://forms.example.org/ward"
    rows = f"{form},Ana,2026-04-07 10:00,I would ring.\n{form},Ben,2026-04-07 11:00,I would wait.\n"
    file = written(series, "t.csv", f"id,author,posted,text\n{rows}")
    assert "2 added" in imported(series, file, "--channel", "form").output
    assert "0 added, 2 already" in imported(series, file, "--channel", "form").output


def test_the_number_of_a_networks_post_is_the_same_post_in_each_table(series: Path) -> None:
    head, mark = "id,author,posted,text\n", "1900000000000000001"
    imported(series, written(series, "a.csv", f"{head}{mark},Ana,2026-04-07 10:00:12,Ring!\n"), "--channel", "x")
    later = written(series, "b.csv", f"{head}{mark},Ana Lima,2026-04-07 10:00,Ring the ward!\n")
    assert "taken over: c01" in imported(series, later, "--channel", "x").output


def test_a_post_of_another_year_is_mentioned(series: Path) -> None:
    said_of_it = said(series, ("1,Ana,2062-04-07 10:00,I would ring the ward.,",))
    assert "1 post was written more than a year after the discussion closed" in said_of_it
    assert "the last on 2062-04-07: is the year right?" in said_of_it
