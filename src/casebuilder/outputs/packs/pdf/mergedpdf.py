"""Printed documents merged into one: pages, tags, bookmarks, links and form fields, without printing them again.

A volume is larger than the memory that one document may take, and what it holds is printed already. What PDF wants of
the whole is joined here: one tree of tags, in which each part keeps its language (ISO 32000-1, 14.7 and 14.9.2), one
list of places, in which no two names clash (12.3.2.3), one outline (12.3.3) and one form (12.7).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from casebuilder.outputs.packs.pdf import pagenumbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: The version of qpdf, which writes what pikepdf has changed.
QPDF: str = pikepdf.__libqpdf_version__

#: The address of a link to the first page of a part.
_PART = re.compile(r"pack:part/(\d+)")
#: The destination before which the parts are inserted.
_INDEX = "index"


@dataclass(frozen=True, slots=True)
class Part:
    """A printed document that becomes part of another.

    Attributes:
        content: its bytes.
        title: what a link to it is called.
    """

    content: bytes
    title: str


def page_count(content: bytes) -> int:
    """Return how many pages a document has."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


def page_drawings(content: bytes) -> list[bytes]:
    """Return the content stream of each page, without its page number."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return [pagenumbers.without_number(page).read_bytes() for page in document.pages]


def pages_before_parts(matter: bytes) -> int:
    """Return how many pages of a volume's own matter come before its parts."""
    with pikepdf.open(io.BytesIO(matter)) as document:
        return _pages_before_parts(document)


def merge(matter: bytes, parts: Sequence[Part], numbers: bytes | None = None) -> bytes:
    """Return documents as one.

    Args:
        matter: cover, contents and index, as a PDF with the metadata of the volume.
        parts: the others, in order.
        numbers: a printed document with the numbers of all pages; if None, each page keeps its own number.
    """
    with pikepdf.open(io.BytesIO(matter)) as book:
        merger = _Merger(book)
        for part in parts:
            merger.add(part)
        merger.finish()
        if numbers is not None:
            pagenumbers.draw(book, numbers)
        return save_bytes(book)


def number_pages(content: bytes, numbers: bytes) -> bytes:
    """Return a document with a number on each page, in the place of the one it has.

    Args:
        content: the document.
        numbers: a printed document with the numbers of all pages.
    """
    with pikepdf.open(io.BytesIO(content)) as document:
        pagenumbers.draw(document, numbers)
        return save_bytes(document)


def save_bytes(document: pikepdf.Pdf) -> bytes:
    """Return a document's bytes, the same for the same document."""
    output = io.BytesIO()
    document.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return output.getvalue()


def _pages_before_parts(document: pikepdf.Pdf) -> int:
    pages = {page.obj.objgen: place for place, page in enumerate(document.pages)}
    target = dict(_named_places(document)).get(_INDEX)
    return len(pages) if target is None else pages[target[0].objgen]


def _named_places(document: pikepdf.Pdf) -> Iterator[tuple[str, Array]]:
    """Yield the names of a document's places, and where they are."""
    names = document.Root.get(Name.Names, Dictionary()).get(Name.Dests, Dictionary()).get(Name.Names, Array())
    pairs = list(names)
    yield from zip(map(str, pairs[::2]), pairs[1::2], strict=True)


class _Merger:
    """Puts documents into another, each after the one before."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._front = self._at = _pages_before_parts(book)
        self._tree = book.Root.StructTreeRoot
        self._matter = list(self._tree.K[0].K)
        self._keys = len(self._tree.ParentTree.Nums) // 2
        self._names = dict(_named_places(book))
        self._elements: list[pikepdf.Object] = []
        self._bookmarks: list[OutlineItem] = []
        self._firsts: list[tuple[pikepdf.Page, str]] = []

    def add(self, part: Part) -> None:
        """Put a part after the one before; its document is closed at once, since sixty of them take a lot of memory."""
        with pikepdf.open(io.BytesIO(part.content)) as document:
            self._add_part(document, f"{len(self._firsts)}-", part.title)

    def _add_part(self, part: pikepdf.Pdf, mark: str, title: str) -> None:
        first = self._at
        for page in part.pages:
            self._book.pages.insert(self._at, page)
            self._at += 1
        pages = [self._book.pages[place] for place in range(first, self._at)]
        self._firsts.append((pages[0], title))
        # After the pages: a copied tag then refers to the copied page.
        tree = self._book.copy_foreign(part.Root.StructTreeRoot)
        self._take_tags(tree, str(part.Root.Lang))
        self._number_tags(tree, pages)
        for page in pages:
            for note in _annotations(page):
                for key in (Name.Dest, Name.T):
                    if key in note:
                        note[key] = String(mark + str(note[key]))
        page_objects = {page.obj.objgen: copied_page.obj for page, copied_page in zip(part.pages, pages, strict=True)}
        self._names |= {mark + name: _move_place(place, page_objects) for name, place in _named_places(part)}
        with part.open_outline() as outline:
            self._bookmarks += [_move_bookmark(item, page_objects) for item in outline.root]
        if Name.AcroForm in part.Root:
            self._take_fields(self._book.copy_foreign(part.make_indirect(part.Root.AcroForm)))

    def _take_tags(self, tree: pikepdf.Object, language: str) -> None:
        """Make a part's tags a branch of the whole tree's."""
        (element,) = tree.K
        element.S, element.P, element.Lang = Name.Part, self._tree.K[0], String(language)
        self._elements.append(element)

    def _number_tags(self, tree: pikepdf.Object, pages: Sequence[pikepdf.Page]) -> None:
        """Renumber the tags of pages and links after those of earlier parts."""
        for page in pages:
            page.obj.StructParents += self._keys
            for note in _annotations(page):
                if Name.StructParent in note:
                    note.StructParent += self._keys
        pairs = list(tree.ParentTree.Nums)
        for number, tags in zip(pairs[::2], pairs[1::2], strict=True):
            self._tree.ParentTree.Nums.append(int(number) + self._keys)
            self._tree.ParentTree.Nums.append(tags)
        self._keys += len(pairs) // 2

    def _take_fields(self, form: pikepdf.Object) -> None:
        """Add a part's fields to the whole form; a font that several parts type with is whole in each."""
        if Name.AcroForm not in self._book.Root:
            self._book.Root.AcroForm = form
            return
        form_of_book = self._book.Root.AcroForm
        form_of_book.Fields.extend(form.Fields)
        for name, font in form.DR.Font.items():
            if name not in form_of_book.DR.Font:
                form_of_book.DR.Font[name] = font

    def _lead_to_part(self, link: pikepdf.Object) -> None:
        """Point a link to a part at that part's first page."""
        address = str(link.get(Name.A, Dictionary()).get(Name.URI, ""))
        if match := _PART.fullmatch(address):
            page, title = self._firsts[int(match[1])]
            del link.A
            link.Dest, link.Contents = Array([page.obj, Name.Fit]), String(title)

    def finish(self) -> None:
        """Write down what only the whole knows."""
        for page in self._book.pages:
            for link in _annotations(page):
                self._lead_to_part(link)
        pages = {page.obj.objgen: place for place, page in enumerate(self._book.pages)}
        before = [element for element in self._matter if pages[element.Pg.objgen] < self._front]
        self._tree.K[0].K = Array([*before, *self._elements, *self._matter[len(before) :]])
        names = sorted((String(name) for name in self._names), key=bytes)
        places = Array(item for name in names for item in (name, self._names[str(name)]))
        self._book.Root.Names = Dictionary(Dests=Dictionary(Names=places))
        with self._book.open_outline() as outline:
            after = [item for item in outline.root if pages[_destination(item)[0].objgen] >= self._at]
            ahead = outline.root[: len(outline.root) - len(after)]
            outline.root[:] = [*ahead, *self._bookmarks, *after]


def _annotations(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """Yield the links and fields of a page."""
    yield from page.obj.get(Name.Annots, ())


def _move_place(place: Array, page_objects: Mapping[tuple[int, int], pikepdf.Object]) -> Array:
    """Return a place in a part as a place in the whole."""
    page, *position = list(place)
    return Array([page_objects[page.objgen], *position])


def _move_bookmark(bookmark: OutlineItem, page_objects: Mapping[tuple[int, int], pikepdf.Object]) -> OutlineItem:
    """Return a part's bookmark, with those below it, as one of the whole's."""
    copy = OutlineItem(bookmark.title, _move_place(_destination(bookmark), page_objects))
    copy.children.extend(_move_bookmark(child, page_objects) for child in bookmark.children)
    return copy


def _destination(bookmark: OutlineItem) -> Array:
    """Return the destination of a bookmark; WeasyPrint always writes it as an array."""
    if not isinstance(bookmark.destination, Array):
        raise TypeError(f"the bookmark {bookmark.title!r} leads to no page")
    return bookmark.destination
