"""Private records that Git has, or would take with the next `git add`: whoever reads the repository could read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.casefiles import record_path
from casebuilder.model import Discussions
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.pipeline.reading import Reading

_IGNORE = "write the line discussion.jsonl into commentary/.gitignore"


def problems(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each record that is not private, though discussions are.

    A record in an overlay is left to the repository that the overlay is.
    """
    if reading.series.settings.discussions is not Discussions.PRIVATE:
        return
    from casebuilder.editorial import history

    names = [record_path(case.slug) for case in reading.series.cases]
    record_paths = [path for path in names if path in reading.tree.texts and path not in reading.tree.overlaid]
    for path, is_tracked in history.taken(reading.root, record_paths):
        message = "the record of the discussion is private, and Git would take it with the next git add"
        hint = _IGNORE
        if is_tracked:
            message = "the record of the discussion is private, and Git has it"
            hint = f"{_IGNORE}, run: git rm --cached {path} and commit; Git's history still contains it"
        yield Problem(path, 1, 1, "tracked-record", message, hint)
