"""Withdrawn words that somebody repeats in another file of the series, such as a biography or another case.

The rules of `check` look in the texts of the case itself. Looking everywhere takes longer, so only builds do it, and
`check --since`, which runs on every pull request.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.checks import withdrawn
from casebuilder.editorial import copies
from casebuilder.fingerprints import found_in, is_long
from casebuilder.model import Status
from casebuilder.problems import Problem, in_order
from casebuilder.text import word_offset

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from casebuilder.pipeline.reading import Reading

#: Files of the folders of pages and of the theme that hold words.
_TEXTS = frozenset((".md", ".html", ".htm", ".txt", ".json", ".csv", ".svg", ".js", ".xml", ".yml", ".j2"))
_LARGEST = 4 << 20
_HINT = "delete the words, or write the sentence in other words"


def thorough(reading: Reading) -> Reading:
    """Return a reading with the problems of repeated words, too; each is an error of its file."""
    if reading.is_thorough:
        return reading
    return replace(reading, problems=in_order((*reading.problems, *_repeated(reading))), is_thorough=True)


def _repeated(reading: Reading) -> Iterator[Problem]:
    about = {
        print_: (case.slug, what)
        for case in reading.series.cases
        for print_, what in withdrawn.prints(case)
        if is_long(print_)
    }
    for path, text in _public_texts(reading) if about else ():
        if (found := _found(text, about)) and not _is_own(path, about[found[0]][0]):
            slug, what = about[found[0]]
            before = text[: found[1]]
            place = before.count("\n") + 1, found[1] - (before.rfind("\n") + 1) + 1
            message = f"the file contains the words of {what} of {slug}"
            yield Problem(reading.tree.overlaid.get(path, path), *place, "withdrawn-text", message, _HINT)


def _found(text: str, prints: Collection[str]) -> tuple[str, int] | None:
    """Return the first fingerprint whose words a text contains, and where; at 0 if HTML or JSON is between them."""
    if found := found_in(text, prints):
        return found[0], word_offset(text, found[1])
    marked = any(mark in text for mark in "<&\\")
    return next(((each, 0) for each in prints if copies.holds_any(text, (each,))), None) if marked else None


def _is_own(path: str, slug: str) -> bool:
    """Return whether the rule about the case's own texts looks in a file."""
    return path.startswith((f"cases/{slug}/", f"commentary/{slug}/")) and not path.endswith(
        ("/case.yml", "/metrics.yml")
    )


def _public_texts(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every file whose words the site may show."""
    hidden = tuple(f"{top}/{case.slug}/" for case in reading.series.cases if case.status is Status.WITHDRAWN
                   for top in ("cases", "commentary"))  # fmt: skip
    for path, text in reading.tree.texts.items():
        if not path.endswith(".jsonl") and not (path.startswith(hidden) and not path.endswith("/case.yml")):
            yield path, text
    for folder in reading.series.page_folders:
        for here, folders, names in os.walk(reading.root / folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for place in (Path(here, name) for name in sorted(names) if Path(name).suffix.lower() in _TEXTS):
                if place.is_file() and not place.is_symlink() and place.stat().st_size <= _LARGEST:
                    yield place.relative_to(reading.root).as_posix(), place.read_text("utf-8", errors="replace")
