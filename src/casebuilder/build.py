"""The order of things, from folders to a site. The only module that writes.

A series is read and checked; `publish` cuts away what may not be seen; packs are printed first, because pages and
feeds tell their length and size; then every output is made from the published series alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import checks, load, publish, readers
from casebuilder.model import File, Pack, Page, Series
from casebuilder.problems import Problem, errors, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    #: Called while packs are made: how many are done, of how many, which one, and whether it was in the cache.
    Progress = Callable[[int, int, str, bool], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """A series that was read and checked.

    Attributes:
        root: its folder.
        series: all of it, sealed parts too.
        problems: everything that is wrong, in order.
        pictures: the place on disk of each picture, by its path below the root.
    """

    root: Path
    series: Series
    problems: tuple[Problem, ...]
    pictures: dict[str, Path]

    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return errors(self.problems)


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that a build publishes, beside the theme's own files."""

    public: Series
    pages: tuple[Page, ...]
    files: tuple[File, ...]


def read(root: Path, configuration: str = load.CONFIGURATION) -> Reading:
    """Read and check a series; nothing is written, whatever is found."""
    tree = load.read_tree(root, configuration=configuration)
    settings, _ = readers.read_settings(tree.texts.get(configuration), configuration)
    if settings.settings.overlays:
        tree = load.read_tree(root, configuration=configuration, overlays=settings.settings.overlays)
    series, found = readers.read(tree.texts, tree.pictures, configuration=configuration)
    every = in_order([*tree.problems, *found, *checks.run(series)])
    return Reading(root, series, every, tree.pictures)


def make(reading: Reading, as_of: datetime, *, drafts: bool = False, progress: Progress | None = None) -> Site:
    """Make everything of a series that has no errors.

    Args:
        reading: what `read` returned.
        as_of: the instant to look at the series from.
        drafts: show drafts and scheduled cases too.
        progress: told of each pack.

    Raises:
        casebuilder.press.PressError: a pack could not be made, or lost something on the way.
    """
    from casebuilder import feeds, pages, schemas

    public = publish.publish(reading.series.with_drafts() if drafts else reading.series, as_of)
    packs, printed = _packs(reading, public, progress)
    files = (
        *printed,
        *_pictures(reading, public),
        *feeds.render(public, packs),
        *schemas.render(),
    )
    return Site(public, tuple(pages.render(public, packs)), files)


def _packs(reading: Reading, public: Series, progress: Progress | None) -> tuple[tuple[Pack, ...], tuple[File, ...]]:
    if not public.settings.packs:
        return (), ()
    from casebuilder import packs, press

    style = reading.root / "theme" / "print.css"
    printed = press.print_packs(
        packs.jobs(public, style.read_text(encoding="utf-8") if style.is_file() else ""),
        cache=reading.root / ".cache" / "packs",
        workers=public.settings.workers,
        timeout=public.settings.timeout,
        files=lambda path: reading.pictures[path].read_bytes(),
        progress=progress,
    )
    facts = tuple(pack for pack, _ in printed)
    return facts, tuple(File(pack.path, content) for pack, content in printed)


def _pictures(reading: Reading, public: Series) -> Iterable[File]:
    """The pictures that the published series shows, under their own paths."""
    shown = sorted(path for case in public.cases for path in case.pictures)
    faces = sorted(f"experts/{person.photo.file}" for person in public.people if person.photo)
    for path in (*shown, *faces):
        if path in reading.pictures:
            yield File(path, reading.pictures[path])


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
