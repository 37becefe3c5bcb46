"""Check the folders of a site, its target folder, and that symbolic links lead into none of them.

MkDocs copies everything below `docs_dir` and the theme's folder, and follows links. So the target of a link would be
published: a sealed response, or a private file of the computer.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebuilder.model import Origin, Step
    from casebuilder.model.series import Series

#: Folders and files that authors write for casebuilder, in the series' folder.
FOLDERS = ("cases", "commentary", "experts", "collections")
#: The folder of the series' own templates for letters.
LETTERS = "letters"
#: The folder of what is private on a computer, such as who the participants are.
PRIVATE_FOLDER = ".casebuilder"
_THEME = "theme"
#: Other folders that a site must not replace.
_NEVER_REPLACED = (".git", ".github", "docs", LETTERS, PRIVATE_FOLDER, _THEME)
#: Every site contains one of these, even if its build was interrupted.
_OF_A_SITE = ("404.html", "sitemap.xml", "assets/stylesheets/casebuilder.css", "schema/case.json")
UNPORTABLE = "unportable-name"
_INSTEAD = "delete the link, and put the file itself there"


def link(path: Path, name: str, home: Path) -> Problem | None:
    """Return the problem of a symbolic link; None for any other file or folder.

    Args:
        path: the file or folder.
        name: its path below the series' root.
        home: the folder that it belongs to.
    """
    if not path.is_symlink():
        return None
    target = os.path.realpath(path)  # Path.resolve raises for a link to itself
    if not PurePath(target).is_relative_to(os.path.realpath(home)):
        return Problem(name, 1, 1, "link-outside", "the symbolic link leads out of the series", _INSTEAD)
    if not os.path.exists(target):  # noqa: PTH110 - Path.exists raises where a folder may not be entered
        return Problem(name, 1, 1, "unreadable-file", "the symbolic link leads nowhere", "delete it")
    return Problem(name, 1, 1, "symbolic-link", "this is a symbolic link", _INSTEAD)


#: What Windows does not allow: names of devices with any ending, some signs, and a full stop or a blank at the end.
_NOT_ON_WINDOWS = re.compile(r'(?i)^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)|[<>:"\\|?*]|[. ]$')


def unportable(names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Return the names that no copy of a folder can have on Windows, or only one of several on Windows and macOS.

    Each comes with a message and a hint.
    """
    first_names: dict[str, str] = {}
    for name in names:
        if _NOT_ON_WINDOWS.search(name):
            hint = "rename it: use letters, digits and hyphens, and no name of a device such as con or aux"
            yield name, "Windows cannot have a file or folder of this name", hint
        elif other := first_names.get(name.casefold()):
            message = f'this name and "{other}" differ only in capital letters, and Windows and macOS keep only one'
            yield name, message, "rename one of them, or delete it"
        first_names.setdefault(name.casefold(), name)


def problems(root: Path, series: Series) -> Iterator[Problem]:
    """Check the folders in a series' settings, and links in the folders that MkDocs publishes.

    Args:
        root: the series' folder.
        series: with its settings.
    """
    origin, overlays = series.origin, series.settings.overlays
    home = Path(os.path.realpath(root))
    sources = [home / name for name in (*FOLDERS, PRIVATE_FOLDER, *overlays)]
    docs, *themes = series.page_folders or ("docs",)
    named: list[tuple[str, tuple[Step, ...]]] = [
        (docs, ("docs_dir",)),
        *((folder, ("theme", "custom_dir")) for folder in themes),
    ]
    sound = []
    for name, steps in named:
        if reason := _unpublishable(home, name, sources):
            yield _misplaced(origin, steps, reason)
        else:
            sound.append(name)
    written = [*sources, *(Path(os.path.normpath(home / name)) for name in (*_NEVER_REPLACED, *sound))]
    if reason := _irreplaceable(home, series.site_folder, written):
        yield _misplaced(origin, ("site_dir",), reason)
    for name in dict.fromkeys((*sound, *([_THEME] if os.path.lexists(home / _THEME) else ()))):
        yield from _links(home, os.path.normpath(name))
    for name in overlays:
        if link_problem := link(home / name, name, home):
            yield link_problem


def _misplaced(origin: Origin, steps: tuple[Step, ...], message: str) -> Problem:
    hint = f"choose a folder of its own for {steps[-1]}, beside the others"
    return Problem(*origin.at(*steps), "misplaced-folder", message, hint)


def _unpublishable(home: Path, name: str, sources: Iterable[Path]) -> str:
    """Return why MkDocs must not publish a folder; empty if it may."""
    place = Path(os.path.normpath(home / name))
    repository = next((above for above in (home, *home.parents) if (above / ".git").exists()), home)
    if not place.is_relative_to(repository):
        return f"{name} is outside the repository, and everything in it would be published"
    if any(_overlap(place, source) for source in sources):
        return f"{name} contains sealed texts, and everything in it would be published"
    if place in {home, repository, *home.parents} or ".git" in place.relative_to(repository).parts:
        return f"{name} contains the whole series, and everything in it would be published"
    return ""


def _irreplaceable(home: Path, name: str, written: Iterable[Path]) -> str:
    """Return why a site must not replace what is at a path; empty if it may."""
    site = Path(os.path.normpath(home / name))
    if site == home or site in home.parents or any(_overlap(site, own) for own in written):
        return f"{name} contains your own texts, and a site replaces everything in it"
    if site.is_file():
        return f"{name} is a file, and a site is a folder"
    return f"{name} {NO_SITE}" if holds_something_else(site) else ""


#: What is said of a folder that `holds_something_else`.
NO_SITE = "contains something other than a site, which would be deleted"


def holds_something_else(folder: Path) -> bool:
    """Return whether a folder has files and is no site."""
    try:
        return any(folder.iterdir()) and not any((folder / name).exists() for name in _OF_A_SITE)
    except OSError:  # there is no such folder, or none that can be looked into
        return False


def _overlap(one: Path, other: Path) -> bool:
    return one == other or one in other.parents or other in one.parents


def _links(home: Path, name: str) -> Iterator[Problem]:
    """Report symbolic links on the path to a folder and anywhere in it, and other things than files and folders."""
    place = Path(os.path.normpath(home / name))
    way = [above for above in (place, *place.parents) if above != home and home in above.parents]
    for path in reversed(way):
        if link_problem := link(path, path.relative_to(home).as_posix(), home):
            yield link_problem
            return
    for here, inner, names in os.walk(place):
        for odd, message, hint in unportable(sorted((*inner, *names))):
            yield Problem(_shown(Path(here, odd), home), 1, 1, UNPORTABLE, message, hint)
        for path in (Path(here, each) for each in sorted((*inner, *names))):
            shown = _shown(path, home)
            if link_problem := link(path, shown, home):
                yield link_problem
            elif not (path.is_file() or path.is_dir()):
                yield Problem(shown, 1, 1, "unreadable-file", "this is neither a file nor a folder", "delete it")
        inner[:] = sorted(each for each in inner if not Path(here, each).is_symlink())


def _shown(path: Path, home: Path) -> str:
    """Return a path below the series' root as messages show it, with numbers for bytes that are not UTF-8."""
    return os.fsencode(os.path.relpath(path, home)).decode(errors="backslashreplace").replace(os.sep, "/")
