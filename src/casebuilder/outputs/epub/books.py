"""Which books there are of a series, and what each is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from casebuilder.model import Role, instant
from casebuilder.outputs.epub import chapters, volume_pages
from casebuilder.outputs.epub.book import Book, Chapter, Contributor, Cover, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebuilder.outputs.epub.book import Illustration
    from casebuilder.outputs.epub.case_view import CaseView
    from casebuilder.outputs.epub.languagemarks import LanguageMarker
    from casebuilder.published import PublishedPerson, PublishedSeries, Volume

#: The MARC relator of each role.
_RELATORS: dict[Role, str] = {
    Role.WRITER: "aut",
    Role.EDITOR: "edt",
    Role.PEER_REVIEWER: "rev",
    Role.CURATOR: "cur",
    Role.MODERATOR: "mod",
    Role.ILLUSTRATOR: "ill",
    Role.TRANSLATOR: "trl",
}
_EXPERT = "ctb"


@dataclass(frozen=True, slots=True)
class PreparedCase:
    """A case whose chapters and pictures are made: once, for every book that holds it."""

    view: CaseView
    chapters: tuple[Chapter, ...]
    pictures: tuple[Illustration, ...]


def of_case(prepared: PreparedCase) -> Book:
    """Return the book of one case."""
    view, case = prepared.view, prepared.view.case
    title = chapters.title_page(view, prepared.pictures)
    position = ".".join(str(number) for number in (case.season, case.episode) if number)
    creators, contributors = _contributors([prepared])
    return Book(
        id=case.slug,
        title=case.title,
        language=view.language,
        description=case.teaser,
        creators=creators,
        contributors=contributors,
        subjects=case.topics,
        licence=case.licence,
        published=case.citation.work.issued.first,
        modified=_last_change(view),
        doi=case.doi,
        position=position,
        cover=Cover(view.series.name, case.title, tuple(person.name for person in case.writers), _footer([prepared])),
        front=(title,),
        chapters=prepared.chapters,
        contents=tuple(chapter.entry for chapter in prepared.chapters),
        illustrations=prepared.pictures,
    )


def of_volume(volume: Volume, series: PublishedSeries, prepared: dict[str, PreparedCase]) -> Book:
    """Return the book of a volume or a collection.

    Args:
        volume: the cases of the book.
        series: what it belongs to.
        prepared: each released case, by its slug.
    """
    prepared_cases = [prepared[case.slug] for case in volume.cases]
    pages = volume_pages.VolumePages(volume, series, tuple(each.view for each in prepared_cases))
    bodies = [
        _case_among_others(each, volume.whys.get(each.view.case.slug, ""), pages.marker) for each in prepared_cases
    ]
    introduction, end_pages = pages.introduction(), pages.end_pages()
    creators, contributors = _contributors(prepared_cases, volume.editors)
    return Book(
        id=volume.id,
        title=volume.title,
        language=series.language,
        description=pages.description,
        creators=creators,
        contributors=contributors,
        subjects=tuple(sorted({topic for case in volume.cases for topic in case.topics})),
        licence=volume.licence,
        published=volume.citation.work.issued.first,
        modified=max(_last_change(each.view) for each in prepared_cases),
        doi="",
        position="",
        cover=Cover(
            series.name, volume.short_title, tuple(case.title for case in volume.cases), _footer(prepared_cases)
        ),
        front=(pages.title(),),
        chapters=(*introduction, *(chapter for _, body in bodies for chapter in body), *end_pages),
        contents=(
            *(chapter.entry for chapter in introduction),
            *(entry for entry, _ in bodies),
            *(chapter.entry for chapter in end_pages),
        ),
        illustrations=tuple({picture.path: picture for each in prepared_cases for picture in each.pictures}.values()),
    )


def _case_among_others(prepared: PreparedCase, why: str, marker: LanguageMarker) -> tuple[Entry, tuple[Chapter, ...]]:
    """Return a case among others: its line in the contents, and its chapters."""
    title = chapters.title_page(prepared.view, prepared.pictures, why=why, in_volume=True)
    chapter_entries = tuple(Entry(chapter.entry.title, chapter.path) for chapter in prepared.chapters)
    return Entry(prepared.view.title_in(marker), title.path, chapter_entries), (title, *prepared.chapters)


def _release_moment(view: CaseView) -> datetime:
    return view.case.releases


def _last_change(view: CaseView) -> datetime:
    """Return the moment a case last changed: its release, a change, or the withdrawal of a quote."""
    days = view.case.revised_on
    return max([_release_moment(view), *(instant(day, view.series.zone) for day in days)]).astimezone(UTC)


def _footer(prepared_cases: Iterable[PreparedCase]) -> str:
    """Return the foot of the cover: the years and the licence."""
    cases = [prepared.view for prepared in prepared_cases]
    years = sorted({_release_moment(view).year for view in cases})
    licences = sorted({view.case.licence.name for view in cases})
    return " · ".join(("–".join(str(year) for year in dict.fromkeys((years[0], years[-1]))), *licences))


def _contributors(
    prepared_cases: Iterable[PreparedCase], editors: Iterable[PublishedPerson] = ()
) -> tuple[tuple[Contributor, ...], tuple[Contributor, ...]]:
    """Return those who wrote the stories, and everybody else, each once for each thing that they did."""
    contributors: dict[Contributor, None] = {}
    for view in (prepared.view for prepared in prepared_cases):
        people_and_relators = [(person, "edt") for person in editors]
        people_and_relators += [
            (credit.person, _RELATORS[role]) for credit in view.case.credits for role in credit.roles
        ]
        people_and_relators += [(response.person, _EXPERT) for response in view.case.responses]
        contributors |= {
            Contributor(person.name, relator, person.cited.inverted): None for person, relator in people_and_relators
        }
    writers = tuple(person for person in contributors if person.relator == _RELATORS[Role.WRITER])
    return writers, tuple(person for person in contributors if person not in writers)
