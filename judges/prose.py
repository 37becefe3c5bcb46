"""The proof-reader by real prose: it must raise no false alarm, in any edition, on any paper, in large print."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from casebuilder.model import Basis, Credit, Disclosure, Part, Prose, Question, Response, Role
from casebuilder.model.case import Case
from casebuilder.model.series import Person, Series, Settings
from casebuilder.outputs.packs import pdf, press, views
from casebuilder.outputs.packs.press.task import print_job, used_fonts
from casebuilder.published import publish
from judges.corpus import markdown, paragraphs
from judges.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from casebuilder.published import PublishedSeries

#: Edition -> papers, and whether in large print: each story is printed in every edition, in one way after the other.
_WAYS = {
    **{
        edition: tuple((paper, large) for large in (False, True) for paper in views.PAPERS)
        for edition in ("handout", "guide", "case")
    },
    "slides": (("", False),),
}
#: So many paragraphs are the story of one case; every third case is written from right to left.
_STORY, _LEFTWARD = 80, 3
#: Letters of a paragraph, and how many paragraphs there are at least and at most.
_LONGEST, _LEAST, _MOST = 260, 2000, 2400


def judge(_site: Path) -> Verdict:
    """Print every paragraph in every edition."""
    corpus = [paragraph for paragraph in paragraphs() if len(paragraph) <= _LONGEST]
    corpus = corpus[:: max(len(corpus) // _MOST, 1)]
    stories = [corpus[start : start + _STORY] for start in range(0, len(corpus), _STORY)]
    findings = [] if len(corpus) >= _LEAST else [f"the corpus has only {len(corpus)} paragraphs"]
    with press.Workers(2, timeout=600) as pool:
        calls = [
            pool.submit(
                _alarms, story, (edition, *variants[number % len(variants)]), "en" if number % _LEFTWARD else "ar"
            )
            for number, story in enumerate(stories)
            for edition, variants in _WAYS.items()
        ]
        findings += [alarm for call in calls for alarm in call.result()]
    return Verdict(f"{len(corpus)} paragraphs in {len(_WAYS)} editions", tuple(findings))


def _alarms(story: Sequence[str], variant: tuple[str, str, bool], language: str) -> list[str]:
    return list(alarms(story, variant, language))


def alarms(story: Sequence[str], variant: tuple[str, str, bool], language: str) -> Iterator[str]:
    """What the press says of some paragraphs that are printed as the story of a case."""
    edition, paper, large = variant
    request = views.PackRequest(cases=("2026-03-prose",), edition=edition, paper=paper or "a4", large=large)
    job = views.requested_job(_series(story, language), request)
    try:
        print_job(job.html, job.style, {}, used_fonts(job.html), job.page_numbering)
    except pdf.PdfError as error:
        yield from (f"{edition} {paper} {'large ' if large else ''}{language}: {fault}" for fault in error.args)


def _series(story: Sequence[str], language: str) -> PublishedSeries:
    """A series of one released case."""
    writer = Person(id="ada", name="Ada Byrne", disclosure=Disclosure(text="Nothing to declare.", on=date(2026, 1, 1)))
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    case = Case(
        slug="2026-03-prose", title="Prose", teaser="Prose of all kinds.", language=language,
        opens=moment, closes=moment, releases=moment, topics=("prose",), competencies=("acgme:ICS",),
        objectives=("Read.", "Write."), basis=Basis.FICTIONAL, credits=(Credit(person="ada", roles=(Role.WRITER,)),),
        story=(Part(body=Prose(markdown(story))),),
        questions=(Question(id="what", title="What?", body=Prose(""), place=("", 1, 1)),),
        responses=(Response(person="ada", title="A response", consent=date(2026, 3, 1), body=Prose("It is read.")),),
    )  # fmt: skip
    series = Series(name="Prose", cases=(case,), people=(writer,), settings=Settings())
    return publish(series, moment)
