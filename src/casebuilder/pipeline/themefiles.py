"""Templates in the folder of a series' theme: whether MkDocs can use them.

A template is code, and `check` runs none: it is parsed, and nothing in it is worked out, not even a sum.
"""

from __future__ import annotations

import importlib.util
import os
import re
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
#: Templates that may keep the text of pages from being shown.
_AROUND_TEXT = frozenset(("main.html", "base.html", "partials/content.html"))
_TEXT_HINT = "write {{ super() }} in the block content, or {{ page.content }}; or delete the template"
#: Browsers show nothing of these parts of HTML until their end.
_HIDDEN_PART = re.compile(r"<!--|<(?P<name>script|style|title|textarea|template|iframe|noscript)\b", re.IGNORECASE)
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
            found: list[Problem] = []
            for path in templates:
                found += _problems_of_template(path, path.relative_to(series_root).as_posix(), names)
            yield from found
            if not found and names & _AROUND_TEXT:
                yield from _hidden_text(place, place.relative_to(series_root).as_posix())


def _hidden_text(place: Path, folder: str) -> Iterator[Problem]:
    """Yield the template with which no page shows its text."""
    from casebuilder.wording.shownpages import hides_text

    def own(name: str) -> str | None:
        path = place / name
        return decoded(path.read_bytes(), name)[0] if path.is_file() else None

    def replaced(name: str) -> str | None:
        path = next((path for theme in _theme_folders() if (path := theme / name).is_file()), None)
        return path.read_text(encoding="utf-8") if path else None

    if hiding := hides_text(own, replaced):
        name, line = hiding
        message = "with this template no page shows its text: nothing in it stands for page.content"
        yield Problem(f"{folder}/{name}", line, 1, "template-error", message, _TEXT_HINT)


def _problems_of_template(path: Path, name: str, other_templates: Iterable[str]) -> Iterator[Problem]:
    from casebuilder.wording import templatefaults

    text, problem = decoded(path.read_bytes(), name)
    if problem:
        yield problem
        return
    if unclosed := _unclosed_part(text):
        line, tag = unclosed
        yield Problem(name, line, 1, "template-error", f"{tag} is never closed: browsers hide what follows", _HINT)
    for line, message in templatefaults.in_source(text, lambda other: other in other_templates or is_known(other)):
        yield Problem(name, line, 1, "template-error", message, _HINT)


def _unclosed_part(text: str) -> tuple[int, str] | None:
    """Return the line and the start of a comment, a script or a style in a template that has no end; None if none."""
    end = 0
    while begun := _HIDDEN_PART.search(text, end):
        name = begun["name"]
        end = text.lower().find(f"</{name.lower()}" if name else "-->", begun.end())
        if end < 0:
            return text.count("\n", 0, begun.start()) + 1, begun[0]
    return None


def is_known(name: str) -> bool:
    """Return whether casebuilder's theme, or Material's below it, has a template."""
    folders = _theme_folders()
    return len(folders) == 1 or any((folder / name).is_file() for folder in folders)


def _theme_folders() -> tuple[Path, ...]:
    """Return the folder of casebuilder's theme, and that of Material below it, if it is installed."""
    spec = importlib.util.find_spec("material")
    below = [Path(folder) / "templates" for folder in spec.submodule_search_locations or ()] if spec else []
    return OWN, *below
