"""A site without its address: a preview may be built, with a warning; a site for readers may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import zoo_keeper
from casebuilder.cli import main

if TYPE_CHECKING:
    from pathlib import Path

SAID = "mkdocs.yml:1:1: warning: the site has no address"


@pytest.fixture
def homeless(tmp_path: Path) -> Path:
    """The sound series without its address."""
    series = zoo_keeper.lay_out("_sound", tmp_path)
    zoo_keeper.follow("replace mkdocs.yml 'site_url: https://example.org/small/' ''", series)
    (series / "docs").mkdir()
    return series


def build(series: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["build", "--no-packs", "--series", str(series), *words])


def test_check_asks_for_no_address_and_a_preview_is_built_with_a_warning(homeless: Path) -> None:
    assert CliRunner().invoke(main, ["check", "--series", str(homeless)]).output == "2 cases checked: no problem\n"
    done = build(homeless)
    assert done.exit_code == 0, done.output
    assert SAID in done.stderr
    assert (homeless / "site/feed.xml").is_file()


@pytest.mark.parametrize("words", [(), ("--pages", "pages")])
def test_nothing_is_published_without_an_address(
    homeless: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(homeless)
    done = build(homeless, "--publish", *words)
    assert done.exit_code == 1
    assert SAID in done.stderr
    assert "add its address, such as site_url: https://example.org/our-series/" in done.stderr
    assert not (homeless / "site").exists()
    assert not (homeless / "pages").exists()


def test_drafts_are_not_published(homeless: Path) -> None:
    done = build(homeless, "--publish", "--drafts")
    assert (done.exit_code, "does not go with --publish" in done.stderr) == (2, True)
