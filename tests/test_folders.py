"""Links are refused everywhere, and so are folders that would publish or replace what they must not."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import zoo_keeper
from casebuilder import pipeline
from casebuilder.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CASE = "cases/2026-03-late-handover"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    series_folder = zoo_keeper.lay_out("_sound", tmp_path)
    for folder in ("docs", "theme"):
        (series_folder / folder).mkdir(exist_ok=True)
    return series_folder


def configure(series: Path, lines: str) -> None:
    """Put settings at the head of `mkdocs.yml`, or among those of the theme or the plugin."""
    place = series / "mkdocs.yml"
    text = place.read_text(encoding="utf-8")
    anchor = {"      ": "      timezone:", "  ": "  name: material"}.get(
        lines[: len(lines) - len(lines.lstrip())], "site_name:"
    )
    place.write_text(text.replace(anchor, f"{lines}\n{anchor}", 1), encoding="utf-8")


def found(series: Path) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in pipeline.read(series).errors()]


@pytest.mark.parametrize(
    ("path", "target", "code"),
    [
        ("docs/resp", f"../{CASE}/responses", "symbolic-link"),
        ("docs/comm", "../commentary", "symbolic-link"),
        ("docs/one.md", f"../{CASE}/responses/ben-okafor.md", "symbolic-link"),
        ("docs/deep/er/x.md", f"../../../{CASE}/scenario.md", "symbolic-link"),
        ("docs/.hidden", "../cases", "symbolic-link"),
        ("docs/circle", ".", "symbolic-link"),
        ("docs/p.txt", "/etc/passwd", "link-outside"),
        ("docs/etc", "/etc", "link-outside"),
        ("docs/up", "../..", "link-outside"),
        ("docs/nowhere.md", "no-such-file.md", "unreadable-file"),
        ("docs/itself.md", "itself.md", "unreadable-file"),
        ("theme/print.css", "../mkdocs.yml", "symbolic-link"),
        ("theme/assets/x.css", "/etc/hostname", "link-outside"),
        ("docs", "cases", "symbolic-link"),
        ("docs", "/etc", "link-outside"),
        ("theme", "commentary", "symbolic-link"),
        ("experts/twin.md", "ana-ruiz.md", "symbolic-link"),
        ("cases/2026-05-twin", "2026-04-paper-club", "symbolic-link"),
        (f"{CASE}/twin.svg", "lamp.svg", "symbolic-link"),
        ("commentary/2026-04-paper-club", "2026-03-late-handover", "symbolic-link"),
        ("collections", "cases", "symbolic-link"),
    ],
)
def test_a_link_is_an_error_wherever_it_stands(series: Path, path: str, target: str, code: str) -> None:
    place = series / path
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        for inner in place.iterdir():
            inner.unlink()
        place.rmdir()
    place.symlink_to(target)
    assert (path, code) in found(series)


@pytest.mark.parametrize("target", ["base.yml", "../base.yml"])
def test_settings_are_not_read_through_a_link(series: Path, target: str) -> None:
    (series / "mkdocs.yml").rename(series / target)
    (series / "mkdocs.yml").symlink_to(target)
    assert found(series) == [("mkdocs.yml", "link-outside" if target.startswith("..") else "symbolic-link")]


def test_an_overlay_is_no_link_and_holds_none(series: Path) -> None:
    configure(series, "      overlays: [sealed]")
    other = series.parent / "other"
    (other / "experts").mkdir(parents=True)
    (series / "sealed").symlink_to(other)
    assert ("sealed", "link-outside") in found(series)
    (series / "sealed").unlink()
    (series / "sealed/experts").mkdir(parents=True)
    (series / "sealed/experts/twin.md").symlink_to(series / "experts/ana-ruiz.md")
    assert [code for _, code in found(series)] == ["link-outside"]


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("docs_dir: cases", 1), ("docs_dir: ../..", 1), ("docs_dir: .", 1), ("docs_dir: ''", 1), ("docs_dir: /etc", 1),
        ("docs_dir: commentary/2026-03-late-handover", 1), ("docs_dir: docs/../experts", 1), ("docs_dir: sealed", 1),
        ("  custom_dir: cases", 4), ("  custom_dir: .", 4), ("  custom_dir: ../elsewhere", 4), ("  custom_dir: /", 4),
        ("site_dir: cases", 1), ("site_dir: .", 1), ("site_dir: ..", 1), ("site_dir: docs", 1),
        ("site_dir: theme/x", 1), ("site_dir: ''", 1), ("  custom_dir: ''", 4),
        ("site_dir: cases/2026-03-late-handover/site", 1), ("site_dir: .git", 1), ("site_dir: sealed/site", 1),
        ("site_dir: letters", 1), ("site_dir: .casebuilder", 1), ("site_dir: .casebuilder/site", 1),
        ("docs_dir: .casebuilder", 1), ("  custom_dir: .casebuilder", 4),
    ],
)  # fmt: skip
def test_a_folder_that_publishes_or_replaces_what_it_must_not_is_an_error(series: Path, lines: str, where: int) -> None:
    configure(series, "      overlays: [sealed]")
    (series / "sealed").mkdir()
    configure(series, lines)
    (problem,) = [problem for problem in pipeline.read(series).errors() if problem.code == "misplaced-folder"]
    assert (problem.path, problem.line) == ("mkdocs.yml", where)
    assert CliRunner().invoke(main, ["check", "--series", str(series)]).exit_code == 1


@pytest.mark.parametrize(
    "lines",
    [
        "docs_dir: pages",
        "docs_dir: a/b",
        "  custom_dir: look",
        "site_dir: public",
        "site_dir: ../public",
        "site_dir: /srv/www",
    ],
)
def test_folders_of_their_own_are_taken(series: Path, lines: str) -> None:
    configure(series, lines)
    if "site_dir" not in lines:
        (series / lines.partition(": ")[2]).mkdir(parents=True)
    assert found(series) == []


def test_a_site_replaces_a_site_and_nothing_else(series: Path) -> None:
    configure(series, "site_dir: public")
    (series / "public").mkdir()
    assert found(series) == []
    for name in ("404.html", "notes.txt"):
        (series / "public" / name).touch()
        assert found(series) == []
    (series / "public/404.html").unlink()
    assert found(series) == [("mkdocs.yml", "misplaced-folder")]
    (series / "public/notes.txt").unlink()
    assert found(series) == []
    (series / "public").rmdir()
    (series / "public").touch()
    assert found(series) == [("mkdocs.yml", "misplaced-folder")]


def test_pages_may_lie_beside_the_series_in_its_repository(series: Path) -> None:
    configure(series, "docs_dir: ../pages")
    assert found(series) == [("mkdocs.yml", "misplaced-folder")]
    (series.parent / ".git").mkdir()
    (series.parent / "pages").mkdir()
    assert found(series) == []


def test_a_second_name_of_a_sealed_text_is_an_error_and_of_another_file_is_none(series: Path) -> None:
    os.link(series / CASE / "responses/ben-okafor.md", series / "docs/more.md")
    os.link(series / "mkdocs.yml", series / "docs/settings.txt")
    assert found(series) == [("docs/more.md", "symbolic-link")]


def test_what_is_neither_file_nor_folder_is_refused(series: Path) -> None:
    for name in ("pipe.md", "pipe.pdf", "pipe.png", "pipe.svg"):  # whoever opens one waits for ever
        os.mkfifo(series / "docs" / name)
    assert found(series) == [(f"docs/pipe.{kind}", "unreadable-file") for kind in ("md", "pdf", "png", "svg")]


def test_a_bare_build_refuses_the_same_and_a_hook_cannot_lead_it_elsewhere(series: Path) -> None:
    def mkdocs() -> subprocess.CompletedProcess[str]:
        order = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        return subprocess.run(order, cwd=series, capture_output=True, text=True, check=False)

    configure(series, "      packs: false")
    (series / "docs/comm").symlink_to("../commentary")
    assert (mkdocs().returncode, (series / "site").exists()) == (1, False)
    (series / "docs/comm").unlink()
    (series / "hook.py").write_text("def on_config(config):\n    config.docs_dir = 'commentary'\n")
    configure(series, "hooks: [hook.py]")
    assert found(series) == []
    done = mkdocs()
    assert (done.returncode, (series / "site").exists()) == (1, False)
    assert "commentary contains sealed texts" in done.stderr


def test_folders_of_windows_are_named_with_slashes_and_those_of_another_drive_in_full(
    series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (series / "docs").mkdir(exist_ok=True)
    reading = pipeline.read(series)
    relative = os.path.relpath
    monkeypatch.setattr(os, "sep", "\\")
    monkeypatch.setattr(os.path, "relpath", lambda *paths: relative(*paths).replace("/", "\\"))
    assert pipeline.misplaced(reading, str(series / "docs"), None) == ()
    (series / "cases/x").mkdir()
    (found, *_) = pipeline.misplaced(reading, str(series / "cases/x"), None)
    assert "cases/x contains sealed texts" in found.message

    def other_drive(*_: str) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", other_drive)
    (found, *_) = pipeline.misplaced(reading, "/elsewhere/docs", None)
    assert "/elsewhere/docs is outside the repository" in found.message
