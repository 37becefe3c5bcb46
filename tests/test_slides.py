"""The slides: one idea each, large enough for the back row."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from casebuilder.model import Consent, ConsentState, Mode, QuoteAuthor
from casebuilder.outputs.packs.views import slides
from casebuilder.outputs.packs.views.slidemeasure import slide_ends
from cputime import at_most
from pack_reader import job_of, printed, reader, text
from page_reader import pages
from series_factory import SLUG, at, make_case, make_series, part


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
    row = "| thrombocytopenia | oesophagogastrectomy | pneumonectomy | hypothermia | the trial enrolled |\n"
    table = f"{row}|--|--|--|--|--|\n{row}"  # its words are longer than a column, and are broken
    story = part("Long words. " * 200, title="Long"), part(table, title="Table")
    document = reader(make_series(make_case(story=story)), "slides")
    sizes: dict[str, float] = {}

    def visit(text: str, cm: list[float], matrix: list[float], _font: object, size: float) -> None:
        sizes[text.strip()] = abs(size * matrix[3] * cm[3])

    shown = document.pages
    for page in shown:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (960, 540)
        page.extract_text(visitor_text=visit)
    running = {"Quiet Dilemmas", "The Case of the Quiet Pager · CC BY 4.0", *map(str, range(99)), ""}
    small = {text: size for text, size in sizes.items() if size < 23.9 and text not in running}
    assert len(shown) > 11
    assert len(sizes) > 30
    assert small == {}


def test_a_paragraph_stays_on_one_slide_and_no_heading_is_alone() -> None:
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


def test_a_story_is_divided_into_slides_by_whole_paragraphs_and_about_evenly() -> None:
    html = "\n".join(f"<p>{f'Paragraph {number}. ' * 12}</p>" for number in range(6))
    dealt = slides.split_into_slides(html)
    assert [shown.count("<p>") for shown in dealt] == [2, 2, 2]
    assert "\n".join(dealt) == html


def test_a_paragraph_longer_than_a_slide_is_cut_after_a_sentence() -> None:
    long = f'<p class="hung">{"It rang, and <em>nobody came. Nobody</em> at all. " * 30}</p>'
    dealt = slides.split_into_slides(long)
    assert len(dealt) > 2
    assert all(shown.startswith('<p class="hung">It rang') for shown in dealt)
    assert all(shown.rstrip("</p> ").endswith("at all.") for shown in dealt)
    assert slides.split_into_slides(f"<p>{'word ' * 300}</p>")[1].startswith("<p>word")


def test_a_list_and_an_empty_part_have_one_slide_each() -> None:
    assert slides.split_into_slides("<ul>\n<li>One<br>two</li>\n</ul>") == ("<ul>\n<li>One<br>two</li>\n</ul>",)
    assert slides.split_into_slides("") == ("",)


def shown(source: str, title: str = "Part") -> list[list[str]]:
    """The lines of each slide of a story, without what runs along its edges."""
    content = printed(job_of(make_series(make_case(story=(part(source, title=title),))), "slides"))
    found = [[line.words for line in page] for page in pages(content, head=45, foot=45)]
    return [page for page in found if page[0].startswith(title)]


def test_a_question_without_text_says_what_to_do_with_it() -> None:
    case = make_case()
    bare = tuple(question.model_copy(update={"body": part("").body}) for question in case.questions)
    found = [" ".join(page.extract_text().split()) for page in reader(
        make_series(case.model_copy(update={"questions": bare})), "slides").pages]  # fmt: skip
    asked = [words for words in found if any(question.title in words for question in bare)]
    assert len(asked) == len(bare)
    assert all("Think on your own for one minute, then compare in pairs." in words for words in asked)


def test_a_heading_of_the_story_without_text_is_above_the_next_one() -> None:
    story = (part("", title="First"), part("", title="Second"), part("Words of the third.", title="Third"))
    found = [
        " ".join(page.extract_text().split()) for page in reader(make_series(make_case(story=story)), "slides").pages
    ]
    assert [words for words in found if "First" in words or "Third" in words] == [
        words for words in found if "First · Second · Third Words of the third." in words
    ]


QUOTED = "\n>\n".join(
    f"> Sentence {number} of what the paper says, word for word. {'It goes on. ' * 20}" for number in range(6)
)


@pytest.mark.parametrize(
    "source",
    [
        f"Before.\n\n### A heading\n\n{QUOTED}\n\nAfter.",
        f"{QUOTED}\n\n---\n\n### A heading\n\n---\n\nAfter.",
        f"{'Words fill it. ' * 28}\n\n### A heading\n\n{'And more of it. ' * 40}",
        f"{'Words fill it. ' * 28}\n\n### A heading\n\n##### Another heading\n\n| a | b |\n|---|---|\n"
        + "| c | d |\n" * 30,
        f"{'Words fill it. ' * 28}\n\n### A heading\n\n"
        + "\n".join(f"- entry {number} {'of it ' * 12}" for number in range(30)),
        f"{'Words fill it. ' * 28}\n\n### A heading",
        f"### A heading\n\n{'医学教育の症例を毎月ひとつ公開し、みなで話し合う。' * 40}",
        f"### A heading\n\n> {'one long sentence that never ends ' * 60}",
        f"### A heading\n\n    {'code ' * 300}",
        "Before it.\n\n### A heading\n\n"
        + "".join(f"- entry {number}\n  - below\n    - and below\n\n" for number in range(4)),
        "### A heading\n\n1. **An entry above others**\n"
        + "".join(f"   - one of those {'below it ' * 12}\n" for _ in range(3))
        + f"     - and deeper {'than it ' * 20}\n" * 2,
    ],
    ids=["quote", "rule", "paragraph", "table", "list", "nothing", "Japanese", "endless", "code", "nested", "high"],
)
def test_no_slide_has_a_heading_and_nothing_else_and_no_heading_is_last(source: str) -> None:
    slides_shown = shown(source)
    alone = [lines for lines in slides_shown if len(lines) < 2 or "heading" in lines[-1]]
    assert slides_shown  # a heading over nothing is a paragraph in bold
    assert [lines for lines in alone if "### A heading" not in source[-20:]] == []


def test_a_numbered_list_goes_on_with_its_numbers_on_the_next_slide() -> None:
    dealt = slides.split_into_slides(
        f'<ol start="3">{"".join(f"<li>{number} {chr(97) * 100}</li>" for number in range(3, 15))}</ol>'
    )
    assert len(dealt) > 2
    assert [re.findall(r'start="(\d+)"><li>(\d+)', shown) for shown in dealt[:2]] == [[("3", "3")], [("7", "7")]]


def test_an_entry_with_many_below_it_is_cut_between_them_and_keeps_its_number() -> None:
    below = "".join(f"<li>below {number} {'a' * 90}</li>" for number in range(8))
    dealt = slides.split_into_slides(f"<ol><li>One<ul>{below}</ul></li><li>Two</li></ol>")
    assert len(dealt) > 2
    assert re.findall(r"One|below \d|Two", dealt[0])[:2] == ["One", "below 0"]
    assert ['<ol start="2"><li class="rest"><ul>' in shown for shown in dealt[:3]] == [False, True, True]
    assert dealt[-1].endswith("<li>Two</li></ol>")


def test_a_sentence_that_announces_a_list_stays_with_it() -> None:
    entries = "".join(f"<li>{number} {'a' * 70}</li>" for number in range(4))
    dealt = slides.split_into_slides(f"<p>{'Words. ' * 60}</p><p>Always acquire:</p><ul>{entries}</ul>")
    assert [shown for shown in dealt if "acquire" in shown and "<li>0 " not in shown] == []
    assert slides.split_into_slides("<p>It ends so:</p>") == ("<p>It ends so:</p>",)


def test_a_heading_without_text_is_shown_with_the_text_beside_it() -> None:
    """Above the next part, or at the end of the story below the last."""
    text = "<p>Text.</p>"
    dealt = slides.split_story(
        [("One", text), ("Two", ""), ("Three", "<hr>\n"), ("Four", text), ("A & B", ""), ("C", "")]
    )
    assert dealt == [
        ("One", (text,)),
        ("Two · Three · Four", (f"{text}\n<p><strong>A &amp; B</strong></p>\n<p><strong>C</strong></p>",)),
    ]
    assert slides.split_story([("One", ""), ("Two", "")]) == [("One · Two", ("",))]
    assert slides.split_story([]) == []


def test_slides_are_made_in_a_time_that_grows_with_their_number() -> None:
    with at_most(1):
        ends = slide_ends((1.3,) * 20_000, 8.8)
    assert {end - begin for begin, end in pairwise((0, *ends))} == {5, 6}
    assert ends[-1] == 20_000


def test_a_part_of_many_paragraphs_is_divided_into_slides_too() -> None:
    assert len(slides.split_into_slides("".join(f"<p>Paragraph {number}.</p>" for number in range(3000)))) > 300


def test_a_heading_with_nothing_below_it_is_a_paragraph_in_bold() -> None:
    above, alone = '<h3 id="x">A <em>title</em></h3>\n<h4>B</h4>', "<p>Before.</p>"
    bold = '<p id="x"><strong>A <em>title</em></strong></p>\n<p><strong>B</strong></p>'
    assert slides.split_into_slides(f"{alone}\n{above}") == (f"{alone}\n{bold}",)
    assert slides.split_into_slides(above) == (bold,)


def test_headings_with_nothing_below_them_are_shown_above_the_next_part() -> None:
    dealt = slides.split_story(
        [("One", "<p>Text.</p>\n<h3>A &amp; <em>B</em></h3>\n<h4>C</h4>\n"), ("Two", "<p>More.</p>\n<h3>D</h3>")]
    )
    assert dealt == [
        ("One", ("<p>Text.</p>",)),
        ("A & B · C · Two", ("<p>More.</p>\n<p><strong>D</strong></p>",)),
    ]


def test_a_sentence_longer_than_a_slide_is_cut_between_words() -> None:
    """What did not fit stood on a slide of its own, without a heading."""
    sentence = "Patients were randomised to an early resuscitation protocol for sepsis (n = 107) or not, " * 6
    found = shown(f"A short one. {sentence}")
    assert len(found) > 1
    assert all(page[0].startswith("Part ") and page[0].endswith(f"/{len(found)}") for page in found)
    dealt = slides.split_into_slides(f"<p>{'x' * 470}. {'y' * 5}. {'z' * 100}.</p>")
    assert [len(slide) for slide in dealt] == [len("<p></p>") + 471, len("<p></p>") + 108]


def test_each_slide_of_a_table_has_the_heading_and_the_names_of_the_columns() -> None:
    table = "| Outcome | Group 1 |\n|--|--|\n" + "| mortality | in the *trial* |\n" * 20
    found = shown(f"Before.\n\n### Results\n\n{table}\nAfter.", "Part")
    assert len(found) > 2
    assert all(page[0] == f"Part {number}/{len(found)}" for number, page in enumerate(found, start=1))
    assert all("Outcome Group 1" in page for page in found if "mortality in the trial" in page)
    assert sum(page.count("mortality in the trial") for page in found) == 20


#: What took more lines on a slide than were counted: the slide ran over, and its last words stood alone on the next.
_ADDRESS = "https://www.example.org/journal/2013/08/28/what-this-trial-of-two-thousand-patients-means-for-us"
_RUNNING_OVER = {
    "Addresses": "".join(f"{number}. The [paper]({_ADDRESS}) and [more]({_ADDRESS}).\n" for number in range(6)),
    "Divisions": f"<div>\n\n{'It says more. ' * 20}\n\n{'And more than that. ' * 25}\n\n</div>",
    "Entries": "".join(f"- {'It says more. ' * 70}\n" for _ in range(2)),
    "Lines": "A line of it\\\n" * 7 + f"Last line\n\n{'It says more. ' * 12}",
    "Code": "```\n" + "line\n" * 10 + "```\n\n" + "It says more. " * 12,
}


def test_what_can_be_cut_does_not_run_over_its_slide() -> None:
    story = tuple(part(source, title=title) for title, source in _RUNNING_OVER.items())
    found = [page.extract_text() for page in reader(make_series(make_case(story=story)), "slides").pages]
    assert [title for title in _RUNNING_OVER if sum(title in page for page in found) < 2] == []
    assert [title for title in _RUNNING_OVER if any(f"{title} (continued)" in page for page in found)] == []


def test_what_cannot_be_cut_has_the_heading_on_each_slide() -> None:
    title = "The whole program as it was run in every hospital of the trial"
    code = part("```\n" + "line of it " * 300 + "\n```", title=title)
    found = [page.extract_text() for page in reader(make_series(make_case(story=(code,))), "slides").pages]
    first, *further = [" ".join(page.split()) for page in found if "line of it" in page]
    assert title in first
    assert "(continued)" not in first
    assert len(further) > 1
    assert all("The whole program as it was run in every… (continued)" in page for page in further)
    assert sum("(continued)" in page for page in found) == len(further)


def test_a_picture_in_a_head_and_one_in_a_row_lose_no_word() -> None:
    source = "| ![Left.](lamp.svg) Before |\n|---|\n| ![Right.](lamp.svg) After it |\n| Last |"
    public = make_series(make_case(story=(part(source),)))
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400"/></svg>'
    found = [page.extract_text() for page in reader(public, "slides", {f"cases/{SLUG}/lamp.svg": drawing}).pages]
    assert [sum(word in page for page in found) for word in ("After it", "Last")] == [1, 1]
    assert any("Before" in page for page in found)


@pytest.mark.parametrize(
    "source",
    [
        "<br>\nWords of it",
        "<hr> Words <b>of</b> it",
        "<div>First.</div> Words of it",
        "<table><tr><th>A</th></tr><tr><td>b</td></tr></table> Words of it",
        '<img src="lamp.svg" alt="Words of it">',
        "<blockquote>Words of it<p>" + "One sentence of many. " * 60 + "</p><p>Another.</p></blockquote>",
    ],
)
def test_words_and_pictures_beside_the_paragraphs_of_html_are_on_a_slide(source: str) -> None:
    html = job_of(make_series(make_case(story=(part(f"Before.\n\n{source}\n\nAfter."),))), "slides").html
    assert re.search("Before.*Words (<b>)?of(</b>)? it.*After", html, re.DOTALL)


def test_a_table_that_nearly_fills_a_slide_has_its_head_once() -> None:
    cells = {
        "urea concentration": "Low",
        "uric acid concentration": "Low",
        "osmolality": "Low",
        "sodium concentration": "Low",
        "glucose": "Normal-orthostatic hypotension",
        "potassium": "Low",
    }
    rows = "".join(
        f"<tr><td><strong>Serum {name}</strong></td><td>Normal-low</td><td>{cell}</td></tr>"
        for name, cell in cells.items()
    )
    head = "<thead><tr><th></th><th>SIADH</th><th>Cerebral salt wasting</th></tr></thead>"
    table = f"<table>{head}<tbody>{rows}</tbody></table>"
    assert [shown.count("SIADH") for shown in slides.split_into_slides(table)] == [1]


def test_a_table_is_cut_between_rows_that_no_cell_joins() -> None:
    row = '<tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>'
    source = (
        f"<table><caption>Above</caption><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{row * 9}</tbody></table>"
    )
    dealt = slides.split_into_slides(source, "Part")
    assert len(dealt) > 2
    assert all(slide.count("<th>A</th>") == 1 for slide in dealt)
    assert all(slide.count("<td>b") == slide.count("<td>c") == slide.count("rowspan") for slide in dealt)
    assert [slide.count("Above") for slide in dealt] == [1] + [0] * (len(dealt) - 1)
    assert sum(slide.count("rowspan") for slide in dealt) == 9


@pytest.mark.parametrize(
    ("cell", "columns", "rows_of_slide"),
    [
        ("0.1", 3, 6),
        ("many words of one cell " * 3, 3, 2),
        ("Thrombozytenaggregationshemmer", 6, 2),
        ("血小板減少症" * 4, 4, 2),
    ],
    ids=["numbers", "sentences", "long words", "Japanese"],
)
def test_a_slide_has_as_many_rows_as_it_holds(cell: str, columns: int, rows_of_slide: int) -> None:
    row = f"<tr>{f'<td>{cell}</td>' * columns}</tr>"
    table = f"<table><thead><tr>{'<th>Group</th>' * columns}</tr></thead><tbody>{row * 18}</tbody></table>"
    numbers = [slide.count("<td>") // columns for slide in slides.split_into_slides(table, "Part")]
    assert numbers == [rows_of_slide] * (18 // rows_of_slide)


def test_an_empty_element_of_a_blog_makes_no_slide() -> None:
    (slide,) = slides.split_into_slides("<div>\n</div><div><div></div></div><p>Words.</p><div> </div>", "Overview")
    assert "Words." in slide
