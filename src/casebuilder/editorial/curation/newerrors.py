"""Nothing is written after which a file has an error that it did not have: it would shut the desk."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from casebuilder.decoding import decoded
from casebuilder.editorial.curation.yamledits import EditError
from casebuilder.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebuilder.problems import Problem


def refuse(edits: Mapping[str, str | None], before: Iterable[Problem], after: Iterable[Problem]) -> None:
    """Refuse edits that would make errors.

    Args:
        edits: new texts by path; None for a file that is deleted.
        before: what is wrong with the files as they are.
        after: what would be wrong with them then.

    Raises:
        EditError: with the first new error in words, and its cure.
    """
    earlier = Counter(_signature(each) for each in before)
    limits = (decoded((text or "").encode(), path)[1] for path, text in edits.items())
    for problem in (*(each for each in limits if each), *after):
        if problem.severity is not Severity.ERROR:
            continue
        earlier[_signature(problem)] -= 1
        if earlier[_signature(problem)] < 0:
            cure = f" ({problem.hint})" if problem.hint else ""
            raise EditError(f"{problem.path}, line {problem.line}, would have an error: {problem.message}{cure}")


def _signature(problem: Problem) -> tuple[str, str, str]:
    """Return what identifies a problem, even if its line has moved."""
    return problem.path, problem.code, problem.message
