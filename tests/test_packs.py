"""The packs on paper: what is in which, read back from the PDF."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pypdf
import pytest

from casebuilder import packs, prose
from casebuilder.model import Consent, ConsentState, Mode, Picture, QuoteAuthor, State
from casebuilder.packs import qr
from casebuilder.packs.typeset import mended
from casebuilder.packs.words import OPEN, SCALED
from casebuilder.press.task import print_job, used_fonts
from series_factory import (
    SLUG,
    at,
    make_case,
    make_journal_club,
    make_open_case,
    make_person,
    make_question,
    make_quote,
    make_response,
    make_series,
    make_withdrawn_case,
    part,
)

if TYPE_CHECKING:
    from casebuilder.model import Case, Series


def job_of(series: Series, edition: str = "handout", paper: str = "a4", style: str = "") -> packs.Job:
    return next(job for job in packs.jobs(series, style) if (job.edition, job.paper or "a4") == (edition, paper))


def reader(series: Series, edition: str = "handout", pictures: dict[str, bytes] | None = None) -> pypdf.PdfReader:
    job = job_of(series, edition)
    shown = {address: (pictures or {})[path] for address, path in job.addresses.items()}
    content, _ = print_job(job.html, job.style, shown, used_fonts(job.html))
    return pypdf.PdfReader(io.BytesIO(content))


def text(found: pypdf.PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in found.pages))


def sealed_sentences(case: Case) -> list[str]:
    """Every sentence of a case that a participant must not read."""
    assert case.commentary
    whole = [
        *case.objectives,
        case.commentary.method,
        *(theme.title for theme in case.commentary.themes),
        *(prose.plain(section.body).replace("::quote[q1]", ". ") for section in case.commentary.sections),
        *(note.body.source for note in case.notes),
        *(quote.text for quote in case.quotes),
        *(prose.plain(response.body) for response in case.responses),
        *(response.title for response in case.responses),
        *(step.activity for session in case.sessions for step in session.steps),
        "Noor Khan",
        "Tom Otieno",
        "Notes of the night",
    ]
    cut = [re.split(r"(?<=[.?!])\s+|\n+", words) for words in whole]
    bare = (re.sub(r"^[#\s-]+|\[@[\w-]+\]$", "", words).strip() for sentences in cut for words in sentences)
    return [re.sub(r"\s+(?=[.,])", "", words) for words in bare if words.strip(".")]


@pytest.mark.parametrize(
    ("case", "editions"),
    [
        (make_case(), {"handout", "guide", "case", "slides"}),
        (make_open_case(), {"handout"}),
        (make_open_case(state=State.CURATING), {"handout"}),
        (make_withdrawn_case(), set()),
        (make_case(state=State.DRAFT), {"handout", "guide", "case", "slides"}),
    ],
    ids=lambda value: str(value.state) if hasattr(value, "state") else "",
)
def test_the_state_decides_which_packs_a_case_has(case: Case, editions: set[str]) -> None:
    jobs = packs.jobs(make_series(case))
    assert {job.edition for job in jobs} == editions
    assert {job.path for job in jobs} == {
        f"packs/{SLUG}-{edition}-{paper}.pdf" for edition in editions - {"slides"} for paper in ("a4", "letter")
    } | {f"packs/{SLUG}-slides.pdf" for _ in editions & {"slides"}}


def test_a_handout_has_the_story_and_the_questions_and_room_to_write() -> None:
    printed = text(reader(make_series()))
    for words in (
        "The Case of the Quiet Pager",
        "A pager stays quiet all night.",
        "“Lucky night,” said Rhona.",
        "The morning after",
        "At six the phone rang.",
        "Should Rhona ask why?",
        "Think of the night team.",
        "Who tells the consultant?",
        "What our group decides",
        "CC BY 4.0",
        f"example.org/series/cases/{SLUG}/",
        "A fictional series.",
        "Creating, curating, and sharing online faculty development resources",
    ):
        assert words in printed
    assert printed.upper().startswith("SEASON 1 · EPISODE 3 · PARTICIPANT HANDOUT")
    html = job_of(make_series()).html
    assert all(block.count('class="line"') >= 5 for block in html.split('class="lines"')[1:])


def test_a_handout_has_not_one_sealed_sentence_anywhere() -> None:
    case = make_case()
    found = reader(make_series(case))
    everything = " ".join((text(found), str(found.metadata), str(found.xmp_metadata), _titles(found)))
    sealed = sealed_sentences(case)
    assert len(sealed) > 15
    assert [sentence for sentence in sealed if sentence in everything] == []
    guide = text(reader(make_series(case), "guide"))
    assert [sentence for sentence in sealed if sentence not in guide] == []


def _titles(found: pypdf.PdfReader) -> str:
    def walk(outline: list[object]) -> list[str]:
        return [title for item in outline for title in (walk(item) if isinstance(item, list) else [item.title])]

    return " ".join(walk(found.outline))


def test_a_guide_has_the_clock_the_notes_and_the_answers_behind_a_divider() -> None:
    printed = text(reader(make_series(), "guide"))
    brief, answers = printed.split("Behind this page: the answers", 1)
    for words in (
        "A note for the facilitator only.",
        "Say what a quiet night may hide.",
        "ACGME",
        "00:00",
        "00:05",
        "00:15",
    ):
        assert words in brief
    assert "Silence?" in brief
    assert "A quiet pager is data." not in brief
    for words in (
        "A quiet pager is data.",
        "I would have called at midnight.",
        "Silence is not safety",
        "The ward’s name was wrong.",
    ):
        assert words in answers
    assert "Facilitator guide: contains the answers" in printed


def test_the_answers_begin_on_a_page_of_their_own() -> None:
    pages = [page.extract_text() for page in reader(make_series(), "guide").pages]
    divider = next(number for number, page in enumerate(pages) if "Behind this page" in page)
    assert "Quiet is a finding" in pages[divider + 1]
    assert "Who tells the consultant?" not in pages[divider]


def test_a_reading_copy_has_everything_but_the_facilitators_notes() -> None:
    printed = text(reader(make_series(), "case"))
    assert "A quiet pager is data." in printed
    assert "Let them sleep." in printed
    assert "Nurse · anonymous, quoted with permission" in printed
    assert "Ada Byrne, MB, PhD: writer (Writing – original draft). Nothing to declare." in printed
    assert "Ada Byrne. The Case of the Quiet Pager. Quiet Dilemmas, 2025." in printed
    assert "A note for the facilitator only." not in printed


def test_a_handout_shows_its_address_as_a_code_with_words() -> None:
    found = reader(make_series())
    address = f"https://example.org/series/cases/{SLUG}/"
    assert _alternatives(found.trailer["/Root"]["/StructTreeRoot"]) == [f"QR code of {address}"]
    assert "<svg" not in job_of(make_series(site_url="")).html
    assert "<svg" not in job_of(make_series(), "guide").html


@pytest.mark.parametrize("address", ["https://example.org/", "https://example.org/" + "long/" * 30])
def test_the_code_holds_the_address(address: str) -> None:
    segno = pytest.importorskip("segno")
    drawn = qr.drawing(address, "A <label>")
    size = int(re.search(r'viewBox="0 0 (\d+) ', drawn)[1])  # type: ignore[index]
    dark = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", drawn)
        for step in range(int(length))
    }
    matrix = segno.make(address, error="m", micro=False).matrix
    assert size == len(matrix) + 8
    assert dark == {(x + 4, y + 4) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert "<title>A &lt;label&gt;</title>" in drawn


def test_the_evaluation_form_is_a_page_to_copy() -> None:
    pages = [page.extract_text() for page in reader(make_series(), "guide").pages]
    (form,) = [page for page in pages if "Evaluation form" in page]
    assert "contains the answers" not in form
    assert all(statement in form for statement in (*SCALED, *OPEN))
    assert "References" not in form


def test_a_slide_holds_one_idea() -> None:
    pages = [" ".join(page.extract_text().split()) for page in reader(make_series(), "slides").pages]
    order = (
        "The Case of the Quiet Pager",
        "The pager was quiet.",
        "At six the phone rang.",
        "Should Rhona ask why?",
        "Who tells the consultant?",
        "What does our group decide, and why?",
        "What others said",
        "I would have called at midnight.",
        "Let them sleep.",
        "Read the case, the responses and the commentary",
    )
    assert len(pages) == len(order)
    assert all(words in page for words, page in zip(order, pages, strict=True))


def test_slides_are_wide_and_can_be_read_from_the_back_row() -> None:
    found = reader(make_series(make_case(story=(part("Long words. " * 200, title="Long"),))), "slides")
    sizes: dict[str, float] = {}

    def visit(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        sizes[text.strip()] = abs(size * matrix[3])

    *shown, _end = found.pages
    for page in shown:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (960, 540)
        page.extract_text(visitor_text=visit)
    running = {"Quiet Dilemmas", "The Case of the Quiet Pager · CC BY 4.0", *map(str, range(99)), ""}
    small = {text: size for text, size in sizes.items() if size < 24 and text not in running}
    assert len(shown) > 12
    assert len(sizes) > 30
    assert small == {}


def test_a_journal_club_opens_with_its_paper() -> None:
    printed = text(reader(make_series(make_journal_club())))
    assert "The paper Thangasamy IA, Leveridge M" in printed
    assert "not open access" in printed
    assert "The case " not in printed


def test_a_quote_that_was_taken_back_leaves_a_dated_slot() -> None:
    consent = Consent(state=ConsentState.WITHDRAWN, on=at(2025, 9, 1).date())
    gone = make_quote("q2", "x", theme="silence").model_copy(
        update={"text": "", "mode": Mode.PARAPHRASE, "by": QuoteAuthor(), "consent": consent}
    )
    printed = text(reader(make_series(make_case(quotes=(gone,))), "case"))
    assert "A quote was taken out at its author’s request on 1 September 2025." in printed


def test_a_draft_says_so_on_each_page() -> None:
    found = reader(make_series(make_case(state=State.DRAFT)), "guide")
    assert all("Draft, not published" in page.extract_text() for page in found.pages)


def test_each_file_has_what_a_screen_reader_and_a_catalogue_need() -> None:
    found = reader(make_series(), "guide")
    root = found.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert found.metadata
    assert found.metadata.title == "The Case of the Quiet Pager: facilitator guide"
    assert found.metadata.author == "Ada Byrne"
    assert found.metadata.subject == "A pager stays quiet all night. Should anybody have asked why?"
    assert found.metadata.creation_date_raw == "D:20250523"
    assert found.metadata.modification_date_raw == "D:20250804"
    assert "Session plans" in _titles(found)
    assert "Should Rhona ask why?" in _titles(found)
    assert "1 of" in found.pages[0].extract_text()


def test_every_font_is_embedded() -> None:
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for page in reader(make_series(), "guide").pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all("/FontFile2" in descriptor or "/FontFile3" in descriptor for descriptor in fonts)
    assert all("Source" in descriptor["/FontName"] for descriptor in fonts)


def test_letter_and_a4_differ_in_size_alone() -> None:
    sizes = {}
    for paper in ("a4", "letter"):
        job = job_of(make_series(), paper=paper)
        content, _ = print_job(job.html, job.style, {}, used_fonts(job.html))
        box = pypdf.PdfReader(io.BytesIO(content)).pages[0].mediabox
        sizes[paper] = (round(box.width), round(box.height))
    assert sizes == {"a4": (595, 842), "letter": (612, 792)}


def test_pictures_are_shown_with_their_words() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    case = make_case(
        image=Picture(file="pager.svg", alt="A pager on a desk"), story=(part("Look: ![A dark ward](ward.svg)"),)
    )
    series = make_series(case)
    paths = (f"cases/{SLUG}/pager.svg", f"cases/{SLUG}/ward.svg")
    assert job_of(series, "case").pictures == paths
    found = reader(series, "case", dict.fromkeys(paths, drawing))
    assert {"A pager on a desk", "A dark ward"} <= set(_alternatives(found.trailer["/Root"]["/StructTreeRoot"]))


def _alternatives(element: pypdf.generic.DictionaryObject) -> list[str]:
    own = [str(element["/Alt"])] if "/Alt" in element else []
    children = element.get("/K", [])
    inside = [child.get_object() for child in (children if isinstance(children, list) else [children])]
    return own + [alt for child in inside if isinstance(child, dict) for alt in _alternatives(child)]


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (
            '<a href="https://a.org/x"><em>the</em> page</a>',
            '<a href="https://a.org/x">the page</a> <span class="address">(a.org/x)</span>',
        ),
        ('<a href="https://a.org/x">a.org/x</a>', '<a href="https://a.org/x">a.org/x</a>'),
        ('<a href="#reference-y">1</a>', '<a href="#reference-y">1</a>'),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td></tr></table>",
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td></td></tr></table>",
        ),
        (
            '<table><tr><td rowspan="2">a</td><td>b</td></tr><tr></tr></table>',
            '<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td></td></tr></table>',
        ),
        ("non\u2011breaking 10\u202fmg &lt;3 &amp;", "non-breaking 10\u00a0mg &lt;3 &amp;"),
        ('word <sup><a href="#reference-y">1</a></sup>', 'word<sup><a href="#reference-y">1</a></sup>'),
    ],
)
def test_what_paper_cannot_show_is_mended(given: str, made: str) -> None:
    assert mended(given) == made


def test_the_series_own_style_has_the_last_word() -> None:
    assert job_of(make_series(), style="h1 { color: red }").style.endswith("h1 { color: red }")


def test_names_of_many_scripts_reach_the_paper() -> None:
    names = (
        "Ελένη Παπαδοπούλου",
        "Оксана Мельник",
        "Nguyễn Thị Mai",
        "Wanjirũ Kamau",
        "Grace Adéyẹmí",
        "Łukasz Wójcik",
    )
    people = [make_person(f"p{number}", name=name) for number, name in enumerate(names)]
    case = make_case(
        responses=tuple(make_response(person.id, f"*{person.name}*", f"*{person.name}*") for person in people)
    )
    series = make_series(case)
    series = series.model_copy(update={"people": (*series.people, *people)})
    printed = text(reader(series, "case"))
    assert all(name in printed for name in names)


def test_a_long_question_keeps_with_its_lines() -> None:
    questions = tuple(
        make_question(f"q{number}", f"What would you do, number {number}?", "Think. " * 60) for number in range(6)
    )
    pages = [page.extract_text() for page in reader(make_series(make_case(questions=questions))).pages]
    for question in questions:
        (page,) = [page for page in pages if question.title in page]
        assert page.count("Think.") % 60 == 0


def test_a_case_without_optional_parts_has_all_its_packs() -> None:
    bare = make_case(
        season=None,
        episode=None,
        notes=(),
        responses=(),
        quotes=(),
        commentary=None,
        sessions=(),
        references=(),
        characters=(),
        audience=(),
        changes=(),
        story=(part("A short story."),),
    )
    series = make_series(bare, site_url="")
    for edition in ("handout", "guide", "case", "slides"):
        assert "A short story." in text(reader(series, edition))
