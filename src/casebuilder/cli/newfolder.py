"""Write a new folder whole or not at all, even if the disk is full or somebody presses Ctrl-C."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casebuilder.pipeline import Reading

#: A file in a folder, for asking Git about the folder.
_ANY = "letter.txt"


def new_folder(contents: Mapping[str, bytes], folder: Path, option: str) -> int:
    """Write files into a folder that is empty or does not exist yet, and return their number.

    Raises:
        click.BadParameter: the folder is not empty, or cannot be written.
    """
    try:
        is_taken = any(folder.iterdir()) if folder.is_dir() else folder.exists()
        if not is_taken:
            return _move_into_place(contents, folder)
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}; nothing was written"
        raise click.BadParameter(message, param_hint=option) from None
    and_full = " and not empty" if folder.is_dir() else ""
    raise click.BadParameter(f"{folder} is there already{and_full}; nothing was written", param_hint=option)


def among_others(contents: Mapping[str, bytes], folder: Path, option: str) -> None:
    """Write files into a folder beside those that are there, all or none.

    Raises:
        click.BadParameter: one cannot be written, or is there already.
    """
    new_paths: list[Path] = []
    try:
        for path, content in contents.items():
            _write_with_folders(folder / path, content, folder, new_paths)
    except BaseException as error:
        for place in reversed(new_paths):
            with suppress(OSError):  # the first error is the one to report
                place.rmdir() if place.is_dir() else place.unlink(missing_ok=True)
        if isinstance(error, OSError):
            message = f"{folder} cannot be written: {error.strerror}; nothing was written"
            raise click.BadParameter(message, param_hint=option) from None
        raise


def _write_with_folders(place: Path, content: bytes, folder: Path, new_paths: list[Path]) -> None:
    """Write a file with the folders around it, and note each of them."""
    from casebuilder.files import write_whole

    for parent in reversed(
        [parent for parent in place.parents if parent.is_relative_to(folder) and not parent.exists()]
    ):
        parent.mkdir()
        new_paths.append(parent)
    new_paths.append(place)
    write_whole(place, content)


def site_folder(folder: Path, reading: Reading, option: str, shown_folder: Path | None = None) -> None:
    """Check that a site may replace a folder.

    Args:
        folder: the target; its present content will be deleted.
        reading: the series.
        option: the option that named the folder.
        shown_folder: the folder that somebody named, if the target is one within it.

    Raises:
        click.BadParameter: the folder is part of the series, contains something other than a site, or is read-only.
    """
    from casebuilder import folderexchange
    from casebuilder.readers.folders import NO_SITE, PRIVATE_FOLDER, holds_something_else

    place, series_root = folder.resolve(), reading.root.resolve()
    sources = [series_root / name for name in (*_source_folders(), PRIVATE_FOLDER, *reading.series.settings.overlays)]
    if place in {series_root, *series_root.parents} or any(
        place == source or source in place.parents for source in sources
    ):
        message = f"{shown_folder or folder} contains your own texts, and a site replaces everything in its folder"
        raise click.BadParameter(message, param_hint=option)
    try:
        if holds_something_else(folder):
            raise click.BadParameter(f"{folder} {NO_SITE}: choose or make another folder", param_hint=option)
        if folder.exists() and not folder.is_dir():
            raise click.BadParameter(f"{folder} cannot be written: it is a file", param_hint=option)
        with tempfile.TemporaryFile(dir=folderexchange.near(place)):
            pass
    except OSError as error:
        raise click.BadParameter(f"{folder} cannot be written: {error.strerror}", param_hint=option) from None


def _source_folders() -> tuple[str, ...]:
    """Return what an author writes, in the series' folder."""
    from casebuilder.readers.folders import FOLDERS, LETTERS  # `--help` loads no reader

    return (*FOLDERS, "docs", "theme", ".git", ".github", LETTERS)


def outside_sources(folder: Path, reading: Reading, option: str) -> None:
    """Check that a folder is not part of what the site is made of.

    Raises:
        click.BadParameter: a build could publish what is in it, or would report it.
    """
    place, series_root = folder.resolve(), reading.root.resolve()
    sources = [series_root / name for name in (*_source_folders(), "site", *reading.series.settings.overlays)]
    if any(place == source or source in place.parents for source in sources):
        message = f"{folder} is part of the series, and this list is for moderators only: name another folder"
        raise click.BadParameter(message, param_hint=option)


def out_of_git(file: Path, root: Path, contents: str, option: str) -> None:
    """Check that a file with what is private neither goes into Git nor onto the site.

    Args:
        file: the file that will be written. The series' private folder is made if it lies there.
        root: the series' folder.
        contents: what is in it.
        option: the option that named the file.

    Raises:
        click.BadParameter: a build could publish it, or the next commit could contain it.
    """
    _refuse_public_place(
        file.parent.resolve() / file.name, root, option, _PlaceWords(f"{file}", "a file", file.name, contents)
    )
    _make_private(file.parent.resolve(), root)


def folder_out_of_git(folder: Path, root: Path, contents: str, option: str) -> None:
    """Check the same of a folder in which files with what is private will be written, such as letters.

    Raises:
        click.BadParameter: a build could publish them, or the next commit could contain them.
    """
    file_inside = folder.resolve() / _ANY  # Git knows no rule for a folder that does not exist yet
    _refuse_public_place(file_inside, root, option, _PlaceWords(f"{folder}", "a folder", "letters", contents))
    _make_private(folder.resolve(), root)


@dataclass(frozen=True, slots=True)
class _PlaceWords:
    """What a refusal calls a place, what kind it is, how a better one could be named, and what would be in it."""

    place: str
    kind: str
    name: str
    what: str


def _refuse_public_place(file: Path, root: Path, option: str, words: _PlaceWords) -> None:
    """Refuse a file that a build or the next commit could contain.

    Raises:
        click.BadParameter: it is one.
    """
    from casebuilder import pipeline
    from casebuilder.editorial import history

    series_root = root.resolve()
    is_published = any(series_root / name in file.parents for name in (*_source_folders(), "site"))
    if is_published:
        reason = f"{words.place} is part of what the site is made of"
    elif history.would_take(file):
        reason = f"Git would take {words.place} with the next commit"
    else:
        return
    is_ignored = not history.would_take(series_root / pipeline.PRIVATE / words.name)
    suggestion = f", or {root / pipeline.PRIVATE / words.name}" if is_ignored else ""
    place_words = "outside of the series" if is_published or series_root in file.parents else "in no repository"
    message = f"{reason}, and it would contain {words.what}: name {words.kind} {place_words}{suggestion}"
    raise click.BadParameter(message, param_hint=option)


def _make_private(folder: Path, root: Path) -> None:
    """Make the series' private folder, readable only by its owner, if a file is to lie in it or below it."""
    from casebuilder import pipeline

    private = root.resolve() / pipeline.PRIVATE
    if private in (folder, *folder.parents):
        private.mkdir(mode=0o700, exist_ok=True)


def beside(file: Path, option: str) -> None:
    """Check that a file can be written, before the work for it begins.

    Raises:
        click.BadParameter: its folder does not exist, or cannot be written.
    """
    try:
        with tempfile.TemporaryFile(dir=file.absolute().parent):
            pass
    except OSError as error:
        raise click.BadParameter(f"{file} cannot be written: {error.strerror}", param_hint=option) from None


def cache(reading: Reading) -> None:
    """Check that the cache can be written.

    Raises:
        click.ClickException: it cannot.
    """
    folder = reading.cache("packs")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}; set CASEBUILDER_CACHE to a folder that can be written"
        raise click.ClickException(message) from None


def _move_into_place(contents: Mapping[str, bytes], folder: Path) -> int:
    """Write everything into a temporary folder beside the target, then move it there in one step."""
    from casebuilder import folderexchange, pipeline

    with folderexchange.working_folder(folderexchange.near(folder.absolute())) as place:
        complete = place / "whole"
        count = pipeline.write_tree(contents, complete)
        if folder.is_dir():  # the folder may be somebody's current folder: it is filled, not replaced
            for entry in complete.iterdir():
                entry.rename(folder / entry.name)
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
            complete.rename(folder)
    return count
