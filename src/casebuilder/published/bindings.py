"""What joins several cases into one document: the volume of a year or of a season, and a collection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import LICENCES, Prose, State
from casebuilder.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebuilder.model import Case, Series

#: What each element of a Creative Commons licence takes away; the more, the stricter.
_STRICT = {"NC": 2, "ND": 4, "SA": 1, "BY": 0}


@dataclass(frozen=True, slots=True)
class Binding:
    """Several released cases in an order, to be printed as one.

    Attributes:
        id: its name in addresses: "volume-2025", "volume-season-2", "collection-speaking-up".
        title: for people.
        introduction: a text, which may be empty.
        audience: for whom it was made, or nothing.
        editors: ids of those who put it together.
        cases: in order.
        whys: why each case is in it, by slug; empty for a volume.
        licence: the strictest licence of what is inside (SPDX).
    """

    id: str
    title: str
    introduction: Prose
    audience: str
    editors: tuple[str, ...]
    cases: tuple[Case, ...]
    whys: Mapping[str, str]
    licence: str


def bindings(public: Series) -> tuple[Binding, ...]:
    """Every volume and collection of a published series that holds at least one released case.

    A volume is a calendar year of openings in the series' time zone, or a season; its cases stand in the order in
    which they opened. A collection's stand in the order that its editors chose.
    """
    released = {case.slug: case for case in public.cases if case.state is State.COMPLETE}
    return (*volumes(public), *_collections(public, released))


def volumes(public: Series) -> tuple[Binding, ...]:
    """Every volume of a published series: of its years, then of its seasons."""
    say = Words(public.language, public.zone)
    released = sorted((case for case in public.cases if case.state is State.COMPLETE), key=lambda case: str(case.opens))
    years = sorted({case.opens.year for case in released})
    seasons = sorted({case.season for case in released if case.season is not None})
    made = [
        _volume(public, f"volume-{year}", str(year), [case for case in released if case.opens.year == year])
        for year in years
    ]
    made += [
        _volume(
            public,
            f"volume-season-{season}",
            say.gettext("Season %(number)s", number=season),
            [c for c in released if c.season == season],
        )
        for season in seasons
    ]
    return tuple(made)


def _volume(public: Series, name: str, title: str, cases: Iterable[Case]) -> Binding:
    chosen = tuple(cases)
    licence = strictest(case.licence or public.settings.licence for case in chosen)
    return Binding(name, f"{public.name} {title}", Prose(""), "", (), chosen, {}, licence)


def _collections(public: Series, released: dict[str, Case]) -> Iterable[Binding]:
    for collection in public.collections:
        cases = tuple(released[entry.case] for entry in collection.cases if entry.case in released)
        if cases:
            whys = {entry.case: entry.why for entry in collection.cases}
            licence = strictest(case.licence or public.settings.licence for case in cases)
            yield Binding(
                f"collection-{collection.id}", collection.title, collection.text, collection.audience,
                collection.editors, cases, whys, licence,
            )  # fmt: skip


def strictest(licences: Iterable[str]) -> str:
    """The licence that allows least: under it all of them may be passed on together.

    Of two that are equally strict the newer wins. Licences that contradict each other (ShareAlike with NoDerivatives)
    are not merged: each case in a joined pack keeps its own licence line, and the joined pack carries this one.
    """
    return max(licences, key=strictness)


def strictness(spdx: str) -> tuple[int, int, str]:
    """How little a licence allows, for an order of licences: the strictest comes last."""
    taken = sum(_STRICT.get(part, 0) for part in spdx.split("-"))
    return taken, int(spdx in LICENCES and spdx != "CC0-1.0"), spdx
