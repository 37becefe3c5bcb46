"""EPUB 3 for e-readers: a book of each released case, of each volume and of each collection.

Pure, and the same bytes for the same series: no date but the cases' own is in a book. EPUB 3.3 and EPUB Accessibility
1.1 (W3C Recommendations of 2023); the zip file is written here, since the one library for it is under the AGPL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import File, Pack, State
from casebuilder.outputs.epub import books, chapters, illustrations, package
from casebuilder.outputs.epub.sheet import Sheet
from casebuilder.published.bindings import bindings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from casebuilder.model import Case, Series

__all__ = ["facts", "render"]


def render(public: Series, files: Callable[[str], bytes]) -> Iterator[File]:
    """The books of a published series. A case that is not released, or was withdrawn, has none and is in none.

    Args:
        public: what `publish` returned.
        files: the bytes of a picture, by its path below the series' root.

    Raises:
        KeyError, OSError: a picture cannot be read.
    """
    told = {case.slug: _told(case, public, files) for case in public.cases if case.state is State.COMPLETE}
    for slug, each in told.items():
        yield File(f"packs/{slug}.epub", package.written(books.of_case(each), public))
    for binding in bindings(public):
        yield File(f"packs/{binding.id}.epub", package.written(books.of_binding(binding, public, told), public))


def facts(books: Iterable[File]) -> Iterator[Pack]:
    """What pages tell of each book: as of a pack, but that it has no paper and its pages are not counted.

    Args:
        books: what `render` gave.
    """
    for book in books:
        name = book.path.removeprefix("packs/").removesuffix(".epub")
        yield Pack(book.path, name.removeprefix("collection-"), "epub", "", 0, len(book.read()))


def _told(case: Case, public: Series, files: Callable[[str], bytes]) -> books.Told:
    sheet = Sheet(public, case)
    pictures = illustrations.of_case(sheet, files)
    return books.Told(sheet, chapters.of_case(sheet, pictures), pictures)
