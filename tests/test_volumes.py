"""Volumes and collections as one document: every case with its page number, under the strictest licence."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from casebuilder.model import CollectionEntry, Prose
from casebuilder.model.series import Collection
from casebuilder.outputs.packs import views
from casebuilder.outputs.packs.views import refusals
from pack_reader import read, sealed_sentences, whole_html
from series_factory import at, make_case, make_journal_club, make_open_case, make_series, part

if TYPE_CHECKING:
    from casebuilder.model.series import Series

_LATE = "2025-06-late-word"


def series() -> Series:
    late = make_case(
        slug=_LATE,
        title="The Case of the Late Word",
        opens=at(2025, 6, 20),
        licence="CC-BY-NC-4.0",
        topics=("feedback",),
    )
    old = make_case(slug="2024-02-old", title="An Old Case", season=0, opens=at(2024, 2, 1))
    still_open = make_open_case(slug="2025-11-open", title="Still Open", opens=at(2025, 11, 28))
    chosen = Collection(
        id="nights",
        title="Nights on call",
        audience="residents",
        introduction="Two *cases* for the night.",
        text=Prose("Two *cases* for the night.\n\n### Why these\n\nThey are short.", "collections/nights.yml"),
        editors=("ada-byrne",),
        cases=(
            CollectionEntry(case=_LATE, why="Because of the word."),
            CollectionEntry(case="2025-05-quiet-pager", why="Because of the pager."),
            CollectionEntry(case="2025-11-open", why="Not yet released."),
        ),
    )
    return make_series(make_case(), late, old, still_open, collections=(chosen,))


def job(path: str) -> views.Job:
    return next(job for job in views.jobs(series()) if job.path == path)


def pages(path: str) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in read(job(path)).pages]


def test_the_site_offers_volumes_of_years_and_collections() -> None:
    made = {(job.path, job.subject, job.edition) for job in views.jobs(series()) if job.subject not in _slugs()}
    assert made == {
        *(
            (f"packs/volume-{year}-{paper}.pdf", f"volume-{year}", "case")
            for year in (2024, 2025)
            for paper in views.PAPERS
        ),
        *(
            (f"packs/collection-nights-{edition}-{paper}.pdf", "nights", edition)
            for edition in ("handout", "guide", "case")
            for paper in views.PAPERS
        ),
    }


def _slugs() -> set[str]:
    return {case.slug for case in series().cases}


def test_a_volume_shows_on_which_page_each_case_begins() -> None:
    cover, contents, *rest = pages("packs/volume-2025-a4.pdf")
    assert "Quiet Dilemmas 2025" in cover
    assert "As a whole under CC BY-NC 4.0, the strictest licence" in cover
    assert "Edited by Luis Ferrer" in cover
    assert "A fictional series." in cover
    found = {title: int(number) for title, number in re.findall(r"(The Case of the \w+ \w+)[ .]+(\d+)", contents)}
    assert list(found) == ["The Case of the Quiet Pager", "The Case of the Late Word"]
    for title, number in found.items():
        assert f"READING COPY {title}".casefold() in rest[number - 3].casefold()
    index = rest[-1]
    assert re.search(rf"feedback The Case of the Late Word, {found['The Case of the Late Word']}\b", index)
    assert "Noor Khan The Case of the Quiet Pager" in index
    assert not any("Still Open" in page or "An Old Case" in page for page in (cover, contents, *rest))


def test_each_case_of_a_volume_keeps_its_own_running_lines_and_licence() -> None:
    found = pages("packs/volume-2025-a4.pdf")
    assert any("The Case of the Quiet Pager · CC BY 4.0" in page for page in found)
    assert any("The Case of the Late Word · CC BY-NC 4.0" in page for page in found)


def test_the_handouts_of_a_collection_count_their_own_pages_and_hold_no_answer() -> None:
    found = pages("packs/collection-nights-handout-letter.pdf")
    assert "Chosen by Ada Byrne Two cases for the night." in found[0]
    assert "Because of the word." in found[1]
    firsts = [page for page in found if "PARTICIPANT HANDOUT The" in page]
    assert len(firsts) == 2
    assert all(re.search(r" 1 of \d$", page) for page in firsts)
    assert not any(re.search(r" \d of \d$", page) for page in found[:2])
    everything = " ".join(found)
    leaked = [words for words in sealed_sentences(make_case()) if words in everything]
    assert leaked == []


def test_headings_of_an_introduction_skip_no_level() -> None:
    """PDF/UA-1 allows no gap (ISO 14289-1, 7.4.2)."""
    levels = [int(level) for level in re.findall(r"<h(\d)", job("packs/collection-nights-handout-a4.pdf").html)]
    assert levels[:3] == [1, 2, 2]
    assert all(level <= before + 1 for before, level in pairwise(levels))


def test_a_journal_club_can_be_in_a_volume() -> None:
    club = make_journal_club(story=(part("We read it.[@thangasamy-2014]"),))
    made = views.jobs(make_series(make_case(), club))
    (volume,) = [job for job in made if job.path == "packs/volume-2025-a4.pdf"]
    assert "A Year of Posts" in " ".join(page.extract_text() for page in read(volume).pages)


def test_the_zip_holds_the_handouts_in_order_and_is_the_same_every_day() -> None:
    first, second = (list(views.archives(series(), views.PAPERS, str.encode)) for _ in range(2))
    assert [file.path for file in first] == [f"packs/collection-nights-handouts-{paper}.zip" for paper in views.PAPERS]
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first[0].read())) as archive:
        assert archive.namelist() == [f"01-{_LATE}-handout-a4.pdf", "02-2025-05-quiet-pager-handout-a4.pdf"]
        assert archive.read(f"01-{_LATE}-handout-a4.pdf") == f"packs/{_LATE}-handout-a4.pdf".encode()


@pytest.mark.parametrize(
    "asked",
    [
        views.PackRequest(cases=(_LATE,), large=True),
        views.PackRequest(cases=(_LATE, "2025-05-quiet-pager"), cover=views.Cover(title="A workshop")),
        views.PackRequest(collection="nights", paper="letter", large=True),
        views.PackRequest(topic="Feedback"),
        views.PackRequest(year=2025),
        views.PackRequest(season=0),
    ],
    ids=str,
)
def test_no_option_puts_an_answer_into_a_handout(asked: views.PackRequest) -> None:
    html = whole_html(views.requested_job(series(), asked)).replace("\u00a0", " ")
    assert "Should Rhona ask why?" in html
    leaked = [words for words in sealed_sentences(make_case()) if escape(words, quote=False) in html]
    assert leaked == []


def test_a_topic_is_found_by_its_words_and_by_its_address() -> None:
    found = [
        views.requested_job(safe(), views.PackRequest(topic=topic)).subject
        for topic in ("Patient Safety", "patient-safety")
    ]
    assert found == ["2025-05-quiet-pager"] * 2
    with pytest.raises(views.PackRequestError) as error:
        views.requested_job(safe(), views.PackRequest(topic="患者"))
    assert error.value.refusal == refusals.Unknown("topic", "患者", ("patient safety", "安全"))


def safe() -> Series:
    return make_series(make_case(topics=("patient safety",)), make_case(slug="2024-02-old", topics=("安全",)))


def test_a_selection_says_what_it_is_and_under_which_licence() -> None:
    asked = views.PackRequest(cases=("2024-02-old", _LATE), edition="case", cover=views.Cover(facilitator="Dr Kamau"))
    printed = " ".join(
        " ".join(page.extract_text().split()) for page in read(views.requested_job(series(), asked)).pages
    )
    assert "Quiet Dilemmas: 2 cases Dr Kamau" in printed
    assert "As a whole under CC BY-NC 4.0" in printed
    assert (
        "How to cite: Quiet Dilemmas: 2 cases. Quiet Dilemmas; 2025. Available from: https://example.org/series/"
        in printed
    )
