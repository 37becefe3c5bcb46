"""Folders to work in, and what is made there put in the place of the old, whatever stops a program."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from casebuilder import folderexchange
from casebuilder.cli import main

if TYPE_CHECKING:
    from pathlib import Path

#: A program that makes a folder to work in, says where it is, and waits to be killed.
WORKER = """
import signal, sys
from pathlib import Path
from casebuilder import folderexchange
with folderexchange.working_folder(Path(sys.argv[1])) as work:
    (work / "half").write_text("x")
    print(work, flush=True)
    signal.pause()
"""


def folder(place: Path, word: str) -> Path:
    place.mkdir(parents=True)
    (place / "index.html").write_text(word)
    return place


def word(place: Path) -> str:
    return (place / "index.html").read_text()


def test_a_folder_is_there_while_it_is_needed_and_nothing_of_it_afterwards(tmp_path: Path) -> None:
    with folderexchange.working_folder(tmp_path / "a/b") as work:
        assert work.is_dir()
        (work / "deep/er").mkdir(parents=True)
    assert list((tmp_path / "a/b").iterdir()) == []
    with pytest.raises(ZeroDivisionError), folderexchange.working_folder(tmp_path / "a/b"):
        raise ZeroDivisionError
    assert list((tmp_path / "a/b").iterdir()) == []


@pytest.mark.parametrize(("module", "name"), [(shutil, "rmtree"), (folderexchange, "_lock_new"), (os, "mkdir")])
def test_a_signal_at_the_wrong_moment_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    """A signal raises SystemExit wherever the program is: while a folder is made, and while it is removed."""
    usual = getattr(module, name)
    came: list[bool] = []

    def with_a_signal(*given: object, **named: object) -> object:
        made = usual(*given, **named) if came or name != "rmtree" else None
        if not came:
            came.append(True)
            raise SystemExit(143)
        return made

    monkeypatch.setattr(module, name, with_a_signal)
    with pytest.raises(SystemExit), folderexchange.working_folder(tmp_path) as work:
        (work / "half").write_text("x")
    assert came
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_is_removed_and_what_a_live_one_uses_is_not(tmp_path: Path) -> None:
    order = [sys.executable, "-c", WORKER, str(tmp_path)]
    with subprocess.Popen(order, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        theirs = program.stdout.readline().strip()
        with folderexchange.working_folder(tmp_path), folderexchange.alone(tmp_path) as alone:
            assert not alone
            assert os.path.isdir(theirs)  # noqa: PTH112 - it is a word that a program printed
        program.kill()
    assert os.path.isdir(theirs)  # noqa: PTH112 - it is a word that a program printed
    with folderexchange.working_folder(tmp_path) as ours, folderexchange.alone(tmp_path) as alone:
        assert alone
        assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [ours.name]


@pytest.mark.parametrize("way", ["at once", "in two steps"])
@pytest.mark.parametrize("there", ["nothing", "an empty folder", "a site"])
def test_a_folder_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str, way: str
) -> None:
    if way == "in two steps":
        monkeypatch.setattr(folderexchange, "_exchange_names", lambda *_: False)
    place = tmp_path / "deep/site"
    if there == "an empty folder":
        place.mkdir(parents=True)
    elif there == "a site":
        folder(place, "old")
        place.chmod(0o750)
    with folderexchange.working_folder(tmp_path) as work:
        folderexchange.put_in_place(folder(work / "site", "new"), place)
    assert word(place) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
    if there == "a site":
        assert place.stat().st_mode & 0o777 == 0o750


def test_a_folder_that_cannot_be_put_in_its_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folderexchange, "_exchange_names", lambda *_: False)
    place = folder(tmp_path / "site", "old")
    with folderexchange.working_folder(tmp_path) as work:
        made = folder(work / "site", "new")
        rename = type(made).rename

        def refuse(one: Path, other: Path) -> Path:
            if one == made:
                raise OSError(errno.EACCES, "no")
            return rename(one, other)

        monkeypatch.setattr(type(made), "rename", refuse)
        with pytest.raises(OSError, match="no"):
            folderexchange.put_in_place(made, place)
    assert word(place) == "old"


def test_a_program_that_is_killed_between_two_steps_leaves_what_the_next_puts_right(tmp_path: Path) -> None:
    folder(tmp_path / "site", "old")
    killed = f"""
import os, signal, sys
from pathlib import Path
from casebuilder import folderexchange
folderexchange._exchange_names = lambda *_: False
root = Path({str(tmp_path)!r})
with folderexchange.working_folder(root) as work:
    (work / "site").mkdir()
    usual = Path.rename
    def rename(one, other):
        if one == work / "site":
            os.kill(os.getpid(), signal.SIGKILL)
        return usual(one, other)
    Path.rename = rename
    folderexchange.put_in_place(work / "site", root / "site")
"""
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -signal.SIGKILL
    assert not (tmp_path / "site").exists()
    with folderexchange.working_folder(tmp_path):
        assert word(tmp_path / "site") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_place_that_cannot_be_renamed_is_filled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder(tmp_path / "site", "old")
    for name in ("gone/a.html", "kept/b.html"):
        folder((place / name).parent, "old")
    monkeypatch.setattr(os.path, "ismount", lambda path: path == place)
    assert folderexchange.near(place) == place
    with folderexchange.working_folder(place) as work:
        made = folder(work / "site", "new")
        folder(made / "kept", "new")
        folder(made / "more", "new")
        folderexchange.put_in_place(made, place)
    assert sorted(path.relative_to(place).as_posix() for path in place.rglob("*.html")) == [
        "index.html", "kept/index.html", "more/index.html",
    ]  # fmt: skip
    assert {word(path.parent) for path in place.rglob("*.html")} == {"new"}
    assert sorted(path.name for path in place.iterdir()) == ["index.html", "kept", "more"]


def test_programs_that_exchange_at_the_same_time_all_succeed_and_there_is_always_one_whole(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from casebuilder import folderexchange
root = Path(sys.argv[1])
for number in range(60):
    with folderexchange.working_folder(root) as work:
        (work / "site").mkdir()
        (work / "site/index.html").write_text(sys.argv[2] * 1000)
        folderexchange.put_in_place(work / "site", root / "site")
"""
    folder(tmp_path / "site", "a" * 1000)
    programs = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name]) for name in "abc"]
    while any(program.poll() is None for program in programs):
        held = os.open(tmp_path / "site", os.O_DIRECTORY)  # a site is there at every instant
        with suppress(FileNotFoundError), open(os.open("index.html", os.O_RDONLY, dir_fd=held)) as file:  # noqa: PTH123 - another took its place since
            assert file.read() in {name * 1000 for name in "abc"}
        os.close(held)
    assert word(tmp_path / "site") in {name * 1000 for name in "abc"}
    assert [program.wait() for program in programs] == [0, 0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_on_windows_a_place_that_a_scanner_reads_for_a_moment_is_exchanged_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder(tmp_path / "site", "old")
    calls = []

    def busy(one: Path, other: Path) -> bool:
        calls.append((one, other))
        if len(calls) < 3:
            raise PermissionError(errno.EACCES, "another program has it open")
        return usual(one, other)

    usual = folderexchange._exchange_names
    monkeypatch.setattr(folderexchange, "_exchange_names", busy)
    with folderexchange.working_folder(tmp_path) as work, pytest.raises(PermissionError):
        folderexchange.put_in_place(folder(work / "site", "new"), place)
    monkeypatch.setattr(folderexchange, "_PASSING", {errno.EACCES})
    calls.clear()
    with folderexchange.working_folder(tmp_path) as work:
        folderexchange.put_in_place(folder(work / "site", "new"), place)
    assert len(calls) == 3
    assert [path.read_text() for path in place.iterdir()] == ["new"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder in which nobody can make a file")
def test_a_folder_in_which_nothing_can_be_made_is_an_error_and_no_wait() -> None:
    result = CliRunner().invoke(main, ["init", "/proc/casebuilder"])
    assert result.exit_code == 2
    assert "/proc/casebuilder cannot be written: No such file or directory; nothing was written" in result.stderr


def test_a_lock_that_another_program_keeps_is_waited_for_only_so_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folderexchange, "_PATIENCE", 0.1)
    lock = tmp_path / "a.lock"
    with (
        folderexchange.turn(lock),
        pytest.raises(TimeoutError, match="wait until that ends"),
        folderexchange.turn(lock),
    ):
        pass
    with folderexchange.turn(lock):
        pass
