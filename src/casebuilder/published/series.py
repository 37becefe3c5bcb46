"""The public view of a series at one instant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from casebuilder.published import addresses
from casebuilder.published.volumes import Binder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from casebuilder.model import Framework, Giscus, WithheldCase
    from casebuilder.published.case import PublishedCase
    from casebuilder.published.licences import PublishedLicence
    from casebuilder.published.people import PublishedGroup, PublishedPerson
    from casebuilder.published.statistics import Statistics
    from casebuilder.published.volumes import PublishedCollection, Volume

#: The host of ids of a series without an address; RFC 2606 reserves it.
_NO_HOST = "series.invalid"


def id_host(base: str) -> str:
    """Return the host in ids, from the setting `id_base` or the site's address, which may both be empty."""
    return urlsplit(base).hostname or _NO_HOST


@dataclass(frozen=True, slots=True, eq=False)
class PublishedSeries:
    """The result of `publish`, and the only input of every output.

    Attributes:
        as_of: the instant of the build, in the series' zone; outputs may print it, but never compare a date with it.
        language: BCP 47.
        zone: the time zone of all dates.
        licence: the licence of every case that names no other.
        frameworks: the built-in competency frameworks and the series' own, by name.
        own_frameworks: the names of the series' own.
        cases: newest first.
        people: those who sign something public, or are on the editorial board, in the order of their files.
        team: the groups of the editorial board; may be empty.
        collections: those with a released case.
        statistics: the figures of its released cases together.
        volumes: of its years, then of its seasons, then of its collections.
        withheld_cases: cases that are not published until their errors are corrected, if they were public before.
        pages: addresses below the site's root of the pages and files that lie in docs/.
        offers_packs: whether the site has packs.
        shows_drafts: whether it has cases that are not public.
        giscus: where cases are discussed on GitHub; None if they are not.
        id_base: the address that ids begin with, which need not exist; empty if the series has no address.
        name, description, site_url, logo, favicon, hashtag, notice, contact: from the settings; all but the name may
            be empty.
    """

    name: str
    as_of: datetime
    language: str
    zone: ZoneInfo
    licence: PublishedLicence
    frameworks: Mapping[str, Framework]
    own_frameworks: frozenset[str]
    cases: tuple[PublishedCase, ...]
    people: tuple[PublishedPerson, ...]
    team: tuple[PublishedGroup, ...]
    collections: tuple[PublishedCollection, ...]
    statistics: Statistics
    volumes: tuple[Volume, ...]
    withheld_cases: tuple[WithheldCase, ...]
    pages: frozenset[str]
    offers_packs: bool
    shows_drafts: bool
    giscus: Giscus | None
    id_base: str
    description: str
    site_url: str
    logo: str
    favicon: str
    hashtag: str
    notice: str
    contact: str

    @property
    def id_host(self) -> str:
        """The host in ids."""
        return id_host(self.id_base)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the series and its cases (BCP 47), each once."""
        return tuple(dict.fromkeys((self.language, *(case.language for case in self.cases))))

    def case(self, slug: str) -> PublishedCase | None:
        """Return the case with this slug; None if there is none."""
        return next((case for case in self.cases if case.slug == slug), None)

    def url(self, address: str) -> str:
        """Return the full address of a path below the site's root; empty if the site has no address."""
        return addresses.full(self.site_url, address)

    def selection(self, title: str, cases: Sequence[PublishedCase]) -> Volume:
        """Return a volume of the cases that somebody chose for one pack, in their order; at least one."""
        from casebuilder.wording import Translator

        return Binder(self.name, self.language, self.site_url, Translator(self.language, self.zone)).selection(
            title, cases
        )
