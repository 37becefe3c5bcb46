"""A small series with every kind of text, printed to see what a style does: `specimenseries`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder import published, readers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from casebuilder.outputs.packs.views import Job

_FOLDER = "specimenseries"
#: The grey value of the circle in its pictures.
GREY = 0x77
#: A day on which everything in it is released.
_DAY = "2001-03-01"
#: Every edition once; the papers in turn, since they differ only in size.
_PACKS = ("handout-letter", "guide-a4", "case-a4", "slides", "volume-2001-a4")


@cache
def files_by_path() -> dict[str, bytes]:
    """Return the files of the series, by their path below its root."""
    return dict(_walk(files("casebuilder.pipeline.printstyle") / _FOLDER, ""))


def _walk(folder: Traversable, start: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _walk(entry, f"{start}{entry.name}/")
        else:
            yield f"{start}{entry.name}", entry.read_bytes()


@cache
def jobs() -> tuple[Job, ...]:
    """Return one pack of each edition, and one volume, all without a style of the series."""
    from casebuilder.outputs.packs import views

    contents = files_by_path()
    pictures = [path for path in contents if path.endswith(".svg")]
    texts = {path: content.decode() for path, content in contents.items() if path not in pictures}
    series, _ = readers.read(texts, pictures)
    public = published.publish(series, published.moment(series, _DAY))
    by_path = {job.path: job for job in views.jobs(public)}
    chosen = (next(path for path in by_path if path.endswith((f"specimen-{name}.pdf", f"/{name}.pdf"))
                   and "collection" not in path) for name in _PACKS)  # fmt: skip
    return tuple(by_path[path] for path in chosen)
