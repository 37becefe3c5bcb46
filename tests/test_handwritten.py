"""Hand-written pages: what MkDocs would warn about in a build is found before, quickly, and nothing else is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from casebuilder.pipeline.handwritten import clashes, frontmatter, linkprecheck, lostcells, straytags
from casebuilder.pipeline.handwritten.pagelinks import PageLinks
from casebuilder.pipeline.handwritten.sitefiles import SiteFiles
from casebuilder.pipeline.handwritten.validationlevels import Levels, levels
from casebuilder.readers import Series
from cputime import at_most

if TYPE_CHECKING:
    from collections.abc import Mapping

ALL = Levels(omitted=True, absolute=True, unrecognized=True, anchors=True)


def files(texts: Mapping[str, str], *others: str) -> SiteFiles:
    series = Series.model_construct(cases=(), settings=SimpleNamespace(packs=True))
    return SiteFiles(series, datetime(2026, 1, 1, tzinfo=UTC), texts, frozenset(others), None, is_sound=False)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("[a](other.md) ![b](pic.png) [c](index.md) [d](https://example.org) [e](x/deep.md#deep-water)", []),
        ("[a](other.md 'title') [b](<my page.md>) [c][ref]\n\n[ref]: ./other.md#second-part", []),
        ("`[a](no.md)` and ``[b](no`.md)``\n\n```\n[c](no.md)\n```\n\n    [d](no.md)", []),
        ("<a href='no.md'>x</a> <me@example.org> [t](tel:1) [q](?x=1)", []),
        ("[a](no.md) and [b](no%20t.md)", ["3:5 no.md", "3:20 no%20t.md"]),
        ("it`s [a](no.md)", ["3:10 no.md"]),
        ("```\nnot code [a](no.md)", ["4:14 no.md"]),
        ("- entry\n\n    [a](no.md)\n\n> ![b](no.png)", ["5:9 no.md", "7:8 no.png"]),
        ("[a][ref]\n\n[ref]:\n  no.md", ["6:3 no.md"]),
        ("[a](x/) [b](x/deep) [c](/other.md)", ["3:5 x/", "3:13 x/deep", "3:25 /other.md"]),
        ("[a](#here) [b](other.md#nothing) [c](#title)", ["3:5 #here", "3:16 other.md#nothing"]),
    ],
)
def test_links_are_judged_as_mkdocs_does(text: str, faults: list[str]) -> None:
    page = f"# Title\n\n{text}\n"
    texts = {"a.md": page, "other.md": "# Other\n\n## Second part\n", "x/deep.md": "# Deep: water\n", "my page.md": ""}
    site = files(texts, "pic.png")
    found = list(PageLinks("docs", site, ALL, {"toc": {}, "fenced_code": {}}).problems("a.md", page))
    lines = page.split("\n")
    assert [f"{one.line}:{one.column} {_word(lines[one.line - 1][one.column - 1 :])}" for one in found] == faults
    assert (
        linkprecheck.is_doubtful("a.md", page, site, ALL) or not faults
    )  # a page that is not looked at again has none


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Dear <name of patient>,\nyour result is <value>.", ["3:6 <name of patient>", "4:16 <value>"]),
        ("Na<K and Cl>100, a<b and c>d, press <Enter> twice", ["3:3 <K and Cl>", "3:19 <b and c>", "3:37 <Enter>"]),
        ("<Name of the ward\nand bed>\n\n```\nnot code", ["3:1 <Name of the ward and bed>"]),
        ("`<value>`\n\n```\n<value>\n```\n\n    <value>\n\n<!-- <value> -->", []),
        ("<br><BR /> <kbd>a</kbd> <details open markdown> <video controls muted> <o:p> <my-part> <a@b.org>", []),
        ('<p class="a"><span title="b c" hidden>x</span></p> <https://a.org> 5 < 6 > 4', []),
        ("<svg><circle r='1'/><g></g></svg>", []),
    ],
)
def test_words_that_browsers_take_for_a_tag_are_reported(text: str, lost: list[str]) -> None:
    page = f"# Title\n\n{text}\n"
    found = list(PageLinks("docs", files({"a.md": page}), ALL, {"fenced_code": {}}).problems("a.md", page))
    assert [f"{one.line}:{one.column} {one.message.split(' for a tag')[0][14:]}" for one in found] == lost
    assert all(one.code == "lost-words" for one in found)
    assert any(straytags.found(page)) or not lost, "such a page is looked at again"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[Nurse]: Really?\n\n[Doctor]: Yes.", [3, 5]),
        ("[Nurse]: Really, why?\n\n`[Nurse]: Yes.` \\[Nurse]: No.", []),
        ("See [us].\n\n[us]: about\n[later]: https://example.org/\n[//]: #\n[^1]: Note", []),
    ],
)
def test_words_that_count_as_the_address_of_a_label_are_reported(text: str, lines: list[int]) -> None:
    page = f"# Title\n\n{text}\n"
    site = files({"a.md": page})
    found = PageLinks("docs", site, ALL, {}).problems("a.md", page)
    assert [one.line for one in found if one.code == "lost-words"] == lines
    assert linkprecheck.is_doubtful("a.md", page, site, ALL) or not lines, "such a page is looked at again"


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("| A | B |\n|---|---|\n| x | y | z |\n| x |\n\nNo | table | here | at all", [3]),
        ("A | B\n:-- | --:\nx | y\n x | y | z |\n| x | y | z", [4, 5]),
        (" | A | B |\n |---|---|\n | x | y |\n | x | y | |\n | x | y | `z` |\n", [5]),
        ("    A | B\n    --|--\n    x | y | z", []),
        ("A | B\n--|--\n`a|b` | y\na \\| b | c\n", []),
        ("```\nA | B\n--|--\nx | y | z\n```\n\n---\n\nA | B", []),
    ],
)
def test_cells_beyond_the_first_row_of_a_table_are_reported(table: str, lines: list[int]) -> None:
    assert [line for line, _ in lostcells.found(table)] == lines


def _word(rest: str) -> str:
    return re.split("[) ]", rest)[0]


def test_a_quick_look_is_enough_for_usual_pages() -> None:
    links = "[a](#a-b) [b](x/c.md#it-is-b_c) [c](feed.xml) `[d](no.md)`"
    page = f"# A b\n\n{links}\n\n```\n[e](no.md)\n```\nA note[^1].\n\n[^1]: It.\n"
    site = files({"a.md": page, "x/c.md": "# It *is* `b_c`\n\n[up](../a.md#a-b)\n"})
    assert not any(linkprecheck.is_doubtful(path, text, site, ALL) for path, text in site.texts.items())
    assert linkprecheck.is_doubtful("a.md", page + "[^2]: Idle.\n", site, ALL)


def test_levels_are_those_of_mkdocs() -> None:
    assert levels({}) == Levels()
    assert levels({"validation": {"anchors": "warn", "not_found": "info"}}) == Levels(anchors=True, not_found=False)
    both = {"absolute_links": "relative_to_docs", "nav": {"absolute_links": "warn", "omitted_files": "warn"}}
    assert levels({"validation": both}) == Levels(omitted=True, menu_absolute=True, from_root=True)


@pytest.mark.parametrize(
    ("paths", "faults"),
    [
        (("cases", "search", "assets/images"), ["cases", "search", "assets/images"]),
        (("feed.xml/a.txt", "about/index.html/x", "assets/stylesheets/parts.css/x"), 3),
        (("about.md", "about"), ["about"]),
        (("x/a", "x"), ["x"]),
        (
            ("about.md", "about/picture.png", "assets/images/x.png", "cases/a/x.png", "feed.txt/a", "index.md", "x.md"),
            [],
        ),
    ],
)
def test_a_file_in_place_of_a_folder_and_the_reverse_are_reported(
    paths: tuple[str, ...], faults: list[str] | int
) -> None:
    sources = {clashes.of_page(path) if path.endswith(".md") else path: path for path in paths}
    found = [problem.path for problem in clashes.problems(sources, files({}))]
    assert found == (faults if isinstance(faults, list) else list(paths))


@pytest.mark.parametrize(
    "text", ["---\ntitle: A\ndescription: B\nhide: [toc]\n---\n", "---\ntitle: 2026\ntags:\n---\n", "--- x"]
)
def test_usual_front_matter_is_no_problem(text: str) -> None:
    assert not list(frontmatter.problems("docs/a.md", text, (Path(),), frozenset(("tags", "search"))))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("---\nsearch: no search\n---\n", ["2:9 wrong-type"]),
        ("---\nsearch: {boost: high}\ntags: x\n---\n", ["2:17 wrong-type", "3:7 wrong-type"]),
        ("---\nsearch: {exclude: true, boost: 0.5}\n---\n", []),
        ("---\ndate: 2026-02-30\nother: '2026-02-30'\nmore: [x, =]\n---\n", ["2:7 bad-value", "4:11 bad-value"]),
        ("Title: A page\ntemplate: none.html\n\nText", ["2:11 page-error"]),
        ("Note: read this first.\n\nText", ["1:1 lost-words"]),
        ("  https://example.org/ is our site", ["1:3 lost-words"]),
        ("Author: A\n    B\nSearch: x\n\nNote: y", ["3:9 wrong-type"]),
        ("\nNote: with an empty line above it", []),
    ],
)
def test_what_mkdocs_would_take_for_fields_and_stop_at_or_not_show(text: str, faults: list[str]) -> None:
    found = frontmatter.problems("docs/a.md", text, (Path(),), frozenset(("tags", "search")))
    assert sorted(f"{one.line}:{one.column} {one.code}" for one in found) == faults


def test_a_line_of_thousands_of_backticks_is_read_in_a_moment() -> None:
    with at_most(1):
        assert linkprecheck.plain("`" * 20_000 + "\na `b` ``c`d``\n") == "`" * 20_000 + "\na" + " " * 12 + "\n"
