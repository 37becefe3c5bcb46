"""`casebuilder discussion import`: a spreadsheet becomes a record that identifies nobody."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import zoo_keeper
from casebuilder import pipeline
from casebuilder.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CLUB = "2026-04-paper-club"
RECORD = f"commentary/{CLUB}/discussion.jsonl"
HEAD = "author,address,posted,text,country"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return zoo_keeper.lay_out("_sound", tmp_path)


def imported(series: Path, table: str | bytes, *words: str, case: str = CLUB, salt: str = "long word") -> Result:
    place = series.parent / "table.csv"
    place.write_bytes(table if isinstance(table, bytes) else table.encode())
    order = ["discussion", "import", case, str(place), *(words or ("--channel", "mastodon")), "--series", str(series)]
    result = CliRunner().invoke(main, order, env={"CASEBUILDER_SECRET": salt})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def record(series: Path, path: str = RECORD) -> list[dict[str, str]]:
    return [json.loads(line) for line in (series / path).read_text(encoding="utf-8").splitlines()]


def test_a_table_becomes_a_record_that_passes_the_check(series: Path) -> None:
    table = f"{HEAD}\nIda,@ida@social.example,2026-04-07 09:12,Hm.,DK\nOle,@ole,2026-04-07T08:15:00Z,No.,\n"
    result = imported(series, table)
    assert (result.exit_code, result.stderr) == (0, "2 added, 0 already in the record\n")
    first, second = record(series)
    assert {name: word for name, word in first.items() if name not in {"author_key", "key_id", "post_key"}} == {
        "id": "c01", "channel": "mastodon", "author": "Participant 1", "posted": "2026-04-07T09:12:00+01:00",
        "text": "Hm.", "kind": "original", "country": "DK",
    }  # fmt: skip
    assert second["posted"] == "2026-04-07T08:15:00+00:00"
    assert "country" not in second
    assert not pipeline.read(series).problems


def test_an_address_goes_into_the_key_alone_which_is_the_same_from_round_to_round(series: Path) -> None:
    table = f"{HEAD}\nIda,@ida@social.example,2026-04-07 09:12,Hm.,\nI. H.,@Ida@social.example,2026-04-07 10:00,Yes.,\n"
    imported(series, table)
    first, second = record(series)
    assert first["author_key"] == second["author_key"]
    assert "social.example" not in (series / RECORD).read_text(encoding="utf-8")
    (series / RECORD).unlink()
    imported(series, table, salt="another")
    assert record(series)[0]["author_key"] != first["author_key"]


def test_a_second_table_adds_only_what_is_new(series: Path) -> None:
    imported(series, f"{HEAD}\nIda,@ida,2026-04-07 09:12,Hm.,\n")
    result = imported(series, f"{HEAD}\nIda,@ida,2026-04-07 09:12,Hm.,\nOle,@ole,2026-04-07 09:12,Hm.,\n")
    assert result.stderr == "1 added, 1 already in the record\n"
    assert [line["id"] for line in record(series)] == ["c01", "c02"]
    before = (series / RECORD).read_bytes()
    assert imported(series, f"{HEAD}\nOle,@ole,2026-04-07 09:12,Hm.,\n").stdout == ""
    assert (series / RECORD).read_bytes() == before


def test_what_was_taken_back_does_not_come_back(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEBUILDER_CACHE")  # whose packs would be deleted
    table = f"{HEAD}\nIda,@ida,2026-04-07 09:12,I should not have said that about the night in June.,\n"
    imported(series, table)
    words = ["withdraw", CLUB, "--contribution", "c01", "--series", str(series)]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert imported(series, table).stderr == "0 added, 1 already in the record\n"
    assert "June" not in (series / RECORD).read_text(encoding="utf-8")


def test_a_table_as_a_spreadsheet_of_another_country_saves_it(series: Path) -> None:
    table = '\ufeffAuthor;Posted;Text\r\n"Holm; Ida";2026-04-07 09:12;"Two\r\nlines."\r\n'
    assert imported(series, table, "--channel", "mastodon", "--names", "keep").exit_code == 0
    assert (record(series)[0]["author"], record(series)[0]["text"].split()) == ("Holm; Ida", ["Two", "lines."])


@pytest.mark.parametrize(
    ("table", "words", "message"),
    [
        ("who,posted,text\nIda,2026-04-07,Hm.\n", (), 'unknown column "who"; the names are id, channel, author'),
        ("auhtor,posted,text\n", (), 'did you mean "author"?'),
        ("author,text\nIda,Hm.\n", (), "missing: posted"),
        ("", (), "missing: author, posted, text"),
        (f"{HEAD}\nIda,,2026-04-07 09:12,Hm.,\n", ("--as-of", "2026-04-08"), "rows without a channel"),
        (
            "author,posted,text\n\u0141ukasz,2026-04-07,Hm.\n".encode("cp1250"),
            (),
            "choose the kind of file that is called CSV UTF-8",
        ),
    ],
)
def test_a_table_that_is_invalid_is_refused_and_nothing_is_written(
    series: Path, table: str | bytes, words: tuple[str, ...], message: str
) -> None:
    result = imported(series, table, *words)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not (series / RECORD).exists()


def test_without_a_secret_a_key_is_made_unless_the_table_has_keys(series: Path) -> None:
    assert imported(series, "author,author_key,posted,text\nIda,k1,2026-04-07 09:12,Hm.\n", salt="").exit_code == 0
    assert not (series / ".casebuilder/author.key").exists()
    result = imported(series, f"{HEAD}\nIda,,2026-04-07 09:13,Hm.,\n", salt="")
    assert "a new key was made" in result.stderr
    assert stat.S_IMODE((series / ".casebuilder/author.key").stat().st_mode) == 0o600
    assert "key_id" not in record(series)[0]
    assert len(record(series)[1]["key_id"]) == 8


def test_a_wrong_row_is_reported_by_its_line_and_the_others_come_in(series: Path) -> None:
    table = f'{HEAD}\nIda,,yesterday,Hm.,\n"Ole\nOle",,2026-04-07 09:12,Hm.,\nUma,,2026-04-07 09:12,Hm.,Denmork\n'
    result = imported(series, table)
    assert (result.exit_code, result.stderr) == (1, "1 added, 0 already in the record, 2 skipped\n")
    assert [line.partition(": error")[0] for line in result.stdout.splitlines() if ": error" in line] == [
        "table.csv:2:1", "table.csv:5:1",
    ]  # fmt: skip
    assert '"Denmork" is not a country code of ISO 3166' in result.stdout
    assert [line["author"] for line in record(series)] == ["Participant 1"]
    again = imported(series, table.replace("Denmork", "Denmark").replace("yesterday", "2026-04-07"))
    assert again.stderr == "2 added, 1 already in the record\n"


def test_a_new_record_lies_in_the_private_overlay(series: Path) -> None:
    configuration = series / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(text.replace("timezone:", "overlays: [sealed]\n      timezone:"), encoding="utf-8")
    (series / "sealed").mkdir()
    assert imported(series, f"{HEAD}\nIda,,2026-04-07 09:12,Hm.,\n").exit_code == 0
    assert not (series / RECORD).exists()
    assert record(series, f"sealed/{RECORD}")[0]["author"] == "Participant 1"
