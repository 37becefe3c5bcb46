"""What rests on the insides of WeasyPrint: each patch is needed, and another WeasyPrint is refused."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pikepdf
import pytest
import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.css import get_all_computed_styles
from weasyprint.layout import preferred

from casebuilder import fonts
from casebuilder.outputs.packs import pdf
from casebuilder.outputs.packs.pdf import weasyprint_internals as internals
from casebuilder.outputs.packs.pdf.rendering import render
from casebuilder.outputs.packs.pdf.shapedtext import is_shaped
from casebuilder.outputs.packs.pdf.weasyprint_internals import requirements
from casebuilder.outputs.packs.press.task import used_fonts
from pack_reader import rows_of_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PAGE = '<!DOCTYPE html><html lang="en"><head><title>A title</title></head><body>{}</body></html>'
_STYLE = 'body { font-family: "Source Serif", "casebuilder upright", "Source Sans", var(--fallback, serif) }'
#: The family, and a weight that its upright file alone has.
CODE = ("Source Code", 600)
UPSTREAM = Path(__file__).parent.parent / "docs" / "upstream.md"


@pytest.fixture(autouse=True)
def patched() -> Iterator[None]:
    """Whatever a test takes off is put on again."""
    yield
    internals.apply()


def made(body: str, *, without: str = "", style: str = "") -> bytes:
    """A document printed with all patches, or all but one."""
    used = [font.face for font in used_fonts(body)]
    held = {f"pack:fonts/{face.name}": face.path for face in used}
    styles = (fonts.css(used, lambda face: f"pack:fonts/{face.name}"), _STYLE + style)
    render(_PAGE.format("<p>x</p>"), styles, held)  # the first document of a process puts all patches on
    internals.apply([patch for patch in internals.PATCHES if patch.name != without])
    return render(_PAGE.format(body), styles, held)


def tags(content: bytes) -> list[tuple[str, str, str]]:
    """Each tag: its parent's kind, its kind, its language."""
    with pikepdf.open(io.BytesIO(content)) as document:
        elements = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/P" in one]
        return [(str(one.P.get("/S", "")), str(one.S), str(one.get("/Lang", ""))) for one in elements if "/S" in one]


def copied(content: bytes) -> str:
    """The text of a document, as poppler's programs copy it."""
    completed = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return completed.stdout.decode()


def names_its_language(without: str) -> bool:
    found = tags(made('<p>A toast: <span lang="ga">sláinte</span>.</p>', without=without))
    return any(kind == "/Span" and language == "ga" for _, kind, language in found)


def gives_a_list_item_a_body(without: str) -> bool:
    found = tags(made("<ul><li><p>One.</p><p>Two.</p></li></ul>", without=without))
    bodies = [parent for parent, kind, _ in found if kind == "/P"]
    assert len(bodies) == 2
    return set(bodies) == {"/LBody"}


def names_a_link_by_its_words(without: str) -> bool:
    content = made('<p><a href="#there">The answers</a></p><h2 id="there">There</h2>', without=without)
    with pikepdf.open(io.BytesIO(content)) as document:
        annotations = document.pages[0].Annots
        (link,) = [one for one in annotations if "/Dest" in one]
        assert str(link.Contents) in {"there", "The answers"}
        return str(link.Contents) == "The answers"


def copies_shaped_words(without: str) -> bool:
    """No letter has this tilde built in, so that it is drawn by a glyph of its own."""
    return "q\u0303 and s\u0308" in copied(made("<p>q\u0303 and s\u0308</p>", without=without))


def copies_brackets(without: str) -> bool:
    text = copied(made('<p dir="rtl" lang="he">שלום «כן» שלום</p><p>He said «so» then.</p>', without=without))
    return "«so»" in text


def keeps_the_dates_of_fonts(without: str) -> bool:
    """That of the packs is the only variable font, which WeasyPrint makes static."""
    content = made("<p style=\"font-family: 'Source Code'\">x</p>", without=without)
    (made_date,) = {_date(face.path.read_bytes()) for face in fonts.faces() if (face.family, face.weight) == CODE}
    with pikepdf.open(io.BytesIO(content)) as document:
        files = [one.FontFile2.read_bytes() for one in document.objects if "/FontFile2" in _keys(one)]
    assert len(files) == 1
    return _date(files[0]) == made_date


def _keys(value: object) -> Iterable[str]:
    return value.keys() if isinstance(value, pikepdf.Dictionary) else ()


def _date(font: bytes) -> int:
    with TTFont(io.BytesIO(font), lazy=True) as file:
        return int(file["head"].modified)


def fills_its_lines(without: str) -> bool:
    text = "We are so busy diagnosing the Professor, said one, that we are about to teach her that he had"
    body = "".join(f'<p style="width: {width}pt">{text} <em>no choice</em>.</p>' for width in range(200, 320))
    style = "p { font-size: 11pt; margin: 0 0 9pt } @page { size: 400pt 9000pt }"
    found = copied(made(body, without=without, style=style))
    lines = [line for one in re.split(r"(?<=choice\.)\n", found) for line in one.split("\n")[:-1]]
    return min(map(len, lines)) >= 20


def puts_a_value_under_its_head(without: str) -> bool:
    head = "<tr><th>A</th><th>B</th></tr>"
    content = made(
        f'<table>{head}<tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>', without=without
    )
    ((_, (_, heads_of_first), (_, heads_of_second)),) = rows_of_tables(content)
    return heads_of_first[1:] == heads_of_second


def begins_cells_again(without: str) -> bool:
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(9))
    first = '<tr><td rowspan="10" data-again="Ann (again)">Ann</td><td>x</td></tr>'
    body = f"<table><tr><th>Who</th><th>What</th></tr>{first}{rows}</table>"
    content = made(body, without=without, style="@page { size: 200pt; margin: 20pt }")
    parts = rows_of_tables(content)
    assert len(parts) > 1
    is_rectangular = all(width == 2 for rows in parts for width, _ in rows)
    return is_rectangular and " ".join(copied(content).split()).count("Ann (again)") == len(parts) - 1


def keeps_the_head(without: str) -> bool:
    head = "<thead><tr><th>Drug</th><th>Long</th></tr></thead>"
    body = f"<table>{head}<tr><td>x</td><td>{'many words of a cell ' * 40}</td></tr></table>"
    style = "@page { size: 200pt; margin: 20pt } tr { break-inside: avoid }"
    content = made(body, without=without, style=style)
    return copied(content).count("Drug") == len(rows_of_tables(content)) > 1


def measures_each_letter_once(without: str) -> bool:
    words = " ".join(f"word{number}" for number in range(40))
    with patch.object(preferred, "split_first_line", wraps=preferred.split_first_line) as split:
        made(f"<table><tr><td>{words}</td></tr></table>", without=without, style="td { overflow-wrap: anywhere }")
    return split.call_count < 20


FAULTS: dict[str, Callable[[str], bool]] = {
    "The language of an element is not in its tag": names_its_language,
    "A list item with paragraphs has no body": gives_a_list_item_a_body,
    "A link within the document is named by its target": names_a_link_by_its_words,
    "The words of shaped scripts cannot be copied": copies_shaped_words,
    "Brackets are copied as their opposites": copies_brackets,
    "A changed font has the time of printing": keeps_the_dates_of_fonts,
    "A line is broken after its first word": fills_its_lines,
    "A value is under the head of another column": puts_a_value_under_its_head,
    "The head of a table is left out above a row that fills the page": keeps_the_head,
    "A cell that spans rows is on its first page alone": begins_cells_again,
    "A text that may be broken anywhere is measured letter by letter": measures_each_letter_once,
}


@pytest.mark.parametrize("name", [patch.name for patch in internals.PATCHES])
def test_each_patch_repairs_a_fault_that_weasyprint_has(name: str) -> None:
    """When the second line fails, WeasyPrint has repaired the fault: the patch can be deleted."""
    assert FAULTS[name]("")
    assert not FAULTS[name](name), "WeasyPrint needs this patch no more"


@pytest.mark.parametrize("name", [patch.name for patch in internals.PATCHES])
def test_each_patch_has_a_report_to_weasyprint(name: str) -> None:
    assert f"\n### {name}\n" in UPSTREAM.read_text(encoding="utf-8")


def test_fewer_styles_are_computed_than_by_weasyprints_own_style_sheet() -> None:
    """Its own gives each element five pseudo-elements for notes, and a marker, which nobody sees.

    When the last line fails, WeasyPrint computes what is needed only: `lean_html` can be deleted.
    """

    def computed(source: type[weasyprint.HTML]) -> Counter[str | None]:
        styles = get_all_computed_styles(source(string="<p>One.</p><ul><li>Two.</li></ul>")).get_computed_styles()
        return Counter(pseudo for _, pseudo in styles)

    lean = computed(internals.lean_html())
    assert lean.keys() == {None, "marker"}
    assert lean["marker"] == 1
    full = computed(weasyprint.HTML)
    assert [full[name] for name in ("marker", "footnote-call", "note-callback")] == [lean[None]] * 3


def test_what_weasyprint_lacks_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(requirements.missing()) == []
    monkeypatch.delattr("weasyprint.pdf.tags._build_box_tree")
    monkeypatch.setattr("weasyprint.layout.inline.split_first_line", str.partition)
    monkeypatch.setattr(requirements, "style_sheet", lambda: "p { display: block }\n")
    monkeypatch.setattr(requirements, "SOURCES", (("weasyprint.document", "self._page_box = other"),))
    monkeypatch.setattr("weasyprint.__version__", "71.0")
    with pytest.raises(pdf.PdfError) as caught:
        requirements.require()
    (fault,) = caught.value.args
    assert str(fault).startswith("WeasyPrint 71.0 is installed, and packs are printed with WeasyPrint 70.0: it has no ")
    assert str(fault).endswith("; install WeasyPrint 70.0")
    for lacking in (
        "weasyprint.pdf.tags._build_box_tree",
        "weasyprint.layout.inline.split_first_line(text, style, context, ",
        '"self._page_box = other" in weasyprint.document',
        'rule of its own for "::note-call" in css/html5_ua.css',
    ):
        assert f"no {lacking}" in str(fault)


def test_with_another_weasyprint_a_pack_is_not_printed_and_the_reason_is_that_sentence() -> None:
    script = """
import weasyprint.pdf.tags
del weasyprint.pdf.tags._build_box_tree
from casebuilder.outputs.packs import pdf
for _ in range(2):
    try:
        pdf.print_document("<p>x</p>", styles=(), files={})
    except pdf.PdfError as error:
        print(error)
"""
    completed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    first, second = completed.stdout.splitlines()
    assert first == second
    assert "it has no weasyprint.pdf.tags._build_box_tree; install WeasyPrint 70.0" in first


@pytest.mark.parametrize(
    ("text", "shaped"),
    [
        ("Plain words – “quoted” …", False),
        ("Łukasz, Ελλάδα, Привет", False),
        ("q\u0303", True),
        ("हिन्दी", True),
        ("ᬩᬮᬶ", True),  # Balinese
        ("ᮞᮥᮔ᮪ᮓ", True),  # Sundanese
        ("ꯃꯤꯇꯩ", True),  # Meetei Mayek
        ("བོད", True),  # Tibetan
        ("ไม้", True),
        ("សម", True),  # Khmer without marks: its glyphs may be those of syllables elsewhere
        ("👩🏽", True),
        ("🇮🇪", True),
        ("שלום", False),
        ("שָׁלוֹם", True),
        ("漢字", False),
    ],
)
def test_words_whose_glyphs_are_in_another_order_are_known(text: str, *, shaped: bool) -> None:
    assert is_shaped(text) is shaped
