"""A printed page that nobody can use is found, though the PDF holds every word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casebuilder import fonts
from casebuilder.outputs.packs import pdf
from casebuilder.outputs.packs.pdf.rendering import render
from casebuilder.pipeline.printstyle import specimen

if TYPE_CHECKING:
    from pathlib import Path

BODY = """<h1>A title</h1><p>Some words of a text, <a href="https://example.org/">with a link</a>.</p>
<ol start="3"><li>third</li><li>fourth</li></ol>
<table><thead><tr><th>Drug</th><th>Dose</th></tr></thead>
<tbody><tr><td>salbutamol</td><td>5 mg</td></tr></tbody></table>
<p>Other words.</p><p><img src="pack:shape.svg" alt="A circle."></p>"""
HTML = f'<!DOCTYPE html><html lang="en"><head><title>A title</title></head><body>{BODY}</body></html>'
OWN = """body { font: 11pt/15pt "Source Serif", "casebuilder upright", "Source Sans" }
img { width: 90pt }
@page { size: 960pt 540pt }"""


def faults(style: str, numbers: str = "") -> tuple[str, ...]:
    files, styles = fonts_and_styles(f"{OWN}\n{style}")
    return pdf.appearance_faults(HTML, render(HTML, styles, files), "", numbers, specimen.GREY)


def fonts_and_styles(style: str) -> tuple[dict[str, Path | bytes], tuple[str, str]]:
    faces = fonts.faces()
    rules = fonts.css(faces, lambda face: f"pack:fonts/{face.name}")
    shape = {"pack:shape.svg": specimen.files_by_path()["cases/2001-01-specimen/shape.svg"]}
    return {**shape, **{f"pack:fonts/{face.name}": face.path for face in faces}}, (rules, style)


@pytest.mark.parametrize(
    "style",
    [
        "",
        "p { color: #7a1f3d; font-size: 8pt } h1 { background: #7a1f3d; color: white; text-transform: uppercase }",
        "ol { list-style: lower-roman } table { break-before: page }",
        "p { display: table }",
        "ol { list-style-type: decimal-leading-zero } a { text-decoration: underline } li { letter-spacing: 1pt }",
    ],
)
def test_a_page_that_can_be_read_has_no_faults(style: str) -> None:
    assert faults(style) == ()


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("p { color: white }", "“Some” cannot be seen on its background"),
        ("p { color: #ddd }", "“Some” cannot be seen on its background"),
        ("p { background: black }", "“Some” cannot be seen on its background"),
        ("table { opacity: 0.02 }", "“Drug” cannot be seen on its background"),
        ("p { font-size: 2pt }", "text is only 2.7 points high"),
        ("ol { transform: scale(0.1) }", "text is only 1.5 points high"),
        ("body { line-height: 0 } h1, p, ol, table { margin: 0 }", "is printed over other text"),
        ("p { letter-spacing: -5pt }", "is printed over other text"),
        ("p + ol { margin-top: -28pt }", "is printed over other text"),
        ("ol { list-style: none }", "the entry 3 of a numbered list has no number, or another one"),
        ("li { counter-increment: list-item 4 }", "the entry 3 of a numbered list has no number, or another one"),
        ("tr { display: block }", "a screen reader finds "),
        ("ol, li { display: list-item }", "a screen reader cannot follow its lists and tables (NonStruct in L)"),
        (
            "table::before { content: 'Doses'; display: table-caption }",
            "a screen reader cannot follow its lists and tables (NonStruct in Table)",
        ),
        ("img { opacity: 0.9 }", "a screen reader cannot know what a part of it is"),
        ("img { display: none }", "a screen reader finds 0 pictures instead of 1"),
        ("img { width: 1pt }", "its pictures cannot be seen"),
        ("img { visibility: hidden }", "its pictures cannot be seen"),
        ("@page { size: A5 }", "pages have 148 × 210 mm instead of the size of a slide"),
        ("@page { size: 100in }", "pages have 2540 × 2540 mm instead of the size of a slide"),
    ],
)
def test_a_page_that_nobody_can_use_has_a_fault(style: str, fault: str) -> None:
    found = faults(style)
    assert any(fault in one for one in found), found


def test_a_page_without_its_number_has_a_fault() -> None:
    assert faults("", "{page} of {pages}") == ("page 1 has no page number",)
    assert faults("@page { @bottom-right { content: '1 of 1' } }", "{page} of {pages}") == ()


@pytest.mark.parametrize(
    "style",
    [
        "p { background: #eee; border-top: 1pt solid; padding: 9pt; opacity: 0.9 }",
        "p { columns: 2; break-before: page }",
        "p::before { content: '§' } * { box-shadow: 1pt 1pt #999; min-height: 1pt }",
    ],
)
def test_what_a_style_sets_for_paragraphs_is_not_for_page_numbers(style: str) -> None:
    own_style = f"{OWN} .page-numbers {{ font: 9pt 'Source Sans' }}\n{style}"
    files, styles = fonts_and_styles(own_style)
    printed = pdf.print_document(HTML, styles=styles, files=files, page_numbering="{page} of {pages}")
    assert "has no page number" not in str(pdf.appearance_faults(HTML, printed.content, "", "{page} of {pages}"))
