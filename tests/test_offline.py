"""The copy of a site that is read from a disk: its links, its search, its bytes."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from casebuilder.cli import main
from casebuilder.outputs.site import offline, searchindex
from casebuilder.outputs.site.offline.links import Links
from casebuilder.outputs.site.offline.offlinepage import read

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://example.org/dilemmas/"
FILES = frozenset(("index.html", "cases/index.html", "cases/quiet/index.html", "feed.xml", "packs/a b.pdf"))
HOME = '<html lang="en"><body><a href="cases/quiet/">Quiet</a></body></html>'
CASE = """<!doctype html>
<html lang="en"><head><link rel="preload" as="font" href="../../x.woff2" crossorigin>
<meta name="description" content="A pager &amp; silence."><meta property="article:tag" content="handover"></head>
<body><article data-pagefind-body data-pagefind-meta="language[lang]" lang="pt"><h1>Quiet</h1>
<h3 id="question-why-title">Why <b>now</b>?</h3><p>Nobody said <a href="../../?x=1&amp;y=2#top">so</a>.</p></article>
<script src="../../assets/javascripts/search.js"></script></body></html>
"""


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../", "../index.html"),
        ("../../", "../../index.html"),
        ("../../?q=1#top", "../../index.html?q=1#top"),
        ("../../cases/?topic=a", "../index.html?topic=a"),
        ("../../cases", "../index.html"),
        ("#question-why", "#question-why"),
        (".", "index.html"),
        ("../../packs/a%20b.pdf", "../../packs/a%20b.pdf"),
        (f"{ADDRESS}feed.xml", "../../feed.xml"),
        ("/dilemmas/cases/", "../index.html"),
        ("../../404.html", f"{ADDRESS}404.html"),
        ("https://doi.org/10.1/x", "https://doi.org/10.1/x"),
        ("mailto:editors@example.org", "mailto:editors@example.org"),
    ],
)
def test_a_link_leads_to_the_file_that_a_server_would_have_sent(link: str, expected: str) -> None:
    assert Links(FILES, ADDRESS).moved(link, "cases/quiet/index.html") == expected


def test_links_of_a_site_without_an_address_are_moved_too() -> None:
    assert Links(FILES, "").moved("../", "cases/quiet/index.html") == "../index.html"
    assert Links(FILES, "").moved("../gone/", "cases/quiet/index.html") == "../gone/"


def test_only_tags_with_links_change_and_all_else_stays_letter_for_letter() -> None:
    leaf = read(CASE, lambda link: f"{link}index.html" if link.endswith("/") else link.replace("?", "index.html?"))
    expected = CASE.replace('<link rel="preload" as="font" href="../../x.woff2" crossorigin>', "")
    assert leaf.html == expected.replace("../../?x=1", "../../index.html?x=1")
    assert leaf.meta == {"description": ("A pager & silence.",), "article:tag": ("handover",)}


def test_an_old_address_leads_on_in_the_copy() -> None:
    page = '<meta http-equiv="refresh" content="0; url=../new/">'
    assert 'content="0; url=../new/index.html"' in read(page, lambda link: f"{link}index.html").html


def test_the_button_for_a_discussion_of_another_host_stays_hidden() -> None:
    offer = '<div data-thread hidden data-repo="example/dilemmas"><button>Load the discussion</button></div>'
    assert read(offer, str).html == offer.replace(" data-thread", "").replace(" hidden", " hidden")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    contents = {
        "index.html": HOME,
        "404.html": HOME,
        "cases/quiet/index.html": CASE,
        "packs/quiet-handout.html": "<p>for the builder</p>",
        "packs/quiet-handout-a4.pdf": "%PDF",
        "assets/javascripts/search.js": "// the search page\n",
    }
    for path, text in contents.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text, encoding="utf-8")
    searchindex.write(tmp_path / "site", {"cases/quiet/": {"topic": "handover"}})
    return tmp_path / "site"


def test_the_zip_holds_pages_and_packs_and_nothing_that_only_a_server_sends(site: Path, tmp_path: Path) -> None:
    count, size = offline.write(site, tmp_path / "copies" / "dilemmas.zip", ADDRESS)
    with zipfile.ZipFile(tmp_path / "copies" / "dilemmas.zip") as archive:
        assert archive.namelist() == [
            "dilemmas/assets/javascripts/search.js",
            "dilemmas/cases/quiet/index.html",
            "dilemmas/index.html",
            "dilemmas/packs/quiet-handout-a4.pdf",
        ]
        assert b'href="cases/quiet/index.html"' in archive.read("dilemmas/index.html")
    assert (count, size) == (4, (tmp_path / "copies" / "dilemmas.zip").stat().st_size)


def test_its_search_knows_title_teaser_headings_topics_and_language(site: Path, tmp_path: Path) -> None:
    offline.write(site, tmp_path / "dilemmas.zip", ADDRESS)
    with zipfile.ZipFile(tmp_path / "dilemmas.zip") as archive:
        script = archive.read("dilemmas/assets/javascripts/search.js").decode()
    assert script.endswith("// the search page\n")
    entries = json.loads(script.partition("const index = ")[2].partition(";\n")[0])
    assert entries == {
        "facets": [["topic", ["handover"]]],
        "pages": [
            {
                "place": "cases/quiet/index.html",
                "title": "Quiet",
                "language": "pt",
                "teaser": "A pager & silence.",
                "marks": "handover",
                "headings": [["question-why-title", "Why now?"]],
                "facets": [[0]],
            }
        ],
    }


def test_the_zip_has_the_same_bytes_each_time(site: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        offline.write(site, tmp_path / name / "dilemmas.zip", ADDRESS)
    assert (tmp_path / "one" / "dilemmas.zip").read_bytes() == (tmp_path / "other" / "dilemmas.zip").read_bytes()


def test_an_older_zip_inside_the_site_is_not_packed_into_the_new_one(site: Path) -> None:
    for _ in range(2):
        count, _ = offline.write(site, site / "site.zip", ADDRESS)
        assert count == 4


@pytest.mark.parametrize("others", [("--pages", "tree"), ("--shard", "1/2")])
def test_it_is_a_copy_of_a_site_and_needs_one(others: tuple[str, str]) -> None:
    result = CliRunner().invoke(main, ["build", "--offline", "dilemmas.zip", *others])
    assert result.exit_code == 2
    assert "--offline" in result.output
