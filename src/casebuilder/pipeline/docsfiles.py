"""Files of the hand-written pages: what programs wrote into those that are published unchanged, and broken addresses.

Pictures are cleaned; a PDF, an office file or a film is not, since it is somebody's work and may be signed. So `check`
says whose name, or which place, a reader would find in it. The pages are Markdown for MkDocs, which stops in the middle
of a build at a link whose host it cannot read.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.markup import is_address
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: Of larger files only the beginning and the end are looked at, where films keep their place.
_MOST, _END = 25 << 20, 1 << 20
_OFFICE = (".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".pptx", ".pptm", ".odt", ".ods", ".odp")
_FILMS = (".mp4", ".mov", ".m4v", ".m4a", ".3gp", ".qt")
#: Files within an office file with its author.
_SHEETS = ("docProps/core.xml", "meta.xml")
_MAKER = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator)(?:\s[^>]*)?>\s*([^<\s][^<]*)<")
_XMP = re.compile(rb"<dc:creator>\s*<rdf:Seq>\s*<rdf:li[^>]*>\s*([^<\s][^<]*)<")
#: ISO 6709 in the atom of a telephone's film, or under the name that QuickTime gives it.
_PLACE = re.compile(
    rb"\xa9xyz.{4}[+-]\d{2}|com\.apple\.quicktime\.location|[+-]\d{2}\.\d{3,}[+-]\d{3}\.\d{3,}", re.DOTALL
)
#: The full address of a link or a picture in Markdown, whether it is written in place, below the text or alone.
_ADDRESS = re.compile(r"(?:\]\(|\]:)[ \t]*<?((?:https?:)?//[^\s>)\"]+)|<(https?://[^\s>]+)>", re.IGNORECASE)
_FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
_HINT = "look at the file's properties; save a copy without them, unless they are meant to be public"


def problems(root: Path, folders: Sequence[str]) -> Iterator[Problem]:
    """Yield the problems of files in folders of hand-written pages and of the theme.

    Args:
        root: the series' folder.
        folders: of the pages and of the theme, relative to it.
    """
    home = os.path.normpath(root)
    for folder in folders:
        place = Path(os.path.normpath(root / folder))
        for here, inner, names in os.walk(place if place.is_relative_to(home) and place != Path(home) else os.devnull):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for path in (Path(here, name) for name in sorted(names) if not name.startswith(".")):
                if path.is_file() and not path.is_symlink():  # a pipe would never end
                    yield from _of_file(path, path.relative_to(home).as_posix())


def _of_file(path: Path, name: str) -> Iterator[Problem]:
    """Yield the problems of one file; `name` is its path below the series' root."""
    ending = path.suffix.lower()
    if ending == ".md":
        yield from _addresses(_content(path).decode(errors="replace"), name)
    elif (look := _LOOKS.get(ending)) and (found := look(path)):
        yield Problem(name, 1, 1, "file-metadata", f"{path.name} is published with {found}", _HINT)


def _addresses(text: str, name: str) -> Iterator[Problem]:
    """Yield the addresses in a page that cannot be taken apart, outside of blocks of code."""
    if all(is_address(found[1] or found[2]) for found in _ADDRESS.finditer(text)):
        return  # as on nearly every page, and seen more quickly than line by line
    in_code = False
    for number, line in enumerate(text.splitlines(), 1):
        in_code ^= bool(_FENCE.match(line))
        for found in () if in_code else _ADDRESS.finditer(line):
            written = found[1] or found[2]
            if not is_address(written):
                column = found.start(1 if found[1] else 2) + 1
                hint = "check the name of the site, between // and the next slash"
                yield Problem(name, number, column, "dead-link", f'the link "{written}" leads nowhere', hint)


def _content(path: Path) -> bytes:
    """Return a file's bytes; of a large one its beginning and its end."""
    with suppress(OSError), path.open("rb") as file:
        size = path.stat().st_size
        if size <= _MOST:
            return file.read()
        head = file.read(_END)
        file.seek(size - _END)
        return head + file.read()
    return b""


def _pdf(path: Path) -> str:
    content = _content(path)
    if match := _XMP.search(content):
        return _name(match[1])
    if b"/Author" not in content and b"/ObjStm" not in content:
        return ""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            author = str(document.docinfo.get("/Author", "")).strip()
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return ""
    return _name(author.encode()) if author else ""


def _office(path: Path) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(_content(path))) as packed:
            sheets = [name for name in packed.namelist() if name in _SHEETS]
            for name in sheets[:2]:
                with packed.open(name) as sheet_file:
                    if match := _MAKER.search(sheet_file.read(_END)):
                        return _name(match[1])
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return ""
    return ""


def _film(path: Path) -> str:
    return "the position where it was taken (GPS)" if _PLACE.search(_content(path)) else ""


def _name(words: bytes) -> str:
    return f'the name of its author, "{words.decode(errors="replace").strip()[:60]}"'


_LOOKS: dict[str, Callable[[Path], str]] = {
    ".pdf": _pdf,
    **dict.fromkeys(_OFFICE, _office),
    **dict.fromkeys(_FILMS, _film),
}
