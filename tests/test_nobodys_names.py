"""Names that mean nobody join no two people: "Anonymous", "N/A" and "-" are as an empty name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from casebuilder.editorial.discussion.nobodysnames import is_nobodys
from test_importers import RECORD, imported, record, series, written

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["series"]  # the fixture


@pytest.mark.parametrize(
    "name",
    ["Anonymous", "anonymous user", "ANON.", "(anonymous)", "[deleted user]", "N/A", "n.a.", "NA", "-", "—", "...", "?",
     "Unknown", "unknown participant", "Guest", "Guest user", "No name", "Anónimo", "anonima", "Usuario anónimo",
     "Desconocida", "Invitado", "Hindi nagpakilala", "Di-kilala", "مجهول", "مُستخدم مجهول", "ضيف", "غير معروف", "匿名",
     "匿名希望", "Utilisateur anonyme", "Anônimo", "Unbekannt"],
)  # fmt: skip
def test_a_name_that_means_nobody(name: str) -> None:
    assert is_nobodys(name)


@pytest.mark.parametrize(
    "name",
    ["Ana", "Anonymous Badger", "Anonymous 3", "Guest 12", "Na", "User", "The night nurse", "Participant 4",
     "192.0.2.7", "🌸", "Dr. Guest", "A. Nadie", "Annon", ""],
)  # fmt: skip
def test_a_name_of_somebody(name: str) -> None:
    assert not is_nobodys(name)


def test_rows_of_nobody_in_one_table_and_another_are_of_different_people(series: Path) -> None:
    names = ("Anonymous", "anonymous", "N/A", "-", "Usuario anónimo")
    for day in (7, 8):
        rows = "".join(f"{name},2026-04-0{day} 09:0{row},Words {row} of {day}.\n" for row, name in enumerate(names))
        file = written(series, f"w{day}.csv", f"author,posted,text\n{rows}")
        assert "5 added" in imported(series, file, "--channel", "form").stderr
        assert "0 added, 5 already" in imported(series, file, "--channel", "form").stderr
    assert [line["author"] for line in record(series)] == [f"Participant {number}" for number in range(1, 11)]
    people = (series / ".casebuilder/people.jsonl").read_text(encoding="utf-8")
    assert "nonymous" not in people


def test_anonymous_with_an_address_is_somebody_and_the_word_in_a_text_stays(series: Path) -> None:
    rows = "Anonymous,@ida,2026-04-07 09:00,One.\nAnonymous,@ida,2026-04-07 10:00,Anonymous said so.\n"
    imported(series, written(series, "t.csv", f"author,address,posted,text\n{rows}"), "--channel", "form")
    assert [(line["author"], line["text"]) for line in record(series)] == [
        ("Participant 1", "One."),
        ("Participant 1", "Anonymous said so."),
    ]


def test_rows_that_an_older_version_took_for_one_person_are_not_added_again(series: Path) -> None:
    rows = "Anonymous,2026-04-07 09:00,Yes.\nanonymous,2026-04-07 10:00,I would ring.\n"
    file = written(series, "t.csv", f"author,posted,text\n{rows}")
    imported(series, file, "--channel", "form")
    older = [line | {"author": "Participant 1", "author_key": "0" * 16, "post_key": f"{number:016}"}
             for number, line in enumerate(record(series))]  # fmt: skip
    (series / RECORD).write_text("".join(f"{json.dumps(line)}\n" for line in older), encoding="utf-8")
    assert "0 added, 2 already" in imported(series, file, "--channel", "form").stderr
    more = written(series, "u.csv", f"author,posted,text\n{rows}N/A,2026-04-07 09:00,No.\n")
    assert "1 added, 2 already" in imported(series, more, "--channel", "form").stderr
    assert [line["text"] for line in record(series)] == ["Yes.", "I would ring.", "No."]
