"""The handouts of a collection as separate files in one zip."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from casebuilder.model import File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from casebuilder.published import PublishedSeries


#: The oldest date that a zip can hold: the same handouts give the same bytes on every day.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def archives(public: PublishedSeries, papers: Iterable[str], read: Callable[[str], bytes | None]) -> Iterator[File]:
    """Yield a zip for each collection and paper, with the handouts in the collection's order; none if one is missing.

    Args:
        public: what `publish` returned.
        papers: the papers' names in the files' names.
        read: the content of a pack, by its path in the site; None if it could not be printed.
    """
    for volume in public.volumes:
        if not volume.is_collection:
            continue
        for paper in papers:
            paths = [f"packs/{case.slug}-handout-{paper}.pdf" for case in volume.cases]
            contents = {path: content for path in paths if (content := read(path)) is not None}
            if len(contents) == len(paths):
                yield File(f"packs/{volume.id}-handouts-{paper}.zip", _zip_files(contents))


def _zip_files(files: dict[str, bytes]) -> bytes:
    """Return files under numbered names, without compression: a PDF is compressed already."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for number, (path, content) in enumerate(files.items(), start=1):
            entry = zipfile.ZipInfo(f"{number:02}-{path.rpartition('/')[2]}", _EPOCH)
            entry.create_system = 3  # on every system the same
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return output.getvalue()
