"""Templates in the folder of a series' theme: whether MkDocs can use them.

A template is code, and `check` runs none: it is parsed, and nothing in it is worked out, not even a sum.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.decoding import decoded
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: The templates and files of casebuilder's own theme.
OWN = Path(__file__).parent.parent / "outputs" / "site" / "theme"
#: MkDocs takes each file of this kind in the folder for a template, and copies none.
_ENDING = ".html"
_HINT = "correct the template, or delete it: then the page is that of casebuilder's own theme"


def problems(root: Path, folders: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with templates, at their lines.

    Args:
        root: the series' folder.
        folders: of the theme, relative to it (`theme: custom_dir:`).
    """
    series_root = os.path.normpath(root)
    for folder in folders:
        place = Path(os.path.normpath(root / folder))
        if place.is_relative_to(series_root) and place != Path(series_root):
            templates = [
                path for path in sorted(place.rglob(f"*{_ENDING}")) if path.is_file() and not path.is_symlink()
            ]
            names = {path.relative_to(place).as_posix() for path in templates}
            for path in templates:
                yield from _problems_of_template(path, path.relative_to(series_root).as_posix(), names)


def _problems_of_template(path: Path, name: str, other_templates: Iterable[str]) -> Iterator[Problem]:
    from casebuilder.wording import templatefaults

    text, problem = decoded(path.read_bytes(), name)
    if problem:
        yield problem
        return
    for line, message in templatefaults.in_source(text, lambda other: other in other_templates or is_known(other)):
        yield Problem(name, line, 1, "template-error", message, _HINT)


def is_known(name: str) -> bool:
    """Return whether casebuilder's theme, or Material's below it, has a template."""
    spec = importlib.util.find_spec("material")
    theme_folders = [Path(folder) / "templates" for folder in spec.submodule_search_locations or ()] if spec else []
    return not theme_folders or any((folder / name).is_file() for folder in (OWN, *theme_folders))
