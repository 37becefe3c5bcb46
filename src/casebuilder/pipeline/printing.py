"""Printing a series' packs: all of them, a share, or a requested one."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder import folderexchange, published
from casebuilder.files import write_whole
from casebuilder.model import File
from casebuilder.pipeline import printstyle, serieschanges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Executor

    from casebuilder.model import Pack
    from casebuilder.outputs.packs.press import Shard
    from casebuilder.outputs.packs.views import Job, PackRequest
    from casebuilder.pipeline.reading import Reading
    from casebuilder.published import PublishedSeries

    #: Called while packs are made: how many are done, of how many, which one, and whether it was in the cache.
    Progress = Callable[[int, int, str, bool], None]


def pack(
    reading: Reading,
    request: PackRequest,
    output: Path | None,
    cover_files: Mapping[str, bytes],
    *,
    drafts: bool = False,
) -> tuple[Path, int]:
    """Print one requested pack. Returns its file, written whole or not at all, and its number of pages.

    Args:
        reading: what `read` returned.
        request: the cases and options; only released texts are printed.
        output: the file; one named after the pack, in the folder one is in, if it is not given.
        cover_files: the bytes of pictures that are not the series', by the path that the request gives them.
        drafts: print drafts and scheduled cases too, with their sealed texts.

    Raises:
        casebuilder.outputs.packs.views.PackRequestError: there is no such pack.
        casebuilder.outputs.packs.press.PressError: it could not be printed.
        OSError: the file cannot be written.
    """
    from casebuilder.outputs.packs import views

    public = _publish(reading, drafts=drafts)
    job = views.requested_job(public, request, _print_style(reading))

    def read_picture(path: str) -> bytes:
        return cover_files[path] if path in cover_files else reading.gallery.read(path)

    def plain_jobs() -> tuple[Job, ...]:
        return (views.requested_job(public, request),)

    with folderexchange.shared(reading.cache("work")):
        ((fact, file),) = _print_jobs(reading, (job,), plain_jobs, read_picture=read_picture)
        place = output or Path(fact.path).relative_to("packs")
        write_whole(place, file.read_bytes())
    return place, fact.pages


def print_shard(reading: Reading, share: Shard, *, drafts: bool = False, progress: Progress | None = None) -> int:
    """Print one share of the packs into the cache, for a build that finds all shares there; how many they are.

    Raises:
        casebuilder.outputs.packs.press.PressError: a pack could not be made, or lost something on the way.
    """
    from casebuilder.outputs.packs import views

    public = _publish(reading, drafts=drafts)
    # Merging a volume takes hardly any time; the build that joins the shares does it.
    jobs = share.of([job for job in views.jobs(public, _print_style(reading)) if not job.parts])
    with folderexchange.shared(reading.cache("work")):
        return len(_print_jobs(reading, jobs, partial(views.jobs, public), progress))


def _publish(reading: Reading, *, drafts: bool) -> PublishedSeries:
    return published.publish(reading.series.with_drafts() if drafts else reading.series, reading.as_of)


def narrowed(public: PublishedSeries, only: frozenset[str] | None) -> PublishedSeries:
    """Return a published series with only these cases, by slug, and without volumes; all of it for None."""
    if only is None:
        return public
    return replace(public, cases=tuple(case for case in public.cases if case.slug in only), volumes=(), collections=())


def page_counts(reading: Reading, only: frozenset[str], cache: Path) -> dict[tuple[str, str, str], int]:
    """Return the number of pages of each pack of some cases, drafts among them, by slug, edition and paper.

    Args:
        reading: what `read` returned.
        only: the slugs of the cases.
        cache: the folder of printed packs. A pack that cannot be printed is left out.
    """
    from casebuilder.outputs.packs import press, views

    public = narrowed(_publish(reading, drafts=True), only)
    jobs = views.jobs(public, _print_style(reading)) if public.offers_packs else ()
    try:
        printed = _print_jobs(reading, jobs, tuple, cache=cache)
    except press.PressError as error:
        printed = _print_jobs(reading, [job for job in jobs if job.path not in error.reasons], tuple, cache=cache)
    return {(fact.subject, fact.edition, fact.paper): fact.pages for fact, _ in printed}


@dataclass(frozen=True, slots=True)
class Printed:
    """The packs of a site.

    Attributes:
        facts: the facts that the site shows of each.
        files: PDFs, and the handouts of collections as zips.
        missing: the subject of each pack that could not be printed (see `packs.Job`), by its path.
        reasons: why these could not be printed, for people; empty if nothing is missing.
    """

    facts: tuple[Pack, ...] = ()
    files: tuple[File, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    reasons: str = ""


def every_pack(  # noqa: PLR0913 - how packs can be wanted
    reading: Reading,
    public: PublishedSeries,
    dask: str,
    progress: Progress | None,
    *,
    only: frozenset[str] | None = None,
    keep_going: bool = False,
) -> Printed:
    """Print all packs of a published series, or those of some cases.

    Args:
        reading: what `read` returned.
        public: what `publish` made of it.
        dask: the address of a Dask scheduler; empty for processes of this machine.
        progress: called for each pack.
        only: the slugs of the cases whose packs are printed, without volumes; None for all packs.
        keep_going: leave out a pack that cannot be printed, and what would hold it.

    Raises:
        casebuilder.outputs.packs.press.PressError: a pack could not be made, or lost something on the way.
        casebuilder.outputs.packs.press.ClusterError: the cluster cannot be used.
    """
    from casebuilder.outputs.packs import press, views

    public = narrowed(public, only)
    missing: dict[str, str] = {}
    reasons: list[str] = []

    def failed(path: str, subject: str, error: Exception) -> None:
        missing[path] = subject
        reasons.append(f"{path}: {why(error)}")

    jobs = views.jobs(public, _print_style(reading), failed if keep_going else None)
    with press.cluster(dask) if dask else nullcontext() as executor:
        printed = None
        while printed is None:
            try:
                plain_jobs = partial(views.jobs, public, "", lambda *_: None)
                printed = _print_jobs(reading, jobs, plain_jobs, None if missing else progress, executor)
            except press.PressError as error:
                if not keep_going:
                    raise
                missing |= {job.path: job.subject for job in jobs if job.path in error.reasons}
                reasons.append(str(error))
                # All others are in the cache by now, unless one of them was too slow this time.
                jobs = tuple(job for job in jobs if job.path not in missing)
    if only is None:  # packs of other cases are not unused
        serieschanges.forget(reading, {file for _, file in printed})
    files_by_path = {pack.path: file for pack, file in printed}
    zips = views.archives(
        public, views.PAPERS, lambda path: files_by_path[path].read_bytes() if path in files_by_path else None
    )
    files = (*(File(path, content) for path, content in files_by_path.items()), *zips)
    return Printed(tuple(pack for pack, _ in printed), files, missing, "\n".join(reasons))


def screens(
    reading: Reading, public: PublishedSeries, failed: Callable[[str, Exception], None] | None = None
) -> Iterable[File]:
    """Return the pages that the site's pack builder joins. They are not PDFs, so a build without packs has them too.

    `failed` is called for each that cannot be made: see `views.screens`.
    """
    from casebuilder.outputs.packs import views

    return views.screens(public, _print_style(reading), failed)


def why(error: Exception) -> str:
    """Return why something could not be made, in one line.

    The kind of error too, if its words do not speak for themselves.
    """
    message = " ".join(str(error).split())
    return (
        message
        if isinstance(error, LookupError | OSError | ValueError) and message
        else f"{type(error).__name__} {message}"
    )


def _print_jobs(  # noqa: PLR0913 - how packs can be printed
    reading: Reading,
    jobs: Sequence[Job],
    plain_jobs: Callable[[], Sequence[Job]],
    progress: Progress | None = None,
    executor: Executor | None = None,
    *,
    cache: Path | None = None,
    read_picture: Callable[[str], bytes] | None = None,
) -> tuple[tuple[Pack, Path], ...]:
    """Print packs; `plain_jobs` returns them without the series' own style, to know whether that stops them."""
    from casebuilder.outputs.packs import press

    def print_some(some_jobs: Sequence[Job], counted: Progress | None = None) -> tuple[tuple[Pack, Path], ...]:
        return press.print_packs(
            some_jobs,
            cache=cache or reading.cache("packs"),
            workers=reading.series.settings.workers,
            timeout=reading.series.settings.timeout,
            files=read_picture or reading.gallery.read,
            progress=counted,
            executor=executor,
            find=partial(press.source_line, reading.tree.texts),
        )

    try:
        return print_some(jobs, progress)
    except press.PressError as error:
        style = printstyle.read(reading.root)
        if printstyle.has_only_remarks(style):
            raise
        from casebuilder.pipeline.printstyle.blame import blamed
        from casebuilder.pipeline.printstyle.statements import Sheet

        embed = partial(printstyle.embed_pictures, read_picture=reading.gallery.read)
        raise blamed(error, Sheet(style), plain_jobs(), print_some, embed) from None


def _print_style(reading: Reading) -> str:
    """Return the series' own print style, if it has one."""
    return printstyle.embed_pictures(printstyle.read(reading.root), reading.gallery.read)
