"""The pack builder: tick released cases, put them in order, and print them from the browser as one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editions import BOOK, EDITIONS, NAMED, of_state
from casebuilder.model import File
from casebuilder.outputs.site.pages.markdownpage import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.model import Pack, Page
    from casebuilder.outputs.site.pages.siteview import SiteView
    from casebuilder.published import PublishedCase, Volume

_ROOT = "../../"
#: The cases of a long series, as a page for the builder's script.
CHOICES = "packs/choices.html"


@dataclass(frozen=True, slots=True)
class Choice:
    """A case that can be put into a pack.

    Attributes:
        case: the case.
        editions: which of its editions are released.
        strict: the licence's rank among those of all cases; the strictest has the highest.
    """

    case: PublishedCase
    editions: tuple[str, ...]
    strict: int


@dataclass(frozen=True, slots=True)
class Row:
    """The ready-made packs of a case, volume or collection: its name, its page if it has one, its packs by edition."""

    words: str
    address: str
    packs: Mapping[str, tuple[Pack, ...]]


def render(site: SiteView) -> Iterator[Page]:
    """Yield the page of the builder; none if the series wants no packs, for then there is nothing to join."""
    if not site.series.offers_packs:
        return
    choices = _case_choices(site)
    shown_choices = choices if site.is_short else ()
    minutes = sorted({session.minutes for choice in choices for session in choice.case.sessions})
    form = {"choices": shown_choices, "number": len(choices), "minutes": minutes, "editions": EDITIONS}
    blocks = [
        Block(site.fill("facilitators/build-top.html", _ROOT)),
        Block(site.fill("facilitators/build.html", _ROOT, **form)),
    ]
    if site.packs:
        rows = _ready_rows(site)
        columns = tuple(name for name in (*NAMED, BOOK) if any(name in row.packs for row in rows))
        ready_html = site.fill("facilitators/ready.html", _ROOT, rows=rows, columns=columns)
        blocks.append(Block(ready_html, site.translator.gettext("Ready-made packs"), "section-ready"))
    yield site.page(
        "facilitators/build/index.md",
        title=site.translator.gettext("Build a pack"),
        description=site.translator.gettext(
            "Choose cases of %(series)s and print them as one document for your workshop.", series=site.series.name
        ),
        blocks=blocks,
        above=site.fill("facilitators/above.html", _ROOT),
    )


def choices(site: SiteView) -> Iterator[File]:
    """Yield the choices of a long series' pack builder, as a file that it loads on use."""
    if site.series.offers_packs and not site.is_short:
        yield File(CHOICES, site.fill("facilitators/choices.html", "../", choices=_case_choices(site)).encode())


def _case_choices(site: SiteView) -> tuple[Choice, ...]:
    """Return the cases with at least one edition, newest first."""
    ranked = sorted({case.licence for case in site.cases}, key=lambda licence: licence.strictness)
    editions_of = ((case, tuple(edition.name for edition in of_state(case.state))) for case in site.cases)
    return tuple(Choice(case, editions, ranked.index(case.licence)) for case, editions in editions_of if editions)


def _ready_rows(site: SiteView) -> tuple[Row, ...]:
    """Return the ready-made packs: cases, newest first, then volumes and collections."""
    listed_cases = site.cases if site.is_short else site.cases[: site.newest]
    cases = [(case.title, case.address, case.slug) for case in listed_cases]
    volumes = [
        (volume.title, volume.address if volume.is_collection else "", _pack_subject(volume))
        for volume in site.series.volumes
    ]
    rows = (
        Row(title, address, {edition.edition: edition.packs for edition in site.editions(subject)})
        for title, address, subject in (*cases, *volumes)
    )
    return tuple(row for row in rows if row.packs)


def _pack_subject(volume: Volume) -> str:
    """Return the subject of a volume's packs, as `Pack.subject` has it."""
    return volume.id.removeprefix("collection-")
