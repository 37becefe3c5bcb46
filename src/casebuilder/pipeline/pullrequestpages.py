"""The files of a pull request's preview that open in a browser: for each touched case one page, and its handout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import wording
from casebuilder.files import write_whole
from casebuilder.outputs.site.onefile import Surroundings, one_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from casebuilder.pipeline.reading import Reading


def write(reading: Reading, slugs: Collection[str], built: tuple[Path, Path], folder: Path) -> Iterator[str]:
    """Write one page with everything in it and the handout of each case; yield the slugs of those that have a page.

    Args:
        reading: the series; its language is that of the note on each page.
        slugs: the touched cases without errors. A case with errors that is public already has a page, too, which only
            says that it is being corrected.
        built: the folders of the site as of today and of the site with drafts, from which the pages come.
        folder: where the files go; it is there already.

    Raises:
        OSError: a file cannot be written.
    """
    site, preview = built
    published = frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())

    def read(path: str) -> bytes | None:
        place = preview / path
        return place.read_bytes() if place.resolve().is_relative_to(preview.resolve()) and place.is_file() else None

    translator = wording.Translator(reading.series.language, reading.series.zone)
    note = translator.gettext("Preview with drafts and scheduled cases: not for publication.")
    surroundings = Surroundings(read, reading.series.site_url, published)
    for slug in sorted(slugs):
        address = f"cases/{slug}/index.html"
        if (page := read(address)) is None:
            continue
        write_whole(folder / f"{slug}.html", one_file(page.decode(), address, surroundings, note).encode())
        if handout := read(f"packs/{slug}-handout-a4.pdf"):
            write_whole(folder / f"{slug}-handout-a4.pdf", handout)
        yield slug
