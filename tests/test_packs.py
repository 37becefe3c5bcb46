"""The packs on paper: what each contains, read back from the PDF."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdf
import pytest

from casebuilder.model import Consent, ConsentState, Mode, Picture, QuoteAuthor, State
from casebuilder.outputs.packs import views
from casebuilder.outputs.packs.press.task import print_job, used_fonts
from casebuilder.outputs.packs.views.paperhtml import fit_for_paper
from pack_reader import alternatives, job_of, reader, sealed_sentences, text, titles
from series_factory import (
    SLUG,
    WORKS_WITHOUT_VOLUME,
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
    write_series,
)

if TYPE_CHECKING:
    from casebuilder.model.case import Case


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
    jobs = [job for job in views.jobs(make_series(case)) if job.subject == SLUG]
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
    document = reader(make_series(case))
    everything = " ".join((text(document), str(document.metadata), str(document.xmp_metadata), titles(document)))
    sealed = sealed_sentences(case)
    assert len(sealed) > 15
    assert [sentence for sentence in sealed if sentence in everything] == []
    guide = text(reader(make_series(case), "guide"))
    assert [sentence for sentence in sealed if sentence not in guide] == []


def test_a_guide_has_the_clock_the_notes_and_the_answers_behind_a_divider() -> None:
    printed = text(reader(make_series(), "guide"))
    brief, answers = printed.split("Answers begin after this page", 1)
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


def test_the_running_head_of_a_club_without_answers_warns_of_none() -> None:
    bare = {"responses": (), "commentary": None, "quotes": (), "notes": (), "announced": ()}
    printed = text(reader(make_series(make_journal_club(**bare)), "guide"))
    assert "Facilitator guide" in printed
    assert "contains the answers" not in printed


def test_the_answers_begin_on_a_page_of_their_own() -> None:
    pages = [page.extract_text() for page in reader(make_series(), "guide").pages]
    divider = next(number for number, page in enumerate(pages) if "Answers begin after" in page)
    assert "Quiet is a finding" in pages[divider + 1]
    assert "Who tells the consultant?" not in pages[divider]


def test_a_reading_copy_has_everything_but_the_facilitators_notes() -> None:
    printed = text(reader(make_series(), "case"))
    assert "A quiet pager is data." in printed
    assert "Let them sleep." in printed
    assert "Nurse · anonymous, quoted with permission" in printed
    assert "Ada Byrne, MB, PhD: writer (Writing – original draft). Nothing to declare." in printed
    assert "Ada Byrne. The Case of the Quiet Pager. Quiet Dilemmas. 2025 May 23;1(3). Available from: " in printed
    assert "A note for the facilitator only." not in printed


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
    assert "A quote was removed at its author’s request on 1 September 2025." in printed


def test_a_draft_says_so_on_each_page() -> None:
    document = reader(make_series(make_case(state=State.DRAFT)), "guide")
    assert all("Draft, not published" in page.extract_text() for page in document.pages)


def test_each_file_has_what_a_screen_reader_and_a_catalogue_need() -> None:
    document = reader(make_series(), "guide")
    root = document.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert document.metadata
    assert document.metadata.title == "The Case of the Quiet Pager: facilitator guide"
    assert document.metadata.author == "Ada Byrne"
    assert document.metadata.subject == "A pager stays quiet all night. Should anybody have asked why?"
    assert document.metadata.creation_date_raw == "D:20250523"
    assert document.metadata.modification_date_raw == "D:20250804"
    assert "Session plans" in titles(document)
    assert "Should Rhona ask why?" in titles(document)
    assert "1 of" in document.pages[0].extract_text()


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


def test_pictures_are_shown_with_their_words_and_numbers_of_works_are_apart() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    story = "Look: ![A dark ward](ward.svg)\n\nTwo say so[@night-notes][@chan-2015]."
    case = make_case(
        image=Picture(file="pager.svg", alt="A pager on a desk"), story=(part(story),), references=WORKS_WITHOUT_VOLUME
    )
    series = make_series(case)
    paths = (f"cases/{SLUG}/pager.svg", f"cases/{SLUG}/ward.svg")
    assert job_of(series, "case").pictures == paths
    document = reader(series, "case", dict.fromkeys(paths, drawing))
    assert {"A pager on a desk", "A dark ward"} <= set(alternatives(document.trailer["/Root"]["/StructTreeRoot"]))
    printed = text(document)
    assert "Two say so1,2." in printed
    assert "BMJ. 2020:m1-m5." in printed


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (
            '<a href="https://a.org/x"><em>the</em> page</a>',
            '<a href="https://a.org/x">the page</a> <span class="address">(a.org/x)</span>',
        ),
        ('<a href="https://a.org/x">a.org/x</a>', '<a href="https://a.org/x" class="written">a.org/x</a>'),
        ('<a href="#reference-y">1</a>', '<a href="#reference-y">1</a>'),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td></tr></table>",
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td></td></tr></table>",
        ),
        ("non\u2011breaking 10\u202fmg &lt;3 &amp;", "non-breaking\u00a010\u00a0mg &lt;3 &amp;"),
        ("<p>“Bed 9,” said Dr Byrne.</p>", '<p class="hung short">“Bed\u00a09,” said Dr\u00a0Byrne.</p>'),
        ("<code>casebuilder pack 2025</code>", "<code>casebuilder pack 2025</code>"),
        (  # as many posts have them: a picture that leads to the large one
            '<p><a href="https://e.org/a"><img src="x.png" alt="A plot."></a> <a href="#r">e.org</a></p>',
            '<p><img src="x.png" alt="A plot."> <span class="address">(e.org/a)</span> <a href="#r">e.org</a></p>',
        ),
        (
            f"<p>{'A long line. ' * 6}The end.</p>",
            f'<p>{"A long line. " * 6}<span class="kept">The\u00a0end.</span></p>',
        ),
    ],
)
def test_what_paper_cannot_show_is_replaced(given: str, made: str) -> None:
    assert fit_for_paper(given, "en") == made


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
    series = make_series(case, people=(*write_series(case).people, *people))
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


def test_a_paragraph_that_is_a_picture_keeps_its_tag_whole() -> None:
    """The words of its alternative text are tied to nothing, and no element begins within them."""
    picture = '<img src="pack:pictures/cases/2025-05-quiet-pager/long-name.png" alt="An extraordinarily wide">'
    assert (
        fit_for_paper(f"<p>{picture}</p><ul><li>{picture}</li></ul>", "en")
        == f"<p>{picture}</p><ul><li>{picture}</li></ul>"
    )


def test_a_table_of_many_columns_is_set_smaller_and_its_long_words_may_break() -> None:
    cells = "<td>hyponatraemia</td><td>https://example.org/a/b</td>" * 4
    fitted = fit_for_paper(f"<table><tbody><tr>{cells}</tr></tbody></table>", "en")
    assert fitted.startswith('<table class="wide">')
    assert "hyponat\u200braemia" in fitted
    assert "<td>https://\u200bexample" in fitted.replace("https:/\u200b/\u200b", "https://\u200b")


def test_a_row_that_may_be_higher_than_the_page_may_be_split_below_the_names_of_the_columns() -> None:
    head, row = "<tr><th>a</th><th>b</th></tr>", f"<tr><td>x</td><td>{'word ' * 200}</td></tr>"
    fitted = fit_for_paper(f"<table><thead>{head}</thead><tbody>{row}</tbody></table>", "en")
    assert fitted.startswith('<table class="tall"><thead><tr><th>')
    assert fitted.count('<tr class="high"><td data-again="x (continued)">') == 1  # it alone may be split


def test_a_break_within_a_link_parts_it_in_two() -> None:
    """One link around a break fails PDF/UA-1 (7.18.5)."""
    fitted = fit_for_paper('<a id="x" href="https://example.org/">One<br><em>two</em></a>', "en")
    link = '<a href="https://example.org/">'
    assert fitted.startswith(f'<a id="x" href="https://example.org/">One</a><br>{link}two</a>')


def test_a_table_that_is_only_a_head_is_a_body() -> None:
    head, row = "<thead><tr><th>a</th></tr></thead>", "<tbody><tr><td>b</td></tr></tbody>"
    fitted = fit_for_paper(f"<table>{head}</table><table>{head}{row}</table>", "en")
    assert fitted == f"<table><tbody><tr><th>a</th></tr></tbody></table><table>{head}{row}</table>"
