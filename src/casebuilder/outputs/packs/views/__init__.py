"""The packs of a published series: which ones there are, and the print HTML of each. Pure: nothing is rendered here.

`publish` decides what a pack may hold; the state of a case decides which packs it has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from html import unescape
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from casebuilder.editions import EDITIONS, NAMED, PAPERS, of_state
from casebuilder.outputs.packs.views import firstpage
from casebuilder.outputs.packs.views.anchors import resolve_anchors
from casebuilder.outputs.packs.views.arrangement import Arrangement
from casebuilder.outputs.packs.views.browserprint import screens
from casebuilder.outputs.packs.views.case import CaseView
from casebuilder.outputs.packs.views.handoutzip import archives
from casebuilder.outputs.packs.views.paperhtml import PICTURES, SLIDE, TALLEST, fit_for_paper, picture_address
from casebuilder.outputs.packs.views.request import PackRequest, PackRequestError, requested_volume
from casebuilder.outputs.packs.views.volume import VolumeView
from casebuilder.outputs.packs.views.workshopcover import Cover
from casebuilder.published import VolumeKind
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from casebuilder.editions import Edition
    from casebuilder.published import PublishedCase, PublishedSeries, Volume

__all__ = [
    "PAPERS",
    "PICTURES",
    "Arrangement",
    "Cover",
    "Failed",
    "Job",
    "PackRequest",
    "PackRequestError",
    "VolumeView",
    "archives",
    "jobs",
    "requested_job",
    "screens",
]

_PRINT = files("casebuilder.outputs.packs") / "templates"
_SHOWN = re.compile(f'src="{re.escape(PICTURES)}([^"]*)"')


@dataclass(frozen=True, slots=True)
class Job:
    """One pack to print; a volume is merged from packs that are printed first.

    Attributes:
        path: its place in the site: "packs/2026-03-late-handover-handout-a4.pdf".
        subject: the slug of its case, the id of its collection, or its volume, such as "volume-2025".
        edition: handout, guide, case or slides.
        paper: a4 or letter; empty for slides.
        html: the whole document; a picture's address is PICTURES and its path below the series' root. Of a volume,
            the cover, contents and index: see `pdf.print_volume`.
        style: the style sheet, without the fonts.
        page_numbering: the form of its page numbers, such as "{page} of {pages}"; a volume may have none.
        title: its title in the contents of a volume.
        pictures: the paths of the pictures that it shows.
        parts: the packs that a volume holds, in order.
    """

    path: str
    subject: str
    edition: str
    paper: str
    html: str
    style: str
    page_numbering: str
    title: str
    pictures: tuple[str, ...] = ()
    parts: tuple[Job, ...] = ()

    @property
    def addresses(self) -> dict[str, str]:
        """The path of each picture, by the address under which the document asks for it."""
        return {picture_address(path): path for path in self.pictures}


#: The packs of cases that are known, by slug, edition and paper.
_Made: TypeAlias = "Mapping[tuple[str, str, str], Job]"


#: Called with the path and the subject of a pack that cannot be made, and why.
Failed: TypeAlias = "Callable[[str, str, Exception], None]"


def jobs(public: PublishedSeries, style: str = "", failed: Failed | None = None) -> tuple[Job, ...]:
    """Return every pack of a published series that its site offers: its cases' in their order, volumes', collections'.

    Args:
        public: what `publish` returned.
        style: the series' own print style, which comes after ours.
        failed: called for each pack whose document cannot be made; the others are made all the same.
    """
    case_jobs: list[Job] = []
    for view in (view for case in public.cases for view in _views_of_case(case, public)):
        case_jobs += _try_job(partial(_case_job, view, style), _pack_path(view), view.case.slug, failed)
    jobs_by_pack = {(job.subject, job.edition, job.paper): job for job in case_jobs}
    volume_jobs: list[Job] = []
    for volume_view in (volume_view for volume in public.volumes for volume_view in _views_of_volume(volume, public)):
        volume_jobs += _try_job(
            partial(_volume_job, volume_view, style, jobs_by_pack),
            volume_view.path,
            _subject_of_volume(volume_view),
            failed,
        )
    return (*case_jobs, *volume_jobs)


def _try_job(make: Callable[[], Job], path: str, subject: str, failed: Failed | None) -> tuple[Job, ...]:
    """Return a job; none if it cannot be made and `failed` was called."""
    try:
        return (make(),)
    except Exception as error:
        if failed is None:
            raise
        failed(path, subject, error)
        return ()


def _views_of_volume(volume: Volume, public: PublishedSeries) -> Iterator[VolumeView]:
    for edition in EDITIONS:
        for paper in edition.papers if _is_offered(edition, volume) else ():
            yield VolumeView(public, volume, edition.name, paper)


def _subject_of_volume(view: VolumeView) -> str:
    return view.volume.id.removeprefix("collection-")


def _is_offered(edition: Edition, volume: Volume) -> bool:
    """Return whether the site has an edition of a volume.

    The volume of a season is printed on request only: it holds what a volume of a year holds.
    """
    return edition.combines if volume.is_collection else edition.volumes and volume.kind is VolumeKind.YEAR


def requested_job(public: PublishedSeries, request: PackRequest, style: str = "") -> Job:
    """Return the job that prints a requested pack.

    Raises:
        PackRequestError: the request cannot be met; its `refusal` says why.
    """
    view = requested_volume(public, request)
    extra_sheets = (("fillable.css", request.arrangement.fillable), ("large.css", request.large))
    style = "\n".join(
        [*(_PRINT.joinpath(name).read_text("utf-8") for name, is_wanted in extra_sheets if is_wanted), style]
    )
    if len(view.cases) > 1 or request.cover:
        return _volume_job(view, style, large=request.large)
    (case_view,) = view.cases
    return _case_job(case_view, style, large=request.large)


def _volume_job(view: VolumeView, style: str, jobs_of_cases: _Made | None = None, *, large: bool = False) -> Job:
    """Return the job for one edition of a volume on one paper, with the jobs of its cases as parts."""
    jobs_by_pack = jobs_of_cases or {}
    parts = [
        jobs_by_pack.get((case_view.case.slug, case_view.edition, case_view.on))
        or _case_job(case_view, style, large=large)
        for case_view in view.cases
    ]
    language = view.series.language
    html = fit_for_paper(
        environment("outputs.packs", language).get_template("volume.html.j2").render(view=view), language
    )
    return Job(
        path=view.path,
        subject=_subject_of_volume(view),
        edition=view.edition,
        paper=view.on,
        html=html,
        style=print_style(view.edition, view.on, style, volume=True, leftward=view.translator.direction == "rtl"),
        page_numbering=view.page_numbering,
        title=view.name,
        pictures=_picture_paths(html),
        parts=tuple(parts),
    )


def _case_job(view: CaseView, style: str, *, large: bool = False) -> Job:
    """Return one edition of a case on one paper."""
    html = print_html(view)
    return Job(
        path=_pack_path(view, large=large),
        subject=view.case.slug,
        edition=view.edition,
        paper=view.on,
        html=html,
        style=print_style(view.edition, view.on, style, leftward=view.translator.direction == "rtl"),
        page_numbering=view.page_numbering,
        title=view.case.title,
        pictures=_picture_paths(html),
    )


def _pack_path(view: CaseView, *, large: bool = False) -> str:
    """Return the path of a case's pack below the site's root."""
    name_parts = (view.case.slug, view.edition, view.arrangement.name, "large-print" if large else "", view.on)
    return f"packs/{'-'.join(filter(None, name_parts))}.pdf"


def _picture_paths(html: str) -> tuple[str, ...]:
    """Return the paths of the pictures that a document shows."""
    return tuple(sorted({unquote(unescape(path)) for path in _SHOWN.findall(html)}))


def _views_of_case(case: PublishedCase, public: PublishedSeries) -> Iterator[CaseView]:
    for edition in of_state(case.state):
        for paper in edition.papers:
            yield CaseView(public, case, edition.name, paper)


def print_html(view: CaseView) -> str:
    """Return one edition of a case as a whole HTML document for one paper."""
    template = environment("outputs.packs", view.language).get_template(f"{view.edition}.html.j2")
    html = template.render(view=view, set_first_page=firstpage.set_first_page)
    return fit_for_paper(resolve_anchors(html), view.language, SLIDE if NAMED[view.edition].is_shown else TALLEST)


def print_style(
    edition: str, paper: str, series_style: str = "", *, volume: bool = False, leftward: bool = False
) -> str:
    """Return the style sheet of an edition on a paper; the series' own comes last and so has the last word.

    Args:
        edition: handout, guide, case or slides.
        paper: a4 or letter; empty for slides.
        series_style: the series' own print style.
        volume: whether it is for the cover, contents and index of a volume.
        leftward: whether it is for a language that is written from right to left.
    """
    extra_sheets = (("leftward.css", leftward), ("volume.css", volume), (f"volume-{edition}.css", volume))
    paths = [
        _PRINT / name
        for name in ("print.css", f"{edition}.css", *(name for name, is_asked_for in extra_sheets if is_asked_for))
    ]
    own_styles = [path.read_text(encoding="utf-8") for path in paths if path.is_file()]
    size = f"@page {{ size: {PAPERS[paper]} }}" if paper else ""
    return "\n".join([*own_styles, size, series_style])
