"""Printing one document: nothing is fetched, nothing is lost, nothing depends on the clock."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest

from casebuilder import fonts
from casebuilder.outputs.packs import pdf

_PAGE = '<!DOCTYPE html><html lang="en"><head><title>A title</title></head><body>{}</body></html>'
_STYLE = 'body { font-family: "Source Serif", "casebuilder upright", "Source Sans" }'


def printed(body: str, style: str = _STYLE, **files: bytes) -> pdf.Printed:
    used = fonts.faces()
    held = {f"pack:fonts/{face.name}": face.path for face in used}
    rules = fonts.css(used, lambda face: f"pack:fonts/{face.name}")
    handed = {f"pack:{name}": content for name, content in files.items()}
    return pdf.print_document(_PAGE.format(body), styles=(rules, style), files=held | handed)


def drawn(content: bytes) -> bytes:
    """Everything that a document draws."""
    with pikepdf.open(io.BytesIO(content)) as document:
        streams = (thing for thing in document.objects if isinstance(thing, pikepdf.Stream))
        return b"".join(stream.read_bytes() for stream in streams if stream.get("/Subtype") in {None, "/Form"})


@pytest.mark.parametrize(
    "end", [" <em>no choice</em>.", "\u00a0<em>no choice</em>.", " no choice."], ids=["space", "tied", "plain"]
)
def test_a_line_before_an_element_is_filled_to_its_last_word(end: str) -> None:
    """For each width in turn some line ends where its trailing space hangs over the edge."""
    text = "We are so busy diagnosing the Professor, said one, that we are about to teach her that he had"
    body = "".join(f'<p style="width: {width}pt">{text}{end}</p>' for width in range(200, 320))
    style = f"{_STYLE} p {{ font-size: 11pt; margin: 0 0 9pt }} @page {{ size: 400pt 9000pt }}"
    document = pypdfium2.PdfDocument(printed(f"<h1>x</h1>{body}", style).content)
    said = document[0].get_textpage().get_text_bounded().split("\r\n")[1:]
    paragraphs = re.split(r"(?<=choice\.)\n", "\n".join(said))
    assert len(paragraphs) == 120
    short = [line for one in paragraphs for line in one.split("\n")[:-1] if len(line) < 20]
    assert short == []


def test_the_same_document_gives_the_same_bytes() -> None:
    first = printed("<h1>Title</h1><p>Some words.</p>")
    printed("<h1>Another</h1><p><em>Other</em> <b>words</b>, with Ελληνικά.</p>")
    assert printed("<h1>Title</h1><p>Some words.</p>").content == first.content


def test_a_list_begins_at_the_number_and_with_the_letter_that_its_author_wrote() -> None:
    lists = '<ol start="3"><li>third</li><li>fourth</li></ol><ol type="a"><li>first</li></ol>'
    said = pypdfium2.PdfDocument(printed(f"<h1>x</h1>{lists}").content)[0].get_textpage().get_text_bounded()
    assert sorted(re.findall(r"(\w+)\.", said)) == ["3", "4", "a"]


def test_a_style_is_not_served_by_the_files_of_a_document_before() -> None:
    """Two documents of one process have the same style and other pictures of the same name."""
    style = _STYLE + ' .shown { background: url("pack:shown.svg"); height: 50pt }'
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><path fill="%s" d="M0 0h50v50z"/></svg>'
    body = '<h1>x</h1><div class="shown"></div>'
    red, blue = (printed(body, style, **{"shown.svg": drawing % colour}).content for colour in (b"#f00", b"#00f"))
    assert [b"1 0 0 rg" in drawn(red), b"0 0 1 rg" in drawn(red)] == [True, False]
    assert [b"1 0 0 rg" in drawn(blue), b"0 0 1 rg" in drawn(blue)] == [False, True]
    with pytest.raises(pdf.PdfError, match=r"asks for pack:shown\.svg, which is not part of it"):
        printed(body, style)


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="http://example.org/x.png" alt="x">',
        '<img src="https://example.org/x.png" alt="x">',
        '<img src="pack:other.png" alt="x">',
        '<img src="other.png" alt="x">',
        '<img src="data:image/png;base64,AAAA" alt="x">',
        '<p style="background: url(file:///etc/hostname)">x</p>',
        '<style>@import "http://example.org/x.css"</style>',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<style>@font-face { font-family: "X"; src: url("file:///etc/hostname") }</style>',
    ],
)
def test_no_other_file_and_no_host_is_asked(body: str) -> None:
    with pytest.raises(pdf.PdfError, match="which is not part of it"):
        printed(f"<h1>x</h1>{body}")


def test_a_character_that_no_font_has_is_named_with_its_place() -> None:
    with pytest.raises(pdf.PdfError) as caught:
        printed("<h1>Title</h1><p>one two three \ue123four five six seven</p>")
    message = 'no font on this machine has the character "\ue123" (U+E123, without a name)'
    assert caught.value.args == (pdf.Fault(message, "one two three \ue123four five six seven"),)


def test_a_picture_that_cannot_be_read_fails() -> None:
    with pytest.raises(pdf.PdfError, match="Failed to load image"):
        printed('<h1>x</h1><img src="pack:bad" alt="x">', bad=b"not a picture")


def test_words_that_are_missing_from_the_pdf_fail_with_their_place() -> None:
    with pytest.raises(pdf.PdfError) as caught:
        printed('<h1>Title</h1><p>Here.</p><p style="display: none">vanished quite</p><p>There.</p>')
    assert caught.value.args == (pdf.Fault("words are missing from the PDF", "vanished quite"),)


def test_a_table_that_is_wider_than_the_paper_says_so() -> None:
    cells = "".join(f"<td>internationalisation{number}</td>" for number in range(14))
    with pytest.raises(pdf.PdfError) as caught:
        printed(f"<h1>Title</h1><table><tr>{cells}</tr></table>")
    assert {fault.message for fault in caught.value.args} == {
        "this table is wider than the paper (14 columns): split it into two tables"
    }


def test_a_line_that_is_wider_than_the_paper_says_so() -> None:
    with pytest.raises(pdf.PdfError) as caught:
        printed(f'<h1>Title</h1><p style="white-space: nowrap">{"word " * 60}</p>')
    assert caught.value.args[0].message == "this line is wider than the paper"


def test_words_are_cut_where_a_reader_cuts_them() -> None:
    found = pdf.paragraphs("<head><title>T</title></head><p>Two <em>words</em>.<sup>1</sup></p><ul><li>a<li>b c</ul>")
    assert found == [["Two", "words.1"], ["a"], ["b", "c"]]


def test_long_prose_is_whole() -> None:
    text = " ".join(f"Extraordinarily hyphenated internationalisation number {number}." for number in range(300))
    made = printed(
        f"<h1>Long</h1><p>{text}</p>",
        _STYLE + " body { hyphens: auto } @page { size: A5; @top-left { content: 'Header' } }",
    )
    assert made.pages > 4


def test_the_fonts_have_the_letters_that_names_need() -> None:
    assert fonts.uncovered("Ελένη Оксана Nguyễn Wanjirũ Adéyẹmí Łukasz ☐ ✓ “”–", fonts.faces()) == frozenset()
    assert fonts.uncovered("a\u200d\u00adb \ue123", fonts.faces()) == {"\ue123"}
    assert fonts.fallbacks(frozenset("\ue123")) == ()


def test_print_adds_hyphens_and_ligatures_which_are_not_words() -> None:
    assert pdf.letters("Co\u00adoperate, \ufb01nally!") == "cooperatefinally"
