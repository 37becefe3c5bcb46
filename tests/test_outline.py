"""What stands where in a Markdown text, found by scanning, and found as Python-Markdown prints it."""

from __future__ import annotations

import html
import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from casebuilder import outline
from casebuilder.model import Prose
from casebuilder.prose import html as printed
from examples import drawn


def heads(source: str) -> list[tuple[int, str, str]]:
    return [(heading.level, heading.text, heading.id) for heading in outline.headings(source)]


def found(what: str, source: str) -> list[tuple[str, str]]:
    every = list(getattr(outline, what)(source))
    assert all(0 <= one.start < one.end <= len(source) for one in every)
    return [(one.label, one.target) for one in every]


@pytest.mark.parametrize(
    ("source", "heading"),
    [
        ("# One", (1, "One", "one")),
        ("###### Six", (6, "Six", "six")),
        ("## Two ##", (2, "Two", "two")),
        ("## What now? {#now}", (2, "What now?", "now")),
        ("## What now? {: #now .wide } ", (2, "What now?", "now")),
        ("## What now? ## {#now}", (2, "What now?", "now")),
        ("## {#now}", (2, "", "now")),
        ("##", (2, "", "")),
        ("##   ", (2, "", "")),
        ("## Чия це?", (2, "Чия це?", "")),
        ("## A {set} of three", (2, "A {set} of three", "a-set-of-three")),
        ("One\n===", (1, "One", "one")),
        ("Two\n---", (2, "Two", "two")),
        ("## Tab\tin it", (2, "Tab\tin it", "tab-in-it")),
    ],
)
def test_a_heading_has_a_level_words_and_an_id(source: str, heading: tuple[int, str, str]) -> None:
    assert heads(source) == [heading]
    assert heads(f"Text.\n\n{source}\n\nText.\n") == [heading]


@pytest.mark.parametrize(
    "source",
    [
        "#hashtag at the head of a line",
        "Text # not",
        "    # indented code",
        "```\n# fenced\n```",
        "~~~ text\n# fenced\n~~~",
        "<!-- \n# a comment\n -->",
        "####### seven",
        "| a | b |\n|---|---|\n| c | d |",
        "a | b\n---|---",
        "\n---\n",
        "- item\n---",
        "> quoted\n---",
    ],
)
def test_what_looks_like_a_heading_and_is_none(source: str) -> None:
    assert heads(source) == []


def test_headings_keep_their_places() -> None:
    source = "One.\n\n## Two\n\nThree\n---\n"
    assert [source[heading.start : heading.end] for heading in outline.headings(source)] == ["## Two", "Three\n---"]


def test_a_text_is_cut_at_its_headings_of_one_level() -> None:
    source = "Before.\n\n## One\n\nA.\n\n### Inner\n\nB.\n\n## Two\n"
    cut = [
        (heading.text if heading else None, source[start:end].strip())
        for heading, start, end in outline.sections(source)
    ]
    assert cut == [(None, "Before."), ("One", "A.\n\n### Inner\n\nB."), ("Two", "")]


def test_a_text_without_headings_is_one_section() -> None:
    assert [(heading, start, end) for heading, start, end in outline.sections("Text.")] == [(None, 0, 5)]
    assert [(heading, start, end) for heading, start, end in outline.sections("")] == [(None, 0, 0)]


@pytest.mark.parametrize(
    ("source", "picture"),
    [
        ("![A lamp](lamp.svg)", ("A lamp", "lamp.svg")),
        ("![](lamp.svg)", ("", "lamp.svg")),
        ('![A lamp](lamp.svg "Title")', ("A lamp", "lamp.svg")),
        ("![A lamp](lamp.svg 'Title')", ("A lamp", "lamp.svg")),
        ("![A [desk] lamp](lamp.svg)", ("A [desk] lamp", "lamp.svg")),
        ("![A lamp](<the lamp.svg>)", ("A lamp", "the lamp.svg")),
        ("![A lamp](lamp_(old).svg)", ("A lamp", "lamp_(old).svg")),
        ("![A lamp][one]\n\n[one]: lamp.svg", ("A lamp", "lamp.svg")),
        ("![A lamp][]\n\n[A LAMP]: <lamp.svg>", ("A lamp", "lamp.svg")),
        ("![A lamp]\n\n[a lamp]: lamp.svg", ("A lamp", "lamp.svg")),
        ('<img src="lamp.svg" alt="A lamp">', ("A lamp", "lamp.svg")),
        ("<IMG alt='A lamp'\n src='lamp.svg' />", ("A lamp", "lamp.svg")),
        ('<img src="lamp.svg">', ("", "lamp.svg")),
        ("[![A lamp](lamp.svg)](https://example.org)", ("A lamp", "lamp.svg")),
    ],
)
def test_a_picture_is_found_however_it_is_written(source: str, picture: tuple[str, str]) -> None:
    assert found("images", source) == [picture]


@pytest.mark.parametrize(
    "source", ["`![a](b.png)`", "![a][nothing]", "![a]", "<!-- <img src='b.png'> -->", "[a](b.png)"]
)
def test_what_looks_like_a_picture_and_is_none(source: str) -> None:
    assert found("images", source) == []


def test_every_picture_that_is_printed_is_found() -> None:
    source = '![a](a.svg) ![b][b] ![c] <img src="d.svg" alt="d">\n\n`![e](e.svg)`\n\n[b]: b.svg\n[c]: c.svg\n'
    shown = re.findall(r'<img[^>]*src="picture:cases/x/([^"]*)"', printed(Prose(source, "cases/x/scenario.md")))
    assert (
        sorted(target for _, target in found("images", source)) == sorted(shown) == ["a.svg", "b.svg", "c.svg", "d.svg"]
    )


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("[The list](https://example.org)", ("The list", "https://example.org")),
        ("[](https://example.org)", ("", "https://example.org")),
        ("[Lists](https://example.org/List_(medicine))", ("Lists", "https://example.org/List_(medicine)")),
        ("[here][list]\n\n[list]: https://example.org", ("here", "https://example.org")),
        ("[a [b] c](d)", ("a [b] c", "d")),
        ("[![A lamp](lamp.svg)](https://example.org)", ("![A lamp](lamp.svg)", "https://example.org")),
    ],
)
def test_a_link_has_a_text_and_a_target(source: str, link: tuple[str, str]) -> None:
    assert found("links", source) == [link]


def test_pictures_citations_and_brackets_are_no_links() -> None:
    assert found("links", "![a](b) [@c] [d] [e][f] `[g](h)`") == []


def test_citations_and_placed_quotes_are_found_where_they_are() -> None:
    source = "So they say [@chan2015] and [@b.c-1].\n\n::quote[q1]\n\ntext ::quote[q2]\n\n::quote[ q3 ] \n"
    assert found("citations", source) == [("", "chan2015"), ("", "b.c-1")]
    assert found("placed_quotes", source) == [("", "q1"), ("", "q3")]
    assert [source[one.start : one.end] for one in outline.citations(source)] == ["[@chan2015]", "[@b.c-1]"]


def test_what_is_hidden_leaves_its_length_and_its_lines() -> None:
    source = "a `code` b\n\n```py\nx = 1\n```\n\n<!-- note\nnote --> c ``a ` b`` d\n"
    made = outline.visible(source)
    assert len(made) == len(source)
    assert made.split() == ["a", "b", "c", "d"]
    assert [len(line) for line in made.split("\n")] == [len(line) for line in source.split("\n")]


@pytest.mark.parametrize(
    "source",
    [
        "It`s late.\n\nIt`s # [here](x).",
        "```\n# open\n\n[here](x)",
        "<!-- open\n\n[here](x)",
        "`` a ` [here](x)",
        "~~~\n[here](x)",
    ],
)
def test_what_is_not_closed_hides_nothing(source: str) -> None:
    assert found("links", source) == [("here", "x")]
    assert ">here</a>" in printed(Prose(source))


@pytest.mark.parametrize(
    ("text", "file", "path"),
    [
        ("cases/a/scenario.md", "lamp.svg", "cases/a/lamp.svg"),
        ("cases/a/responses/b.md", "../lamp.svg", "cases/a/lamp.svg"),
        ("commentary/a/commentary.md", "./lamp.svg", "cases/a/lamp.svg"),
        ("experts/ana.md", "ana.jpg", "experts/ana.jpg"),
    ],
)
def test_pictures_lie_in_the_folder_of_the_case_or_of_the_profiles(text: str, file: str, path: str) -> None:
    assert outline.picture_path(text, file) == path


MARKDOWN = st.lists(
    st.sampled_from(
        ["# ", "## ", "### ", "{#a}", "a", "b ", "\n", "\n\n", "===\n", "---\n", "`", "``", "```\n", "~~~\n", "<!--",
         "-->", "[", "]",
         "(", ")", "![", "](x)", "[@a]", "::quote[", "<img ", ">", "alt=", '"', " ", "\t", "- ", "#", "[a]: b\n", "é"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@drawn(200)
@given(MARKDOWN)
def test_any_text_gives_finds_within_it(source: str) -> None:
    assert len(outline.visible(source)) == len(source)
    for what in ("images", "links", "citations", "placed_quotes"):
        found(what, source)
    cuts = list(outline.sections(source))
    assert cuts[0][1] == 0
    assert cuts[-1][2] == len(source)
    assert all(start <= end for _, start, end in cuts)


@drawn(200)
@given(
    st.lists(
        st.sampled_from(["# a", "## b {#c}", "### d ##", "text", "- item", "    code", "> quote", "#tag"]), max_size=8
    )
)
def test_headings_are_those_that_are_printed(blocks: list[str]) -> None:
    source = "\n\n".join(blocks)
    made = Markdown(extensions=["attr_list"])
    made.parser.blockprocessors["hashheader"].RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})(?:[ \t]+(?P<header>.*?))?[ \t]*#*(?:\n|$)"
    )
    shown = re.findall(r"<h(\d)[^>]*>(.*?)</h\d>", made.convert(source))
    assert [(str(level), text) for level, text, _ in heads(source)] == [
        (level, html.unescape(text)) for level, text in shown
    ]


@pytest.mark.parametrize(
    "unit",
    ["#", "# ", "## a \t", "[", "![", "[![", "[![](", "`a\n\n", "```\n", "<!--", "<img ", "[a](", '[a](b "', "[@a",
     "::quote[",
     "{#", "a\n", "\n", "<", "[a]: ", "~~~x\n", "-->"],
)  # fmt: skip
def test_the_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    source = unit * 20_000 + "x"
    begun = process_time()
    for what in ("headings", "images", "links", "citations", "placed_quotes"):
        list(getattr(outline, what)(source))
    assert process_time() - begun < 2
