"""Hand-written pages show GitHub's notations as GitHub's preview does."""

from __future__ import annotations

import re

import pytest
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

from casebuilder import markup, mkdocsconfig
from casebuilder.markdown import githubhtml


def converted(text: str, *extensions: str | dict[str, dict[str, object]]) -> str:
    """A page as MkDocs converts it, with the extensions of a series."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "S", "markdown_extensions": [*extensions]})
    config.validate()
    mkdocsconfig.add_notation(config, "en")
    return str(Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs).convert(text))


def seen(html: str) -> str:
    return " ".join(markup.text(markup.parse(html)).split())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("~~gone~~ H~2~O", "<p><del>gone</del> H~2~O</p>"),
        ("See https://example.org/a_b.", '<p>See <a href="https://example.org/a_b">https://example.org/a_b</a>.</p>'),
        ("(www.example.org/a_(b))", '<p>(<a href="http://www.example.org/a_(b)">www.example.org/a_(b)</a>)</p>'),
        ("to a.b@x.org.", '<p>to <a href="mailto:a.b@x.org">a.b@x.org</a>.</p>'),
        ("patients.It 3.5.mg ftp://x.org xhttps://x.org", "<p>patients.It 3.5.mg ftp://x.org xhttps://x.org</p>"),
        ("`https://x.org` `~~a~~`", "<p><code>https://x.org</code> <code>~~a~~</code></p>"),
        ("[https://x.org](https://y.org)", '<p><a href="https://y.org">https://x.org</a></p>'),
        ('a <a href="/x">see https://y.org</a>', '<p>a <a href="/x">see https://y.org</a></p>'),
        ('<img src="https://x.org/a.png" alt="b">', '<p><img src="https://x.org/a.png" alt="b"></p>'),
        ("> [!NOTE] more\n> words", "<blockquote>\n<p>[!NOTE] more\nwords</p>\n</blockquote>"),
        ("> [!HINT]\n> words", "<blockquote>\n<p>[!HINT]\nwords</p>\n</blockquote>"),
        ("- [y] a\n- [ ]b", "<ul>\n<li>[y] a</li>\n<li>[ ]b</li>\n</ul>"),
    ],
)
def test_a_notation_looks_as_on_github_and_other_words_do_not_change(text: str, html: str) -> None:
    assert converted(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("We need:\n- a\n- b", "<p>We need:</p><ul><li>a</li><li>b</li></ul>"),
        ("# We\nneed\n1. a\n2. b", '<h1 id="we">We</h1><p>need</p><ol><li>a</li><li>b</li></ol>'),
        ("Born in\n1986. A year\n-not\n* * *", "<p>Born in1986. A year-not</p><hr />"),
        ("```\nwords\n- a\n```", "<pre><code>words- a</code></pre>"),
        ("<div>\nwords\n- a\n</div>", "<div>words- a</div>"),
        ("- a\ngoes on\n- b", "<ul><li>agoes on</li><li>b</li></ul>"),
        ("Words\n\n    code\n    - a", "<p>Words</p><pre><code>code- a</code></pre>"),
        (
            "To do:\n- [x] a",
            "<p>To do:</p><ul><li>☑ a</li></ul>",
        ),
        (
            "Values\nof it:\n| a |\n|--|\n| 1 |",
            "<p>Valuesof it:</p><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
        ),
    ],
)
def test_a_list_or_a_table_may_begin_right_below_a_line_of_text(text: str, html: str) -> None:
    assert re.sub(r"\n|</?span[^>]*>", "", converted(text)) == html


@pytest.mark.parametrize("word", ["NOTE", "Tip", "important", "WARNING", "CAUTION"])
def test_a_box_has_its_title_and_ends_with_its_quotation(word: str) -> None:
    html = converted(f"> [!{word}]\n> Mind *this*.\n\n> Quoted.")
    box, quoted = re.findall(r"<blockquote.*?</blockquote>", html, re.DOTALL)
    title = githubhtml.ALERTS[word.lower()]
    assert (
        box == f'<blockquote class="alert">\n<p><strong>{title}</strong></p>\n<p>Mind <em>this</em>.</p>\n</blockquote>'
    )
    assert quoted == "<blockquote>\n<p>Quoted.</p>\n</blockquote>"


def test_tasks_say_whether_they_are_done() -> None:
    html = converted("- [ ] one\n- [X] **two**\n\nor\n\n1. [x] three\n\n2. [ ] four\n")
    assert re.findall(r'aria-label="([^"]+)">(.)</span> (.*?)<', html) == [
        ("not done", "☐", "one"), ("done", "☑", ""), ("done", "☑", "three"), ("not done", "☐", "four"),
    ]  # fmt: skip
    assert "[" not in seen(html)


def test_a_footnote_stands_at_the_end() -> None:
    html = converted("Words[^1] and more.\n\n[^1]: The note, at https://x.org.\n")
    assert seen(html).startswith("Words1 and more. The note, at https://x.org.")
    assert 'href="#fn:1"' in html


def test_what_a_series_chose_itself_is_used() -> None:
    own = converted("- [x] a\n\nH~2~O", {"pymdownx.tasklist": {"custom_checkbox": True}}, "pymdownx.tilde")
    assert '<input type="checkbox" disabled checked/>' in own
    assert 'class="task"' not in own
    assert "H<sub>2</sub>O" in own
    quoted = converted("> [!hint] Look\n> here", {"pymdownx.quotes": {"callouts": True}})
    assert '<p class="admonition-title">Look</p>' in quoted


def test_both_kinds_of_page_use_the_same_words_for_a_link() -> None:
    assert githubhtml.bare_link("https://x.org/ä).") == ("https://x.org/%C3%A4", "https://x.org/ä")
    assert githubhtml.bare_link("words") is None
