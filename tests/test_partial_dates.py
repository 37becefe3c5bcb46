"""The date of a paper when only its month or its year is known."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import bibtexparser
import pytest
import rispy
from pydantic import ValidationError

from casebuilder import readers, wording
from casebuilder.model import Basis, Paper, PartialDate
from casebuilder.outputs import citationfiles
from casebuilder.outputs.packs import views
from casebuilder.outputs.site import linkeddata, pages
from casebuilder.published.papers import paper_citation
from series_factory import make_journal_club, make_series
from zoo_keeper import SOUND

TEXTS = {
    str(path.relative_to(SOUND)): path.read_text(encoding="utf-8")
    for path in SOUND.rglob("*")
    if path.suffix in {".yml", ".md", ".jsonl"}
}
READ = {"id": "watched-2026", "title": "Watched", "open_access": True}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2014-07-01", PartialDate(2014, 7, 1)),
        ("2014-07", PartialDate(2014, 7)),
        ("2014", PartialDate(2014)),
        (2014, PartialDate(2014)),
        ("1665-03", PartialDate(1665, 3)),
    ],
)
def test_a_day_a_month_and_a_year_are_read(written: object, read: PartialDate) -> None:
    assert Paper.model_validate({**READ, "published": written}).published == read


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("July 2014", "did you mean 2014-07?"),
        ("07/2014", "did you mean 2014-07?"),
        ("2014-7", "did you mean 2014-07?"),
        ("2014-13", "write it as 2026-03-27, or as 2026-03 if only the month is known"),
        ("2014-00", "write it as 2026-03-27, or as 2026-03 if only the month is known"),
        ("2014-07-00", "days are counted from 01"),
        ("2014-02-30", "February 2014 has 28 days: correct the day"),
        ("1 July 2014", "did you mean 2014-07-01 (1 July)?"),
        ("2014-07-01T10:00", "delete the time: 2014-07-01"),
        ("0999", "write it as 2026-03-27, or as 2026-03 if only the month is known"),
        ("in press", "write it as 2026-03-27, or as 2026-03 if only the month is known"),
        (None, "write it as 2026-03-27, or as 2026-03 if only the month is known"),
    ],
)
def test_another_form_is_refused_with_a_corrected_value(written: object, hint: str) -> None:
    with pytest.raises(ValidationError) as error:
        Paper.model_validate({**READ, "published": written})
    (found,) = error.value.errors()
    assert found["type"] == "bad-date"
    assert found["ctx"]["hint"] == hint


@pytest.mark.parametrize(
    ("published", "vancouver", "apa", "bib", "ris", "parts", "page"),
    [
        (PartialDate(2014, 7, 1), "2014 Jul 1;66", "(2014, July 1)", ("2014", "jul", "1"), "2014/07/01", [2014, 7, 1],
         "published 1 July 2014"),
        (PartialDate(2014, 7), "2014 Jul;66", "(2014, July)", ("2014", "jul", None), "2014/07/", [2014, 7],
         "published July 2014"),
        (PartialDate(2014), "2014;66", "(2014)", ("2014", None, None), "2014//", [2014], "published 2014"),
    ],
)  # fmt: skip
def test_every_output_says_what_is_known_and_no_more(  # noqa: PLR0917 - one column for each output
    published: PartialDate,
    vancouver: str,
    apa: str,
    bib: tuple[str | None, ...],
    ris: str,
    parts: list[int],
    page: str,
) -> None:
    club = make_journal_club()
    assert club.paper
    read = club.paper.model_copy(update={"published": published, "year": None})
    public = make_series(make_journal_club(paper=read))
    cited = paper_citation(read, "en")
    assert vancouver in cited.vancouver
    assert apa in cited.apa
    files = {file.path.rpartition("/")[2]: file.read().decode() for file in citationfiles.render(public)}
    (entry,) = bibtexparser.parse_string(files["paper.bib"]).entries
    fields = entry.fields_dict
    assert tuple(fields[name].value if name in fields else None for name in ("year", "month", "day")) == bib
    (record,) = rispy.loads(files["paper.ris"])
    assert (record["date"], record["year"], record["start_page"], record["end_page"]) == (ris, "2014", "112", "117")
    assert json.loads(files["paper.json"])[0]["issued"] == {"date-parts": [parts]}
    assert linkeddata.paper(read)["datePublished"] == str(published)
    (words,) = (each.words for each in public.cases[0].references if each.reference.id == read.id)
    assert words.endswith("2014;66(1):112-117.")
    made = next(made.text for made in pages.render(public, ()) if made.path == public.cases[0].address + "index.md")
    assert page in made
    assert "minutes to read" not in made
    handouts = [job.html for job in views.jobs(public) if (job.subject, job.edition) == (club.slug, "handout")]
    assert handouts
    assert all(page.replace("published", "Published") in html.replace("\xa0", " ") for html in handouts)


@pytest.mark.parametrize("published", [PartialDate(2014, 7, 1), PartialDate(2014, 7), PartialDate(2014)])
def test_no_article_of_a_day_is_before_a_month_or_a_year(published: PartialDate) -> None:
    spanish = wording.Translator("es", ZoneInfo("UTC"))
    words = spanish.gettext("published %(day)s", day=spanish.published(published))
    assert words == f"fecha de publicación: {spanish.published(published)}"


def test_authors_are_cited_as_bibliographies_print_them() -> None:
    read = Paper.model_validate({
        **READ, "published": 2014,
        "authors": ["Woo HH", "van der Berg J", "King ML Jr", "Li X-Y", "CONSORT Group", "Ada Byrne", "日本 太郎"],
    })  # fmt: skip
    people = paper_citation(read, "en").work.authors
    assert [person.cited.inverted for person in people] == [
        "Woo, HH", "van der Berg, J", "King, ML, Jr", "Li, X-Y", "CONSORT Group", "Ada Byrne", "日本 太郎",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["", "basis:\n"])
def test_a_journal_club_is_not_asked_for_basis_and_privacy(line: str) -> None:
    texts = dict(TEXTS)
    path = "cases/2026-04-paper-club/case.yml"
    assert "basis: fictional\n" in texts[path]
    texts[path] = texts[path].replace("basis: fictional\n", line)
    series, problems = readers.read(texts)
    assert problems == []
    assert next(case for case in series.cases if case.slug == "2026-04-paper-club").basis is Basis.FICTIONAL


def test_a_case_is_asked_for_its_basis() -> None:
    texts = dict(TEXTS)
    path = "cases/2026-03-late-handover/case.yml"
    texts[path] = texts[path].replace("basis: ", "#basis: ")
    _, problems = readers.read(texts)
    assert [problem.message for problem in problems] == ['"basis" is missing']
