"""HTML of generated pages goes past MkDocs' Markdown engine and comes out as if it had gone through."""

from __future__ import annotations

import re
from html import unescape

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

from casebuilder import mkdocsconfig, mkdocspages
from casebuilder.outputs.site.pages.markdownpage import Block, page

BLOCKS = (
    Block('<section id="first" class="part"><p>Na&lt;140 &amp; <em>thirst</em></p>\n<p>Second.</p></section>'),
    Block("<pre><code># no heading\n\n- no list\n</code></pre>", "Codes & <signs>", "codes"),
    Block(
        '<p id="third">*not emphasised* [not](a-link.md)</p>\n<ul>\n<li>one</li>\n\n<li>two</li>\n</ul>',
        "Third",
        "no-3",
    ),
)
TEXT = page(
    "a/index.md", title="A *title*", description="", blocks=BLOCKS, above='<p id="above">Above</p>'
).text.partition("\n---\n")[2]


def converted(markdown: str) -> str:
    return Markdown(extensions=["attr_list", "md_in_html", "toc", "footnotes", "tables"]).convert(markdown)


def test_a_page_comes_out_as_if_its_html_had_been_converted() -> None:
    aside, blocks = mkdocspages.put_aside(TEXT.strip())
    assert len(blocks) == len(BLOCKS) + 1
    assert "thirst" not in aside
    assert "## " in aside
    assert mkdocspages.put_back(converted(aside), blocks) == converted(TEXT.strip())
    assert mkdocspages.put_back(aside, blocks) == TEXT.strip()


def test_ids_in_the_html_can_be_linked_to() -> None:
    _, blocks = mkdocspages.put_aside(TEXT.strip())
    assert mkdocspages.anchors(blocks) == {"above", "first", "third"}


def test_words_that_look_like_a_stand_in_stay_words() -> None:
    text = '# Title\n\n<p>One</p>\n\n<p>&lt;div id="casebuilder-block-0"&gt;</p>'
    aside, blocks = mkdocspages.put_aside(text)
    assert mkdocspages.put_back(aside, blocks) == text


def test_an_extension_that_rewrites_html_is_noticed() -> None:
    aside, blocks = mkdocspages.put_aside(TEXT.strip())
    assert mkdocspages.is_whole(converted(aside), blocks)
    stripped = Markdown(
        extensions=["pymdownx.striphtml"], extension_configs={"pymdownx.striphtml": {"strip_attributes": ["id"]}}
    ).convert(aside)
    assert not mkdocspages.is_whole(stripped, blocks)
    assert not mkdocspages.is_whole(converted(aside) * 2, blocks)


def test_code_in_tables_breaks_at_spaces_only() -> None:
    page = converted(
        "Say `--keep-going`.\n\n| Do | How |\n|---|---|\n| build | `casebuilder build --keep-going` or `a/b` |"
    )
    before, table = mkdocspages.with_whole_words(page).split("<table>")
    assert "<code>--keep-going</code>" in before
    assert '<code>casebuilder build <span class="cb-whole">--keep-going</span></code>' in table
    assert '<code><span class="cb-whole">a/b</span></code>' in table


def test_marked_code_is_the_same_text() -> None:
    page = converted('| Sign |\n|---|\n| `a-b <c> & "d/e?f"` |')
    assert re.sub(r"</?span[^>]*>", "", mkdocspages.with_whole_words(page)) == page


def test_an_address_in_a_title_makes_no_link() -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "S"})
    config.validate()
    mkdocsconfig.add_notation(config, "en")
    title = "Is https://example.org or www.example.org: ~~right~~?"
    text = page("a/index.md", title=title, description="", blocks=()).text.partition("\n---\n")[2]
    html = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs).convert(text.strip())
    assert "<a" not in html
    assert unescape(html).endswith(f">{title}</h1>")
