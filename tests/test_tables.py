"""Tables for `discussion import` as people have them: Excel in each country, survey forms, platforms, workbooks."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, time
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner, Result

import zoo_keeper
from casebuilder import encodings, pipeline
from casebuilder.cli import main
from casebuilder.editorial.discussion.table import datetimes
from cputime import at_most

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CLUB = "2026-04-paper-club"
RECORD = f"commentary/{CLUB}/discussion.jsonl"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return zoo_keeper.lay_out("_sound", tmp_path)


def imported(series: Path, table: str | bytes, *words: str, name: str = "week.csv") -> Result:
    place = series.parent / name
    place.write_bytes(table if isinstance(table, bytes) else table.encode())
    order = ["discussion", "import", CLUB, str(place), "--channel", "mastodon", "--names", "keep", *words]
    order += ["--series", str(series)]
    result = CliRunner().invoke(main, order, env={"CASEBUILDER_SECRET": "long word"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def record(series: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (series / RECORD).read_text(encoding="utf-8").splitlines()]


def refused(series: Path, table: str | bytes, *words: str, name: str = "week.csv") -> str:
    """The messages for a table that is refused as a whole."""
    result = imported(series, table, *words, name=name)
    assert result.exit_code in {1, 2}
    assert not (series / RECORD).exists()
    return " ".join(result.output.split()).replace("│ ", "").replace(" │", "")


def workbook(rows: Sequence[Sequence[object]], title: str = "Sheet1", **more: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, own in {title: rows, **more}.items():
        sheet = book.create_sheet(name)
        for row in own:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewritten(data: bytes, part: str, change: tuple[bytes, bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, content.replace(*change) if entry.filename == part else content)
    return stream.getvalue()


# --- dates


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("28/03/2026 09:12", "2026-03-28T09:12"),
        ("3/28/2026 9:12 PM", "2026-03-28T21:12"),
        ("3/28/26 9:12", "2026-03-28T09:12"),
        ("28.03.2026 09:12:33", "2026-03-28T09:12:33"),
        ("28.3.2026 9.12", "2026-03-28T09:12"),
        ("03.04.26 09:12", "2026-04-03T09:12"),
        ("2026/03/28 9:12:33 AM GMT+1", "2026-03-28T09:12:33+01:00"),
        ("2026. 3. 28. 오후 9:12", "2026-03-28T21:12"),
        ("2026年3月28日 下午9:12", "2026-03-28T21:12"),
        ("28-Mar-26 9:12", "2026-03-28T09:12"),
        ("28-mars-26", "2026-03-28T00:00"),
        ("28th March 2026", "2026-03-28T00:00"),
        ("Mar 28, 2026, 12:05 AM", "2026-03-28T00:05"),
        ("Sat Mar 28 2026 09:12:33 GMT+0100 (CET)", "2026-03-28T09:12:33+01:00"),
        ("Sat Mar 28 09:12:33 2026", "2026-03-28T09:12:33"),
        ("28 de marzo de 2026 9:12", "2026-03-28T09:12"),
        ("28/03/2026 9:12 p.\u00a0m.", "2026-03-28T21:12"),
        ("3/28/2026 12:00\u202fPM", "2026-03-28T12:00"),
        ("28/3/2026 21h12", "2026-03-28T21:12"),
        ("٢٨/٠٣/٢٠٢٦ ٠٩:١٢", "2026-03-28T09:12"),
        ("5/5/2026", "2026-05-05T00:00"),
        ("9:12 28/03/2026", "2026-03-28T09:12"),
        ("28 มี.ค. 2569 9:12", "2026-03-28T09:12"),
        ("28 मार्च 2026 9:12 अपराह्न", "2026-03-28T21:12"),
        ("28/3/2026 9:12 ÖS", "2026-03-28T21:12"),
        ("28 Mart 2026 Cumartesi 09:12", "2026-03-28T09:12"),
        ("2026年3月28日土曜日 9:12", "2026-03-28T09:12"),
        ("dimanche 1er mars 2026 à 9h12", "2026-03-01T09:12"),
        ("sexta-feira, 27 de março de 2026 às 9:12", "2026-03-27T09:12"),
    ],
)
def test_dates_are_read_as_excel_and_platforms_write_them(written: str, meant: str) -> None:
    reading = datetimes.read(written)
    assert reading is not None
    assert not reading.is_ambiguous
    assert reading.day_first or reading.month_first
    assert (reading.day_first or reading.month_first) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    "written",
    ["yesterday", "30/02/2026", "2026-02-30", "12/31/2026 13:05 PM", "31/12/2026 24:00", "28/03", "March 2026", "",
     "2026-03-28 09:61", "28/03/2026 09:12 EST", "46109.38", "28 Foo 2026", "1/2/3/4", "9" * 500,
     "1405/01/08", "28/3/69"],
)  # fmt: skip
def test_a_cell_that_is_no_date_is_refused(written: str) -> None:
    assert datetimes.read(written) is None


def test_a_date_of_the_column_says_how_the_others_are_written(series: Path) -> None:
    table = "author,posted,text\nIda,2/6/2026 9:12,A.\nOle,28/05/2026 9:12,B.\n"
    assert imported(series, table).exit_code == 0
    assert [line["posted"] for line in record(series)] == ["2026-05-28T09:12:00+01:00", "2026-06-02T09:12:00+01:00"]


def test_an_ambiguous_column_is_refused_with_both_readings_until_an_option_decides(series: Path) -> None:
    table = "author,posted,text\nIda,2/6/2026 9:12,A.\nOle,3/6/2026 9:12,B.\nUma,4/6/2026,C.\n"
    said = refused(series, table)
    assert said.count("[bad-date]") == 1
    assert 'week.csv:2:1: error: "2/6/2026 9:12" can be 2 June 2026 or 6 February 2026; 2 more dates' in said
    assert "--dates day-first or --dates month-first" in said
    assert imported(series, table, "--dates", "month-first").exit_code == 0
    assert [line["posted"][:10] for line in record(series)] == ["2026-02-06", "2026-03-06", "2026-04-06"]


def test_a_column_of_two_kinds_of_dates_is_refused(series: Path) -> None:
    said = refused(series, "author,posted,text\nIda,28/5/2026,A.\nOle,5/29/2026,B.\nUma,4/6/2026,C.\n")
    assert "the day goes first in row 2 and the month in row 3" in said
    assert said.count("[bad-date]") == 1
    assert "is not a date if the day goes first" in refused(
        series, "author,posted,text\nOle,5/29/2026,B.\n", "--dates", "day-first"
    )


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("########", "too narrow"),
        ("46109.38", "the format of a date"),
        ("28/03/2026 09:12 EST", "leave it out"),
        ("last week", "write it as 2026-03-28 09:12"),
    ],
)
def test_a_date_that_cannot_be_read_says_what_to_do(series: Path, written: str, message: str) -> None:
    assert message in refused(series, f"author,posted,text\nIda,{written},A.\n")


def test_day_and_time_in_columns_of_their_own_are_joined(series: Path) -> None:
    assert imported(series, "Name,Date,Time,Comment\nIda,28/03/2026,9:12 PM,A.\n").exit_code == 0
    assert record(series)[0]["posted"] == "2026-03-28T21:12:00+00:00"


# --- separators and encodings


@pytest.mark.parametrize(
    "data",
    [
        "sep=;\r\nName;Date;Comment\r\nZoë;28.03.2026 09:12;Señor, “why”?\r\n".encode("utf-8-sig"),
        "sep=;\r\nName;Date;Comment\r\nZoë;28.03.2026 09:12;Señor, “why”?\r\n".encode("cp1252"),
        "Name\tDate\tComment\r\nZoë\t28.03.2026 09:12\tSeñor, “why”?\r\n".encode("utf-16"),
        "Name\tDate\tComment\r\nZoë\t28.03.2026 09:12\tSeñor, “why”?\r\n".encode("utf-16-be"),
        "Name\tDate\tComment\r\nZoë\t28.03.2026 09:12\tSeñor, “why”?\r\n".encode("utf-32-le"),
        'Name, Date, Comment\rZoë, 28.03.2026 09:12, "Señor, “why”?"\r'.encode(),
        "\ufeff\ufeffName;Date;Comment\nZoë;28.03.2026 09:12;Señor, “why”?\n".encode(),
        'Name;"Date, in full";Comment\nZoë;28.03.2026 09:12;Señor, “why”?\n'.encode(),
        "sep=^\nName^Date^Comment\nZoë^28.03.2026 09:12^Señor, “why”?\n".encode(),
        "Club: a, b, c, d and e\n\nName;Date;Comment\nZoë;28.03.2026 09:12;Señor, “why”?\n".encode(),
    ],
)
def test_separators_and_encodings_of_every_excel(series: Path, data: bytes) -> None:
    words = ("--map", "Date, in full=posted") if b"in full" in data else ()
    assert imported(series, data, *words).exit_code == 0
    (line,) = record(series)
    assert (line["author"], line["text"], line["posted"][:16]) == ("Zoë", "Señor, “why”?", "2026-03-28T09:12")


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le"])
@pytest.mark.parametrize(
    "text", ["名前,日時\n花子,2026-04-07\n", "имя;текст\nИлья;Нет\n", "الاسم,النص\nليلى,مرحبا\n", '[{"a": 1}]']
)
def test_wide_letters_are_recognised_without_a_byte_order_mark(text: str, encoding: str) -> None:
    assert encodings.decode(text.encode(encoding)).text == text
    with pytest.raises(encodings.EncodingError, match=f"it is in {encoding.upper()} and incomplete or damaged"):
        encodings.decode(text.encode(encoding)[:-1])


@pytest.mark.parametrize(
    "data", [b"id,\0\0,x\n" * 50, b"one\0 two three", b"a,b\n\0", bytes(range(256)) * 9, b"\0" * 30]
)
def test_a_zero_byte_here_and_there_is_no_encoding(data: bytes) -> None:
    with pytest.raises(encodings.EncodingError):
        encodings.decode(data)


def test_windows_1252_is_reported_with_words_to_compare(series: Path) -> None:
    result = imported(series, "author,posted,text\nJosé,2026-04-07,Hm.\n".encode("cp1252"))
    assert "read as windows-1252" in result.stderr
    assert "“José”" in result.stderr


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Łukasz może", "cp1250"),
        ("Привет", "cp1251"),
        ("Ελένη", "cp1253"),
        ("José Ñúñez", "mac_roman"),
        ("José", "cp850"),
        ("Ramón", "cp437"),
        ("日本語です", "cp932"),
    ],
)
def test_letters_of_another_code_page_are_not_guessed(series: Path, words: str, encoding: str) -> None:
    data = f"author,posted,text\n{words},2026-04-07,Hm.\n".encode(encoding)
    assert "CSV UTF-8" in refused(series, data)
    assert imported(series, data, "--encoding", encoding).exit_code == 0
    assert record(series)[0]["author"] == words


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'[{"author": "Ida"}]', "this is JSON that no importer knows, with the names author. Looked for WordPress"),
        (b'\xef\xbb\xbf {"author": "Ida"}', "this is JSON that no importer knows"),
        (b"<?xml version='1.0'?><table/>", "this is XML or HTML that no importer knows"),
        (b"<html><table></table></html>", "this is XML or HTML that no importer knows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "save it as .xlsx"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1 x}", "Rich Text"),
        (b"PK\x03\x04 cut", "damaged"),
        (bytes(range(256)), "it contains bytes that are never in a text"),
        (b"", "missing: author, posted, text"),
    ],
)
def test_another_format_is_named(series: Path, data: bytes, message: str) -> None:
    assert message in refused(series, data)


def test_another_zip_is_named(series: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "a Word file" in refused(series, stream.getvalue())


def test_a_quotation_mark_that_is_not_closed_swallows_nothing(series: Path) -> None:
    said = refused(series, 'author,posted,text\nIda,bad,A.\nOle,2026-04-07,"B.\nUma,2026-04-07,C.\n')
    assert "week.csv:2:1: error" in said
    assert "week.csv:3:1: error: a quotation mark in this row is not closed" in said


def test_words_that_a_comma_cuts_off_are_not_lost(series: Path) -> None:
    assert "more cells" in refused(series, "author,posted,text\nIda,2026-04-07,I agree, but no\n")
    assert imported(series, "author,posted,text\nIda,2026-04-07,I agree,,\n").exit_code == 0


# --- columns


@pytest.mark.parametrize("heads", ["Timestamp, Name, Comment", "Submitted at, Respondent, Your answer"])
def test_heads_of_a_survey_form_are_understood_and_extra_columns_said(series: Path, heads: str) -> None:
    result = imported(series, f"{heads}, Country, Likes\n2026-04-07 09:12, Ida, Hm., UK, 3\n")
    assert result.exit_code == 0
    assert 'week.csv: not imported: the column "Likes"\n' in result.stderr
    assert (record(series)[0]["author"], record(series)[0]["country"]) == ("Ida", "GB")


def test_a_username_is_where_somebody_is_found_unless_nothing_else_names_them(series: Path) -> None:
    imported(series, "Display name,Username,Created at,Content\nIda,@ida@x.example,2026-04-07,Hm.\n")
    assert record(series)[0]["author"] == "Ida"
    assert "@ida" not in (series / RECORD).read_text(encoding="utf-8")
    (series / RECORD).unlink()
    imported(series, "Username,Created at,Content\nida,2026-04-07,Hm.\n")
    assert record(series)[0]["author"] == "ida"


def test_an_option_says_what_a_column_holds(series: Path) -> None:
    table = "Wer,Wann,Was,Datum\nIda,2026-04-07,Hm.,x\n"
    words = ("--map", "Wer=author", "--map", "wann=posted", "--map", "Was=text", "--map", "Datum=")
    assert imported(series, table, *words).exit_code == 0
    assert record(series)[0]["text"] == "Hm."


@pytest.mark.parametrize(
    ("head", "words", "message"),
    [
        ("Name,Full name,Date,Comment", (), 'the columns "Name" and "Full name" can each be "author"'),
        ("author,posted,text,contry", (), 'unknown column "contry": did you mean "country"?'),
        ("auhtor,posted,text", (), 'did you mean "author"?'),
        ("Name,Comment,Likes", (), 'missing: posted; unknown column "Likes"'),
        ("Name,Date,Comment", ("--map", "Nane=author"), 'no column "Nane"; did you mean "Name"?'),
        ("Name,Date,Comment", ("--map", "Name=autor"), 'no field "autor"; did you mean "author"?'),
        ("Name,Date,Comment", ("--map", "Name"), "COLUMN=FIELD"),
        ("Name,Date,Comment", ("--map", "Name=text", "--map", "Comment=text"), "only one column can be text"),
        ("Name,Name,Date,Comment", (), 'the columns "Name" and "Name" can each be "author"'),
        ("Name,Date,Comment", ("--sheet", "x"), "only a workbook"),
        ("Name,Date,Comment", ("--encoding", "klingon"), 'unknown encoding "klingon"'),
    ],
)
def test_columns_that_are_not_clear_are_asked_for(
    series: Path, head: str, words: tuple[str, ...], message: str
) -> None:
    assert message in refused(series, f"{head}\nIda,2026-04-07,Hm.,x\n", *words)


# --- values


@pytest.mark.parametrize(
    ("written", "code"),
    [("UK", "GB"), ("England", "GB"), ("U.S.A.", "US"), ("The Netherlands", "NL"), ("Deutschland", "DE"), ("dk", "DK"),
     ("Côte d'Ivoire", "CI"), ("Turkey", "TR"), ("GBR", "GB"), ("Myanmar (Burma)", "MM"), ("Hong Kong", "HK"),
     ("Republic of Korea", "KR"), ("日本", "JP"), ("PH", "PH"), ("Czech Republic", "CZ"),
     ("Bosnia and Herzegovina", "BA"), ('"Tanzania, United Republic of"', "TZ"), ("n/a", None),
     ("Ελλάδα", "GR"), ("भारत", "IN"), ("🇩🇰", "DK"), ("DK - Denmark", "DK")],
)  # fmt: skip
def test_countries_are_known_by_their_names(series: Path, written: str, code: str | None) -> None:
    assert imported(series, f"author,posted,text,country\nIda,2026-04-07,Hm.,{written}\n").exit_code == 0
    assert record(series)[0].get("country") == code


def test_a_country_that_is_invalid_is_refused(series: Path) -> None:
    for written in ("Atlantis", "Korea", "Georgia or so", "🇽🇽"):
        assert "[bad-country]" in refused(series, f"author,posted,text,country\nIda,2026-04-07,Hm.,{written}\n")


def test_a_question_that_the_case_does_not_have_is_refused_at_its_row(series: Path) -> None:
    case = next(case for case in pipeline.read(series).series.cases if case.slug == CLUB)
    first, second = case.questions[:2]
    said = refused(series, f"author,posted,text,question\n\nOle,2026-04-07,B.,{second.id}x\n")
    assert f'week.csv:3:1: error: unknown question "{second.id}x" [unknown-question]' in said
    assert f'did you mean "{second.id}"?' in said
    table = f"author,posted,text,question\nIda,2026-04-07,A.,{first.title}\nOle,2026-04-07,B.,Q2\nUma,2026-04-07,C.,1\n"
    assert imported(series, table).exit_code == 0
    assert [line["question"] for line in record(series)] == [first.id, second.id, first.id]


def test_a_repeated_row_is_counted_once_and_reported(series: Path) -> None:
    table = "author,posted,text\nIda,2026-04-07 09:12,Hm.\nOle,2026-04-07 09:12,Hm.\nIda,2026-04-07 09:12,Hm.\n"
    result = imported(series, table)
    assert result.stderr == (
        "week.csv: line 4 is the same as line 2, and was skipped\n2 added, 0 already in the record\n"
    )
    assert len(record(series)) == 2


def test_an_id_that_two_rows_have_is_refused(series: Path) -> None:
    result = imported(series, "id,author,posted,text\n7,Ida,2026-04-07,A.\n8,Ida,2026-04-07,C.\n7,Ole,2026-04-07,B.\n")
    assert "week.csv:4:1: error" in result.stdout
    assert [line["text"] for line in record(series)] == ["A.", "C."]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ida@ward.example,2026-04-07,Hm.,", "is an email address: anyone who can read the repository"),
        ("Ida,2026-04-07,#NAME?,", "type an apostrophe"),
        (",,,x", '"author", "posted" and "text" are empty'),
        ("Ida,2026-04-07,Hm.,1.23457E+18", "has lost digits"),
        ("Ida,2026-04-07,a\x01b,", "[control-character]"),
        ("192.0.2.7,2026-04-07,Hm.,", "[ip-address]"),
    ],
)
def test_rows_that_are_not_what_was_typed_are_refused(series: Path, row: str, message: str) -> None:
    said = refused(series, f"author,posted,text,id\n{row}\n")
    assert message in said
    assert said.count("week.csv:2:1:") == 1


def test_all_problems_are_listed_at_once(series: Path) -> None:
    table = "author,posted,text,country,kind\nIda,never,A.,DK,\n,2026-04-07,B.,Atlantis,\nUma,2026-04-07,C.,,shout\n"
    said = refused(series, table)
    for place in ("2:1: error", "3:1: error", "4:1: error"):
        assert f"week.csv:{place}" in said
    assert said.count("week.csv:3:1: ") == 1


# --- workbooks


def test_a_workbook_is_read_with_its_own_dates_numbers_and_escapes(series: Path) -> None:
    rows = [
        ("Timestamp", "Name", "Comment", "Country", "Score"),
        (datetime(2026, 4, 7, 9, 12, 29, 600_000), "Ida", 'Line one._x000D_\nTwo, "three".', "Denmark", 7),  # noqa: DTZ001 - as Excel has it
        (None, None, None, None, None),
        (datetime(2026, 4, 8), 42, 3.5, None, None),  # noqa: DTZ001 - Excel has no zones
    ]
    result = imported(series, workbook(rows), name="week.xlsx")
    assert result.exit_code == 0, result.output
    first, second = record(series)
    assert (first["posted"], first["country"]) == ("2026-04-07T09:12:30+01:00", "DK")
    assert first["text"] == 'Line one.\nTwo, "three".'
    assert (second["author"], second["text"], second["posted"][:10]) == ("42", "3.5", "2026-04-08")


def test_a_workbook_as_excel_writes_it_with_strings_of_their_own(series: Path) -> None:
    strings = ("Name", "Date", "Comment", "Ida", "2026-04-07")
    shared = (
        "".join(f"<si><t>{words}</t></si>" for words in strings) + "<si><r><t>Rich, </t></r><r><t>bold.</t></r></si>"
    )
    rows = ((0, 1, 2), (3, 4, 5))
    cells = "".join(
        f'<row r="{number}">' + "".join(f'<c t="s"><v>{index}</v></c>' for index in row) + "</row>"
        for number, row in enumerate(rows, 1)
    )
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = workbook([("x",)])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).decode()
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = f'<worksheet xmlns="{name}"><sheetData>{cells}</sheetData></worksheet>'
            if entry.filename == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
                part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
                content = content.replace("</Types>", part)
            new.writestr(entry.filename, content)
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{name}">{shared}</sst>')
    assert imported(series, stream.getvalue(), name="week.xlsx").exit_code == 0
    assert record(series)[0]["text"] == "Rich, bold."


def test_rows_of_a_workbook_are_named_by_their_numbers(series: Path) -> None:
    rows = [("Name", "Date", "Comment"), ("Ida", "28/03/2026", "A."), (), ("Ole", "never", "B.")]
    assert "week.xlsx:4:1: error" in imported(series, workbook(rows), name="week.xlsx").stdout


def test_day_and_time_cells_are_joined(series: Path) -> None:
    rows = [("Name", "Date", "Time", "Comment"), ("Ida", datetime(2026, 4, 7), time(21, 12), "A.")]  # noqa: DTZ001 - the same
    assert imported(series, workbook(rows), name="week.xlsx").exit_code == 0
    assert record(series)[0]["posted"] == "2026-04-07T21:12:00+01:00"


def test_dates_that_excel_converted_only_in_part_are_refused(series: Path) -> None:
    rows = [("Name", "Date", "Comment"), ("Ida", datetime(2026, 3, 4), "A."), ("Ole", "03/28/2026", "B.")]  # noqa: DTZ001 - the same
    assert "may be exchanged" in refused(series, workbook(rows), name="week.xlsx")
    assert imported(series, workbook(rows), "--dates", "month-first", name="week.xlsx").exit_code == 0


def test_of_several_sheets_the_first_is_read_and_named(series: Path) -> None:
    rows = [("Name", "Date", "Comment"), ("Ida", "2026-04-07", "A.")]
    data = workbook(rows, title="Week", More=[("Name", "Date", "Comment"), ("Ole", "2026-04-07", "B.")])
    assert 'read from the sheet "Week"; not read: More' in imported(series, data, name="week.xlsx").stderr
    assert imported(series, data, "--sheet", "More", name="week.xlsx").exit_code == 0
    assert [line["author"] for line in record(series)] == ["Ida", "Ole"]
    assert 'did you mean "More"?' in imported(series, data, "--sheet", "Moar", name="week.xlsx").output
    numbers = workbook(
        [("Table Name", "Rows"), ("Week", 1)], title="Export Summary", Week=[*rows, ("Bo", "2026-04-08", "C.")]
    )
    assert 'read from the sheet "Week"; not read: Export Summary' in imported(series, numbers, name="week.xlsx").stderr


def test_a_formula_without_a_result_is_no_empty_cell(series: Path) -> None:
    rows = [("Name", "Date", "Comment", "Country"), ("Ida", "2026-04-07", '="a"&"b"', "DK")]
    assert "the cell C2 is a formula without a result" in refused(series, workbook(rows), name="week.xlsx")
    with_result = workbook(rows)
    for empty in (b"<v></v>", b"<v />"):  # with lxml and without
        with_result = rewritten(with_result, "xl/worksheets/sheet1.xml", (empty, b"<v>7.5</v>"))
    assert imported(series, with_result, name="week.xlsx").exit_code == 0
    assert record(series)[0]["text"] == "7.5"


def test_entities_and_bombs_are_refused_before_they_are_read(series: Path) -> None:
    data = workbook([("Name", "Date", "Comment"), ("Ida", "2026-04-07", "A.")])
    sheet = "xl/worksheets/sheet1.xml"
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet '
    assert "entities" in refused(series, rewritten(data, sheet, (b"<worksheet ", evil)), name="week.xlsx")
    bomb = rewritten(data, sheet, (b"</worksheet>", b" " * (130 * 1024**2) + b"</worksheet>"))
    assert len(bomb) < 1024**2
    assert "unpacks to more than 128 MB" in refused(series, bomb, name="week.xlsx")
    assert "damaged" in refused(series, rewritten(data, "xl/workbook.xml", (b"<sheets>", b"<she")), name="week.xlsx")


def test_a_row_with_an_absurd_number_is_refused_quickly(series: Path) -> None:
    data = workbook([("Name", "Date", "Comment"), ("Ida", "2026-04-07", "A.")])
    with at_most(5):
        far = rewritten(data, "xl/worksheets/sheet1.xml", (b'<row r="2"', b'<row r="999999999"'))
        assert "is the last possible" in refused(series, far, name="week.xlsx")
        last = rewritten(data, "xl/worksheets/sheet1.xml", (b'<row r="2"', b'<row r="1048576"'))
        assert imported(series, last, name="week.xlsx").exit_code == 0


def test_a_reply_whose_parent_is_not_there_comes_in_without_it_and_is_counted(series: Path) -> None:
    table = "id,author,posted,text,in_reply_to\na1,Ida,2026-04-02 09:00,One.,gone\na2,Bo,2026-04-02 10:00,Two.,a1\n"
    result = imported(series, table)
    assert "1 post answers a post neither here nor in the record" in " ".join(result.stderr.split())
    assert "(unknown" not in result.stderr
    assert [(one["kind"], one.get("in_reply_to")) for one in record(series)] == [("reply", None), ("reply", "a1")]


def test_a_form_that_asks_for_no_address_makes_nobody_one_person(series: Path) -> None:
    table = (
        "ID,Start time,Completion time,Email,Name,Your comment\n"
        "1,4/17/26 9:10:01,4/17/26 9:12:33,anonymous,Ada,One thing\n"
        "2,4/17/26 9:10:01,4/17/26 9:13:33,anonymous,Bea,Another thing\n"
    )
    assert imported(series, table).exit_code == 0
    assert [(line["posted"], line["author"]) for line in record(series)] == [
        ("2026-04-17T09:12:33+01:00", "Ada"),
        ("2026-04-17T09:13:33+01:00", "Bea"),
    ]
    assert len({line["author_key"] for line in record(series)}) == 2
