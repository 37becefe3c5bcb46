"""Authors' Markdown as GitHub reads it: what is printed, where it stands, and what is reported instead of printed."""

from __future__ import annotations

import html as entities
import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder import markdown
from casebuilder.markdown import Kind, document, prose, sectioning, textfacts
from casebuilder.markdown.allowed import ELEMENTS, VALUES, attributes
from casebuilder.markdown.visiblelength import length
from casebuilder.model import Prose
from casebuilder.outputs.epub.xhtml import Place
from casebuilder.outputs.epub.xhtml import document as document_of
from casebuilder.outputs.packs.views import paperhtml
from casebuilder.outputs.packs.views.anchors import resolve_anchors
from casebuilder.outputs.packs.views.slides import split_into_slides
from casebuilder.outputs.site.pages.markdownpage import unbroken
from casebuilder.problems import CODES, Severity
from casebuilder.published import publiclinks as publish_links
from cputime import at_most, nothing_collected
from examples import drawn

PATH = "cases/2026-03-late-handover/scenario.md"


def text(source: str, path: str = PATH) -> Prose:
    return Prose(source, path)


def html(source: str) -> str:
    return re.sub(r">\s+<", "><", prose.html(text(source))).strip()


def codes(source: str) -> list[str]:
    return [found.code for found in markdown.findings(text(source))]


def errors(source: str) -> list[str]:
    return [code for code in codes(source) if CODES[code].severity is Severity.ERROR]


# ------------------------------------------------------------------ what is printed


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Worries:\n- one\n- two", "<p>Worries:</p><ul><li>one</li><li>two</li></ul>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        (
            "1. a\n\n   ```\n   K 3.1\n   ```\n\n2. b",
            "<ol><li><p>a</p><pre><code>K 3.1\n</code></pre></li><li><p>b</p></li></ol>",
        ),
        (
            "Doses:\n| Drug | Dose |\n|:---|---:|\n| Insulin | 4 |",
            (
                '<p>Doses:</p><table><thead><tr><th scope="col" align="left">Drug</th>'
                '<th scope="col" align="right">Dose</th></tr></thead>'
                '<tbody><tr><td align="left">Insulin</td><td align="right">4</td></tr></tbody></table>'
            ),
        ),
        (
            "|  | Dose |\n|---|:---|\n| Insulin | 4 |",  # an empty head tells a screen reader nothing
            (
                '<table><thead><tr><td></td><th scope="col" align="left">Dose</th></tr></thead>'
                '<tbody><tr><td>Insulin</td><td align="left">4</td></tr></tbody></table>'
            ),
        ),
        ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
        ("See https://example.org/a.", '<p>See <a href="https://example.org/a">https://example.org/a</a>.</p>'),
        ("Ask patients.It took 3.5.mg of file.md.", "<p>Ask patients.It took 3.5.mg of file.md.</p>"),
        ("> [!WARNING]\n> Hot.", '<blockquote class="alert"><p><strong>Warning</strong></p><p>Hot.</p></blockquote>'),
        (r"\[@starmer]", "<p>[@starmer]</p>"),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("#urojc is a hashtag", "<p>#urojc is a hashtag</p>"),
        ("a < b, 3>2, <5 % and p<0.05", "<p>a &lt; b, 3&gt;2, &lt;5 % and p&lt;0.05</p>"),
        ("A <!-- secret --> b", "<p>A  b</p>"),
        ("<!-- secret\n\nstill -->\n\nB", "<p>B</p>"),
        ("Bonjour{: lang=fr }", '<p lang="fr">Bonjour</p>'),
        ("*mot*{: lang=fr } word", '<p><em lang="fr">mot</em> word</p>'),
    ],
)
def test_what_github_shows_is_what_is_printed(source: str, expected: str) -> None:
    assert html(source) == expected
    assert errors(source) == []


def test_the_box_of_a_task_is_seen_and_heard() -> None:
    made = html("- [x] rang\n- [ ] wrote\n\n  more")
    assert made.count("☑") == made.count("☐") == 1
    assert 'aria-label="done">☑' in made
    assert 'aria-label="not done">☐' in made


def test_a_note_stands_at_the_end_of_its_text_and_leads_back() -> None:
    made = html("New.[^x] Again.[^x] Other.[^y]\n\n[^y]: Two.\n\n[^x]: One.[^y]")
    name = "note-2026-03-late-handover-scenario"
    assert f'<li id="{name}-a"><p>One.' in made
    assert f'<a href="#{name}-a-from" aria-label="Back to the text">↑</a>' in made
    assert made.count(f'href="#{name}-a"') == 2
    names = re.findall(r'id="([^"]+)"', made)
    assert len(names) == len(set(names)) == 4
    assert made.index("Other.") < made.index("One.") < made.index("Two.")


def test_names_of_notes_and_headings_differ_from_text_to_text() -> None:
    source = "## Part\n\nA.[^1]\n\n[^1]: B."
    first, second = (prose.html(text(source, f"cases/2026-0{n}-case/scenario.md")) for n in (1, 2))
    assert not set(re.findall(r'id="([^"]+)"', first)) & set(re.findall(r'id="([^"]+)"', second))


def test_what_one_place_of_a_file_defines_reaches_all_of_it() -> None:
    whole = text(
        "## One\n\n[the rules][r]; ICU.[^n]\n\n## Two\n\nWords.\n\n"
        "[r]: https://example.org/\n[^n]: Said.\n\n*[ICU]: unit\n"
    )
    (_, empty), (one, first), (two, second) = markdown.sections(whole)
    assert not empty
    assert (one.text, two.text) == ("One", "Two") if one and two else False
    rendered_html = prose.html(first)
    assert '<a href="https://example.org/">the rules</a>' in rendered_html
    assert '<abbr title="unit">ICU</abbr>' in rendered_html
    assert "Said." in rendered_html
    assert "Said." not in prose.html(second)
    assert "ICU" not in prose.html(second)


def test_a_section_without_words_is_empty_whatever_follows_it() -> None:
    sections = markdown.sections(text("## One\n## Two\n\nWords."))
    assert [prose.html(body) for _, body in sections] == ["", "", "<p>Words.</p>\n"]


@pytest.mark.parametrize(
    ("source", "lost"),
    [
        ("Dear <name of patient>, your result is <value>.", "<name of patient>"),
        ("Na<K and Cl>100", "<K and Cl>"),
        ("a<b and c>d", "<b and c>"),
        ("n<p and q>0.05", "<p and q>"),
        ("<Dr Smith>\n\n*read*", "<Dr Smith>"),
        ("<K>", "<K>"),
        ("<name of patient>\n*read*", "<name of patient>"),
        ("<b>open", "<b>"),
        ("closed</b>", "</b>"),
        ("<div>\n\nnever closed", "<div>"),
        ('<p onclock="x">now</p>', '<p onclock="x">'),
        ('<img src="a.png" src="b.png" alt="twice">', '<img src="a.png" src="b.png" alt="twice">'),
        ("<b and c>bold</b>", "<b and c>"),
        ('<b odd="x">bold</b>', '<b odd="x">'),
        ("<?php echo 1 ?>", "<?php echo 1 ?>"),
        ("<!DOCTYPE html>", "<!DOCTYPE html>"),
        ("<![CDATA[words]]>", "<![CDATA[words]]>"),
        ("<summary of events> and <option 2>", ""),
        ("<!-- never closed\n\nwords", "<!-- never closed"),
        ("- <!-- cut off\n\nby the end of the list -->", "<!-- cut off"),
        ("words <!-- cut off\n\nby an empty line -->", "<!-- cut off"),
        ("<div>\n<!-- cut off\n\n</div>", "<!-- cut off"),
    ],
)
def test_no_word_between_angle_brackets_is_lost_in_silence(source: str, lost: str) -> None:
    assert set(codes(source)) & {"stray-tag", "unsafe-html"}
    assert lost in entities.unescape(re.sub(r"</?(?:p|em)>", "", html(source)))
    if "read" in source:
        assert "<em>read</em>" in html(source)


@pytest.mark.parametrize(
    "name",
    [
        "script",
        "iframe",
        "video",
        "form",
        "input",
        "style",
        "svg",
        "object",
        "font",
        "details",
        "embed",
        "link",
        "meta",
        "base",
        "image",
    ],
)
def test_html_that_authors_mean_and_no_page_may_hold_is_an_error_at_its_line(name: str) -> None:
    for source in (
        f"One.\n\nTwo <{name} a='b'>x</{name}>.",
        f"One.\n\n<{name}>\n\n</{name}>",
        f"a\n\n- <{name.upper()}/>",
    ):
        (found,) = markdown.findings(text(source))
        assert (found.code, found.place[0]) == ("unsafe-html", 3)
        assert f"<{name}" not in html(source)


@pytest.mark.parametrize(
    "source",
    [
        "$2 \\times Na + glucose_{mmol}$",
        "$$x$$",
        "$E=mc^2$",
        "Mean $x$ here",
        "\\(x^2\\)",
        "==x==",
        "H~2~O",
        "CO~2~",
        "~word~",
        "x^2^",
        "10^9^",
        "++new++",
        "[[A page]]",
        "[[page|words]]",
        "!!! note\n    Text",
        '!!! warning "Care"\n    Text',
        "??? tip\n    Text",
        "::: note",
        "term\n: definition",
        ":smile:",
        "[@a; @b]",
        "[@a, p. 3]",
        "[TOC]",
        "^[inline note]",
        "{% raw %}",
        '--8<-- "a.md"',
    ],
)
def test_notations_of_other_programs_are_reported_at_their_line(source: str) -> None:
    found = markdown.findings(text(f"One.\n\n{source}\n"))
    assert [each.code for each in found] == ["unsupported-syntax"]
    assert found[0].place[0] == 3 + source.startswith("term")


@pytest.mark.parametrize(
    "source",
    [
        "it cost $5 and $6",
        "US$5–$10",
        "between $5 and (AU$) more",
        "a == b == c",
        "~5 mg to ~10 mg",
        "about ~10%",
        "10^6",
        "C++ and C++",
        "12:30:45",
        "ratio 1:2:3",
        "a:b:c",
        "note [1]",
        "[sic]",
        "x[^]",
        "`$x^2$ ==a== H~2~O`",
        "2^n",
        "https://example.org/~user/a~b/",
        "Yes!!! no",
        "{curly}",
        "f(x)",
        "- [x] done",
        "[a](b.md)",
        "a [b] [c] d",
        "_word_ and __word__",
        "HLA-B\\*57:01 and HLA-A\\*02:01, `5*3*2`",
        "CYP2D6*4/*4 and *2 and *3",
        "un*believ*able",
        "[a](b.md)[^1] [@c] (x) [d] (e) [a](b.md)\n\n[^1]: n",
        "*S. aureus* was 5, **12** were *3*",
        "p*<0.05, q*<0.01; Age*, sex*",
        "snake_case_word",
        "3 < 4 > 2",
        "AT&T &amp; more",
        "[@starmer]",
        "e.g. :-) and :(",
        "<?> and <!> and <> and <...>",
        "cheap ($), dear ($$), very dear ($$$)",
        "$, $$, $$$",
        "[//]: # (a remark)\n[comment]: <> (another)\n[later]: https://example.org/",
        "*[ICU]: unit\n*[ICU]: unit\n\nICU",
        "<pre>\n**a** [@b] `c`\n</pre>",
        "<p>\n5 * 3 * 2 = 30, p_1 and p_2, - 5 to + 5\n</p>",
        "<div>\n\n**read** [@b]\n\n</div>",
    ],
)
def test_ordinary_prose_is_no_problem(source: str) -> None:
    assert codes(source) == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("*[Editor’s note]:* The dose was wrong.", "<p><em>[Editor’s note]:</em> The dose was wrong.</p>"),
        ("- *[Note]: it was changed.*", "<li><em>[Note]: it was changed.</em></li>"),
    ],
)
def test_words_in_brackets_with_emphasis_explain_no_abbreviation(source: str, shown: str) -> None:
    assert shown in prose.html(text(source))
    assert codes(source) == []


@pytest.mark.parametrize(
    ("source", "code", "place"),
    [
        ("One.\n\nDrug\tDose\nA\t4\nB\t5", "pasted-text", (3, 1)),
        ("x\n\n  Drug\tDose\tUnit\n  A\t4\tmg", "pasted-text", (3, 3)),
        ("Words [Comment [JD1]: check] here", "pasted-text", (1, 7)),
        ("Commented [AB12]: check", "pasted-text", (1, 1)),
        ("> Words [Comment [JD1R2]: check]", "pasted-text", (1, 9)),
        ("x\n\n• one\n• two", "pasted-list", (3, 1)),
        ("▪ one", "pasted-list", (1, 1)),
        ("o\tone", "pasted-list", (1, 1)),
        ("a\u200bb", "invisible-character", (1, 2)),
        ("x\n\na so\u00adft word", "invisible-character", (3, 5)),
        ("a\u2028b", "invisible-character", (1, 2)),
        ("-\u00a0a", "invisible-character", (1, 2)),
        ("x\n\n##\u00a0Question", "glued-heading", (3, 3)),
        ("x\n\n##Question", "glued-heading", (3, 1)),
        ("##\u202fQuestion", "glued-heading", (1, 3)),
        ("x\n\n## Q {# Third }", "heading-id", (3, 6)),
        ("## Q (#third)", "heading-id", (1, 6)),
        ("## Q [#third]", "heading-id", (1, 6)),
        ("## Q {third}", "heading-id", (1, 6)),
        ("x :: quote[q3] y", "quote-line", (1, 3)),
        ("::quote(q3)", "quote-line", (1, 1)),
        ("::Quote[q3]", "quote-line", (1, 1)),
        (":quote[q3]", "quote-line", (1, 1)),
        ("::quotes[q3]", "quote-line", (1, 1)),
        ("::quote[q3] and more", "quote-line", (1, 1)),
        ("![A lamp](my lamp.svg)", "broken-link", (1, 1)),
        ("see [it](the file.md)", "broken-link", (1, 5)),
        ("note[^1]", "unknown-note", (1, 5)),
        ("see [it][nowhere]", "unknown-label", (1, 5)),
        ("a[^1]\n\n[^1]: one\n[^1]: two", "lost-words", (4, 1)),
        ("[^1]: one", "lost-words", (1, 1)),
        ("[^1]: one\nText[^1] goes on", "lost-words", (1, 1)),
        ("x\n\n> [^1]: one[^1]", "lost-words", (3, 1)),
        ("> | a |\n> |---|\n> | 1 | 2 |", "lost-words", (3, 1)),
        ("|  |\n|--|\n| 1 |", "table-header", (1, 1)),
        ("x\n\n<table><tr><td>a</td></tr></table>", "table-header", (3, 1)),
        ("> " * 31 + "deep", "nested-too-deep", (1, 1)),
        ("<div>\n" * 31 + "deep\n" + "</div>\n" * 31, "nested-too-deep", (1, 1)),
        ("x\n\n" + "<b>" * 31 + "deep" + "</b>" * 31, "nested-too-deep", (3, 1)),
        ("<table><tr><th>a</th></tr>\n<tr><td>*S. aureus*</td></tr></table>", "unsupported-syntax", (2, 9)),
        ("x\n\n<p>\nSee [it](y.md)\n</p>", "unsupported-syntax", (4, 5)),
        ("<div>\n- one\n- two\n</div>", "unsupported-syntax", (2, 1)),
        ("<b>\nH~2~O\n</b>", "unsupported-syntax", (2, 2)),
        ("> [!NOTE] words", "unsupported-syntax", (1, 3)),
        ("> [!INFO]\n> words", "unsupported-syntax", (1, 3)),
        ("x\n\n[Nurse]: Really?", "lost-words", (3, 1)),
        ("Give 5*3 and 4*2 mg.", "lost-words", (1, 7)),
        ("x\n\n- no\n  HLA-B*57:01 and HLA-A*02:01", "lost-words", (4, 8)),
        ("2**3 and 3**2", "lost-words", (1, 2)),
        ("See [a](b.md), [it[^1]](https://a.org)\n\n[^1]: n", "broken-link", (1, 16)),
        ("x\n\n[a [b](b.md) c](c.md)", "broken-link", (3, 1)),
        ("[a [@b]](c.md)", "broken-link", (1, 1)),
        ("in mL*min-1*kg-1", "lost-words", (1, 6)),
        ("in kg*m^2*s^-1", "lost-words", (1, 6)),
        ("is a*b*c here", "lost-words", (1, 5)),
        ("in mg*kg*day", "lost-words", (1, 6)),
        ("marked (*) and (*)", "lost-words", (1, 9)),
        ("marked [**] or [**].", "lost-words", (1, 9)),
        ("marked (_) and (_)", "lost-words", (1, 9)),
        ("un*frigging*believable, so **bold**, *it* and (*so*)", "ok", (0, 0)),
        ("is time*dose*weight here", "emphasis-in-word", (1, 8)),
        ("CYP2D6*4/*4 carriers; 1*/2* responders", "lost-words", (1, 10)),
        ("the *17/*17; p=0.05* and", "lost-words", (1, 9)),
        ("*1 and CYP2D6*4", "lost-words", (1, 1)),
        ("in 10*g*/L", "lost-words", (1, 6)),
        ("Include:\n> 65 years\n> 50 kg", "lost-sign", (2, 1)),
        ("- of all\n  >=7 points", "lost-sign", (2, 3)),
        ("> > 5–10 cm", "lost-sign", (1, 3)),
        ("It changed:\n+ 12% here\n+ 5 mmHg", "lost-sign", (2, 1)),
        ("It changed:\n- 7 mmHg", "lost-sign", (2, 1)),
        ("a\n\n* p < 0.05", "lost-sign", (3, 1)),
        ("> 65% of all died at 90 days.", "ok", (0, 0)),
        ("> 2015 was the year\n\n> 5 cm\n>\n> and more\n\nGive:\n\n- 5 mg\n\n+ 5 mg\n+ a word", "ok", (0, 0)),
        ("Give:\n- 5 mg\n- 10 mg\n\n* 5 mg", "ok", (0, 0)),
        ("10. a\n11. b\n3. c", "list-number", (3, 1)),
        ("- x\n\n  2) a\n  1) b", "list-number", (4, 1)),
        ("1. a\n1. b\n1. c\n\ntext\n\n4. a\n   1. x\n   2. y\n\n5. b", "ok", (0, 0)),
        ("af*f*ect or ef*f*ect", "ok", (0, 0)),
        ("x\n\n*[ICU]:\n  unit", "unsupported-syntax", (3, 1)),
        ("x\n\n<table>words<tr><th>a</th></tr></table>", "lost-words", (3, 8)),
        ("<table>\n<tr>\n<th>a</th> or\n</tr></table>", "lost-words", (3, 12)),
        ("a&shy;b", "invisible-character", (1, 2)),
        ("x\n\na&#8203;b", "invisible-character", (3, 2)),
        ("- a&#x200B;b", "invisible-character", (1, 4)),
        ("`a&shy;b`, R&amp;D, a&nbsp;b\n\n```\n&shy;\n```", "ok", (0, 0)),
        ("Type:\n\n    &shy; or &#8203;\n\n1. a\n\n   ~~~\n   &shy;\n   ~~~\n\n> ```\n> &#173;\n> ```", "ok", (0, 0)),
        ("| a |\n|---|\n| ``&shy;`` |\n\n[`&shy;`](https://a.org) and `a\n&shy;`", "ok", (0, 0)),
        (r"Write \&shy; for it. <!-- &shy; -->", "ok", (0, 0)),
        ("<!--\n&shy;\n\n##Draft\n-->\n\nText", "ok", (0, 0)),
        (r"a \\&shy; b", "invisible-character", (1, 5)),
        ("`a` &shy; `b`", "invisible-character", (1, 5)),
        ("    code\n\na&shy;b", "invisible-character", (3, 2)),
        ("<p>&shy; or <!-- &shy; --></p>", "invisible-character", (1, 4)),
        ("   ```\n##sh\n-\u00a0x\n\u00a0y\n   ```", "ok", (0, 0)),
        ("a\n\n    -\u00a0x\n    \u00a0y", "ok", (0, 0)),
        ("```\n##sh\n```\n\n##Third", "glued-heading", (5, 1)),
        ("![a lamp](Bild 1.png)", "broken-link", (1, 1)),
        *[
            (f"x\n\n{line}", "quote-line", (3, 1))
            for line in (
                "::qoute[q3]",
                ":::quote[q3]",
                "::quote q3",
                "\uff1a\uff1aquote[q3]",
                "quote[q3]",
                "{quote: q3}",
                "::quotes[q3]",
                "::cite(q3)",
            )
        ],
        ("He said: quote [sic], std::vector and a ratio of 3:1 [2]", "ok", (0, 0)),
        *[
            (f"## Why? {given}", "heading-id", (1, 9))
            for given in (
                "{#}",
                "{#third}.",
                "**{#third}**",
                "\uff5b#third\uff5d",
                "{#third}}",
                "{#The Third}",
                "{id=third}",
            )
        ],
        ("## Why? {#third lang=fr}\n\n## How? {: #fourth .wide}", "ok", (0, 0)),
        *[(f"{odd}## Why?", "invisible-character", (1, 1)) for odd in "\u200b\u2060\u00a0\u3000"],
        ("x\n\n\u200b::quote[q3]", "invisible-character", (3, 1)),
        ("##\u200bWhy?", "glued-heading", (1, 1)),
        ("\uff03\uff03 Why?", "glued-heading", (1, 1)),
        ("\uff03urojc is a hashtag", "ok", (0, 0)),
        (r"so \[ \frac{a}{b} \] is", "unsupported-syntax", (1, 4)),
        ("\\\\[\nx^2 + y\n\\\\]", "unsupported-syntax", (1, 1)),
        (r"so \\(x_1\\) is", "unsupported-syntax", (1, 4)),
        ("$$\n\\begin{aligned}\na &= b_1\n\\end{aligned}\n$$", "unsupported-syntax", (1, 1)),
        (r"see \[p. 3\], \[n = 5\] and \(there\), so x = 3_a", "ok", (0, 0)),
        ("as shown.[1][2, 3][5–7]", "ok", (0, 0)),
        ("as shown [in a trial][5]", "unknown-label", (1, 10)),
        ("Posted on {{ page.date }}", "unsupported-syntax", (1, 11)),
        ("{{< youtube abc >}}", "unsupported-syntax", (1, 1)),
        ("![a lamp]({{ site.url }}/a b.png)", "broken-link", (1, 1)),
        ('[caption id="a" align=right]A caption[/caption]', "unsupported-syntax", (1, 1)),
        ("x [gallery ids=”1,2”]", "unsupported-syntax", (1, 3)),
        ("[embed]https://a.org[/embed]", "unsupported-syntax", (1, 1)),
        (
            'see [1], [sic], [video], [p=0.03] and/or [OR 1.2; 95% CI=1-2], [placebo n=12], [a="b"](https://a.org)',
            "ok",
            (0, 0),
        ),
        ("the set {{1}, {2}} and `{{ x }}`", "ok", (0, 0)),
        ("- [Note]: important.", "lost-words", (1, 1)),
        ("[a]: https://a.org\n[A]: https://b.org\n\n[a]", "lost-words", (2, 1)),
        ("ICU\n\n*[ICU]: one\n*[ICU]: another", "lost-words", (4, 1)),
        ("- x\n\n*[ICU]: unit\n*[ED]: department\n\nThe ED and `ICU`.", "unused-abbreviation", (3, 1)),
        ("*a **b " * 40, "ok", (0, 0)),
    ],
)
def test_a_slip_is_one_problem_at_its_own_place(source: str, code: str, place: tuple[int, int]) -> None:
    found = [(each.code, each.place) for each in markdown.findings(text(source))]
    assert found == ([] if code == "ok" else [(code, place)])


def test_what_is_code_is_printed_as_it_was_written() -> None:
    source = "   ```\n##sh\n-\u00a0x\n   ```\n\n##Third\n\n-\u00a0entry\n"
    rendered_html = prose.html(text(source))
    assert "##sh\n-&nbsp;x" in rendered_html
    assert "Third</h3>" in rendered_html
    assert "First</h3>" in prose.html(text("\u200b## First"))
    assert "<li>entry</li>" in rendered_html


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ('<p style="a" lang="fr">x</p>', 'write <p lang="fr">'),
        ('<img class="a" src="x.png" alt="A dog" width="4">', 'write <img src="x.png" alt="A dog">'),
        ('a <span style="color: red">b</span>', "write <span>"),
        ('<section id="s">x</section> <section id="t">y</section>', "write <section>"),
    ],
)
def test_attributes_of_a_website_are_left_out_with_a_warning(source: str, hint: str) -> None:
    (found,) = markdown.findings(text(source))
    assert found.code == "ignored-attribute"
    assert found.hint == hint
    assert "&lt;" not in html(source)


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("a<b and c>d", "to print it, write &lt;b and c>"),
        ('Dear <patient of="Dr Smith">', 'to print it, write &lt;patient of="Dr Smith">'),
        ("seen <time> after <section>", "to print it"),
    ],
)
def test_words_between_angle_brackets_are_no_tag(source: str, hint: str) -> None:
    found = markdown.findings(text(source))
    assert {each.code for each in found} == {"stray-tag"}
    assert found[0].hint.startswith(hint) or "delete it" in found[0].hint
    assert source.replace("<", "&lt;").replace(">", "&gt;") in html(source)


def test_a_table_of_a_website_is_a_table() -> None:
    source = (
        '<table class="wp"><colgroup><col style="width: 50%" /><col></colgroup>\n'
        '<tr class="header"><th data-align="left">Drug</th><th>Dose</th></tr>\n'
        '<tr><td style="a" width="9">K</td><td>4</td></tr></table>'
    )
    assert codes(source) == ["ignored-attribute"] * 4
    assert re.sub(r"\s", "", html(source)) == (
        "<table><tbody><tr><th>Drug</th><th>Dose</th></tr><tr><td>K</td><td>4</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("![A curve](https://a.example/c.png)", '<a href="https://a.example/c.png">A curve</a>'),
        ("![](//a.example/x/c%20d.png?w=9)", '<a href="https://a.example/x/c%20d.png?w=9">c d.png (a.example)</a>'),
        ("[![A curve](https://a.example/c.png)](https://b.example)", '<a href="https://b.example">A curve</a>'),
        ('<img src="http://a.example/c.png" width="9">', '<a href="http://a.example/c.png">c.png (a.example)</a>'),
    ],
)
def test_a_picture_on_another_site_is_a_link(source: str, shown: str) -> None:
    assert shown in html(source)
    assert "<img" not in html(source)


_NESTED = "<table><tr><th>a</th></tr></table>"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("<tr><p>lost</p><td>1</td><td>2</td></tr>", "lost"),
        ("<tr><td>1</td><td>2</td></tr><div>lost</div>", "lost"),
        (f"<tr><td>1</td>{_NESTED}</tr>", "<table>"),
        (f"<tr><td>1</td><td><p>2</p>{_NESTED}</td></tr>", ""),
        ("<caption><b>1</b></caption>", ""),
    ],
    ids=["row", "body", "nested", "nested in a cell", "caption"],
)
def test_what_is_in_a_table_and_in_no_cell_is_reported(rows: str, words: str) -> None:
    findings = markdown.findings(text(f"<table>\n<tr><th>a</th><th>b</th></tr>\n{rows}\n</table>"))
    found = [each.message for each in findings]
    assert found == [f'"{words}" is in a table but in none of its cells, and is printed before it'] * bool(words)


@pytest.mark.parametrize("rows", ["1200", "2px", " 2"])
def test_a_span_that_only_browsers_read_is_reported_and_no_value_moves_to_another_column(rows: str) -> None:
    findings = markdown.findings(text(f'<table>\n<tr><th>a</th></tr>\n<tr><td rowspan="{rows}">b</td></tr>\n</table>'))
    (found,) = findings
    assert (found.code, found.place, found.hint) == ("lost-words", (3, 5), "write a number from 1 to 999 in rowspan=")
    assert markdown.findings(text('<table><tr><th>a</th></tr><tr><td rowspan="0">b</td></tr></table>')) == ()


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ('<tr><td>1</td><td rowspan="2">2</td></tr>\n<tr><td colspan="2">over it</td></tr>', [4]),
        ('<tr><td>1</td><td rowspan="3">2</td></tr>\n<tr><td>3</td></tr>\n\n<tr><td colspan="3">x</td></tr>', [6]),
        ('<tr><td>1</td><td rowspan="2">2</td></tr>\n<tr><td>3</td></tr>\n<tr><td colspan="2">4</td></tr>', []),
        ('<tr><td>1</td><td rowspan="2">2</td></tr>\n<tr><td>3</td><td colspan="2">4</td></tr>', []),
        ('<tr><td>1</td><td rowspan="9">2</td></tr></tbody>\n<tbody><tr><td colspan="2">4</td></tr>', []),
        (f'<tr><td rowspan="2">1</td><td>{_NESTED}</td></tr>\n<tr><td colspan="2">2</td></tr>', []),
        (f'<tr><td>1</td><td rowspan="2">{_NESTED}</td></tr>\n<tr><td colspan="2">2</td></tr>', [4]),
    ],
    ids=["over", "three rows", "below", "beside", "another body", "nested", "over nested"],
)
def test_a_cell_over_another_is_reported_at_its_line(rows: str, lines: list[int]) -> None:
    table = f"<table>\n<tr><th>a</th><th>b</th></tr>\n<tbody>{rows}</tbody>\n</table>"
    findings = markdown.findings(text(table))
    assert [found.place[0] for found in findings if "lies over" in found.message] == lines
    assert {found.code for found in findings} <= {"lost-words"}


@pytest.mark.parametrize(
    ("source", "remedy"),
    [
        ("![A lamp](Bild 1.png)", "![A lamp](<Bild 1.png>)"),
        ('[it](my file.md "its title")', '[it](<my file.md> "its title")'),
        ("x ![y](./a b/c.png) z", "![y](<./a b/c.png>)"),
    ],
)
def test_an_address_with_a_space_is_put_right_and_then_read(source: str, remedy: str) -> None:
    (found,) = markdown.findings(text(source))
    assert f"put < and > around it: {remedy}; or" in found.hint
    assert codes(remedy) == []


def test_a_heading_that_is_almost_right_still_makes_its_section() -> None:
    for source in ("##\u00a0Question", "##Question", "## Question {# question }", "## Question (#question)"):
        (_, _), (heading, body) = markdown.sections(text(f"{source}\n\nWords."))
        assert heading is not None
        assert (heading.text, heading.id, body.source) == ("Question", "question", "Words.")


# ------------------------------------------------------------------ where it stands

BEFORE = (
    "",
    "`code over\ntwo lines` and ",
    '[a](b.md "title over\ntwo lines") and ',
    "*em\nphasis* ",
    "\\* &amp; é漢😀 ",
)


@pytest.mark.parametrize("container", ["{}", "- {}", "> {}", "1. a\n\n   {}", "> - {}", "[^n]\n\n[^n]: {}", "## {}"])
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("![p](x.png)", "pictures"),
        ("[l](https://l.org)", "links"),
        ("[@cite]", "citations"),
        ("<img src='x.png'>", "pictures"),
        ("https://bare.org", "links"),
        ("<b>", "findings"),
        ("$x^2$", "findings"),
    ],
)
def test_everything_knows_its_line_and_column(container: str, before: str, mark: str, kind: str) -> None:
    if "\n" in before and container.startswith("#"):
        return  # a heading has one line
    lead = container.format("").rpartition("\n")[2]
    quoted = lead.count(">")
    indent = "> " * quoted + " " * (len(lead) - 2 * quoted)
    source = "First.\n\n" + container.format((before + mark).replace("\n", f"\n{indent}")) + "\n"
    facts = markdown.facts(text(source))
    found = markdown.findings(text(source)) if kind == "findings" else getattr(facts, kind)
    lines = source.split("\n")
    line = next(number for number, written in enumerate(lines) if mark in written)
    assert found[-1].place == (line + 1, lines[line].index(mark) + 1)


def test_the_cells_of_a_table_know_their_columns() -> None:
    source = "x\n\n| [@a] | ![p](x.png) | [@a] |\n|---|---|---|\n| \\| [@b] | [@b]| [l](c.md) |\n"
    facts = markdown.facts(text(source))
    row, below = source.split("\n")[2], source.split("\n")[4]
    assert [each.place for each in facts.citations] == [
        (3, row.index("[@a]") + 1),
        (3, row.rindex("[@a]") + 1),
        (5, below.index("[@b]") + 1),
        (5, below.rindex("[@b]") + 1),
    ]
    assert facts.pictures[0].place == (3, row.index("![p]") + 1)
    assert facts.links[0].place == (5, below.index("[l]") + 1)


@pytest.mark.parametrize("container", ["> {}", "- {}", "1. {}", "> - {}", "[^n]\n\n[^n]: {}", "- > {}"])
@pytest.mark.parametrize("row", ["| a | [@b] |", "a | [@b]", "|a|[@b]"])
def test_the_cells_of_a_table_within_something_know_their_columns(container: str, row: str) -> None:
    source = container.format(row)
    lead = re.sub(r"[^>]", " ", source.split("\n")[-1][: -len(row)])
    source += f"\n{lead}|---|---|\n{lead}{row}"
    every, lines = markdown.facts(text(source)), source.split("\n")
    expected = [(number + 1, line.index("[@b]") + 1) for number, line in enumerate(lines) if "[@b]" in line]
    assert [each.place for each in every.citations] == expected
    assert len(expected) == 2


def test_a_piece_knows_the_lines_of_its_file() -> None:
    whole = Prose("Intro.\n\n## One\n\n[@a]\n\n## Two\n\n[@b] ![p](x.png)", PATH, 11)
    _, (_, one), (heading, two) = markdown.sections(whole)
    assert heading is not None
    assert heading.place == (17, 1)
    assert [each.place for each in markdown.facts(one).citations] == [(15, 1)]
    assert [each.place for each in markdown.facts(two).pictures] == [(19, 6)]


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("`![p](x.png)` `[@a]`", set()),
        ("```\n![p](x.png)\n[@a]\n::quote[q]\n## H\n```", set()),
        ("    ![p](x.png)", set()),
        ("<!-- ![p](x.png) [@a] -->", set()),
        ("\\![p](x.png)", {"links"}),
        ("![p][r]\n\n[r]:\n  x.png", {"pictures"}),
        ("![a [b [c] d] e](x.png)", {"pictures"}),
        ("\\` ![p](x.png) `", {"pictures"}),
        ("[![p](x.png)](/about/)", {"pictures", "links"}),
        ("text\n::quote[q1]\ntext", {"quotes"}),
    ],
)
def test_rules_see_what_is_printed_and_nothing_else(source: str, kinds: set[str]) -> None:
    facts = markdown.facts(text(source))
    assert {kind for kind in ("headings", "pictures", "links", "citations", "quotes") if getattr(facts, kind)} == kinds
    assert ("<img" in html(source)) == ("pictures" in kinds)
    assert ("<a " in html(source)) == ("links" in kinds)


# ------------------------------------------------------------------ links


@pytest.mark.parametrize(
    ("written", "kind", "address"),
    [
        ("../2025-09-slug/scenario.md", Kind.PAGE, "cases/2025-09-slug/"),
        ("../2025-09-slug/", Kind.PAGE, "cases/2025-09-slug/"),
        ("../2025-09-slug", Kind.PAGE, "cases/2025-09-slug/"),
        ("/cases/2025-09-slug/", Kind.PAGE, "cases/2025-09-slug/"),
        ("https://example.org/series/cases/2025-09-slug/", Kind.PAGE, "cases/2025-09-slug/"),
        ("../../docs/about.md", Kind.PAGE, "about/"),
        ("/about/", Kind.PAGE, "about/"),
        ("../../about/", Kind.PAGE, "about/"),
        ("../../experts/ana-ruiz.md", Kind.PAGE, "experts/ana-ruiz/"),
        ("../../collections/nights.yml", Kind.PAGE, "collections/nights/"),
        ("/", Kind.PAGE, ""),
        ("ecg%201.png", Kind.PICTURE, "cases/2026-03-late-handover/ecg 1.png"),
        ("facilitation.md", Kind.SEALED, "cases/2026-03-late-handover/facilitation.md"),
        ("responses/", Kind.SEALED, "cases/2026-03-late-handover/responses/"),
        ("../2025-09-slug/responses/x.md", Kind.SEALED, "cases/2025-09-slug/responses/x.md"),
        ("../../commentary/2025-09-slug/commentary.md", Kind.SEALED, "commentary/2025-09-slug/commentary.md"),
        ("#the-tea-room", Kind.HERE, ""),
        ("javascript:alert(1)", Kind.REFUSED, "javascript:alert(1)"),
        ("JavaScript:alert(1)", Kind.REFUSED, "JavaScript:alert(1)"),
        ("//evil.example/", Kind.REFUSED, "//evil.example/"),
        ("HTTPS://Example.net/A", Kind.WEB, "https://Example.net/A"),
        ("Mailto:a@example.org", Kind.WEB, "mailto:a@example.org"),
        ("https:example.net", Kind.NOWHERE, "https:example.net"),
        ("http:\\\\example.net", Kind.NOWHERE, "http:\\\\example.net"),
        ("https:///a", Kind.NOWHERE, "https:///a"),
        ("https://example.net/a b", Kind.NOWHERE, "https://example.net/a b"),
        ("mailto:", Kind.NOWHERE, "mailto:"),
        ("data:text/html,x", Kind.REFUSED, "data:text/html,x"),
        ("mailto:a@example.org", Kind.WEB, "mailto:a@example.org"),
        ("../../../etc/passwd", Kind.NOWHERE, "../../../etc/passwd"),
        ("other.md", Kind.NOWHERE, "other.md"),
    ],
)
def test_a_link_leads_where_github_and_the_page_lead_it(written: str, kind: Kind, address: str) -> None:
    target = markdown.resolve(PATH, written, "https://example.org/series/")
    assert (target.kind, target.address) == (kind, address)


@pytest.mark.parametrize(
    "written", ["HTTPS://x.org/", "Http://x.org/#A", "MAILTO:a@x.org", "https://x.org/%20a", "https://ü.org/é"]
)
def test_a_link_that_check_lets_pass_is_one(written: str) -> None:
    for source in (f"[a]({written})", f"<a href='{written}'>a</a>", f"<{written}>"):
        (link,) = markdown.facts(text(source)).links
        assert markdown.resolve(PATH, link.address).kind is Kind.WEB
        assert '<a href="' in html(source)


def test_a_response_links_from_its_own_folder_or_from_its_case() -> None:
    response = "cases/2026-03-late-handover/responses/ana-ruiz.md"
    for written in ("../../2025-09-slug/scenario.md", "../2025-09-slug/"):
        assert markdown.resolve(response, written).address == "cases/2025-09-slug/"


def test_a_link_to_a_page_that_is_hidden_prints_its_words_alone() -> None:
    source = (
        "See [the next one](../2026-09-next/) and https://example.org/cases/2026-09-next/ and [this](../2025-09-slug/)."
    )
    hidden = frozenset(("../2026-09-next/", "https://example.org/cases/2026-09-next/"))
    rendered_html = prose.html(Prose(source, PATH, hidden=hidden))
    assert "2026-09-next" not in rendered_html
    assert "See the next one and a page that is not published yet and" in rendered_html
    assert 'href="series:cases/2025-09-slug/"' in rendered_html


@pytest.mark.parametrize(
    "words",
    ["2026-09-next", "`2026-09-next`", "the case **2026-09-next**", "![2026-09-next](x.png)", "cases/2026-09-Next"],
)
def test_the_words_of_a_link_to_a_hidden_page_do_not_name_it(words: str) -> None:
    source = f"See [{words}](../2026-09-next/), [it](../2026-09-next/) and the end.\n\n*[2026]: a year"
    rendered_html = prose.html(Prose(source, PATH, hidden=frozenset(("../2026-09-next/",))))
    assert "2026-09-" not in re.sub("<[^>]+>", "", rendered_html).lower()
    assert rendered_html.count("a page that is not published yet") == 1
    assert "it and the end." in rendered_html


_SITE = "https://example.org/series/"


@pytest.mark.parametrize(
    "written",
    [
        "http://www.example.org/series/cases/2027-01-x/",
        "HTTPS://EXAMPLE.ORG/series/cases/2027-01-x/",
        "https://example.org:443/series//cases/2027-01-x",
        "https://example.org/series/a/../%63ases/2027-01-x/#part",
        "/about/../cases/2027-01-x/",
        "//cases/2027-01-x/",
        "https://example.org.evil.example/series/cases/2027-01-x/",
    ],
)
def test_an_address_of_the_own_site_is_one_however_it_is_written(written: str) -> None:
    target = markdown.resolve(PATH, written, _SITE)
    if written.startswith("//"):
        assert target.kind is Kind.REFUSED
    elif "evil" in written:
        assert target.kind is Kind.WEB
    else:
        assert (target.kind, target.address) == (Kind.PAGE, "cases/2027-01-x/")
        cut = publish_links.without_hidden(Prose(f"[a]({written}) [2027-01-x]({written})", PATH), _SITE, ())
        assert prose.html(cut) == "<p>a a page that is not published yet</p>\n"


def test_an_output_that_has_no_address_for_a_page_prints_the_words_alone() -> None:
    rendered_html = prose.html(text("[us](/about/) ![p](x.png) [big](x.png)"))
    assert prose.place(rendered_html, lambda path: f"/{path}", prose.under("../../")).count("<a ") == 2
    assert prose.place(rendered_html, lambda path: f"/{path}") == (
        f'<p>us <img src="/{PATH.rpartition("/")[0]}/x.png" alt="p"> big</p>\n'
    )


# ------------------------------------------------------------------ nothing else comes out


class Tags(HTMLParser):
    def __init__(self, made: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(made)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


ADDRESSES = [
    "x.png",
    "https://evil.example/a.png",
    "javascript:alert(1)",
    "//e.example/x",
    "data:text/html,x",
    "#a",
    "../2025-09-x/",
]
PIECES = st.one_of(
    st.sampled_from(
        [*"<>/\"'=`*_[]()!#\\&;:{}|\n -", "-->", "<!--", "<![CDATA[", "&lt;", "&#106;", "![", "](", "<a ", "<img "]
    ),
    st.sampled_from([f"<{name}" for name in (*ELEMENTS, "script", "svg", "iframe", "image", "math", "style", "x-y")]),
    st.sampled_from([f"</{name}>" for name in (*ELEMENTS, "script", "svg", "style")]),
    st.sampled_from(
        [f' {name}="' for name in (*VALUES, "onclick", "style", "srcset", "formaction", "xlink:href", "alt", "title")]
    ),
    st.sampled_from(ADDRESSES),
    st.sampled_from(["en", "not a language", "ltr", "3", "99999999", "left", "text-x", "task", "words"]),
)


@drawn(200)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_is_written_only_what_the_table_allows_comes_out(source: str) -> None:
    for tag, given_ in Tags(prose.html(text(source))).found:
        assert tag in ELEMENTS
        assert given_.keys() <= attributes(tag)
        for name, value in given_.items():
            assert name not in VALUES or re.fullmatch(VALUES[name], value or "")
        assert not str(given_.get("src", "picture:")).startswith(("http", "//", "data"))


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("cases/2026-03-a/scenario.md", "x.png"),
        ("cases/2026-03-a/scenario.md", "./x.png"),
        ("cases/2026-03-a/scenario.md", "../2026-03-a/x.png"),
        ("cases/2026-03-a/responses/jo.md", "../x.png"),
        ("cases/2026-03-a/responses/jo.md", "../../2026-03-a/x.png"),
        ("commentary/2026-03-a/commentary.md", "x.png"),
        ("commentary/2026-03-a/commentary.md", "../../cases/2026-03-a/x.png"),
    ],
)
def test_a_picture_has_one_path_whichever_way_a_text_names_it(path: str, written: str) -> None:
    assert markdown.picture(path, written) == "cases/2026-03-a/x.png"


@pytest.mark.parametrize("written", ["../2026-04-b/x.png", "../../experts/x.png", "../2026-03-a/../2026-04-b/x.png"])
def test_a_picture_of_another_folder_is_no_picture_of_this_one(written: str) -> None:
    assert not re.fullmatch(r"cases/2026-0[34]-[ab]/x\.png|experts/x\.png", markdown.picture(PATH, written))


@pytest.mark.parametrize("address", ["HTTP://a.example/a b.png", "data:x y", "//a.example/p.png", "c:p.png"])
def test_a_picture_from_elsewhere_is_words_however_its_address_goes_on(address: str) -> None:
    for written in (
        f"![a lamp](<{address}>)",
        f"<img src='{address}' alt='a lamp'>",
        f"![a lamp][p]\n\n[p]: <{address}>\n",
    ):
        rendered_html = prose.html(text(written))
        assert "<img" not in rendered_html
        assert "a lamp" in rendered_html


# ------------------------------------------------------------------ time

UNITS = [
    *"*_`[](<>&\\|!$=~^+{:#-",
    "![",
    "](",
    "<a ",
    '<a b="',
    "</",
    "<!--",
    "-->",
    "<?",
    "<?>",
    "[a[^1]](b ",
    "5*3 4*2 ",
    "<div>\n**a",
    "<div>\n`a",
    "[a]: b c\n",
    "[!a]",
    "$$a",
    "> - ",
    "<![CDATA[",
    "\t",
    " ",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "a@b.c ",
    "http://a ",
    "http://a)",
    "www.a.b ",
    "::quote[",
    "::quote[x]\n",
    "[@a]",
    "[@a",
    "[^1]",
    "[^1]:",
    "$a",
    "==a",
    "~~a",
    "H~2",
    "^[",
    "{: a",
    "## a {#",
    "##a\n",
    "\u00a0",
    "\u200b",
    "• a\n",
    "a\tb\n",
    "!!! note\n",
    "[[",
    "[[a]]",
    "[a][b]",
    "[a](",
    "[a](b c) ",
    "[a]: b\n",
    "*[A]: b\n",
    "<b>",
    "</b>",
    "<b><i>",
    "<div>\n",
    "</div>\n",
    "<p>a\n\n",
    "<script>",
    "<x y z>",
    "**a",
    "a*_",
    "`a",
    "``a`",
    "```\n",
    "~~~\n",
    "    a\n",
    "---\n",
    "a\n---\n",
    "a|b\n-|-\n",
    "|a|\n|-|\n",
    "- [ ] a\n",
    "- a\n  ",
    "> [!NOTE]\n",
    "<img src='a'>",
    "<br>",
    ":smile:",
    "<!-- a -->",
    "&copy;",
    "&#1",
    "漢",
    "😀",
    "`a`&shy;",
    "`a` \u200b",
    "<p>a</p>",
    "<tr><td>a</td></tr>",
    "a:b",
    "w",
    "@",
    "a@",
]


#: How often each unit is repeated: up to the length that a text may have, and beyond.
COUNTS = (10_000, 20_000, 40_000)
#: Seconds of CPU that are quick enough, whatever their growth.
_SOON, _THREE_TIMES_AS_LONG = 0.2, 3


def passes(source: str) -> None:
    """Everything that is done to a text before the press, from the beginning."""
    for cache in (document.parse, textfacts._gather, sectioning.facts, prose._html):
        cache.cache_clear()
    markdown.recall(b"")
    piece = text(source)
    markdown.findings(piece), markdown.facts(piece), markdown.sections(piece)
    rendered_html = prose.html(piece)
    (
        prose.plain(piece),
        unbroken(rendered_html),
        paperhtml.fit_for_paper(resolve_anchors(rendered_html), "en"),
        split_into_slides(rendered_html),
    )
    document_of(f"<html lang='en'><body>{rendered_html}</body></html>", Place("a.xhtml"))


def test_a_heading_has_its_id_however_many_texts_were_read_since() -> None:
    piece = text("## Prompts\n\nWhat would it cost?\n")
    assert ' id="' in prose.html(piece)
    for cache in (document.parse, textfacts._gather, prose._html):  # as the texts of a long series push it out
        cache.cache_clear()
    assert ' id="' in prose.html(piece)


def seconds(source: str) -> float:
    """The CPU time that all passes take, the best of three."""
    taken = []
    with nothing_collected():
        for _ in range(3):
            start = process_time()
            passes(source)
            taken.append(process_time() - start)
    return min(taken)


@pytest.mark.parametrize("unit", UNITS[::5])
def test_every_text_is_read_quickly(unit: str) -> None:
    """A fifth of the units in `make test`; a busy machine is no fault, and what runs away takes many times as long."""
    with at_most(2):
        passes(unit * 2_000)


@pytest.mark.parametrize("unit", ["## a{}b", "{} *b* c", "{}. *b*c", "(*){}(*)", "[a](b{}c)", "[a](b{}c"])
@pytest.mark.parametrize("filling", ["\t", " ", " \t", "a-", "1", ")"])
def test_what_stands_around_a_mark_takes_a_time_that_grows_with_its_length(unit: str, filling: str) -> None:
    with at_most(1):
        markdown.findings(text(unit.format(filling * 20_000)))


@pytest.mark.parametrize("unit", ["`a`&shy;", "`a` \u200b", "mailto:", "http://a_b "])
def test_what_is_looked_up_among_thousands_takes_a_time_that_grows_with_their_number(unit: str) -> None:
    with at_most(3):
        markdown.findings(text("\n".join([unit * (19_900 // len(unit))] * 2)))


def test_pieces_of_a_text_are_found_in_a_time_that_grows_with_their_number() -> None:
    """Each piece asks for its own tokens, facts and hidden links; thousands of parts took minutes."""
    parts = markdown.sections(text("## a\n[b](../2026-04-x/) [^c]\n" * 1_000 + "\n[^c]: [@d]\n"))
    with at_most(3):
        for _, piece in parts[:400]:
            hidden = publish_links.without_hidden(piece, "", ())
            assert "2026-04-x" not in hidden.source + hidden.around
            assert len(markdown.tokens(hidden)) == (0 if not piece.source else 3)
            assert len(markdown.facts(hidden).links) == len(markdown.facts(hidden).citations) == bool(piece.source)


@pytest.mark.large
@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length_of_a_text_and_no_faster(unit: str) -> None:
    for _ in range(3):  # a machine that is busy may be slow once
        short, middle, long = (seconds(unit * count) for count in COUNTS)
        if all(more <= max(_SOON, _THREE_TIMES_AS_LONG * less) for less, more in ((short, middle), (middle, long))):
            return
    pytest.fail(f"{unit!r}: {short:.2f}, {middle:.2f} and {long:.2f} s")


@pytest.mark.parametrize("unit", ["\t", " ", "\n", " \n", "<p>\t"])
def test_a_page_is_joined_in_a_time_that_grows_with_its_length(unit: str) -> None:
    with at_most(2):
        unbroken(unit * 20_000 + "x")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("One two <!-- three four\nfive --> six", 3),
        ("See https://doi.org/10.1056/NEJMsa1405556?x=1&y=two-three#four and read", 4),
        ("见https://example.org/a-b/c。医生没有说话。", 5),
        ('See [the paper](https://example.org/a/b-c.html "Its title") now', 4),
        ("See [paper][p].\n\n[p]: https://example.org/a-b/c", 2),
        ("![A red lamp](pictures/red-lamp_final-2.png)", 3),
        ("## The bus {#the-bus}\n\nIt left.", 4),
        ("::quote[q1]\n\nIt left.", 2),
        ("Type `ls -la` twice", 4),
        ("It left[^1].\n\n[^1]: On time.", 4),
        ("| a | b |\n|---|---|\n| c d | e |", 5),
        ("Tea &amp; bread<br>today", 3),
    ],
)
def test_the_length_of_a_text_is_what_readers_see(source: str, words: int) -> None:
    assert length(Prose(source)) == words


def test_links_to_headings_take_a_time_that_grows_with_their_number() -> None:
    links = "[b](#a-3999)\n" * 900
    with at_most(2):
        html = prose.html(text(f"## a\n\n{links}\n" + "## a\n" * 3_999))
        assert html.count('href="#') == html.count("<a ") == 900
        assert 'href="#a-3999"' not in html  # but our own id of that heading


@pytest.mark.parametrize(
    "source",
    [
        "## The drug {.unnumbered}",
        '### The drug {: data-type="title" }',
        '[The drug](https://a.example){: target="_blank" rel="nofollow"}',
        "[The drug](https://a.example){.wide width=50%}",
        "The drug\n{: .lead style='color: red'}",
        '<div class="note" appearance="simple" collapse="true" bs-theme="a" number="1.2">\n\nThe drug\n\n</div>',
        '<div class="grid cards" markdown>\n\nThe drug\n\n</div>',
        '<span class="citation" cites="a">The drug</span>',
        '<div class="a">\n\nThe drug</div>',
    ],
)
def test_layout_of_another_program_is_left_out_with_a_warning(source: str) -> None:
    assert codes(source) == ["ignored-attribute"]
    assert re.sub(r"<[^>]+>", "", html(source)).strip() in {"", "The drug"}
    assert "{" not in html(source)


def test_a_cell_with_an_empty_line_in_it_is_reported_once_where_it_ends() -> None:
    cells = "<tr><td>One\n\n*two*{}</td><td>b</td></tr>"
    head = "<table>\n<tr><th>A</th><th>B</th></tr>\n"
    (finding,) = markdown.findings(text(f"{head}{cells.format('')}\n</table>"))
    assert (finding.place, finding.code) == ((5, 6), "lost-words")
    assert finding.hint == "put an empty line before </td>, so that it begins a block, too"
    assert codes(f"{head}{cells.format(chr(10) * 2)}\n</table>") == []


def test_a_first_row_that_is_short_is_one_problem() -> None:
    table = "| a | b |\n|---|---|\n" + "| c | d | e |\n" * 2
    assert [found.place for found in markdown.findings(text(table))] == [(3, 1), (4, 1)]
    (finding,) = markdown.findings(text(f"{table}| c | d | e |\n"))
    assert "this row and 2 more have 3 cells" in finding.message


def test_an_instruction_of_a_template_is_reported_once() -> None:
    assert codes('{{<cite page="/a" title="b">}} and {{< ref "a.md" >}}') == ["unsupported-syntax"] * 2
    assert codes("[a]({% post_url 2019-01-02-a %}) ![b]({{ site.baseurl }}/b.png)") == ["broken-link"] * 2


def test_a_mark_of_a_note_whose_place_was_lost_is_no_link() -> None:
    source = "### Here\n\nBetter in patients.[1](#fn1) Back [↩](#fnref1), and [up](#here), [ask](#question-what)."
    assert html(source).count("<a ") == 2
    assert "patients.1 Back ↩, and" in re.sub(r"<[^>]+>", "", html(source))


#: What programs and journals call the place of a note.
NOTE_PLACES = """
    fn1 fnref:1 fn%3A1 FN1 fn-12-3 rfn7 user-content-fn-1 _ftn1 _ednref2 ftnt_ref1 footnote-ref-1 footnote9 id3 sn-1
    endnote-3 return-footnote-20-1 easy-footnote-bottom-1-20 sdfootnote1sym cite_note-Smith-3 cite_ref-3 ref2 R1
    ref-CR5 CR5 B12 bib12 bibr12-0123 CIT0012 t002fn003 nt106 ref-blume2018
"""


def test_a_note_is_known_by_what_programs_and_journals_call_its_place() -> None:
    for place in NOTE_PLACES.split():
        assert "<a " not in html(f"In patients.[1](#{place}) Or [↩](#{place}).")


def test_any_other_number_that_leads_nowhere_is_a_link() -> None:
    for place in (
        "nowhere",
        "1",
        "step-2",
        "fig1",
        "pone-0074790-g007",
        "note-on-doses",
        "reference-1",
        "fn" * 999 + "!",
    ):
        assert html(f"In patients.[1](#{place}) Or [→](#{place}).").count("<a ") == 2


def test_a_rule_stands_only_between_two_things() -> None:
    assert html("---\n\nOne.[^1]\n\n---\n\n***\n\nTwo.\n\n---\n\n[^1]: A note.").count("<hr") == 1
    assert html("> ---\n>\n> One.\n\n---").count("<hr") == 2


def test_a_heading_without_words_is_left_out() -> None:
    source = "### Before\n\nOne.\n\n### &nbsp;\n\nTwo.\n\n#\n\nThree."
    assert codes(source) == ["heading-left-out", "heading-left-out"]
    assert html(source).count("<h") == 1


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"See https://example.org/a\_b\-c.", ["a_b-c", "."]),
        ("See https://example.org/a.\\\nnext", ["a", ".<br>"]),
        ("(www.example.org/a)\\\nnext", ["a", ")<br>"]),
        (r"See https://example.org/a\*.", ["a", "*."]),
        (r"https://example.org/a\\ b", ["a", "\\ b"]),
    ],
)
def test_a_backslash_in_a_bare_address_is_read_as_elsewhere(source: str, shown: list[str]) -> None:
    html = prose.html(Prose(source))
    address, after = re.findall(r'href="http[^"]*/(.*?)">\S*?\1</a>(\S* ?b?)', html)[0]
    assert [address, after.replace("</p>", "")] == shown
    (link,) = markdown.facts(Prose(source)).links
    assert link.place == (1, max(source.find("https"), source.find("www")) + 1)


@pytest.mark.parametrize(
    "source",
    [
        "Read [the *whole* guide](https://a.example/submissions-\npilot/x-\ny) now.",
        '- Read [the *whole* guide](https://a.example/submissions-\n  pilot/x-y "A title") now.\n- Two',
        "Read ![the *whole* guide](https://a.example/submissions-\npilot/x-y) now.",
        "> Read [the *whole*\n> guide](https://a.example/submissions-\n> pilot/x-y) now.",
    ],
)
def test_a_link_whose_address_another_program_broke_over_lines_is_a_link(source: str) -> None:
    (found,) = markdown.findings(text(source))
    assert found.code == "split-word"
    assert "https://a.example/submissions-pilot/x-y" in found.message
    (link,) = markdown.facts(text(source)).links
    assert (link.address, " ".join(link.words.split())) == (
        "https://a.example/submissions-pilot/x-y",
        "the whole guide",
    )
    assert "](" not in html(source)
    assert "!" not in html(source)


@pytest.mark.parametrize("source", ["约在**6小时**内", "给了**约 10 天**时间", "用量为*3*片"])
def test_emphasis_between_letters_without_spaces_is_emphasis(source: str) -> None:
    assert codes(source) == []
