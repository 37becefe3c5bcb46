"""Markup is read into a tree, and written again letter for letter where nothing was changed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from casebuilder import markup
from casebuilder.model import codes
from casebuilder.outputs.site import onefile
from casebuilder.outputs.site.offline.links import Links
from examples import drawn

PACKAGE = Path(__file__).parents[1] / "src" / "casebuilder"
PIECES = [
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<b>",
    "</b>",
    "<br>",
    "<br/>",
    "<img src='a' alt=\"b\">",
    "<a href=x>",
    "</a>",
    '<P Class="a"  id=b >\n',
    "&amp;",
    "&#39;",
    "words",
    " ",
    "\n",
    "<!-- <p> -->",
    "<!DOCTYPE html>",
    "<",
    ">",
    '"',
    "é",
    "<script>",
    "if (a < b) c('</p>');",
    "</script>",
    "<title>",
    "</title>\n",
    '<svg viewBox="0 0 1 1"/>',
    "<input disabled>",
    "</x>",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text(alphabet="<>/ab=\"' &;!-"))
@example("<p " * 50)
@drawn(200)
def test_what_is_not_changed_is_written_as_it_was_read(html: str) -> None:
    root = markup.parse(html)
    assert markup.write(root) == html
    for element in markup.elements(root):
        element.attributes()  # looking changes nothing
    assert markup.write(root) == html


def test_an_attribute_is_changed_and_its_neighbours_are_not() -> None:
    root = markup.parse("<A  HREF='x?a&amp;b' title=it&#39;s\n hidden>y</A>")
    (link,) = markup.elements(root, "a")
    assert link.attributes() == {"href": "x?a&b", "title": "it's", "hidden": None}
    assert link.get("hidden", "none") == "none"
    link.set("href", 'a"&b')
    assert markup.write(root) == '<A href="a&quot;&amp;b" title=it&#39;s\n hidden>y</A>'
    link.drop("hidden")
    link.rename("span")
    assert markup.write(root) == '<span href="a&quot;&amp;b" title=it&#39;s>y</span>'


def test_what_is_open_ends_with_what_it_stands_in() -> None:
    root = markup.parse("<ul><li>one<li>two</ul>after")
    assert [child if isinstance(child, str) else child.tag for child in root.children] == ["ul", "after"]
    assert markup.write(root) == "<ul><li>one<li>two</ul>after"


def test_elements_are_replaced_from_within() -> None:
    root = markup.parse("<p><a>one <a>two</a></a><hr></p>")
    markup.replace(root, lambda found: found.children if found.tag == "a" else () if found.tag == "hr" else None)
    assert markup.write(root) == "<p>one two</p>"


def test_text_is_without_tags_and_entities() -> None:
    assert markup.text(markup.parse("<p>a &lt; b<!-- c --><br>d</p>")) == "a < bd"


def test_depth_is_no_matter() -> None:
    html = "<b>" * 20_000 + "</b>" * 20_000
    root = markup.parse(html)
    markup.replace(root, lambda _: None)
    assert markup.write(root) == html


#: Patterns that look into markup, outside `markup`, and why each needs no tree.
PATTERNS = {
    "checks/plainfields.py": "words in fields, which are plain text: a tag there is a slip",
    "checks/printing.py": "comments in authors' own style sheets and texts",
    "editorial/withdrawninmarkup.py": "words in files of any kind; few are HTML",
    "editorial/discussion/htmltext.py": "posts of nothing but paragraphs and line breaks: most of a long record",
    "editorial/discussion/importers/github.py": "comments in Markdown",
    "editorial/discussion/importers/mastodon.py": "one line that Mastodon itself puts before a quoted post",
    "editorial/discussion/mailremoval.py": "an email address in angle brackets, as answers by email quote it",
    "outputs/citationfiles.py": "ligatures of TeX",
    "outputs/feeds/rss.py": "XML as feedgen writes it",
    "outputs/packs/pdf/__init__.py": "reads the language of a document of our own",
    "outputs/packs/pdf/ruledlines.py": "finds a mark of our own in a document of our own",
    "outputs/site/pages/markdownpage.py": "folds lines, within tags and between them",
    "pipeline/docsfiles.py": "addresses in hand-written Markdown",
    "pipeline/handwritten/linkprecheck.py": "links in hand-written Markdown",
    "pipeline/handwritten/straytags.py": "words that only look like a tag, in hand-written Markdown",
    "pipeline/themefiles.py": "what has no end in a template of a series, which is no markup before it is run",
    "readers/pictures/picturetypes.py": "tells kinds of files by their first bytes",
    "readers/pictures/svg/tree.py": "what no XML parser may see",
}
#: A tag, in a pattern from which the names of groups and what looks around are taken.
TAG = re.compile(r"<(?:[/!a-zA-Z(\[]|\\[?!])")


def test_nothing_else_takes_markup_apart() -> None:
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name == "markup.py" or name.startswith("markdown/"):  # Markdown's own grammar of tags
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom | ast.Import):
                modules = {getattr(node, "module", ""), *(alias.name for alias in node.names)}
                assert not {"html.parser", "lxml.html", "html5lib"} & modules, name
            elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
                said = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
                bare = [re.sub(r"\(\?(?:P<\w+>|<[=!])|\(\?P=", "(", words) for words in said if isinstance(words, str)]
                found |= {name for words in bare if TAG.search(words)}
    assert found == set(PATTERNS)


@pytest.mark.parametrize(
    "link",
    [
        "http://[::1",
        "//[x",
        "https://exa\u2100mple.org/",
        "https://u\uff20v/",
        "http://]",
        "http://a@b/",
        "http://a%0/",
        "https://nejm.\u043erg/",
        "https://\u0430\u0440\u0440\u04cf\u0435.com/",
        "https://xn--80ak6aa92e.com/",
        "https://nejm.org\u2044article.example/",
        "https://nej\u00adm.org/",
    ],
)
def test_an_address_that_cannot_be_taken_apart_stays_and_is_refused_as_a_field(link: str) -> None:
    assert not markup.is_address(link)
    assert markup.joined("https://example.org/cases/", link) == link
    with pytest.raises(PydanticCustomError) as caught:
        codes.as_url(link)
    assert caught.value.type == "bad-url"
    surroundings = onefile.Surroundings(lambda _: None, "https://example.org/", frozenset())
    page = f'<body><a href="{link}">x</a><img src="{link}"></body>'
    assert f'<a href="{link}">' in onefile.one_file(page, "cases/x/index.html", surroundings, "")
    assert Links(frozenset(), "").moved(link, "index.html") == link


def test_names_of_hosts_in_other_alphabets_are_taken_and_a_strange_letter_is_named() -> None:
    for host in (
        "bücher.de",
        "москва.com",
        "\u043e\u0441\u0430.рф",
        "ουτοπια.com",
        "nihon語.jp",
        "भारत.भारत",
        "\u0131ş\u0131k.com.tr",
        "xn--bcher-kva.de",
    ):
        assert markup.is_address(f"https://{host}/x"), host
    assert "(U+043E)" in markup.address_hint("https://nejm.\u043erg/x")
    assert "U+" not in markup.address_hint("https://[x/")


def test_a_link_is_joined_to_its_page() -> None:
    assert markup.joined("https://example.org/cases/a/", "../b/#c") == "https://example.org/cases/b/#c"
