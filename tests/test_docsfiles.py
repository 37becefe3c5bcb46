"""Files beside the pages: an author's name in one is reported, whatever program wrote it, and no file stops `check`."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from openpyxl import Workbook

from casebuilder.pipeline import docsfiles

if TYPE_CHECKING:
    from pathlib import Path

AUTHOR = "Ottoline Quirk"


def pdf(*, author: str = "", xmp: str = "", packed: bool = False) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if author:
            document.docinfo["/Author"] = author
        if xmp:
            with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
                metadata["dc:creator"] = [xmp]
        mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        document.save(buffer, object_stream_mode=mode)
    return buffer.getvalue()


def workbook(author: str) -> bytes:
    buffer = io.BytesIO()
    book = Workbook()
    book.properties.creator = author
    book.save(buffer)
    return buffer.getvalue()


def word(author: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
        archive.writestr(
            "docProps/core.xml", f"<cp:coreProperties><dc:creator>{author}</dc:creator></cp:coreProperties>"
        )
    return buffer.getvalue()


def reported(tmp_path: Path, name: str, content: bytes) -> list[str]:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / name).write_bytes(content)
    return [
        f"{problem.path} {problem.code} {problem.message}"
        for problem in docsfiles.problems(docsfiles.read(tmp_path, ("docs",)))
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf(author=AUTHOR)),
        ("a.PDF", pdf(author=AUTHOR, packed=True)),
        ("a.pdf", pdf(xmp=AUTHOR)),
        ("a.xlsx", workbook(AUTHOR)),
        ("a.docx", word(AUTHOR)),
    ],
)
def test_the_author_of_a_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    message = f'{name} is published with the name of its author, "{AUTHOR}"'
    assert reported(tmp_path, name, content) == [f"docs/{name} file-metadata {message}"]


@pytest.mark.parametrize(
    "place", [b"\xa9xyz\x00\x12\x15\xc7+53.3438-006.2546/", b"com.apple.quicktime.location.ISO6709"]
)
def test_the_place_of_a_film_is_reported(tmp_path: Path, place: bytes) -> None:
    assert "(GPS)" in reported(tmp_path, "a.mp4", b"ftypisom" + bytes(500) + place)[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf()),
        ("a.pdf", pdf(packed=True)),
        ("a.pdf", b"%PDF-1.7 /ObjStm /Author broken"),
        ("a.pdf", b""),
        ("a.docx", word("")),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.mov", bytes(900)),
        ("a.txt", AUTHOR.encode()),
        (".hidden.pdf", pdf(author=AUTHOR)),
    ],
)
def test_other_files_are_passed_over(tmp_path: Path, name: str, content: bytes) -> None:
    assert reported(tmp_path, name, content) == []


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("See [a site](http://[::1).", 14),
        ("[a]: <https://exa℀mple.org/>", 7),
        ("<https://[no>", 2),
        ("![A lamp]( //[host/lamp.png)", 12),
    ],
)
def test_an_address_that_stops_mkdocs_is_reported_in_its_place(tmp_path: Path, line: str, column: int) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(f"# Page\n\n{line}\n\n```\n{line}\n```\n", encoding="utf-8")
    (found,) = docsfiles.problems(docsfiles.read(tmp_path, ("docs",)))
    assert (found.path, found.line, found.column, found.code) == ("docs/page.md", 3, column, "dead-link")


@pytest.mark.parametrize(
    ("line", "column"),
    [("[a](javascript:x)", 5), ("[a]: <JavaScript:x>", 7), ("[b](c.md) [a]( vbscript:x)", 16)],
)
def test_a_link_of_a_page_that_runs_something_is_an_error(tmp_path: Path, line: str, column: int) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(f"# Page\n\n{line}\n\n`{line}`\n", encoding="utf-8")
    (found,) = docsfiles.problems(docsfiles.read(tmp_path, ("docs",)))
    assert (found.line, found.column, found.code) == (3, column, "link-scheme")


@pytest.mark.parametrize(
    "line", ["[a](https://example.org/[x])", "[a](http://[::1]:80/)", "[a]: x.md", "[a](b.md) [::1"]
)
def test_an_address_that_mkdocs_can_read_is_no_problem(tmp_path: Path, line: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(line, encoding="utf-8")
    assert not list(docsfiles.problems(docsfiles.read(tmp_path, ("docs",))))
