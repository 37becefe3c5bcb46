"""Writing the series' own files: a withdrawal, and the edits of other commands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from casebuilder import published, readers, workingfolders
from casebuilder.casefiles import record_path
from casebuilder.files import as_before, write_whole
from casebuilder.model import State

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from casebuilder.editorial.withdrawal import Edits, WithdrawalRequest
    from casebuilder.pipeline.reading import Reading

#: The folder in a series for files that go to one person; Git ignores it.
PRIVATE = "private"


def write_edits(reading: Reading, edits: Mapping[str, str | None]) -> tuple[Path, ...]:
    """Write new texts over the series' own, each whole or not at all; the files that were written or deleted.

    A file keeps its line ends, and the byte-order mark that editors on Windows write.

    Raises:
        OSError: a file cannot be written.
    """
    touched = []
    for path, text in edits.items():
        place = reading.file(path)
        if text is None:
            place.unlink()
        else:
            write_whole(place, as_before(place, text))
        touched.append(place)
    return tuple(touched)


def plan_withdrawal(reading: Reading, request: WithdrawalRequest) -> Edits:
    """Return the new texts of the files that a withdrawal changes. Writes nothing.

    Raises:
        casebuilder.editorial.withdrawal.WithdrawalError: there is no such thing, or its file cannot be edited safely.
    """
    from casebuilder.editorial import withdrawal

    case = reading.series.case(request.slug)
    released = case is not None and published.state(case, reading.as_of, reading.series.zone) is State.COMPLETE
    return withdrawal.edits(reading.series, reading.tree.texts, request, released=released)


def withdraw(reading: Reading, slug: str, edits: Edits) -> tuple[Path, ...]:
    """Write a planned withdrawal, and delete cached packs (see `forget`). Returns the changed and deleted files."""
    from casebuilder.pipeline import privatefolder

    touched = write_edits(reading, edits)
    record = record_path(slug)
    people = privatefolder.let_go(reading.root, slug, edits[record]) if record in edits else ()
    texts = {**reading.tree.texts, **edits}
    after, _ = readers.read({path: text for path, text in texts.items() if text is not None})
    changed = after.case(slug)
    marks = privatefolder.let_go_of_marks(reading.root, changed) if changed else ()
    return (*touched, *people, *marks, *forget(reading, set()))


#: The most bytes of a file that is searched for withdrawn words.
_LONGEST = 64 * 1024 * 1024


def copies(before: Reading, after: Reading, slug: str) -> tuple[str, ...]:
    """Return the files in the series' folder that contain words which a case no longer has.

    These are the files that Git has or would take, those of the series, and those that are kept private beside them.
    """
    from casebuilder.editorial import copies, history

    case = before.series.case(slug)
    prints = copies.taken_back(case, after.series.case(slug)) if case else frozenset()
    names = history.files(after.root) if prints else ()
    private = (after.root / PRIVATE).rglob("*") if prints else ()
    paths = sorted(
        {
            *names,
            *(after.tree.texts if prints else ()),
            *(place.relative_to(after.root).as_posix() for place in private),
        }
    )
    return tuple(path for path in paths if copies.holds_any(_text(after.root / path), prints))


def _text(place: Path) -> str:
    """Return a file's text; empty if it is no text."""
    try:
        if place.is_symlink() or not place.is_file() or place.stat().st_size > _LONGEST:
            return ""
        content = place.read_bytes()
    except OSError:
        return ""
    return "" if b"\0" in content else content.decode(errors="replace")


def forget(reading: Reading, used: Collection[Path]) -> tuple[Path, ...]:
    """Delete cached packs that are not in `used`, since they may hold a withdrawn text. Returns their paths.

    A cache that several series share, as CASEBUILDER_CACHE makes it, is left alone; so is one that another build uses
    at this moment: the next build that is alone does it.
    """
    if os.environ.get("CASEBUILDER_CACHE"):
        return ()
    folder = reading.cache("packs")
    with workingfolders.alone(reading.cache("work")) as alone:
        packs = (*folder.glob("*.pdf"), *folder.glob("*.part")) if alone else ()
        unused = tuple(sorted(path for path in packs if path not in used))
        for path in unused:
            path.unlink(missing_ok=True)
    return unused
