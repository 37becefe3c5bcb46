"""A series' files as texts: what is read, what is passed over, and what cannot be read is reported with its place."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

import zoo_keeper
from casebuilder.pipeline import docsfiles, sourcetexts
from casebuilder.readers.folders import FOLDERS

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.problems import Problem


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return zoo_keeper.lay_out("_sound", tmp_path)


def only(tree: sourcetexts.Tree) -> Problem:
    (problem,) = tree.problems
    return problem


def test_every_text_and_picture_is_found_in_order_with_forward_slashes(series: Path) -> None:
    tree = sourcetexts.read_tree(series)
    assert tree.problems == []
    paths = [path for path in tree.texts if path != "mkdocs.yml"]
    assert paths[0] == "cases/2026-03-late-handover/case.yml"
    assert paths[-1] == "collections/evenings.yml"
    assert [path.split("/")[0] for path in paths] == sorted((path.split("/")[0] for path in paths), key=FOLDERS.index)
    assert list(tree.pictures) == ["cases/2026-03-late-handover/lamp.svg"]


@pytest.mark.parametrize("name", [".hidden.md", "_draft.md", "story.md~", ".git/x.md", "_notes/x.md"])
def test_hidden_files_and_backups_are_passed_over(series: Path, name: str) -> None:
    before = sourcetexts.read_tree(series).texts
    path = series / "cases/2026-03-late-handover" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\xff")
    tree = sourcetexts.read_tree(series)
    assert (tree.texts, tree.problems) == (before, [])


def test_a_folder_without_a_series_is_an_empty_tree(tmp_path: Path) -> None:
    tree = sourcetexts.read_tree(tmp_path)
    assert (tree.texts, tree.pictures, tree.problems) == ({}, {}, [])


def test_a_byte_order_mark_is_dropped_and_line_ends_are_made_alike(series: Path) -> None:
    (series / "experts/ana-ruiz.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert sourcetexts.read_tree(series).texts["experts/ana-ruiz.md"] == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"\xe9", (1, 1), '"é" is saved in the encoding of Windows (byte 0xe9), not as UTF-8'),
        (b"It\x92s", (1, 3), '"’" is saved in the encoding of Windows (byte 0x92), not as UTF-8'),
        ("né\r\nñ".encode() + b"\xe9\n", (2, 2), '"é" is saved in the encoding of Windows (byte 0xe9), not as UTF-8'),
        (b"a\rb\x81", (2, 2), "byte 0x81 is not UTF-8"),
        (b"\xef\xbb\xbfa\xff", (1, 2), '"ÿ" is saved in the encoding of Windows (byte 0xff), not as UTF-8'),
        ("Grüße".encode("utf-16"), (1, 1), "the file is saved as UTF-16, not as UTF-8"),
        ("Case".encode("utf-16-le"), (1, 1), "the file is saved as UTF-16, not as UTF-8"),
        (b"a\n\xc3", (2, 1), '"Ã" is saved in the encoding of Windows (byte 0xc3), not as UTF-8'),
        (b"a\n\x00b", (2, 1), "the control character U+0000 is not text"),
        (b"PK\x03\x04...", (1, 1), "this is a Word, Excel or zip file under the name of a text"),
        (b"{\\rtf1 Hello}", (1, 1), "this is a Rich Text file under the name of a text"),
        (b"a\r\nb\x1b[31m", (2, 2), "the control character U+001B is not text"),
    ],
)
def test_what_is_not_text_is_reported_where_it_begins(
    series: Path, content: bytes, place: tuple[int, int], message: str
) -> None:
    (series / "experts/ana-ruiz.md").write_bytes(content)
    tree = sourcetexts.read_tree(series)
    problem = only(tree)
    assert (problem.path, (problem.line, problem.column)) == ("experts/ana-ruiz.md", place)
    assert problem.message == message
    assert "experts/ana-ruiz.md" not in tree.texts


@pytest.mark.parametrize(
    ("name", "size", "read"),
    [
        ("cases/2026-03-late-handover/scenario.md", 200_000, True),
        ("cases/2026-03-late-handover/scenario.md", 200_001, False),
        ("cases/2026-03-late-handover/scenario.md", (1 << 20) + 1, False),
        ("commentary/2026-03-late-handover/discussion.jsonl", (1 << 20) + 1, True),
    ],
)
def test_files_are_read_up_to_their_limit(series: Path, name: str, size: int, *, read: bool) -> None:
    (series / name).write_bytes((b"a" * 99 + b"\n") * (size // 100) + b"a" * (size % 100))
    tree = sourcetexts.read_tree(series)
    assert (name in tree.texts) == read
    assert [problem.code for problem in tree.problems] == ([] if read else ["file-too-large"])


def test_a_link_that_leaves_the_series_is_not_followed(series: Path) -> None:
    secret = series.parent / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    (series / "experts/secret.md").symlink_to(secret)
    (series / "cases/2026-03-late-handover/secret.svg").symlink_to(secret)
    tree = sourcetexts.read_tree(series)
    assert [problem.code for problem in tree.problems] == ["link-outside"] * 2
    assert "secret" not in "".join(tree.texts.values())
    assert not any("secret" in path for path in tree.pictures)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_linked_folder_that_leaves_the_series_is_not_entered(tmp_path: Path, folder: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret", encoding="utf-8")
    series = tmp_path / "series"
    series.mkdir()
    (series / folder).symlink_to(outside)
    tree = sourcetexts.read_tree(series)
    assert (only(tree).code, only(tree).path, tree.texts) == ("link-outside", folder, {})


def test_a_link_within_the_series_is_not_read(series: Path) -> None:
    (series / "experts/ana-ruiz-2.md").symlink_to("ana-ruiz.md")
    tree = sourcetexts.read_tree(series)
    assert (only(tree).code, only(tree).path) == ("symbolic-link", "experts/ana-ruiz-2.md")
    assert "experts/ana-ruiz-2.md" not in tree.texts


def test_a_series_that_is_reached_through_a_link_is_read(series: Path) -> None:
    (series.parent / "link").symlink_to(series)
    assert sourcetexts.read_tree(series.parent / "link").problems == []


def test_a_pipe_is_not_read(series: Path) -> None:
    os.mkfifo(series / "experts/pipe.md")
    assert only(sourcetexts.read_tree(series)).code == "unreadable-file"


def test_a_picture_may_have_any_of_the_endings_in_any_case(series: Path) -> None:
    for name in ("a.PNG", "b.jpeg", "c.webp", "d.Svg"):
        (series / "cases/2026-03-late-handover" / name).write_bytes(b"")
    assert len(sourcetexts.read_tree(series).pictures) == 5


def test_a_file_without_an_ending_is_named_as_such(series: Path) -> None:
    (series / "experts/notes").write_text("x", encoding="utf-8")
    assert only(sourcetexts.read_tree(series)).message == "casebuilder cannot use a file without an ending"


def test_a_folder_that_may_not_be_entered_is_reported_and_not_passed_over(
    series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the responses, the quotes or a page the site would be published as if there were none."""
    (series / "docs/more").mkdir(parents=True)
    (series / "docs/page.md").write_text("# Page\n", encoding="utf-8")
    shut = {"responses", "commentary", "more"}
    scandir, access = os.scandir, os.access

    def guarded(folder: str) -> object:
        if os.path.basename(folder) in shut:  # noqa: PTH119 - os.walk gives plain text
            raise PermissionError(errno.EACCES, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", guarded)
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("page.md") and access(path, mode))
    found = [*sourcetexts.read_tree(series).problems, *docsfiles.problems(docsfiles.read(series, ("docs", "theme")))]
    assert [(problem.path, problem.code) for problem in found] == [
        ("cases/2026-03-late-handover/responses", "unreadable-file"),
        ("commentary", "unreadable-file"),
        ("docs/more", "unreadable-file"),
        ("docs/page.md", "unreadable-file"),
    ]
