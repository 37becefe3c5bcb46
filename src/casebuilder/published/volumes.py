"""What joins several released cases into one document: the volume of a year or of a season, and a collection."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from casebuilder.model import Prose
from casebuilder.published.licences import strictest
from casebuilder.published.works import Work, citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebuilder.published.case import PublishedCase
    from casebuilder.published.licences import PublishedLicence
    from casebuilder.published.people import PublishedPerson
    from casebuilder.published.works import Citation
    from casebuilder.wording import Translator

_NO_TEXT = Prose("")


@dataclass(frozen=True, slots=True)
class CollectedCase:
    """A case in a collection, and why it is there."""

    case: PublishedCase
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class PublishedCollection:
    """A hand-picked set of released cases for an audience.

    Attributes:
        id: its file's name.
        title: for people.
        audience: for whom; may be empty.
        introduction: as far as it may be seen.
        editors: who chose the cases.
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
    """What a volume joins."""

    YEAR = "year"
    SEASON = "season"
    COLLECTION = "collection"
    SELECTION = "selection"


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """Several cases in an order, to be printed as one.

    Attributes:
        id: its name in addresses: "volume-2025", "volume-season-2", "collection-speaking-up".
        kind: a calendar year of openings, a season, a collection, or the cases that somebody chose for one pack.
        title: with the series' name: "Teaching Dilemmas 2025"; a collection's own.
        short_title: without it, to stand below the series' name.
        introduction: a text, which may be empty.
        audience: for whom it was made, or nothing.
        editors: who put it together; of a year or a season those who edited its cases, the busiest first.
        cases: in order; at least one.
        whys: why each case is in it, by slug; of a collection only.
        licence: the strictest licence of what is inside.
        address: where the site offers it, below the site's root; nothing for a selection.
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
        """Whether somebody chose its cases for an audience."""
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
        translator: words in the series' language.
    """

    name: str
    language: str
    site_url: str
    translator: Translator

    def volumes(self, cases: Iterable[PublishedCase], collections: Iterable[PublishedCollection]) -> tuple[Volume, ...]:
        """Every volume that holds at least one released case: of years, of seasons, of collections.

        The cases of a year or a season stand in the order in which they opened, those of a collection in the order
        that its editors chose.
        """
        released = sorted((case for case in cases if case.is_complete), key=lambda case: (case.opens, case.slug))
        return (*self._years(released), *self._seasons(released), *map(self._collection, collections))

    def selection(self, title: str, cases: Sequence[PublishedCase]) -> Volume:
        """The cases that somebody chose for one pack."""
        return self._made("selection", VolumeKind.SELECTION, title, tuple(cases), editors=(), address="")

    def _years(self, released: Sequence[PublishedCase]) -> Iterator[Volume]:
        for year in sorted({case.opens.year for case in released}):
            chosen = tuple(case for case in released if case.opens.year == year)
            yield self._periodic(f"volume-{year}", VolumeKind.YEAR, str(year), chosen)

    def _seasons(self, released: Sequence[PublishedCase]) -> Iterator[Volume]:
        for season in sorted({case.season for case in released if case.season is not None}):
            chosen = tuple(case for case in released if case.season == season)
            title = self.translator.gettext("Season %(number)s", number=season)
            yield self._periodic(f"volume-season-{season}", VolumeKind.SEASON, title, chosen)

    def _periodic(self, name: str, kind: VolumeKind, title: str, cases: tuple[PublishedCase, ...]) -> Volume:
        edited = Counter(person for case in cases for person in case.editors)
        editors = tuple(sorted(edited, key=lambda person: (-edited[person], person.filed)))
        return self._made(name, kind, f"{self.name} {title}", cases, editors=editors, address=f"facilitators/#{name}")

    def _collection(self, collection: PublishedCollection) -> Volume:
        return self._made(
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

    def _made(  # noqa: PLR0913 - what a volume is made of, by name
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
        short = title.removeprefix(self.name).removeprefix(":").strip() or title
        url = f"{self.site_url}{address}" if self.site_url else ""
        work = Work(
            key=name,
            authors=editors,
            title=title,
            container=self.name,
            day=max((case.releases if case.is_complete else case.opens).date() for case in cases),
            volume="",
            issue="",
            doi="",
            address=url,
            language=self.language,
            words_in=self.language,
            is_book=True,
        )
        return Volume(
            name, kind, title, short, introduction, audience, editors, cases, whys or {},
            strictest(case.licence for case in cases), address, citation(work),
        )  # fmt: skip
