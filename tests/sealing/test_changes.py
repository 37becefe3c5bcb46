"""Corrections in the open: a released text changes only with an entry in `changes`."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from casebuilder.cli import main
from sealing import canaries

if TYPE_CHECKING:
    from pathlib import Path

STORY = f"cases/{canaries.SLUG}/scenario.md"
DATA = f"cases/{canaries.SLUG}/case.yml"


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def series(tmp_path: Path) -> Path:
    canaries.write(tmp_path / "series", canaries.tree())
    git(tmp_path, "init", "--initial-branch", "main")  # the series need not be the repository's top
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message", "First")
    return tmp_path / "series"


def since(series: Path, as_of: str, revision: str = "main") -> Result:
    order = ["check", "--since", revision, "--as-of", as_of, "--series", str(series)]
    return CliRunner().invoke(main, order)


def change(series: Path, path: str, old: str, new: str) -> None:
    text = (series / path).read_text()
    assert old in text
    (series / path).write_text(text.replace(old, new))


def test_a_changed_word_of_a_released_text_needs_an_entry(series: Path) -> None:
    assert "unrecorded-change" not in since(series, "2026-04-01").output
    change(series, STORY, "The ward was quiet", "The ward was loud")
    output = since(series, "2026-04-01").output
    assert f"{STORY}:1:1: error: the words of this released text changed since main [unrecorded-change]" in output
    with (series / DATA).open("a") as file:
        file.write("changes:\n  - {date: 2026-03-30, kind: correction, note: The ward was loud.}\n")
    assert "unrecorded-change" not in since(series, "2026-04-01").output


def test_changes_before_the_release_and_of_layout_need_no_entry(series: Path) -> None:
    change(series, STORY, "The ward was quiet and", "The ward was *quiet*\nand")
    assert "unrecorded-change" not in since(series, "2026-04-01").output
    change(series, STORY, "quiet", "loud")
    assert "unrecorded-change" not in since(series, "2026-03-20").output


def test_an_unknown_revision_is_wrong_usage(series: Path) -> None:
    result = since(series, "2026-04-01", "nowhere")
    assert result.exit_code == 2
    assert "nowhere" in result.output


def test_a_folder_without_git_says_so(tmp_path: Path) -> None:
    canaries.write(tmp_path, canaries.tree())
    result = since(tmp_path, "2026-04-01")
    assert result.exit_code == 2
    assert "git" in result.output.lower()
