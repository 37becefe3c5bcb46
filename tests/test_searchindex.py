"""The search index of a finished site."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from casebuilder import searchindex

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (
    '<!doctype html><html lang="en"><head><title>x</title>{head}</head>'
    "<body><nav>Ways in</nav><main>{main}</main></body></html>"
)
TEXT = "<article data-pagefind-body><h1>Quiet</h1><h2 id='a'>Story</h2><p>A pager</p><nav>On this page</nav></article>"

FACETS = {"quiet/": {"topic": "pager night", "kind": "case"}, "list/": {"topic": "lists"}}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, html in (
        ("quiet", PAGE.format(head="", main=TEXT)),
        ("list", PAGE.format(head="", main="<article>A list of pagers</article>")),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(html, encoding="utf-8")
    return tmp_path


def fragments(site: Path) -> list[dict[str, object]]:
    """What is kept of each page."""
    read = [gzip.decompress(path.read_bytes()).decode() for path in site.glob("pagefind/fragment/*")]
    return [json.loads(text[text.index("{") :]) for text in read]


def test_a_page_is_found_without_what_only_leads_elsewhere(site: Path) -> None:
    searchindex.write(site, FACETS)
    (kept,) = fragments(site)
    assert kept["url"] == "/quiet/"
    assert kept["content"] == "Quiet. Story. A pager."


def test_facets_are_told_of_each_result_by_its_id(site: Path) -> None:
    searchindex.write(site, FACETS)
    told = json.loads(gzip.decompress((site / "pagefind" / "facets.packed").read_bytes()))
    (fragment,) = (site / "pagefind" / "fragment").iterdir()
    assert told == {
        "facets": [["kind", ["case"]], ["topic", ["night", "pager"]]],
        "pages": {fragment.stem: [[0], [1, 0]]},
    }


def test_the_index_has_the_same_bytes_each_time_and_nothing_of_an_older_one(site: Path) -> None:
    searchindex.write(site, FACETS)
    first = {path.name: path.read_bytes() for path in (site / "pagefind").rglob("*") if path.is_file()}
    (site / "pagefind" / "fragment" / "old.pf_fragment").write_bytes(b"withdrawn")
    searchindex.write(site, FACETS)
    assert first == {path.name: path.read_bytes() for path in (site / "pagefind").rglob("*") if path.is_file()}


def test_a_case_is_not_found_by_what_somebody_disclosed_or_by_its_files(site: Path) -> None:
    noise = "".join(
        f'<div class="{name}">noise</div>' for name in ("cb-disclosure", "cb-packs", "cb-figures", "cb-cite")
    )
    main = TEXT.replace("<nav>", f"{noise}<nav>")
    (site / "quiet" / "index.html").write_text(PAGE.format(head="", main=main), encoding="utf-8")
    searchindex.write(site, FACETS)
    assert fragments(site)[0]["content"] == "Quiet. Story. A pager."


def test_pagefinds_own_search_boxes_are_left_out(site: Path) -> None:
    searchindex.write(site, FACETS)
    assert {path.name for path in (site / "pagefind").glob("*.js")} == {"pagefind.js", "pagefind-worker.js"}
    assert not list((site / "pagefind").glob("*.css"))


def test_without_the_program_the_message_says_what_to_install(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind.service.get_executable", lambda: None)
    with pytest.raises(searchindex.SearchIndexError, match="install pagefind-bin"):
        searchindex.write(site, FACETS)


def test_a_refusal_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind.service.get_executable", lambda: "false")
    with pytest.raises(searchindex.SearchIndexError, match="could not index"):
        searchindex.write(site, FACETS)
