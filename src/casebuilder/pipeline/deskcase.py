"""A case on a curation desk, as its files are at this moment. Other cases are not read, so this is quick."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import readers
from casebuilder.casefiles import commentary_path, quotes_path, record_path
from casebuilder.decoding import decoded
from casebuilder.editorial.curation import saving
from casebuilder.editorial.curation.desk.server import Unavailable
from casebuilder.files import as_before
from casebuilder.pipeline import sourcetexts
from casebuilder.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casebuilder.readers import Case, Series


#: A file without a quote can be curated: before the first quote comes, it may hold comments only.
_NO_QUOTES = "empty-file"


class DeskError(Unavailable):
    """A case cannot be curated now; the message says why."""


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A case as its files are at this moment.

    Attributes:
        root: the folder of the series.
        tree: its files.
        texts: those that the curation depends on.
        series: what they hold.
        case: the case.
        problems: of its quotes, its commentary and its record, such that these were not read whole.
    """

    root: Path
    tree: sourcetexts.Tree
    texts: Mapping[str, str]
    series: Series
    case: Case
    problems: tuple[Problem, ...]

    def place(self, path: str) -> Path:
        """Return a file on disk: in the overlay that has it, or, if it is new, the other files of its folder."""
        folder, _, name = path.rpartition("/")
        files_beside = (
            real for overlaid_path, real in self.tree.overlaid.items() if overlaid_path.rpartition("/")[0] == folder
        )
        file_beside = next(files_beside, "")
        new_path = f"{file_beside.rpartition('/')[0]}/{name}" if file_beside and path not in self.tree.texts else path
        return self.root / self.tree.overlaid.get(path, new_path)


def paths(slug: str) -> tuple[str, ...]:
    """Return the files that a desk writes."""
    return quotes_path(slug), commentary_path(slug), record_path(slug)


def read(root: Path, slug: str) -> DeskCase:
    """Read a case.

    Raises:
        DeskError: it is not there any more.
    """
    source = readers.Configuration(sourcetexts.CONFIGURATION, os.environ)
    tree = sourcetexts.read_tree(root)
    settings, _ = readers.read_settings(tree.texts, source)
    if overlays := settings.settings.overlays:
        tree = sourcetexts.read_tree(root, overlays=overlays)
    texts = saving.own_texts(tree.texts, slug)
    unread = {problem.path for problem in tree.problems}
    series, problems = readers.read(texts, tree.pictures, configuration=source, unread=unread)
    case = series.case(slug)
    if case is None:
        raise DeskError(f"the case {slug} is not there any more")
    errors = (each for each in (*tree.problems, *problems) if each.severity is Severity.ERROR)
    errors = (each for each in errors if (each.path, each.code) != (quotes_path(slug), _NO_QUOTES))
    return DeskCase(root, tree, texts, series, case, tuple(each for each in errors if each.path in paths(slug)))


def is_still(place: Path, text: str | None) -> bool:
    """Return whether a file still has the text that was read."""
    try:
        return decoded(place.read_bytes(), place.name)[0] == (text or "")
    except FileNotFoundError:
        return text is None


def encoded(place: Path, text: str | None) -> bytes | None:
    """Return a new text with the line ends and the byte-order mark of the old one."""
    return None if text is None else as_before(place, text)
