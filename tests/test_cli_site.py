"""`casebuilder build` and `serve`: what they refuse before anything is written or deleted."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner, Result

import zoo_keeper
from casebuilder import mkdocsbuild, pipeline
from casebuilder.cli import main


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return zoo_keeper.lay_out("_sound", tmp_path)


Orders: TypeAlias = "list[tuple[pipeline.BuildOptions, Path | str]]"


@dataclass
class MkDocs:
    """Stands for MkDocs, and carries nothing out."""

    root: Path
    orders: Orders

    @property
    def site(self) -> Path:
        return self.root / "site"

    def build(self, _: object, options: pipeline.BuildOptions, place: Path) -> None:
        self.orders.append((options, place))

    serve = pipeline


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Orders:
    """What MkDocs was asked for; it does nothing."""
    orders: Orders = []
    monkeypatch.setattr(mkdocsbuild, "configure", lambda reading: MkDocs(reading.root, orders))
    return orders


def run(command: str, series: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [command, "--no-packs", "--series", str(series), *map(str, arguments)])


def said(result: Result) -> str:
    return " ".join(result.stderr.split())


@pytest.mark.parametrize("folder", ["", "..", "cases", "cases/2026-03-late-handover", "experts/x", "docs", "sealed"])
def test_a_site_never_takes_the_place_of_what_somebody_wrote(series: Path, built: Orders, folder: str) -> None:
    configuration = series / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(text.replace("timezone:", "overlays: [sealed]\n      timezone:"), encoding="utf-8")
    before = sorted(series.rglob("*"))
    result = run("build", series, "--site", series / folder)
    assert result.exit_code == 2
    assert "contains your own texts, and a site replaces everything in its folder" in said(result)
    assert sorted(series.rglob("*")) == before
    assert not built


def test_a_folder_with_other_things_in_it_is_not_emptied(series: Path, built: Orders, tmp_path: Path) -> None:
    (tmp_path / "Documents").mkdir()
    (tmp_path / "Documents/letter.txt").write_text("mine", encoding="utf-8")
    result = run("build", series, "--site", tmp_path / "Documents")
    assert result.exit_code == 2
    assert "contains something other than a site, which would be deleted" in said(result)
    assert not built


@pytest.mark.parametrize("there", ["", "empty", "a site"])
def test_an_empty_folder_and_an_earlier_site_are_taken(series: Path, built: Orders, tmp_path: Path, there: str) -> None:
    if there:
        (tmp_path / "out").mkdir()
    if there == "a site":
        (tmp_path / "out/404.html").touch()
    assert run("build", series, "--site", tmp_path / "out").exit_code == 0
    assert built == [(pipeline.BuildOptions(packs=False), tmp_path / "out")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--site", "file"), "file cannot be written"),
        (("--offline", "nowhere/copy.zip"), "nowhere/copy.zip cannot be written: No such file or directory"),
        (("--pages", "file"), "file is there already; nothing was written"),
        (("--pages", "file/x"), "cannot be written"),
        (("--dask", "nonsense"), '"nonsense" is not an address; write it as tcp://10.0.0.5:8786'),
    ],
)
def test_what_cannot_be_written_is_reported_before_the_work(
    series: Path, built: Orders, words: tuple[str, str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(series.parent)
    (series.parent / "file").touch()
    result = run("build", series, *words)
    assert result.exit_code == 2
    assert message in said(result)
    assert not built


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:99999", ":8000", "127.0.0.1:http"])
def test_an_address_that_is_invalid_is_reported(series: Path, built: Orders, address: str) -> None:
    result = run("serve", series, "--address", address)
    assert result.exit_code == 2
    assert f'"{address}" is not an address; write it as 127.0.0.1:8000' in said(result)
    assert not built


def test_a_port_that_another_program_uses_is_reported_with_a_free_one(series: Path, built: Orders) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", series, "--address", f"127.0.0.1:{port}")
    assert result.exit_code == 2
    assert f"127.0.0.1:{port} cannot be used: address already in use; try another" in said(result)
    assert not built


@pytest.mark.parametrize("words", [("build",), ("build", "--shard", "1/2"), ("build", "--pages", "x"), ("serve",)])
def test_a_cache_that_cannot_be_written_is_reported_in_a_sentence(
    series: Path, built: Orders, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    (series / "file").touch()
    monkeypatch.setenv("CASEBUILDER_CACHE", str(series / "file"))
    result = CliRunner().invoke(main, [*words, "--series", str(series)])
    assert result.exit_code == 1
    assert (
        "file/packs cannot be written: Not a directory; set CASEBUILDER_CACHE to a folder that can be written"
        in said(result)
    )
    assert not built


def test_a_withdrawal_without_permission_to_write_is_reported_and_changes_nothing(
    series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied", "quotes.yml")

    monkeypatch.delenv("CASEBUILDER_CACHE")  # whose packs would be deleted
    monkeypatch.setattr(Path, "replace", refused)
    words = ["withdraw", "2026-03-late-handover", "--quote", "q1", "--series", str(series)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert said(result).startswith("Error: quotes.yml cannot be written: Permission denied;")


def test_only_the_packs_of_chosen_cases_are_printed_and_never_to_publish(series: Path, built: Orders) -> None:
    result = run("build", series, "--only", "cases/2026-04-paper-club/", "--only", "2026-03-late-handover")
    assert result.exit_code == 0, result.output
    assert built[-1][0].only == {"2026-04-paper-club", "2026-03-late-handover"}
    assert run("build", series).exit_code == 0
    assert built[-1][0].only is None
    made = len(built)
    for words, why in (
        (("--only", "2026-04-paper-clb"), 'did you mean "2026-04-paper-club"?'),
        (("--only", "2026-04-paper-club", "--publish"), "leave out --only or --publish"),
        (("--only", "2026-04-paper-club", "--shard", "1/2"), "leave out --no-packs, --only"),
    ):
        result = run("build", series, *words)
        assert result.exit_code == 2
        assert why in said(result)
    assert len(built) == made
