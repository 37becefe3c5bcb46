"""The search index of a finished site."""

from __future__ import annotations

import gzip
import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from pagefind.service import get_executable

from casebuilder.outputs.site import pagefind_files, searchindex

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


def test_a_site_whose_template_shows_no_text_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<main data-pagefind-body> </main>", encoding="utf-8")
    with pytest.raises(searchindex.SearchIndexError, match=r"^no page shows any text; a template in theme/ must show"):
        searchindex.write(tmp_path, {})


@pytest.mark.parametrize(
    ("main", "words"),
    [
        ("<dl><dt>Answers</dt><dd>Friday</dd><dt>Closes</dt><dd>Monday</dd></dl>", "Answers Friday Closes Monday"),
        (
            "<table><tr><th>Case</th><th>Minutes</th></tr><tr><td>Pager</td><td>15</td></tr></table>",
            "Case Minutes Pager 15",
        ),
        ("<p>one<br>two<br/>three</p><hr><address>four</address>five", "one two three. four five"),
        ("<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>", "one. two. three"),
        ("<p>half<b>time</b> H<sub>2</sub>O re<em>ally</em></p>", "halftime H2O really."),
        (
            "<details><summary>Show</summary>all<figure><figcaption>A ward</figcaption></figure></details>",
            "Show all. A ward",
        ),
    ],
)
def test_words_of_neighbouring_elements_do_not_run_together(site: Path, main: str, words: str) -> None:
    page = PAGE.format(head="", main=f"<article data-pagefind-body>{main}</article>")
    (site / "quiet" / "index.html").write_text(page, encoding="utf-8")
    searchindex.write(site, FACETS)
    assert str(fragments(site)[0]["content"]).replace(".", "").split() == words.replace(".", "").split()


def test_where_every_page_is_a_list_the_home_page_can_be_found(site: Path) -> None:
    (site / "quiet" / "index.html").unlink()
    (site / "index.html").write_text(PAGE.format(head="", main="<article>Soon more</article>"), encoding="utf-8")
    searchindex.write(site, {})
    assert [fragment["url"] for fragment in fragments(site)] == ["/"]


def test_facets_are_stored_for_each_result_by_its_id(site: Path) -> None:
    searchindex.write(site, FACETS)
    facets = json.loads(gzip.decompress((site / "pagefind" / "facets.packed").read_bytes()))
    (fragment,) = (site / "pagefind" / "fragment").iterdir()
    assert facets == {
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


def test_pagefinds_own_search_interface_is_left_out(site: Path) -> None:
    searchindex.write(site, FACETS)
    assert {path.name for path in (site / "pagefind").glob("*.js")} == {"pagefind.js", "pagefind-worker.js"}
    assert not list((site / "pagefind").glob("*.css"))


def test_without_the_program_the_message_says_what_to_install(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind.service.get_executable", lambda: None)
    with pytest.raises(searchindex.SearchIndexError, match="install pagefind-bin"):
        searchindex.write(site, FACETS)


def test_a_refusal_is_reported(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind.service.get_executable", lambda: "false")
    with pytest.raises(searchindex.SearchIndexError, match="could not index"):
        searchindex.write(site, FACETS)


@pytest.mark.parametrize("name", ["pagefind.js", "wasm.en.pagefind", "*.pf_meta", "fragment/*", "index/*"])
@pytest.mark.parametrize("share", [0, 0.6])
def test_an_index_cut_short_by_a_full_disk_is_refused(site: Path, name: str, share: float) -> None:
    searchindex.write(site, FACETS)
    folder = site / searchindex.FOLDER
    searchindex._refuse_cut(folder)
    path = next(folder.glob(name))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(searchindex.SearchIndexError, match=f"incomplete: {path.name}"):
        searchindex._refuse_cut(folder)


def test_an_index_that_lacks_a_page_is_refused(site: Path) -> None:
    searchindex.write(site, FACETS)
    next((site / searchindex.FOLDER / "fragment").iterdir()).unlink()
    with pytest.raises(searchindex.SearchIndexError, match="incomplete: 1 pages"):
        searchindex._refuse_cut(site / searchindex.FOLDER)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("fragment/*", gzip.compress(b'x{"url": "/quiet/", "meta": {"title": "Quiet"}}', mtime=0), 'has no "anchors"'),
        ("fragment/*", gzip.compress(b"another form", mtime=0), "cannot be read (substring not found)"),
        (
            "fragment/*",
            gzip.compress(b'{"url": "/quiet/", "meta": [], "anchors": []}', mtime=0),
            "cannot be read (list indices",
        ),
        ("pagefind-entry.json", b'{"pages": 1}', 'has no "languages"'),
    ],
    ids=["no anchors", "no mark", "a list", "no languages"],
)
def test_files_of_another_form_are_refused_in_one_sentence(site: Path, name: str, content: bytes, said: str) -> None:
    searchindex.write(site, FACETS)
    folder = site / searchindex.FOLDER
    path = next(folder.glob(name))
    path.write_bytes(content)
    with pytest.raises(pagefind_files.PagefindFilesError) as caught:
        _read(folder)
    sentence = str(caught.value)
    assert sentence.startswith("Pagefind 1.5.")
    assert f"casebuilder reads it as Pagefind 1.5.2 writes it: {path.relative_to(folder)} {said}" in sentence
    assert sentence.endswith("; install pagefind-bin 1.5.2")


def _read(folder: Path) -> None:
    list(pagefind_files.results(folder))
    pagefind_files.lost_pages(folder)


def indexed(folder: Path, pages: int, main: str) -> dict[str, bytes]:
    """What Pagefind writes by itself for pages with one main part."""
    for number in range(pages):
        page = folder / "in" / str(number) / "index.html"
        page.parent.mkdir(parents=True)
        found = f"<article data-pagefind-body><h1>Page {number}</h1>{main.replace('#', str(number % 7))}</article>"
        page.write_text(PAGE.format(head="", main=found), encoding="utf-8")
    order = [str(get_executable()), "--site", str(folder / "in"), "--output-path", str(folder / "out"), "--silent"]
    subprocess.run(order, check=True)
    files = (path for path in (folder / "out").rglob("*") if path.is_file())
    return {path.relative_to(folder / "out").as_posix(): path.read_bytes() for path in files}


def test_pagefind_itself_runs_words_together(tmp_path: Path) -> None:
    """When this fails, Pagefind has repaired it: the copies of the pages can be deleted."""
    files = indexed(tmp_path, 1, "<dl><dt>Answers</dt><dd>Friday</dd></dl>")
    (fragment,) = (gzip.decompress(files[name]).decode() for name in files if name.startswith("fragment/"))
    assert "AnswersFriday" in fragment


def test_pagefind_itself_writes_its_filters_in_another_order_each_time(tmp_path: Path) -> None:
    """When this fails, Pagefind has repaired it: its own filters can be used in place of our file of facets."""
    main = '<p data-pagefind-filter="topic">t#</p><p data-pagefind-filter="kind">k#</p>'
    assert len({frozenset(indexed(tmp_path / str(turn), 30, main)) for turn in range(4)}) > 1
