"""The order of things, from folders to a site. The only module that writes.

A series is read and checked; `publish` cuts away what may not be seen; packs are printed first, because pages and
feeds tell their length and size; then every output is made from the published series alone.
"""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder import checks, load, publish, readers
from casebuilder.model import File, Pack, Page, Series, State
from casebuilder.problems import Problem, errors, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Executor
    from datetime import datetime

    from casebuilder.packs import Job, Wish
    from casebuilder.press import Shard
    from casebuilder.withdrawal import Wish as Withdrawal

    #: Called while packs are made: how many are done, of how many, which one, and whether it was in the cache.
    Progress = Callable[[int, int, str, bool], None]


#: What looks missing or unused where the half of the series that an overlay holds is not there.
_OVERLAID = frozenset(("unused-reference", "unused-person", "unknown-quote", "unknown-theme", "unknown-contribution"))
#: Where printed packs, and fonts that were cut for the web, are kept from one build to the next.
CACHE = ".cache"


@dataclass(frozen=True, slots=True)
class Reading:
    """A series that was read and checked.

    Attributes:
        root: its folder.
        series: all of it, sealed parts too.
        problems: everything that is wrong, in order.
        tree: its files.
        as_of: the instant to look at it from.
    """

    root: Path
    series: Series
    problems: tuple[Problem, ...]
    tree: load.Tree
    as_of: datetime

    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return errors(self.problems)

    def file(self, path: str) -> Path:
        """The file on disk behind a path of the series, which may lie in an overlay."""
        return self.root / self.tree.overlaid.get(path, path)

    def cache(self, name: str) -> Path:
        """A folder for what need not be made again: below the series' root, or where CASEBUILDER_CACHE says."""
        return Path(os.environ.get("CASEBUILDER_CACHE") or self.root / CACHE) / name


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that a build publishes, beside the theme's own files."""

    public: Series
    pages: tuple[Page, ...]
    files: tuple[File, ...]


def read(root: Path, configuration: str = load.CONFIGURATION, *, as_of: str | None = None) -> Reading:
    """Read and check a series; nothing is written, whatever is found.

    Args:
        root: its folder.
        configuration: its configuration file's name.
        as_of: a day or a time to look at it from, instead of its setting or now.

    Raises:
        casebuilder.publish.NotAMomentError: `as_of` is not a day or a time.
    """
    tree = load.read_tree(root, configuration=configuration)
    settings, _ = readers.read_settings(tree.texts.get(configuration), configuration)
    if settings.settings.overlays:
        tree = load.read_tree(root, configuration=configuration, overlays=settings.settings.overlays)
    unread = {problem.path for problem in tree.problems}
    series, found = readers.read(tree.texts, tree.pictures, configuration=configuration, unread=unread)
    at = publish.moment(series, as_of)
    every = [*tree.problems, *found, *checks.run(series), *publish.missing_consents(series, at)]
    if tree.absent:
        every = [problem for problem in every if problem.code not in _OVERLAID]
    shown = (replace(problem, path=tree.overlaid.get(problem.path, problem.path)) for problem in every)
    return Reading(root, series, in_order(shown), tree, at)


def changed_since(reading: Reading, revision: str, configuration: str = load.CONFIGURATION) -> tuple[Problem, ...]:
    """Released texts that changed since a revision of the series' Git repository without an entry in `changes`.

    Raises:
        casebuilder.history.HistoryError: Git does not know the revision, or there is no repository.
    """
    from casebuilder import history
    from casebuilder.checks import corrections

    before, _ = readers.read(history.read_revision(reading.root, revision, configuration), configuration=configuration)
    old, new = (publish.publish(series, reading.as_of) for series in (before, reading.series))
    return in_order(corrections.unrecorded(old, new, revision))


def write_edits(reading: Reading, edits: Mapping[str, str | None]) -> tuple[Path, ...]:
    """Write new texts over the series' own, each whole or not at all; the files that were written or deleted."""
    touched = []
    for path, text in edits.items():
        place = reading.file(path)
        if text is None:
            place.unlink()
        else:
            _write(place, text.encode())
        touched.append(place)
    return tuple(touched)


def withdraw(reading: Reading, wish: Withdrawal) -> tuple[Path, ...]:
    """Take something back in the series' files and in the packs that are kept; the files that were touched.

    Raises:
        casebuilder.withdrawal.WithdrawalError: there is no such thing, or its file cannot be edited safely; nothing
            was written.
    """
    from casebuilder import withdrawal

    case = reading.series.case(wish.slug)
    released = case is not None and publish.state(case, reading.as_of, reading.series.zone) is State.COMPLETE
    texts = reading.tree.texts
    touched = write_edits(reading, withdrawal.edits(reading.series, texts, wish, released=released))
    kept = sorted(reading.cache("packs").glob("*.pdf"))
    for pack in kept:
        pack.unlink()
    return (*touched, *kept)


def make(
    reading: Reading, *, drafts: bool = False, packs: bool = True, dask: str = "", progress: Progress | None = None
) -> Site:
    """Make everything of a series that has no errors.

    Args:
        reading: what `read` returned.
        drafts: show drafts and scheduled cases too.
        packs: make the PDF packs, if the series' settings want them at all.
        dask: the address of a Dask scheduler whose workers print the packs, instead of processes of this machine.
        progress: told of each pack.

    Raises:
        casebuilder.press.PressError: a pack could not be made, or lost something on the way.
        casebuilder.press.ClusterError: the cluster cannot be used.
    """
    from casebuilder import calendar, cards, citations, epub, feeds, headers, pages, redirects, schemas, webfonts

    public = publish.publish(reading.series.with_drafts() if drafts else reading.series, reading.as_of)
    wanted = packs and public.settings.packs
    facts, printed = _packs(reading, public, dask, progress) if wanted else ((), ())
    books = tuple(epub.render(public, lambda path: reading.tree.pictures[path].read_bytes())) if wanted else ()
    offered = (*facts, *epub.facts(books))
    files = (
        *printed,
        *books,
        *_screens(reading, public),
        *_pictures(reading, public),
        *feeds.render(public, facts),
        *calendar.render(public),
        *cards.render(public),
        *citations.render(public, offered),
        *redirects.render(public),
        *pages.files(public),
        *schemas.render(),
        *webfonts.render(_kept(reading.cache("fonts"))),
    )
    shown = pages.render(public, offered)
    return Site(public, tuple(headers.render(public, shown, facts)), files)


def pack(reading: Reading, wish: Wish, output: Path | None, own: Mapping[str, Path]) -> tuple[Path, int]:
    """Print one pack that somebody asked for; its file, written whole or not at all, and how many pages it has.

    Args:
        reading: what `read` returned.
        wish: what is asked for; it gets only what is released.
        output: the file; one named after the pack, in the folder one is in, if it is not given.
        own: pictures that are not the series', by the path that the wish gives them.

    Raises:
        casebuilder.packs.WishError: there is no such pack.
        casebuilder.press.PressError: it could not be printed.
        OSError: the file cannot be written.
    """
    from casebuilder import packs, press

    public = publish.publish(reading.series, reading.as_of)
    job = packs.wished_job(public, wish, _print_style(reading))
    ((fact, file),) = press.print_packs(
        (job,),
        cache=reading.cache("packs"),
        workers=1,
        timeout=public.settings.timeout * max(len(public.cases), 1),
        files=lambda path: (own[path] if path in own else reading.tree.pictures[path]).read_bytes(),
    )
    place = output or Path(fact.path).relative_to("packs")
    _write(place, file.read_bytes())
    return place, fact.pages


def digest(reading: Reading, month: str | None, folder: Path) -> tuple[Path, ...]:
    """Write a month as a mail, each form whole or not at all; the files, none if there is nothing to tell.

    Args:
        reading: what `read` returned; the series has an address.
        month: "2026-03"; the last month that is over if it is not given.
        folder: where they go; made if it is not there.

    Raises:
        casebuilder.publish.NotAMomentError: `month` is not a month, or has not begun.
        OSError: the files cannot be written.
    """
    from casebuilder import digest as mail

    public = publish.publish(reading.series, reading.as_of)
    files = mail.render(public, publish.month(reading.series, reading.as_of, month))
    if files:
        folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        _write(folder / file.path, file.read())
    return tuple(folder / file.path for file in files)


def _print_style(reading: Reading) -> str:
    """The series' own print style, if it has one."""
    style = reading.root / "theme" / "print.css"
    return style.read_text(encoding="utf-8") if style.is_file() else ""


def _screens(reading: Reading, public: Series) -> Iterable[File]:
    """What the site's pack builder joins; no PDF, so a build without packs has it, too."""
    from casebuilder import packs

    return packs.screens(public, _print_style(reading))


def print_shard(reading: Reading, share: Shard, *, drafts: bool = False, progress: Progress | None = None) -> int:
    """Print one share of the packs into the cache, for a build that finds all shares there; how many they are.

    Raises:
        casebuilder.press.PressError: a pack could not be made, or lost something on the way.
    """
    from casebuilder import packs

    public = publish.publish(reading.series.with_drafts() if drafts else reading.series, reading.as_of)
    # What is bound of other packs takes no time to speak of; the build that joins the shares does it.
    jobs = share.of([job for job in packs.jobs(public, _print_style(reading)) if not job.parts])
    return len(_printed(reading, public, jobs, progress))


def _printed(
    reading: Reading, public: Series, jobs: Sequence[Job], progress: Progress | None, executor: Executor | None = None
) -> tuple[tuple[Pack, Path], ...]:
    from casebuilder import press

    return press.print_packs(
        jobs,
        cache=reading.cache("packs"),
        workers=public.settings.workers,
        timeout=public.settings.timeout,
        files=lambda path: reading.tree.pictures[path].read_bytes(),
        progress=progress,
        executor=executor,
    )


def _packs(
    reading: Reading, public: Series, dask: str, progress: Progress | None
) -> tuple[tuple[Pack, ...], tuple[File, ...]]:
    from casebuilder import packs, press

    with press.cluster(dask) if dask else nullcontext() as executor:
        printed = _printed(reading, public, packs.jobs(public, _print_style(reading)), progress, executor)
    _forget(reading.cache("packs"), {file for _, file in printed})
    facts = tuple(pack for pack, _ in printed)
    made = {pack.path: file for pack, file in printed}
    zips = packs.archives(public, packs.PAPERS, lambda path: made[path].read_bytes())
    return facts, (*(File(path, content) for path, content in made.items()), *zips)


def _forget(folder: Path, used: set[Path]) -> None:
    """Throw away the packs that this build did not use: they may hold a text that was withdrawn since.

    A cache that several series share, as CASEBUILDER_CACHE makes it, is left alone.
    """
    if os.environ.get("CASEBUILDER_CACHE"):
        return
    for path in folder.glob("*.pdf"):
        if path not in used:
            path.unlink(missing_ok=True)


def _kept(folder: Path) -> Callable[[str, Callable[[], bytes]], bytes]:
    """A function that makes what a key stands for, or finds it where it was kept."""

    def kept(key: str, make_it: Callable[[], bytes]) -> bytes:
        place = folder / key
        if place.is_file():
            return place.read_bytes()
        content = make_it()
        folder.mkdir(parents=True, exist_ok=True)
        _write(place, content)
        return content

    return kept


def _write(place: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = place.with_name(f".{place.name}.part")
    part.write_bytes(content)
    part.replace(place)


def _pictures(reading: Reading, public: Series) -> Iterable[File]:
    """The pictures that the published series shows, under their own paths."""
    shown = sorted(path for case in public.cases for path in case.pictures)
    faces = sorted(f"experts/{person.photo.file}" for person in public.people if person.photo)
    for path in (*shown, *faces):
        if path in reading.tree.pictures:
            yield File(path, reading.tree.pictures[path])


def write_tree(site: Site, folder: Path) -> int:
    """Write the pages as Markdown and the files as they are, for another engine; how many there are.

    Raises:
        FileExistsError: the folder exists and is not empty: nothing of anybody's is overwritten.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(folder)
    contents = [(page.path, page.text.encode()) for page in site.pages] + [
        (file.path, file.read()) for file in site.files
    ]
    for path, content in contents:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return len(contents)
