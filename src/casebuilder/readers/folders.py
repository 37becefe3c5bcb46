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


def link(path: Path, name: str, series_root: Path) -> Problem | None:
    """Return the problem of a symbolic link; None for any other file or folder.

    Args:
        path: the file or folder.
        name: its path below the series' root.
        series_root: the folder that it belongs to.
    """
    if not path.is_symlink():
        return None
    target = os.path.realpath(path)  # Path.resolve raises for a link to itself
    if not PurePath(target).is_relative_to(os.path.realpath(series_root)):
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
    series_root = Path(os.path.realpath(root))
    sources = [series_root / name for name in (*FOLDERS, PRIVATE_FOLDER, *overlays)]
    docs, *themes = series.page_folders or ("docs",)
    page_folders: list[tuple[str, tuple[Step, ...]]] = [
        (docs, ("docs_dir",)),
        *((folder, ("theme", "custom_dir")) for folder in themes),
    ]
    publishable = []
    for name, steps in page_folders:
        if reason := _why_unpublishable(series_root, name, sources):
            yield _folder_problem(origin, steps, reason)
        else:
            publishable.append(name)
    kept_folders = [
        *sources,
        *(Path(os.path.normpath(series_root / name)) for name in (*_NEVER_REPLACED, *publishable)),
    ]
    if reason := _irreplaceable(series_root, series.site_folder, kept_folders):
        yield _folder_problem(origin, ("site_dir",), reason)
    for name in dict.fromkeys((*publishable, *([_THEME] if os.path.lexists(series_root / _THEME) else ()))):
        yield from _check_links(series_root, os.path.normpath(name))
    for name in overlays:
        if link_problem := link(series_root / name, name, series_root):
            yield link_problem


def _folder_problem(origin: Origin, steps: tuple[Step, ...], message: str) -> Problem:
    hint = f"choose a folder of its own for {steps[-1]}, beside the others"
    return Problem(*origin.at(*steps), "misplaced-folder", message, hint)


def _why_unpublishable(series_root: Path, name: str, sources: Iterable[Path]) -> str:
    """Return why MkDocs must not publish a folder; empty if it may."""
    folder = Path(os.path.normpath(series_root / name))
    repository = next(
        (ancestor for ancestor in (series_root, *series_root.parents) if (ancestor / ".git").exists()), series_root
    )
    if not folder.is_relative_to(repository):
        return f"{name} is outside the repository, and everything in it would be published"
    if any(_overlaps(folder, source) for source in sources):
        return f"{name} contains sealed texts, and everything in it would be published"
    if folder in {series_root, repository, *series_root.parents} or ".git" in folder.relative_to(repository).parts:
        return f"{name} contains the whole series, and everything in it would be published"
    return ""


def _irreplaceable(series_root: Path, name: str, kept_folders: Iterable[Path]) -> str:
    """Return why a site must not replace what is at a path; empty if it may."""
    site = Path(os.path.normpath(series_root / name))
    if site == series_root or site in series_root.parents or any(_overlaps(site, kept) for kept in kept_folders):
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


def _overlaps(first: Path, second: Path) -> bool:
    return first == second or first in second.parents or second in first.parents


def _check_links(series_root: Path, name: str) -> Iterator[Problem]:
    """Report symbolic links on the path to a folder and anywhere in it, and other things than files and folders."""
    folder = Path(os.path.normpath(series_root / name))
    path_to_folder = [
        ancestor
        for ancestor in (folder, *folder.parents)
        if ancestor != series_root and series_root in ancestor.parents
    ]
    for path in reversed(path_to_folder):
        if link_problem := link(path, path.relative_to(series_root).as_posix(), series_root):
            yield link_problem
            return
    for parent, folder_names, file_names in os.walk(folder):
        for odd, message, hint in unportable(sorted((*folder_names, *file_names))):
            yield Problem(_display_path(Path(parent, odd), series_root), 1, 1, UNPORTABLE, message, hint)
        for path in (Path(parent, entry) for entry in sorted((*folder_names, *file_names))):
            display_path = _display_path(path, series_root)
            if link_problem := link(path, display_path, series_root):
                yield link_problem
            elif not (path.is_file() or path.is_dir()):
                yield Problem(display_path, 1, 1, "unreadable-file", "this is neither a file nor a folder", "delete it")
            elif twin := _hard_linked(path, series_root):
                message = f"this is the same file as {twin} (a hard link), and would be published"
                yield Problem(display_path, 1, 1, "symbolic-link", message, "delete it")
        folder_names[:] = sorted(entry for entry in folder_names if not Path(parent, entry).is_symlink())


def _hard_linked(path: Path, series_root: Path) -> str:
    """Return the text of the series that a file is too, under another name; empty if it is none."""
    status = path.stat()
    if status.st_nlink < 2 or path.is_dir():  # noqa: PLR2004 - as nearly every file: it has one name
        return ""
    for folder in FOLDERS:
        for parent, _, names in os.walk(series_root / folder):
            for other in (Path(parent, name) for name in names):
                if os.path.samestat(status, other.lstat()):
                    return _display_path(other, series_root)
    return ""


def _display_path(path: Path, series_root: Path) -> str:
    """Return a path below the series' root as messages show it, with numbers for bytes that are not UTF-8."""
    return os.fsencode(os.path.relpath(path, series_root)).decode(errors="backslashreplace").replace(os.sep, "/")
