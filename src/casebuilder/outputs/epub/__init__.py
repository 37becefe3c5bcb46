"""EPUB 3 for e-readers: a book of each released case, of each volume and of each collection.

Pure, and the same bytes for the same series: no date but the cases' own is in a book. EPUB 3.3 and EPUB Accessibility
1.1 (W3C Recommendations of 2023); the zip file is written here, since the one library for it is under the AGPL.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from casebuilder.model import File, Pack
from casebuilder.outputs.epub import books, chapters, illustrations, package
from casebuilder.outputs.epub.case_view import CaseView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from casebuilder.published import PublishedCase, PublishedSeries, Volume


__all__ = ["facts", "render", "subject"]


def render(
    public: PublishedSeries, files: Callable[[str], bytes], failed: Callable[[str, Exception], None] | None = None
) -> Iterator[File]:
    """Yield the books of a published series. A case that is not released, or was withdrawn, has none and is in none.

    Args:
        public: what `publish` returned.
        files: the bytes of a picture, by its path below the series' root.
        failed: called with the path of each book that cannot be made, and why; the others are made all the same.

    Raises:
        KeyError, OSError: a picture cannot be read, and nothing wants to be called.
    """
    prepared: dict[str, books.PreparedCase] = {}

    def of_case(case: PublishedCase) -> bytes:
        prepared_case = _prepare(case, public, files)
        content = package.build(books.of_case(prepared_case), public)
        prepared[case.slug] = prepared_case
        return content

    def of_volume(volume: Volume) -> bytes:
        if missing := [case.slug for case in volume.cases if case.slug not in prepared]:
            raise LookupError(f"it would hold packs/{missing[0]}.epub")
        return package.build(books.of_volume(volume, public, prepared), public)

    makers: list[tuple[str, Callable[[], bytes]]] = [
        (case.slug, partial(of_case, case)) for case in public.cases if case.is_complete
    ]
    makers += [(volume.id, partial(of_volume, volume)) for volume in public.volumes]
    for name, make in makers:
        path = f"packs/{name}.epub"
        try:
            content = make()
        except Exception as error:
            if failed is None:
                raise
            failed(path, error)
        else:
            yield File(path, content)


def facts(books: Iterable[File]) -> Iterator[Pack]:
    """Yield the facts that pages show of each book. They are those of a pack, without paper and number of pages.

    Args:
        books: what `render` gave.
    """
    for book in books:
        yield Pack(book.path, subject(book.path), "epub", "", 0, len(book.read()))


def subject(path: str) -> str:
    """Return the slug of a book's case, or the id of its volume or collection."""
    return path.removeprefix("packs/").removesuffix(".epub").removeprefix("collection-")


def _prepare(case: PublishedCase, public: PublishedSeries, files: Callable[[str], bytes]) -> books.PreparedCase:
    view = CaseView(public, case)
    pictures = illustrations.of_case(view, files)
    return books.PreparedCase(view, chapters.of_case(view, pictures), pictures)
