"""Files of pages and theme in whose place the site has a folder, and the reverse: no site can have both."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.pipeline.handwritten.sitefiles import SiteFiles

#: What MkDocs takes from the folder of a theme without copying it.
TEMPLATES = (".html", ".py", ".pyc")


def of_page(path: str) -> str:
    """Return the place on the site of a hand-written page, with an address of its own folder."""
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    return posixpath.join(folder, "index.html" if stem in {"index", "README"} else f"{stem}/index.html")


def problems(sources: Mapping[str, str], files: SiteFiles) -> Iterator[Problem]:
    """Yield the files and folders that cannot be written.

    Args:
        sources: the files below the series' root, by their place on the site.
        files: those that casebuilder makes.
    """
    folders = {folder: source for place, source in sources.items() for folder in _around(place)}
    for place, source in sources.items():
        if place in folders or files.has_folder(place):
            message = f'the site has a folder "{place}", and cannot have a file of the same name'
            yield Problem(source, 1, 1, "shared-address", message, "rename the file, or delete it")
    for folder, source in folders.items():
        if files.has_made_file(folder):
            message = f'the site has a file "{folder}", and cannot have a folder of the same name'
            yield Problem(source, 1, 1, "shared-address", message, f'rename the folder "{posixpath.basename(folder)}"')


def _around(place: str) -> Iterator[str]:
    while place := posixpath.dirname(place):
        yield place
