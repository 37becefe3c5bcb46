"""What a reader would see wrong with a page of the sample series: measured on the PDF, not in the style sheet."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

from casebuilder import pipeline, published
from casebuilder.model import Note, Prose
from casebuilder.outputs.packs import views
from casebuilder.outputs.packs.press.task import print_job, used_fonts
from casebuilder.outputs.packs.views import firstpage
from casebuilder.outputs.packs.views.paperhtml import fit_for_paper
from pack_reader import job_of
from pack_reader import printed as pdf_of
from page_reader import Line, faults, pages
from series_factory import PLACE, make_case, make_series, part

if TYPE_CHECKING:
    from casebuilder.model.series import Series

ROOT = Path(__file__).parents[1]
PAPERS = ("a4", "letter")
CASES = ("2024-09-silent-round", "2025-10-journal-club-on-twitter")
#: In points from the left edge of A4, whose text is 459 points wide: where headings begin, and what is read.
MARGIN, AXIS = 68, 164


@cache
def sample() -> tuple[pipeline.Reading, Series]:
    reading = pipeline.read(ROOT, as_of="2026-03-20")
    return reading, published.publish(reading.series, reading.as_of)


@cache
def printed(slug: str, edition: str, paper: str) -> tuple[bytes, str]:
    reading, public = sample()
    path = f"packs/{slug}-{edition}{f'-{paper}' if paper else ''}.pdf"
    (job,) = [job for job in views.jobs(public) if job.path == path]
    pictures = {address: reading.tree.pictures[shown].read_bytes() for address, shown in job.addresses.items()}
    return print_job(job.html, job.style, pictures, used_fonts(job.html))[0], job.html


def lines(edition: str, paper: str = "a4", slug: str = CASES[0]) -> list[list[Line]]:
    return pages(printed(slug, edition, paper)[0])


@pytest.mark.parametrize("edition", ["handout", "guide", "case"])
@pytest.mark.parametrize(("slug", "paper"), list(zip(CASES, PAPERS, strict=True)))
def test_no_heading_ends_a_page_and_no_page_is_left_almost_empty(slug: str, paper: str, edition: str) -> None:
    assert faults(*printed(slug, edition, paper)) == []


def test_an_address_has_no_hyphen_at_the_end_of_a_line() -> None:
    addresses = (
        "http://science.sciencemag.org/content/early/2016/07/13/science.aag0219",
        "www.internationaljournalofparliamentaryconsiderations.org",
        "interventions.internationalconsiderations@example.org",
    )
    source = "\n\n".join(f"{words}{address} too." for address in addresses for words in ("", "It is ", "It is there: "))
    found = pages(pdf_of(job_of(make_series(make_case(story=(part(source),))), "handout")))
    lines_found = [line.words for page in found for line in page]
    assert [words for words in lines_found if words.endswith(("-", "‐", "\xad"))] == []
    assert sum("too." in words for words in lines_found) == 9


def test_a_list_of_lists_is_divided_between_its_entries() -> None:
    entries = "".join(
        f"- The {stage} stage:\n" + f"  - {'what is done then ' * 9}\n" * 3 for stage in ("first", "second", "third")
    )
    source = f"{'Words before it. ' * 60}\n\nThere are three stages:\n\n{entries}"
    first, *_ = pages(pdf_of(job_of(make_series(make_case(story=(part(source),))), "handout")))
    assert [line.words for line in first if "stage" in line.words] == ["There are three stages:", "– The first stage:"]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_line_has_sixty_to_seventy_five_letters(paper: str) -> None:
    slug = CASES[PAPERS.index(paper)]
    full = [line for page in lines("case", paper, slug) for line in page if 330 < line.right - line.left < 370]
    read = [len(line.words) for line in full if line.top - line.foot > 10]
    assert len(read) > 60
    assert 65 <= median(read) <= 75
    assert max(read) <= 90


def test_texts_begin_at_one_edge_and_headings_at_another() -> None:
    page = [line for line in lines("case")[1] if len(line.words) > 40]
    starts = {round(line.left) for line in page if not line.words.startswith("“")}
    assert len(page) > 20
    assert {start for start in starts if not AXIS - 1 <= start <= AXIS + 2} == set()
    (heading,) = [line for page in lines("case") for line in page if line.words == "Questions for discussion"]
    assert abs(heading.left - MARGIN) < 2


def test_an_opening_quotation_mark_hangs_before_the_edge() -> None:
    speech = [line for page in lines("handout") for line in page if line.words.startswith("“You had this at six")]
    assert len(speech) == 1
    assert 3 < AXIS - speech[0].left < 7


@pytest.mark.parametrize(("slug", "paper"), list(zip(CASES, PAPERS, strict=True)))
def test_the_brief_is_one_page(slug: str, paper: str) -> None:
    first, second, *_ = lines("guide", paper, slug)
    assert any(line.words == "Plans at a glance" for line in first)
    assert first[-1].words[-10:] in "".join(line.words for line in first)
    assert second[0].words == "Session plans"


@pytest.mark.parametrize("paper", PAPERS)
def test_each_brief_of_the_sample_has_two_columns(paper: str) -> None:
    _, series = sample()
    guides = [views.CaseView(series, case, "guide", paper) for case in series.cases]
    assert [view.case.slug for view in guides if not firstpage.set_first_page(view).in_columns] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_board_plan_is_on_one_page(paper: str) -> None:
    (page,) = [page for page in lines("guide", paper) if any(line.words == "Board plan" for line in page)]
    text = " ".join(line.words for line in page)
    assert "Sister Wambui" in text
    assert "the pneumonia, to the" in text


def test_the_evaluation_form_is_the_last_sheet() -> None:
    last = [line.words for line in lines("guide")[-1]]
    assert last[0] == "Evaluation form"
    assert "What I would change about the session:" in last


def test_labels_of_the_notes_are_beside_what_they_head() -> None:
    page = next(page for page in lines("guide") if any(line.words.startswith("Purpose ") for line in page))
    beside = [line.words for line in page if abs(line.left - MARGIN) < 2]
    assert [words.split()[0] for words in beside if words.split()[0] in {"Purpose", "Prompts", "Likely"}][:3] == [
        "Purpose",
        "Prompts",
        "Likely",
    ]


def test_long_headings_of_notes_and_of_the_board_plan_are_above_what_they_head() -> None:
    """In the margin, they would be printed over each other, or run over the edge of the paper."""
    beside, above = "Likely answers", "What a rather long heading of a note about tachycardia says"
    question = Prose(f"### {above}\n\nYes.\n\n### {beside}\n\nNo.\n\n### Nothing below\n\n### Prompts\n\nWhy?")
    notes = (
        Note(id="ask-why", title="Notes", body=question, place=PLACE),
        Note(id="board", title="Board", body=Prose("### Left\n\nA line.\n\n#### Columns\n\nThree."), place=PLACE),
    )
    page_lines = [line for page in pages(pdf_of(job_of(make_series(make_case(notes=notes)), "guide"))) for line in page]
    edges = [line.left for line in page_lines if line.words in {above, "Nothing below", "Columns"}]
    assert [abs(edge - AXIS) < 2 for edge in edges] == [True, True, True]
    (in_margin,) = [line for line in page_lines if line.words == f"{beside} No."]
    assert abs(in_margin.left - MARGIN) < 2


def test_no_last_line_of_the_story_is_one_short_word() -> None:
    alone = [line.words for page in lines("handout")[:2] for line in page if len(line.words) < 6]
    assert alone == []


@pytest.mark.parametrize("slug", CASES)
def test_a_story_is_divided_evenly_over_slides(slug: str) -> None:
    content, _ = printed(slug, "slides", "")
    counts = [len(page) for page in pages(content, head=45, foot=45)]
    assert max(counts) <= 11
    assert min(counts) >= 2


def test_the_code_of_the_address_is_large_enough_for_a_telephone() -> None:
    _, html = printed(CASES[0], "handout", "a4")
    modules = int(html.lower().split('viewbox="0 0 ')[1].split(" ")[0])
    assert 26 / modules >= 0.5  # millimetres a module


def test_from_right_to_left_numerals_begin_at_the_margin_and_addresses_are_not_turned_round() -> None:
    job = job_of(make_series(make_case(language="ar", title="حالة الهاتف الصامت")))
    page = pages(print_job(job.html, job.style, {}, used_fonts(job.html))[0])
    (asked,) = [line for lines in page for line in lines if "Should Rhona" in line.words]
    (address,) = [line for lines in page for line in lines if "example.org/series/cases" in line.words]
    assert abs(asked.right - (MARGIN + 459)) < 3
    assert address.words.endswith("/")
    assert not address.words.startswith("/")


@pytest.mark.parametrize("edition", ["guide", "case"])
@pytest.mark.parametrize("slug", ["2025-11-uncalled-night", "2024-09-silent-round"])
def test_no_line_within_a_paragraph_ends_before_its_half(slug: str, edition: str) -> None:
    """A name that is tied to an element and cannot be broken made WeasyPrint break lines after their first word."""
    broken = [
        (line.words, after.words)
        for page in lines(edition, slug=slug)
        for line, after in pairwise(page)
        if line.left > AXIS - 10
        and abs(line.left - after.left) < 3
        and line.foot - after.foot < 15.9
        and line.right - line.left < 180
        if (after.words[0].islower() and "/" not in after.words) or line.words.endswith(("-", "\u2010", "\x02"))
    ]
    assert broken == []


def test_marks_that_turn_a_line_round_are_not_printed_and_those_of_arabic_are() -> None:
    fitted = fit_for_paper("<p>abc \u202edef\u202c \u2066\u2067x\u2069 \u200f\u061c</p>", "en")
    assert "abc def x" in fitted
    assert {"\u200f", "\u061c"} <= set(fitted)
