"""A new folder is written whole or not at all, whatever stops the writing: a full disk, or Ctrl-C."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casebuilder.pipeline import Reading

#: What an author writes, in the series' folder.
_SOURCES = ("cases", "commentary", "experts", "collections", "docs", "theme", ".git", ".github")
#: One of them is in every site, also in one whose making was broken off.
_OF_A_SITE = ("404.html", "sitemap.xml", "assets/stylesheets/casebuilder.css", "schema/case.json")


def new_folder(contents: Mapping[str, bytes], folder: Path, option: str) -> int:
    """Write what was made into a folder that is empty or not there yet; how many files there are.

    Raises:
        click.BadParameter: something is there already, or nothing can be written there.
    """
    try:
        taken = any(folder.iterdir()) if folder.is_dir() else folder.exists()
        if not taken:
            return _moved(contents, folder)
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}; nothing was written"
        raise click.BadParameter(message, param_hint=option) from None
    full = " and not empty" if folder.is_dir() else ""
    raise click.BadParameter(f"{folder} is there already{full}; nothing was written", param_hint=option)


def site_folder(folder: Path, reading: Reading, option: str) -> None:
    """See to it that a site may take the place of a folder.

    Args:
        folder: the place; what is there will be deleted.
        reading: the series.
        option: what named the folder.

    Raises:
        click.BadParameter: the folder holds something else than a site, is a part of the series, or cannot be written.
    """
    from casebuilder import workplace

    place, home = folder.resolve(), reading.root.resolve()
    sources = [home / name for name in (*_SOURCES, *reading.series.settings.overlays)]
    if place in {home, *home.parents} or any(place == own or own in place.parents for own in sources):
        message = f"{folder} holds what you write, and a site replaces what is in its folder"
        raise click.BadParameter(message, param_hint=option)
    try:
        if folder.is_dir() and any(folder.iterdir()) and not any((folder / name).exists() for name in _OF_A_SITE):
            message = f"{folder} holds something that is no site, and would be emptied: choose another, or empty it"
            raise click.BadParameter(message, param_hint=option)
        if folder.exists() and not folder.is_dir():
            raise click.BadParameter(f"{folder} cannot be written: it is a file", param_hint=option)
        with tempfile.TemporaryFile(dir=workplace.near(place)):
            pass
    except OSError as error:
        raise click.BadParameter(f"{folder} cannot be written: {error.strerror}", param_hint=option) from None


def beside(file: Path, option: str) -> None:
    """See to it that a file can be written where it is to go, before the work that it takes begins.

    Raises:
        click.BadParameter: its folder is not there, or cannot be written.
    """
    try:
        with tempfile.TemporaryFile(dir=file.absolute().parent):
            pass
    except OSError as error:
        raise click.BadParameter(f"{file} cannot be written: {error.strerror}", param_hint=option) from None


def cache(reading: Reading) -> None:
    """See to it that what need not be made again can be kept.

    Raises:
        click.ClickException: its folder cannot be written.
    """
    folder = reading.cache("packs")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}; CASEBUILDER_CACHE may name another folder"
        raise click.ClickException(message) from None


def _moved(contents: Mapping[str, bytes], folder: Path) -> int:
    """Write everything beside where it is to be, and then move it there at once."""
    from casebuilder import pipeline, workplace

    with workplace.workplace(workplace.near(folder.absolute())) as place:
        whole = place / "whole"
        count = pipeline.write_tree(contents, whole)
        if folder.is_dir():  # it may be the one that somebody stands in: it stays, and is filled
            for entry in whole.iterdir():
                entry.rename(folder / entry.name)
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
            whole.rename(folder)
    return count
