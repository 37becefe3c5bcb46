"""The folder in which a series lays its own templates of letters over casebuilder's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.decoding import decoded
from casebuilder.problems import Problem
from casebuilder.readers.folders import LETTERS, link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: In bytes.
_LARGEST = 64_000
_HINT = "correct the template, or delete it: then the letter is casebuilder's own"


def read(root: Path) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Read the templates.

    Args:
        root: the series' folder.

    Returns:
        The texts by path, and what cannot be read.
    """
    folder = root / LETTERS
    if problem := link(folder, LETTERS, root):
        return {}, (problem,)
    texts, problems = {}, []
    for place in sorted(folder.glob("*.j2")) if folder.is_dir() else ():
        text, problem = _read_text(place, f"{LETTERS}/{place.name}", root)
        if problem:
            problems.append(problem)
        else:
            texts[f"{LETTERS}/{place.name}"] = text
    return texts, tuple(problems)


def problems(root: Path) -> Iterator[Problem]:
    """Yield what is wrong with the templates, at their lines; nothing in them runs.

    Args:
        root: the series' folder.
    """
    texts, unreadable = read(root)
    yield from unreadable
    if texts:
        from casebuilder.editorial.letters import templates

        for path, text in texts.items():
            for line, message in templates.problems(path, text):
                yield Problem(path, line, 1, "letter-template", message, _HINT)


def _read_text(place: Path, path: str, root: Path) -> tuple[str, Problem | None]:
    """Return the text of a template, or what prevents reading it."""
    # A link of a pull request could point at any file of this computer.
    if problem := link(place, path, root):
        return "", problem
    if not place.is_file():
        return "", Problem(path, 1, 1, "unreadable-file", "this is not a file", "move it out of the folder")
    try:
        if place.stat().st_size > _LARGEST:
            message = f"the template has more than {_LARGEST // 1000} kB, which is too long for a letter"
            return "", Problem(path, 1, 1, "letter-template", message, _HINT)
        text, problem = decoded(place.read_bytes(), path)
    except OSError as error:
        message = f"the template cannot be read: {error.strerror}"
        return "", Problem(path, 1, 1, "unreadable-file", message, "correct its permissions")
    return text.replace("\r\n", "\n"), problem
