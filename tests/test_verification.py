"""The check of a printed PDF finds every word that is lost, and reports no word that is there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from judges import prose
from judges.corpus import paragraphs

from casebuilder import fonts
from casebuilder.outputs.packs import pdf
from casebuilder.outputs.packs.pdf.extraction import Piece
from casebuilder.outputs.packs.pdf.rendering import render
from casebuilder.outputs.packs.pdf.weasyprint_internals import taken_for_letters
from casebuilder.outputs.packs.press.task import used_fonts
from casebuilder.outputs.packs.views import print_style
from pack_reader import job_of, printed
from series_factory import make_case, make_series, part

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAGE = (
    '<!DOCTYPE html><html lang="en" dir="{}"><head><title>A title</title></head><body><h1>A title</h1>{}</body></html>'
)
#: A text in which each kind of thing can be lost once.
_TEXT = """
<p>At −5 °C the lactate was -2.5 mmol/L, so p &lt; 0.05 &gt; 0.01; give 5 µg, 10⁻³ mol and 40 % of it.</p>
<p>He was very very tired, and did not say why; the café was closed. She said, “I never said that she said so.”</p>
<table><thead><tr><th>Drug</th><th>Dose</th><th>Route</th></tr></thead>
<tbody><tr><td>Morphine</td><td>10</td><td>oral</td></tr><tr><td>Ketamine</td><td>20</td><td>nasal</td></tr></tbody></table>
<p>بدأت المناوبة الساعة 17:05 وكان ضغط الدم 120/80 (طبيعي).</p>
<p>המשמרת התחילה בערב, והאחות הלכה הביתה.</p>
<p>रक्तचाप सामान्य था और कोई नहीं आया।</p><p>พยาบาลบอกว่าไม่ต้องกังวล</p><p>护士说不用担心然后回家了</p>
<p>Thanks 👍🏽 to all 👨‍👩‍👧‍👦.</p>
<ol start="3"><li>Yes, sure.<ul><li>Below it.</li></ul>And after it.</li><li>Yes, sure.</li></ol>
<p>{}</p><p>The last line of all.</p>
""".format("One long paragraph goes on over many lines, and says nothing that matters to anybody. " * 6)
#: What is printed in the place of what, and a word of what must be named.
_LOSSES = {
    "a minus sign": ("−5 °C", "5 °C", "−5"),
    "a hyphen for a minus sign": ("-2.5", "2.5", "-2.5"),
    "a lower-than sign": ("p &lt; 0.05", "p 0.05", "<"),
    "a greater-than sign, turned round": ("&gt; 0.01", "&lt; 0.01", ">"),
    "one of two equal words": ("very very", "very", "very"),
    "a unit": ("-2.5 mmol/L,", "-2.5,", "mmol/L,"),
    "a slash": ("mmol/L", "mmolL", "mmol/L,"),
    "a prefix of a unit": ("5 µg", "5 g", "µg,"),
    "a decimal point": ("2.5", "25", "-2.5"),
    "an exponent's sign": ("10⁻³", "10³", "10⁻³"),
    "a percent sign": ("40 % of", "40 of", "%"),
    "a word that turns the sense round": ("did not say", "did say", "not"),
    "an accent": ("café", "cafe", "café"),
    "two swapped words": ("she said so", "said she so", "she"),
    "a whole last line": ("<p>The last line of all.</p>", "", "The last line of all."),
    "the end of a paragraph": ("to anybody. </p>", "</p>", "anybody."),
    "a column of a table": (r"<t[hd]>(Dose|10|20)</t[hd]>", "", "Dose"),
    "a row of a table": ("<tr><td>Ketamine</td><td>20</td><td>nasal</td></tr>", "", "Ketamine"),
    "two swapped letters in a cell": ("<td>oral</td>", "<td>roal</td>", "oral"),
    "one of two equal entries": ("<li>Yes, sure.</li>", "<li></li>", "Yes, sure."),
    "an Arabic word": ("المناوبة ", "", "المناوبة"),
    "two swapped Arabic words": ("ضغط الدم", "الدم ضغط", "ضغط"),
    "an Arabic bracket": ("(طبيعي)", "طبيعي", "(طبيعي)."),
    "a Hebrew letter": ("התחילה", "התחלה", "התחילה"),
    "a vowel of Devanagari": ("कोई", "कई", "कोई"),
    "a Thai word": ("ไม่ต้อง", "ต้อง", "ไม่ต้อง"),
    "a Chinese sign": ("不用", "用", "不用"),
    "the colour of an emoji": ("👍🏽", "👍", "👍🏽"),
    "one of two emoji": ("👨‍👩‍👧‍👦", "", "👨‍👩‍👧‍👦"),
    "what stands beside the paper": ("<p>He was", '<p style="margin-left: -900pt">He was', "tired,"),
    "what is not shown": ("<p>Thanks", '<p style="display: none">Thanks', "Thanks"),
    "what is not drawn": ("<td>nasal", '<td style="visibility: hidden">nasal', "nasal"),
}


def on_paper(html: str, style: str = "") -> bytes:
    used = [font.face for font in used_fonts(html)]
    files = {f"pack:fonts/{face.name}": face.path for face in used}
    styles = (fonts.css(used, lambda face: f"pack:fonts/{face.name}"), print_style("case", "a4"), style)
    return render(html, styles, files)


def lost(expected: str, content: bytes) -> str:
    return lost_of(expected, pdf.pieces(content))


def lost_of(expected: str, found: Sequence[Piece]) -> str:
    strong = taken_for_letters(expected)
    missing = pdf.missing_words(pdf.paragraphs(expected), found, leftward='dir="rtl"' in expected, strong=strong)
    return " ".join(word for _, words in missing for word in words)


def test_a_document_that_is_whole_raises_no_alarm() -> None:
    for direction in ("ltr", "rtl"):
        html = _PAGE.format(direction, _TEXT)
        assert lost(html, on_paper(html)) == ""


@pytest.mark.parametrize("name", _LOSSES)
def test_each_kind_of_loss_is_found(name: str) -> None:
    written, printed, named = _LOSSES[name]
    changed, count = re.subn(written if written.startswith("<t[hd]>") else re.escape(written), printed, _TEXT)
    assert count >= 1
    assert named in lost(_PAGE.format("ltr", _TEXT), on_paper(_PAGE.format("ltr", changed)))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_line_with_arabic_in_it_may_end_in_a_hyphen(direction: str) -> None:
    body = "<p>Emoji, العربية and Pneumonoultramicroscopicsilicovolcanoconiosis: a title.</p>" * 2
    html = _PAGE.format(direction, body)
    content = on_paper(html, "p { width: 190pt; hyphens: auto }")
    assert any("\u2010" in piece.text and "ةيبرعلا" in piece.text for piece in pdf.pieces(content))
    assert lost(html, content) == ""


def test_signs_beside_emoji_of_any_age_are_found_in_a_line_from_right_to_left() -> None:
    """What Pango's tables do not have yet runs from left to right, what they have goes with the line."""
    lines = (
        "one &gt;&gt;&gt; two 😃 🧛 💩 👍 🦝 ```",
        "🦝 ** 🥱 ≥ 3 :) 😃",
        "قال 🦝 🥱 😃 three --- 🧿 !!",
        "★ 🦞★ [a] 🦞 (b) 🦞",
    )
    html = _PAGE.format("rtl", "".join(f"<p>{line}</p>" for line in lines))
    whole = pdf.pieces(on_paper(html))
    assert lost_of(html, whole) == ""
    for number, piece in enumerate(whole):
        for place in (place for place, sign in enumerate(piece.text) if not sign.isspace()):
            text = piece.text[:place] + piece.text[place + 1 :]
            assert lost_of(html, [*whole[:number], replace(piece, text=text), *whole[number + 1 :]])


def test_a_lost_page_is_found() -> None:
    body = "".join(f"<p>Chapter {number} says: {'a word and ' * 300}that is all.</p>" for number in range(6))
    html = _PAGE.format("ltr", body)
    content = on_paper(html)
    whole = pdf.pieces(content)
    for page in range(1, max(piece.page for piece in whole) + 1):
        kept = [piece for piece in whole if piece.page != page]
        assert pdf.missing_words(pdf.paragraphs(html), kept)


def test_nothing_is_lost_where_the_order_of_tags_is_not_that_of_the_text() -> None:
    """A word broken overleaf, a head that is drawn again on each page, columns, a list in an entry, a slash."""
    cells = "<td>Internationalisation of everything</td>" * 3
    body = (
        f"<table><thead><tr><th>One</th><th>Two</th><th>Three</th></tr></thead>{f'<tr>{cells}</tr>' * 90}</table>"
        f'<div style="columns: 3">{"<p>Extraordinary internationalisation, L/min and mL/kg/h.</p>" * 60}</div>'
        "<ol><li>Before.<ol><li>Inside.</li></ol>After.</li></ol><p>A <q>quoted</q> word.</p>"
    )
    html = _PAGE.format("ltr", body)
    assert lost(html, on_paper(html, "@page { size: 300pt 300pt; margin: 20pt }")) == ""


#: Two cells of a row over two pages: what stands on each line, the page, the block, and the line's two ends.
_TWO_CELLS = {
    "a cell begins like the whole of the one before": (
        ["Seen again. " * 4, "Seen again. " * 5 + "At home."],
        [
            ("Seen again. " * 2, 0, 1, 20, 90),
            ("Seen again. " * 4, 0, 2, 95, 180),
            ("Seen again.", 0, 2, 95, 130),
            ("Seen again. " * 2, 1, 3, 20, 90),
            ("At home.", 1, 4, 95, 130),
        ],
    ),
    "a cell ends like the whole of the one before": (
        ["Seen again. " * 3, "At home. " + "Seen again. " * 5],
        [
            ("Seen again. " * 2, 0, 1, 20, 90),
            ("At home.", 0, 2, 95, 130),
            ("Seen again. ", 1, 3, 20, 55),
            ("Seen again. " * 2, 1, 4, 95, 150),
            ("Seen again. " * 3, 1, 4, 95, 180),
        ],
    ),
    "lines from right to left share their right end": (
        ["Seen again. At night. Seen again.", "Seen again. By day. At home."],
        [
            ("Seen again. At night.", 0, 1, 110, 180),
            ("Seen again.", 0, 2, 60, 100),
            ("By day.", 0, 2, 75, 100),
            ("Seen again.", 1, 3, 140, 180),
            ("At home.", 1, 4, 70, 100),
        ],
    ),
}


@pytest.mark.parametrize("name", _TWO_CELLS)
def test_equal_sentences_overleaf_belong_to_their_own_cell(name: str) -> None:
    cells, lines = _TWO_CELLS[name]
    found = [Piece(text, page, block=block, left=left, right=right) for text, page, block, left, right in lines]
    expected = [cell.split() for cell in cells]
    assert pdf.missing_words(expected, found) == []
    for number in range(len(found)):
        assert pdf.missing_words(expected, [*found[:number], *found[number + 1 :]])


_VARIANTS = {
    "handout": (("handout", "a4", False), "en"),
    "guide": (("guide", "letter", False), "ar"),
    "case": (("case", "a4", True), "en"),
    "slides": (("slides", "", False), "en"),
}


@pytest.mark.large
@pytest.mark.parametrize("edition", _VARIANTS)
def test_real_prose_raises_no_alarm(edition: str) -> None:
    """A thirtieth of what `make judge` prints, in each edition."""
    short = [words for words in paragraphs() if len(words) <= 120]
    story = short[:: len(short) // 70][:70]
    assert len(story) == 70
    assert list(prose.alarms(story, *_VARIANTS[edition])) == []


def test_a_letter_is_read_as_itself_although_a_syllable_elsewhere_has_its_glyph() -> None:
    """In Bengali, Tamil, Burmese, Malayalam, Khmer and Gujarati, a vowel before its consonant took both for itself."""
    pairs = {"কে": "কক", "கெ": "கக", "ကေ": "ကက", "കെ": "കക", "សេវា": "សម", "કિ": "કક"}
    parts = (f"{syllable}\n\n{letters}, {number}." for number, (syllable, letters) in enumerate(pairs.items()))
    story = "\n\n".join(parts)
    content = printed(job_of(make_series(make_case(story=(part(f"{story}\n"),)))))
    read = "".join(piece.text for piece in pdf.pieces(content))
    assert [letters for letters in pairs.values() if f"{letters}, " not in read] == []
