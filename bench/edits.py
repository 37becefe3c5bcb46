"""What a build prints: everything the first time, nothing the second, and after an edit what the edited case is in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from casebuilder import pipeline, published
from casebuilder.outputs.packs import press, views

if TYPE_CHECKING:
    from casebuilder.published import PublishedSeries


@dataclass(frozen=True, slots=True)
class Run:
    """One build's packs.

    Attributes:
        rendered: the subjects of the packs that were not in the cache, one a pack.
        packs: how many packs the series has.
        pages: how many pages they have.
        size: of all, in bytes.
        seconds: on the clock.
    """

    rendered: tuple[str, ...]
    packs: int
    pages: int
    size: int
    seconds: float


def main(root: Path) -> bool:
    """Print the table; whether a warm run rendered nothing, and an edit only what the case is in.

    Args:
        root: a copy of a series, in which a story is edited.
    """
    print(f"\n{'all packs':28}{'packs':>7}{'new':>7}{'pages':>7}{'MB':>7}{'s':>8}{'pages/s':>9}")
    with TemporaryDirectory() as cache:
        cold, warm = (_run(root, Path(cache)) for _ in range(2))
        _print_row("cold", cold)
        _print_row("warm", warm)
        public, slug = _edit(root)
        edited = _run(root, Path(cache))
    _print_row(f"an edit to {slug}"[:27], edited)
    bound = [volume.id for volume in public.volumes if slug in {case.slug for case in volume.cases}]
    holds_it = {slug, *bound, *(name.removeprefix("collection-") for name in bound)}
    return not warm.rendered and 0 < len(edited.rendered) < edited.packs and set(edited.rendered) <= holds_it


def _run(root: Path, cache: Path) -> Run:
    reading = pipeline.read(root)
    jobs = views.jobs(published.publish(reading.series, reading.as_of))
    rendered: list[str] = []

    def report(done: int, total: int, path: str, cached: bool) -> None:  # noqa: FBT001 - the callback's form
        del done, total
        if not cached:
            rendered.append(path)

    start = time.perf_counter()
    packs = press.print_packs(
        jobs, cache=cache, files=lambda path: reading.tree.pictures[path].read_bytes(), progress=report
    )
    seconds = time.perf_counter() - start
    subjects = {job.path: job.subject for job in jobs}
    return Run(
        tuple(subjects[path] for path in rendered),
        len(packs),
        sum(pack.pages for pack, _ in packs),
        sum(pack.size for pack, _ in packs),
        seconds,
    )


def _edit(root: Path) -> tuple[PublishedSeries, str]:
    """Add a sentence to the story of a complete case."""
    reading = pipeline.read(root)
    public = published.publish(reading.series, reading.as_of)
    slug = next(case.slug for case in public.cases if case.is_complete)
    story = next(path for name in ("scenario.md", "paper.md") if (path := root / "cases" / slug / name).is_file())
    story.write_text(f"{story.read_text(encoding='utf-8')}\nNobody said anything.\n", encoding="utf-8")
    return public, slug


def _print_row(name: str, run: Run) -> None:
    rendered = len(run.rendered)
    speed = f"{run.pages / run.seconds:9.1f}" if rendered == run.packs else f"{'':9}"
    print(f"{name:28}{run.packs:7}{rendered:7}{run.pages:7}{run.size / 1e6:7.1f}{run.seconds:8.1f}{speed}", flush=True)
