"""The slides: one idea each, large enough for the back row."""

from __future__ import annotations

from casebuilder.model import Consent, ConsentState, Mode, QuoteAuthor
from casebuilder.packs import slides
from pack_reader import reader, text
from series_factory import at, make_case, make_series, part


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
        "References",
        "Read the case, the responses and the commentary",
    )
    assert len(pages) == len(order)
    assert all(words in page for words, page in zip(order, pages, strict=True))


def test_slides_are_wide_and_can_be_read_from_the_back_row() -> None:
    found = reader(make_series(make_case(story=(part("Long words. " * 200, title="Long"),))), "slides")
    sizes: dict[str, float] = {}

    def visit(text: str, cm: list[float], matrix: list[float], _font: object, size: float) -> None:
        sizes[text.strip()] = abs(size * matrix[3] * cm[3])

    shown = found.pages
    for page in shown:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (960, 540)
        page.extract_text(visitor_text=visit)
    running = {"Quiet Dilemmas", "The Case of the Quiet Pager · CC BY 4.0", *map(str, range(99)), ""}
    small = {text: size for text, size in sizes.items() if size < 23.9 and text not in running}
    assert len(shown) > 11
    assert len(sizes) > 30
    assert small == {}


def test_a_paragraph_stays_on_one_slide_and_no_heading_stands_alone() -> None:
    story = (part("First words of it. " * 4 + "\n\n" + "Second words of it. " * 24, title="Long"),)
    shown = [
        " ".join(page.extract_text().split()) for page in reader(make_series(make_case(story=story)), "slides").pages
    ]
    assert ["First words" in page for page in shown[1:3]] == [True, False]
    assert shown[2].count("Second words of it.") == 24
    opening = (part("First words of it. " * 36, title="Long"),)
    shown = [page.extract_text() for page in reader(make_series(make_case(story=opening)), "slides").pages]
    assert "First words" in shown[1]


def test_a_quote_that_was_taken_back_has_no_slide() -> None:
    kept, *_ = make_case().quotes
    consent = Consent(state=ConsentState.WITHDRAWN, on=at(2025, 9, 1).date())
    gone = kept.model_copy(
        update={"id": "q2", "text": "", "mode": Mode.PARAPHRASE, "by": QuoteAuthor(), "consent": consent}
    )
    printed = text(reader(make_series(make_case(quotes=(kept, gone))), "slides"))
    assert "I would have called at midnight." in printed
    assert "taken out" not in printed


def test_a_story_is_dealt_out_in_whole_paragraphs_and_about_evenly() -> None:
    html = "\n".join(f"<p>{f'Paragraph {number}. ' * 12}</p>" for number in range(6))
    dealt = slides.dealt(html)
    assert [shown.count("<p>") for shown in dealt] == [2, 2, 2]
    assert "\n".join(dealt) == html


def test_a_paragraph_longer_than_a_slide_is_cut_after_a_sentence() -> None:
    long = f'<p class="hung">{"It rang, and <em>nobody came. Nobody</em> at all. " * 30}</p>'
    dealt = slides.dealt(long)
    assert len(dealt) > 2
    assert all(shown.startswith('<p class="hung">It rang') for shown in dealt)
    assert all(shown.rstrip("</p> ").endswith("at all.") for shown in dealt)
    assert slides.dealt(f"<p>{'word ' * 300}</p>")[1].startswith("<p>word")


def test_a_list_and_an_empty_part_have_one_slide_each() -> None:
    assert slides.dealt("<ul>\n<li>One<br>two</li>\n</ul>") == ("<ul>\n<li>One<br>two</li>\n</ul>",)
    assert slides.dealt("") == ("",)
