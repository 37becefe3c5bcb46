"""What a branch does to a series: the series as it was, the cases that are touched, and how long their packs are."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder import published
from casebuilder.files import write_whole
from casebuilder.folderexchange import shared
from casebuilder.model import State
from casebuilder.pipeline import printing
from casebuilder.pipeline.partialbuild import SLUG, sound_part
from casebuilder.pipeline.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from casebuilder.pipeline.reading import Reading

#: States in which a case has sealed texts.
_SEALED = frozenset((State.SCHEDULED, State.OPEN, State.CURATING))


@dataclass(frozen=True, slots=True)
class Touched:
    """What a branch touches.

    Attributes:
        cases: the slugs of the cases, newest first.
        deleted: the slugs of the cases that it deletes.
        misnamed: how many folders have no name that a case may have.
    """

    cases: tuple[str, ...]
    deleted: tuple[str, ...]
    misnamed: int = 0


def touched(reading: Reading, revision: str) -> Touched:
    """Return the cases whose folders in `cases/` or `commentary/` have changed since a branch left a revision.

    Raises:
        casebuilder.editorial.history.HistoryError: Git does not know the revision, or there is no repository.
    """
    from casebuilder.editorial import history

    split_paths = (path.split("/") for path in history.touched(reading.root, revision))
    slugs = {parts[1] for parts in split_paths if parts[0] in {"cases", "commentary"} and len(parts) > 2}  # noqa: PLR2004 - a folder, a case, a file
    present_slugs = {case.slug for case in reading.series.cases}
    earlier_slugs = {
        path.split("/")[1] for path in history.names_at(reading.root, revision) if path.startswith("cases/")
    }
    touched_slugs = sorted((name for name in slugs & present_slugs if SLUG.fullmatch(name)), reverse=True)
    deleted = sorted(name for name in (slugs & earlier_slugs) - present_slugs if SLUG.fullmatch(name))
    return Touched(tuple(touched_slugs), tuple(deleted), len(slugs & present_slugs) - len(touched_slugs))


@contextmanager
def earlier(reading: Reading, revision: str) -> Iterator[Reading]:
    """Read the series as it was where a branch left a revision, at the same instant; it lasts as long as the block.

    Raises:
        casebuilder.editorial.history.HistoryError: Git does not know the revision, or there is no repository.
    """
    from casebuilder.editorial import history

    with shared(reading.cache("work")) as folder:
        for path, content in history.files_at(reading.root, revision):
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, content)
        yield read(folder, as_of=reading.as_of.isoformat())


def unsealed(reading: Reading, slugs: frozenset[str]) -> Reading:
    """Return a series in which cases with sealed texts are drafts, so that the preview of a branch shows them."""
    series = reading.series
    cases = tuple(
        case.as_draft() if case.slug in slugs and published.state(case, reading.as_of, series.zone) in _SEALED else case
        for case in series.cases
    )
    return replace(reading, series=series.replaced(cases=cases))


def page_counts(reading: Reading, slugs: frozenset[str], cache: Path) -> dict[tuple[str, str, str], int]:
    """Return the pages of each pack of some cases, by slug, edition and paper; none of a case that has errors.

    Args:
        reading: what `read` returned.
        slugs: the cases.
        cache: the folder of printed packs.
    """
    sound_part_of_series = sound_part(unsealed(reading, slugs))
    return printing.page_counts(sound_part_of_series, slugs, cache) if sound_part_of_series else {}
