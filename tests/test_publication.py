"""A site without its address: a preview may be built, with a warning; a site for readers may not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

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


def test_without_an_address_check_passes_and_a_build_warns(homeless: Path) -> None:
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


def test_pages_by_hand_may_be_files_and_everything_still_leads_where_it_should(homeless: Path) -> None:
    zoo_keeper.follow("append mkdocs.yml 'use_directory_urls: false\\nsite_url: https://example.org/s/\\n'", homeless)
    (homeless / "docs/about.md").write_text("# About\n\n[Cases](cases/index.md)\n", encoding="utf-8")
    done = build(homeless, "--publish", "--offline", str(homeless / "copy.zip"))
    assert done.exit_code == 0, done.stderr
    site = homeless / "site"
    assert (site / "about.html").is_file()
    assert dead(site) == []
    pages = {
        path: (site / path).read_text(encoding="utf-8") for path in ("search/index.html", "topics/handover/index.html")
    }
    assert "assets/stylesheets/search.css" in pages["search/index.html"]
    assert '<a href="./" aria-current="page"' in pages["search/index.html"]
    assert 'rel="canonical" href="https://example.org/s/topics/handover/"' in pages["topics/handover/index.html"]
    assert "<loc>https://example.org/s/topics/handover/</loc>" in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "https://example.org/s/cases/2026-03-late-handover/" in (site / "feed.xml").read_text(encoding="utf-8")
    with ZipFile(homeless / "copy.zip") as archive:
        archive.extractall(homeless / "copy")
    assert dead(homeless / "copy/copy") == []


def dead(site: Path) -> list[tuple[str, str]]:
    """Each relative link that leads to no file, and the page it stands on; a server gives the index of a folder."""
    found = []
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8") if page.name != "404.html" else ""  # which has whole addresses
        for address in re.findall(r'(?:href|src)="([^"#?]*)', text):
            if ":" in address or not address:
                continue
            place = page.parent / unquote(address)
            if not (place / "index.html" if place.is_dir() else place).is_file():
                found.append((str(page.relative_to(site)), address))
    return found


def test_drafts_are_not_published(homeless: Path) -> None:
    done = build(homeless, "--publish", "--drafts")
    assert (done.exit_code, "leave out --drafts or --publish" in done.stderr) == (2, True)
