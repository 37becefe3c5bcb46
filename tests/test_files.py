"""`files` is the only module that writes a file, and a file is there whole or not at all."""

from __future__ import annotations

import ast
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebuilder import files
from casebuilder.files import as_before, opened_whole, write_together, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[1] / "src" / "casebuilder"
#: Calls that write, outside `files`, and why each may.
ALLOWED = {
    ("cli/githubrun.py", "open"): "adds to the files of a run on GitHub, which others add to as well",
    ("cli/__init__.py", "open"): "the place for what nobody reads any more",
    ("__main__.py", "open"): "the same, and for streams that were closed before the program began",
    ("cli/newfolder.py", "TemporaryFile"): "asks whether a folder can be written; nothing is left",
    ("folderexchange.py", "open"): "makes an empty lock, to learn why it cannot be locked",
    ("outputs/site/searchindex.py", "TemporaryFile"): "asks whether the disk is full; nothing is left",
    ("pipeline/extensiontrials/confinedprocess.py", "open"): "the place for what extensions print",
    ("workerprocess.py", "fdopen"): "the pipe to the process that asked",
    ("outputs/packs/views/handoutzip.py", "ZipFile"): "in memory",
    ("outputs/epub/archive.py", "ZipFile"): "in memory",
    ("outputs/site/offline/__init__.py", "ZipFile"): "into what `opened_whole` gives",
    ("outputs/packs/pdf/mergedpdf.py", "save"): "in memory",
    ("outputs/site/cards/picture.py", "save"): "in memory",
    ("outputs/site/webfonts.py", "save"): "in memory",
    ("readers/pictures/cleaning.py", "save"): "in memory",
}
WRITERS = {
    *("write_text", "write_bytes", "TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp", "save"),
    *("copy", "copy2", "copyfile", "copytree", "copyfileobj", "touch", "symlink_to", "hardlink_to", "mknod"),
}
#: Calls that write if a mode or flags say so.
OPENERS = frozenset(("open", "fdopen", "ZipFile", "TarFile", "GzipFile", "FileIO"))
MODES = ("w", "a", "x", "r+")


def writes(path: Path) -> Iterator[str]:
    """The names of the calls in a module that write a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = getattr(node.func.value, "id", "") if isinstance(node.func, ast.Attribute) else ""
        if name in OPENERS:
            arguments = (*node.args, *(key.value for key in node.keywords))
            constants = [str(word.value) for word in arguments if isinstance(word, ast.Constant)]
            if owner == "os" or any(word.startswith(MODES) and len(word) <= len("w+b") for word in constants):
                yield name
        elif name in WRITERS and not (name == "copy" and owner != "shutil"):
            yield name


def test_only_the_module_files_writes_files() -> None:
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "files.py" or path.parent != PACKAGE
        for name in writes(path)
    }
    assert found == set(ALLOWED)


@pytest.mark.parametrize(
    "line",
    [
        'open("a", "w")',
        'Path("a").open("xb")',
        'open("a", mode="a")',
        'Path("a").write_text("b")',
        'os.open("a", os.O_CREAT)',
        'shutil.copyfile("a", "b")',
        "tempfile.mkstemp()",
        'zipfile.ZipFile("a", "w")',
        'image.save("a.png")',
        'Path("a").touch()',
    ],
)
def test_each_way_of_writing_is_seen(line: str, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(line)
    assert len(list(writes(tmp_path / "module.py"))) == 1


def test_a_file_that_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "kept.txt"
    write_whole(place, b"old")

    def fail() -> None:
        with opened_whole(place) as file:
            file.write(b"ne")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]


def test_two_that_write_the_same_file_do_not_mix(tmp_path: Path) -> None:
    place = tmp_path / "same.txt"
    with opened_whole(place) as one, opened_whole(place) as other:
        one.write(b"1" * 10)
        other.write(b"2" * 5)
        assert not place.exists()
    assert place.read_bytes() == b"1" * 10


def test_a_name_may_be_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    place = tmp_path / ("n" * 255)
    write_whole(place, b"")
    assert place.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among its files")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    place = tmp_path / "pipe"
    os.mkfifo(place)
    end = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(place, b"words")
        assert (os.read(end, 100), place.is_fifo(), list(tmp_path.iterdir())) == (b"words", True, [place])
    finally:
        os.close(end)


def test_a_folder_that_can_only_be_read_is_reported_by_the_name_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path, *, missing_ok: bool = False) -> None:
        raise OSError(errno.EROFS, "and cleaning up fails too", str(missing_ok))

    monkeypatch.setattr(Path, "unlink", refuse)
    place = tmp_path / "missing" / "figures.yml"
    for write in (lambda: write_whole(place, b""), lambda: write_together({place: b""}, "mark")):
        with pytest.raises(FileNotFoundError) as caught:
            write()
        assert caught.value.filename == str(place)
    place.mkdir(parents=True)
    with pytest.raises(IsADirectoryError) as caught_late:
        write_whole(place, b"")
    assert (caught_late.value.filename, caught_late.value.filename2) == (str(place), None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\xef\xbb\xbfa\r\nb\r\n", b"\xef\xbb\xbfc\r\n\xff\r\n"),
        (b"a\r\n", b"c\r\n\xff\r\n"),
        (b"\xef\xbb\xbfa\n", b"\xef\xbb\xbfc\n\xff\n"),
        (b"a\n", b"c\n\xff\n"),
    ],
)
def test_an_edited_file_keeps_its_line_ends_and_its_mark(tmp_path: Path, old: bytes, new: bytes) -> None:
    place = tmp_path / "case.yml"
    assert as_before(place, "c\n") == b"c\n"
    place.write_bytes(old)
    for text in ("c\n\udcff\n", "\ufeffc\n\udcff\n", "c\r\n\udcff\r\n"):
        assert as_before(place, text).removeprefix(b"\xef\xbb\xbf") == new.removeprefix(b"\xef\xbb\xbf")
    assert as_before(place, "c\n\udcff\n") == new


@pytest.mark.parametrize("together", [False, True])
def test_a_file_that_another_program_has_open_on_windows_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, together: bool
) -> None:
    target, waits, refused = tmp_path / "case.yml", [], [3]
    target.write_text("old", encoding="utf-8")
    replace = Path.replace

    def sometimes(self: Path, place: Path) -> Path:
        if refused[0]:
            refused[0] -= 1
            raise PermissionError(errno.EACCES, "Access is denied", str(self), None, str(place))
        return replace(self, place)

    def write(mark: str) -> None:
        write_together({target: b"new"}, mark) if together else write_whole(target, b"new")

    monkeypatch.setattr(Path, "replace", sometimes)
    monkeypatch.setattr(files.time, "sleep", waits.append)
    with pytest.raises(PermissionError):
        write("a")
    assert target.read_text(encoding="utf-8") == "old", "elsewhere it is an error at once"
    monkeypatch.setattr(files, "_TRIES_AGAIN", True)
    refused[0] = 3
    write("b")
    assert (target.read_text(encoding="utf-8"), len(waits)) == ("new", 3)
    refused[0] = 10_000
    with pytest.raises(PermissionError):
        write("c")
