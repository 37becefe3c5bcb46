"""Writing the series' own files: a withdrawal, and the edits of other commands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from casebuilder import folderexchange, published, readers
from casebuilder.casefiles import figures_path, record_path
from casebuilder.files import as_before, write_whole
from casebuilder.model import Discussions, State, counting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from casebuilder.editorial.withdrawal import Edits, WithdrawalRequest
    from casebuilder.pipeline.reading import Reading
    from casebuilder.readers import Case

#: The folder in a series for files that go to one person; Git ignores it.
PRIVATE = "private"


def write_edits(reading: Reading, edits: Mapping[str, str | None]) -> tuple[Path, ...]:
    """Write new texts over the series' own, each whole or not at all; the files that were written or deleted.

    A file keeps its line ends, and the byte-order mark that editors on Windows write.

    Raises:
        OSError: a file cannot be written.
    """
    written_files = []
    for path, text in edits.items():
        place = reading.file(path)
        if text is None:
            place.unlink()
        else:
            write_whole(place, as_before(place, text))
        written_files.append(place)
    return tuple(written_files)


def plan_withdrawal(reading: Reading, request: WithdrawalRequest) -> Edits:
    """Return the new texts of the files that a withdrawal changes. Writes nothing.

    Raises:
        casebuilder.editorial.withdrawal.WithdrawalError: there is no such thing, or its file cannot be edited safely.
    """
    from casebuilder.editorial import withdrawal

    case = reading.series.case(request.slug)
    is_released = case is not None and published.state(case, reading.as_of, reading.series.zone) is State.COMPLETE
    new_texts = withdrawal.edits(reading.series, reading.tree.texts, request, released=is_released)
    return new_texts | new_figures(reading, new_texts)


def new_figures(reading: Reading, edits: Mapping[str, str | None]) -> Edits:
    """Return the new text of each `figures.yml` that was counted with what is edited in a record; writes nothing.

    Args:
        reading: the series before the edits.
        edits: new texts by path; figures are counted again if a record is among them.
    """
    series, slugs = reading.series, [case.slug for case in reading.series.cases if record_path(case.slug) in edits]
    if not slugs or not any(case.figures for case in series.cases):
        return {}
    from casebuilder.editorial import statistics

    changed = {case.slug: case for case in _cases_after(reading, slugs, edits)}
    cases = tuple(changed.get(case.slug, case) for case in series.cases)
    before, after = (counting.of_series(each).rounds for each in (series, series.replaced(cases=cases)))
    return {
        figures_path(case.slug): statistics.written(figures, case.slug)
        for case in cases
        if case.figures and (figures := after.get(case.slug))
        if figures not in (case.figures, before.get(case.slug))
    }


def _cases_after(reading: Reading, slugs: Collection[str], edits: Mapping[str, str | None]) -> tuple[Case, ...]:
    """Return some cases of the series with some of its files edited."""
    texts = {**reading.tree.texts, **edits}
    after, _ = readers.read({path: text for path, text in texts.items() if text is not None})
    return tuple(case for case in after.cases if case.slug in slugs)


def record_elsewhere(before: Reading, request: WithdrawalRequest) -> tuple[str, ...]:
    """Return what to do where another copy of a private record is: lines for the report of a withdrawal.

    Args:
        before: the series before the withdrawal.
        request: what was withdrawn.
    """
    case, path = before.series.case(request.slug), record_path(request.slug)
    is_private = before.series.settings.discussions is Discussions.PRIVATE
    is_here = path in before.tree.texts
    if case is None or (request.reason and not request.delete):
        return ()
    quote = next((quote for quote in case.quotes if quote.id == request.quote), None)
    name = request.contribution or (quote.source.contribution if quote else "")
    if not is_private and (is_here or not (name or case.figures)):
        return ()
    command = f"casebuilder withdraw {request.slug} --contribution {name}" if name else "casebuilder check"
    delete = f"Whoever has one deletes {path}."
    if is_here:
        introduction = (
            "Discussions are private. Other copies of the record, of other curators say, still contain the words."
        )
        instruction = delete if request.delete else f"Whoever has one runs git pull, and: {command}"
        return (introduction, instruction)
    introduction = "The record of the discussion is not on this computer. Where it is, it still contains the words."
    if request.delete:
        return (introduction, delete)
    instruction = f"Whoever has it runs git pull, and: {command}"
    counts = f"Until they commit the new {figures_path(request.slug)}, the site still counts what is withdrawn."
    return (introduction, instruction, counts) if case.figures else (introduction, instruction)


def withdraw(reading: Reading, slug: str, edits: Edits) -> tuple[Path, ...]:
    """Write a planned withdrawal, and delete cached packs (see `forget`). Returns the changed and deleted files."""
    from casebuilder.pipeline import privatefolder

    written_files = write_edits(reading, edits)
    record = record_path(slug)
    people = privatefolder.let_go(reading.root, slug, edits[record]) if record in edits else ()
    changed = _cases_after(reading, (slug,), edits)
    marks = tuple(mark for case in changed for mark in privatefolder.let_go_of_marks(reading.root, case))
    return (*written_files, *people, *marks, *forget(reading, set()))


#: The most bytes of a file that is searched for withdrawn words.
_LONGEST = 64 * 1024 * 1024


def copies(before: Reading, after: Reading, slug: str) -> tuple[str, ...]:
    """Return the files in the series' folder that contain words which a case no longer has.

    These are the files that Git has or would take, those of the series, and those that are kept private beside them.
    """
    from casebuilder.editorial import history, withdrawninmarkup

    case = before.series.case(slug)
    prints = withdrawninmarkup.taken_back(case, after.series.case(slug)) if case else frozenset()
    names = history.files(after.root) if prints else ()
    private = (after.root / PRIVATE).rglob("*") if prints else ()
    paths = sorted(
        {
            *names,
            *(after.tree.texts if prints else ()),
            *(place.relative_to(after.root).as_posix() for place in private),
        }
    )
    return tuple(path for path in paths if withdrawninmarkup.holds_any(_read_text(after.root / path), prints))


def _read_text(place: Path) -> str:
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
    with folderexchange.alone(reading.cache("work")) as is_alone:
        packs = (*folder.glob("*.pdf"), *folder.glob("*.part")) if is_alone else ()
        unused = tuple(sorted(path for path in packs if path not in used))
        for path in unused:
            path.unlink(missing_ok=True)
    return unused
