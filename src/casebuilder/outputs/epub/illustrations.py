"""The pictures of a case in a book: with file names that every file system accepts, and their media types."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from casebuilder.outputs.epub.book import Illustration
from casebuilder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.outputs.epub.case_view import CaseView

#: Each kind of picture that an e-reader must know (EPUB 3.3, core media types), by how its files begin.
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"RIFF", "image/webp", ".webp"),
)


def of_case(view: CaseView, files: Callable[[str], bytes]) -> tuple[Illustration, ...]:
    """Return every picture that the case's chapters show.

    Args:
        view: the case.
        files: the bytes of a picture, by its path below the series' root.
    """
    places = dict(_picture_paths(view))
    return tuple(_illustration(source, path, files(source)) for source, path in places.items())


def _picture_paths(view: CaseView) -> Iterator[tuple[str, str]]:
    """Yield the source path and the path in the book of each picture, without its ending."""
    for number, source in enumerate(sorted(view.case.pictures), start=1):
        name = "-".join(part for part in (f"picture-{number}", slug(PurePosixPath(source).stem)) if part)
        yield source, f"{view.folder}/{name}"
    for response in view.case.responses:
        if photo := response.person.photo:
            yield photo.path, f"people/{response.person.id}"


def _illustration(source: str, path: str, content: bytes) -> Illustration:
    for beginning, media_type, ending in _KINDS:
        if content.startswith(beginning):
            return Illustration(source, path + ending, media_type, content)
    return Illustration(source, f"{path}.svg", "image/svg+xml", content)
