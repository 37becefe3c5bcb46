"""Volumes, which join several released cases into one document: a year, a season or a collection."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from casebuilder.model import PartialDate, Prose
from casebuilder.published.citations import Work, citation
from casebuilder.published.licences import strictest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebuilder.published.case import PublishedCase
    from casebuilder.published.citations import Citation
    from casebuilder.published.licences import PublishedLicence
    from casebuilder.published.people import PublishedPerson
    from casebuilder.wording import Translator

_NO_TEXT = Prose("")


@dataclass(frozen=True, slots=True)
class CollectedCase:
    """A case in a collection, and why it was chosen."""

    case: PublishedCase
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class PublishedCollection:
    """A hand-picked set of released cases for an audience.

    Attributes:
        id: the name of its file.
        title: its title.
        audience: who it is for; may be empty.
        introduction: the public part of its introduction.
        editors: the people who chose the cases.
        cases: in the editors' order; at least one.
        address: the page, below the site's root.
        url: the page's full address; empty if the site has none.
    """

    id: str
    title: str
    audience: str
    introduction: Prose
    editors: tuple[PublishedPerson, ...]
    cases: tuple[CollectedCase, ...]
    address: str
    url: str


class VolumeKind(StrEnum):
    """What the cases of a volume have in common."""

    YEAR = "year"
    SEASON = "season"
    COLLECTION = "collection"
    SELECTION = "selection"


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """Several cases in order, printed as one document.

    Attributes:
        id: its name in addresses: "volume-2025", "volume-season-2", "collection-speaking-up".
        kind: a calendar year of openings, a season, a collection, or cases that somebody chose for one pack.
        title: with the series' name: "Teaching Dilemmas 2025"; of a collection, its own title.
        short_title: the title without the series' name.
        introduction: its introduction; may be empty.
        audience: who it is for; may be empty.
        editors: the editors of the collection; for a year or a season, the editors of its cases, the busiest first.
        cases: in order; at least one.
        whys: why each case was chosen, by slug; only for a collection.
        licence: the strictest licence of what is inside.
        address: its page, below the site's root; empty for a selection.
        citation: how to cite it.
    """

    id: str
    kind: VolumeKind
    title: str
    short_title: str
    introduction: Prose
    audience: str
    editors: tuple[PublishedPerson, ...]
    cases: tuple[PublishedCase, ...]
    whys: Mapping[str, str]
    licence: PublishedLicence
    address: str
    citation: Citation

    @property
    def is_collection(self) -> bool:
        """Whether it is a collection."""
        return self.kind is VolumeKind.COLLECTION

    @property
    def is_periodic(self) -> bool:
        """Whether it is the volume of a year or of a season."""
        return self.kind in {VolumeKind.YEAR, VolumeKind.SEASON}


@dataclass(frozen=True, slots=True)
class Binder:
    """Makes volumes for a series.

    Attributes:
        name: the series' name.
        language: the series' language (BCP 47).
        site_url: the site's address; may be empty.
        translator: for the series' language.
    """

    name: str
    language: str
    site_url: str
    translator: Translator

    def volumes(self, cases: Iterable[PublishedCase], collections: Iterable[PublishedCollection]) -> tuple[Volume, ...]:
        """Return every volume with at least one released case: years, then seasons, then collections.

        The cases of a year or a season are in the order in which they opened, those of a collection in the order that
        its editors chose.
        """
        released = sorted((case for case in cases if case.is_complete), key=lambda case: (case.opens, case.slug))
        return (
            *self._volumes_of_years(released),
            *self._volumes_of_seasons(released),
            *map(self._volume_of_collection, collections),
        )

    def selection(self, title: str, cases: Sequence[PublishedCase]) -> Volume:
        """Return a volume of the cases that somebody chose for one pack."""
        return self._make_volume("selection", VolumeKind.SELECTION, title, tuple(cases), editors=(), address="")

    def _volumes_of_years(self, released: Sequence[PublishedCase]) -> Iterator[Volume]:
        for year in sorted({case.opens.year for case in released}):
            cases = tuple(case for case in released if case.opens.year == year)
            yield self._periodical(f"volume-{year}", VolumeKind.YEAR, str(year), cases)

    def _volumes_of_seasons(self, released: Sequence[PublishedCase]) -> Iterator[Volume]:
        for season in sorted({case.season for case in released if case.season is not None}):
            cases = tuple(case for case in released if case.season == season)
            title = self.translator.gettext("Season %(number)s", number=season)
            yield self._periodical(f"volume-season-{season}", VolumeKind.SEASON, title, cases)

    def _periodical(self, name: str, kind: VolumeKind, title: str, cases: tuple[PublishedCase, ...]) -> Volume:
        edited = Counter(person for case in cases for person in case.editors)
        editors = tuple(sorted(edited, key=lambda person: (-edited[person], person.filed)))
        return self._make_volume(
            name, kind, f"{self.name} {title}", cases, editors=editors, address=f"facilitators/#{name}"
        )

    def _volume_of_collection(self, collection: PublishedCollection) -> Volume:
        return self._make_volume(
            f"collection-{collection.id}",
            VolumeKind.COLLECTION,
            collection.title,
            tuple(entry.case for entry in collection.cases),
            editors=collection.editors,
            address=collection.address,
            introduction=collection.introduction,
            audience=collection.audience,
            whys={entry.case.slug: entry.why for entry in collection.cases},
        )

    def _make_volume(  # noqa: PLR0913 - what a volume is made of, by name
        self,
        name: str,
        kind: VolumeKind,
        title: str,
        cases: tuple[PublishedCase, ...],
        *,
        editors: tuple[PublishedPerson, ...],
        address: str,
        introduction: Prose = _NO_TEXT,
        audience: str = "",
        whys: Mapping[str, str] | None = None,
    ) -> Volume:
        short_title = title.removeprefix(self.name).removeprefix(":").strip() or title
        url = f"{self.site_url}{address}" if self.site_url else ""
        work = Work(
            key=name,
            authors=editors,
            title=title,
            container=self.name,
            issued=PartialDate.of(max((case.releases if case.is_complete else case.opens).date() for case in cases)),
            volume="",
            issue="",
            doi="",
            address=url,
            language=self.language,
            words_in=self.language,
            is_book=True,
        )
        return Volume(
            name, kind, title, short_title, introduction, audience, editors, cases, whys or {},
            strictest(case.licence for case in cases), address, citation(work),
        )  # fmt: skip
