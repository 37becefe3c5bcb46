"""Files of defaults for pages, `.meta.yml`, which Material's plugin `meta` reads."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.decoding import decoded
from casebuilder.pipeline.handwritten import frontmatter
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from casebuilder.readers.yamltext import Document

_USUAL = ".meta.yml"


def problems(
    folder: Path, start: str, wanted: str, pages: Mapping[str, str], judge: Callable[[Document], Iterator[Problem]]
) -> Iterator[Problem]:
    """Yield the problems of these files.

    Args:
        folder: the folder of pages.
        start: its path below the series' root, with a slash.
        wanted: the name of such a file; empty for the usual one.
        pages: the Markdown of the pages, by their paths below that folder.
        judge: yields the problems of fields.
    """
    wanted = wanted or _USUAL
    for current_folder, _, names in os.walk(folder):
        if wanted not in names or Path(current_folder, wanted).is_symlink():
            continue
        path = posixpath.normpath(f"{start}{Path(current_folder).relative_to(folder).as_posix()}/{wanted}")
        text, problem = decoded(Path(current_folder, wanted).read_bytes(), path)
        document, file_problems = (None, [problem]) if problem else frontmatter.defaults(path, text)
        yield from file_problems
        if document is None:
            continue
        yield from judge(document)
        below = posixpath.dirname(path).removeprefix(start.removesuffix("/")).removeprefix("/")
        values = document.value if isinstance(document.value, dict) else {}
        for page in pages:
            if page.startswith(below):
                yield from _clashing_fields(start + page, pages[page], values, path)


def _clashing_fields(page: str, text: str, given: Mapping[str, object], path: str) -> Iterator[Problem]:
    mine, document = frontmatter.own(text)
    if document is None:
        return
    for name in frontmatter.clashes(given, mine):
        _, line, column = document.origin.at(name)
        hint = f"write both as a list, or both as text; or delete it here or in {path}"
        yield Problem(page, line, column, "wrong-type", f'"{name}" has another form here than in {path}', hint)
