"""Everything that a site is made of, in the order in which one thing needs another.

Packs are printed first, because pages and feeds show their length and size; then every output is made from the
published series alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import folderexchange, published, readers
from casebuilder.files import write_whole
from casebuilder.model import File, Page
from casebuilder.pipeline import printing
from casebuilder.pipeline.buildoptions import BuildOptions
from casebuilder.readers.pictures import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from casebuilder.pipeline.printing import Progress
    from casebuilder.pipeline.reading import Reading
    from casebuilder.published import PublishedSeries


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that a build publishes, beside the theme's own files; and which packs are missing, and why."""

    public: PublishedSeries
    pages: tuple[Page, ...]
    files: tuple[File, ...]
    unprinted: str = ""

    def contents(self) -> dict[str, bytes]:
        """Return the pages as Markdown and the files as they are, by path: what another engine takes."""
        pages = {page.path: page.text.encode() for page in self.pages}
        return pages | {file.path: file.read() for file in self.files}


def make(reading: Reading, options: BuildOptions | None = None, progress: Progress | None = None) -> Site:
    """Make everything of a series that has no errors.

    Args:
        reading: what `read` returned.
        options: drafts, packs and what else the command line asks for; None for none of them. `as_of`, `offline` and
            `publish` are the business of others.
        progress: called for each pack.

    Raises:
        casebuilder.outputs.packs.press.PressError: a pack could not be made, or lost something on the way.
        casebuilder.outputs.packs.press.ClusterError: the cluster cannot be used.
    """
    from casebuilder.outputs import (
        calendar,
        citationfiles,
        epub,
        feeds,
        schemas,
        seriesjson,
    )
    from casebuilder.outputs.site import cards, headmetadata, pages, redirects, webfonts

    options = options or BuildOptions()
    only, keep_going = options.only, options.keep_going
    public = published.publish(reading.series.with_drafts() if options.drafts else reading.series, reading.as_of)
    prints_packs = options.packs and public.offers_packs
    printed = printing.Printed()
    if prints_packs:
        printed = printing.every_pack(reading, public, options.dask, progress, only=only, keep_going=keep_going)
    facts = printed.facts
    failures: dict[str, str] = {}

    def note(path: str, error: Exception) -> None:
        failures[path] = printing.why(error)

    failed = note if keep_going else None
    books = tuple(epub.render(printing.narrowed(public, only), reading.gallery.read, failed)) if prints_packs else ()
    offered_files = (*facts, *epub.facts(books))
    files = (
        *printed.files,
        *books,
        *printing.screens(reading, public, failed),
        *_published_pictures(reading, public, failed),
        *feeds.render(public, facts),
        *calendar.render(public),
        *cards.render(public, failed),
        *citationfiles.render(public, offered_files),
        *redirects.render(public),
        *pages.files(public),
        *schemas.render(readers.FORMATS),
        *seriesjson.render(public),
        *webfonts.render(cached_in(reading.cache("fonts"))),
    )
    missing = frozenset(
        (*printed.missing.values(), *(epub.subject(path) for path in failures if path.endswith(".epub")))
    )
    rendered_pages = pages.render(public, offered_files, missing)
    with folderexchange.alone(reading.cache("work")) as is_alone:
        if is_alone:
            reading.gallery.forget()
    reasons = "\n".join(filter(None, (printed.reasons, *(f"{path}: {reason}" for path, reason in failures.items()))))
    return Site(public, tuple(headmetadata.render(public, rendered_pages, facts)), files, reasons)


def digest(reading: Reading, month: str | None, folder: Path) -> tuple[Path, ...]:
    """Write the mail of a month as files, each whole or not at all. Returns them; none if nothing happened.

    Args:
        reading: what `read` returned; the series has an address.
        month: "2026-03"; the last month that is over if it is not given.
        folder: where they go; made if it is not there.

    Raises:
        casebuilder.published.NotAMomentError: `month` is not a month, or has not begun.
        OSError: the files cannot be written.
    """
    from casebuilder.outputs import digest as mail

    public = published.publish(reading.series, reading.as_of)
    files = mail.render(public, published.month(reading.series, reading.as_of, month))
    return write_into(folder, {file.path: file.read() for file in files})


def write_into(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, which may hold others; those of the same name are replaced, each whole or not at all.

    Args:
        folder: made if it is not there and there is something to write.
        contents: the files by their names.

    Raises:
        OSError: the files cannot be written.
    """
    if contents:
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        write_whole(folder / name, content)
    return tuple(folder / name for name in contents)


def write_tree(contents: Mapping[str, bytes], folder: Path) -> int:
    """Write files below a folder, by their path in it; how many there are.

    Raises:
        FileExistsError: the folder exists and is not empty: nothing of anybody's is overwritten.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(folder)
    for path, content in contents.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, content)
    return len(contents)


def cached_in(folder: Path) -> Callable[[str, Callable[[], bytes]], bytes]:
    """Return a function that returns the cached bytes of a key, or makes and caches them."""

    def cached(key: str, make_it: Callable[[], bytes]) -> bytes:
        place = folder / key
        if place.is_file():
            return place.read_bytes()
        content = make_it()
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(place, content)
        return content

    return cached


def _published_pictures(
    reading: Reading, public: PublishedSeries, failed: Callable[[str, Exception], None] | None
) -> Iterable[File]:
    """Yield the pictures that the published series shows, under their own paths.

    `failed` is called for each that cannot be made, such as one that was deleted meanwhile; its page shows its words.
    """
    case_pictures = sorted(path for case in public.cases for path in case.pictures)
    photos = sorted(person.photo.path for person in public.people if person.photo)
    for path in (*case_pictures, *photos):
        if path not in reading.tree.pictures:
            continue
        try:
            picture = reading.gallery.published(path)
        except (KeyError, OSError, DamagedError) as error:
            if failed is None:
                raise
            failed(path, error)
        else:
            yield File(path, picture)
