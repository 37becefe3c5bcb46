"""Texts beside the folders of a series, or in a folder with nearly the right name, where nothing reads them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from casebuilder.problems import Problem
from casebuilder.readers.folders import FOLDERS
from casebuilder.readers.unusablefiles import HOMES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

#: Folders that belong in another one, by the singular and plural of their names.
_INNER = {"response": "cases/<case>/responses", "responses": "cases/<case>/responses"}
#: Folders without which a series is not complete.
_NEEDED = frozenset(("cases", "experts"))
#: The similarity (0 to 1) from which a folder's name counts as a misspelling of another.
_ALIKE = 0.75


def problems(root: Path, known_folders: Collection[str]) -> Iterator[Problem]:
    """Report texts of cases in the series' own folder, and folders with nearly the name of one that is read.

    Args:
        root: the series' folder.
        known_folders: folders in it that have a purpose of their own, such as those of pages and of overlays.
    """
    for name in sorted(path.name for path in root.iterdir()):
        if name in HOMES:
            hint = f"move it into the folder of its case: {HOMES[name]}/<case>/{name}"
            yield Problem(name, 1, 1, "unexpected-file", "this file belongs to no case", hint)
        elif (meant := _meant_folder(name)) and name not in known_folders and _holds_texts(root / name):
            yield _folder_problem(name, meant, is_missing=meant in _NEEDED and not (root / meant).is_dir())


def _folder_problem(name: str, meant: str, *, is_missing: bool) -> Problem:
    """Return the problem of a folder that nothing reads; an error if the one that was meant is not there."""
    hint = f"rename it {meant}/" if meant in FOLDERS else f"move what is in it to {meant}/"
    if is_missing:
        return Problem(name, 1, 1, "missing-file", f"there is no folder {meant}/: it is called {name}/ here", hint)
    return Problem(name, 1, 1, "unexpected-file", f"nothing in the folder {name}/ is read", hint)


def _meant_folder(name: str) -> str:
    """Return the folder that was meant; empty if the name is right, or no name of such a folder."""
    lower_case = name.lower()
    if name in FOLDERS or name.startswith((".", "_")):
        return ""
    similar = difflib.get_close_matches(lower_case, FOLDERS, n=1, cutoff=_ALIKE)
    return _INNER.get(lower_case) or next(iter(similar), "")


def _holds_texts(folder: Path) -> bool:
    """Return whether there are texts in a folder, or in the folders in it."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return any(path.suffix in {".md", ".yml", ".jsonl"} for form in ("*", "*/*") for path in folder.glob(form))
