"""Files of the hand-written pages: what programs wrote into those that are published unchanged, and broken addresses.

Pictures are cleaned; a PDF, an office file or a film is not, since it is somebody's work and may be signed. So `check`
says whose name, or which place, a reader would find in it. The pages are Markdown for MkDocs, which stops in the middle
of a build at a link whose host it cannot read.
"""

from __future__ import annotations

import errno
import io
import os
import posixpath
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.decoding import decoded
from casebuilder.encodings import one_kind_of_line_end
from casebuilder.markup import address_hint, is_address
from casebuilder.pipeline.sourcetexts import PERMISSIONS, PUBLISHED
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

#: The endings of pages, as MkDocs knows them.
_PAGE_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
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
#: The full address of a link or a picture in Markdown, whether it is written in place, below the text or alone. Each
#: begins with a sign, and none ignores the case of letters, which makes them ten times as quick.
_ADDRESSES = (
    re.compile(r"\](?:\(|:)[ \t]*<?((?:[Hh][Tt]{2}[Pp][Ss]?:)?//[^\s>)\"]+)"),
    re.compile(r"<([Hh][Tt]{2}[Pp][Ss]?://[^\s>]+)>"),
)
#: Schemes of links that run something.
_RUNNING = ("javascript:", "vbscript:")
#: One of these is in a page with such a link: a quick look, for whole pages in small letters take longer.
_RUNNING_PARTS = ("cript:", "CRIPT:")
#: The addresses of such links; the pattern is only made where one may be.
_RUNNING_LINK = rf"(?i)\](?:\(|:)[ \t]*<?((?:{'|'.join(_RUNNING)})[^\s>)\"]*)"
_FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
_HINT = "look at the file's properties; save a copy without them, unless they are meant to be public"


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The files of hand-written pages and of the theme.

    Attributes:
        files: the place on disk of each, by its path below the series' root.
        texts: the pages' Markdown, by their paths.
        unread: the problems of pages that are no text.
    """

    files: Mapping[str, str]
    texts: Mapping[str, str]
    unread: tuple[Problem, ...] = ()


def read(root: Path, folders: Sequence[str]) -> PageFiles:
    """Return the files in folders of hand-written pages and of the theme; hidden ones are no part of a site.

    Args:
        root: the series' folder.
        folders: of the pages and of the theme, relative to it.
    """
    series_root = Path(os.path.normpath(root))
    places = [Path(os.path.normpath(root / folder)) for folder in folders]
    pages: dict[str, str] = {}
    unread: list[Problem] = []

    def note(path: str, reason: str | None) -> None:
        message = f"{'the folder' if os.path.isdir(path) else 'the file'} cannot be opened: {reason}"  # noqa: PTH112 - no Path is there
        name = os.path.relpath(path, series_root).replace(os.sep, "/")
        unread.append(Problem(name, 1, 1, "unreadable-file", message, PERMISSIONS))

    files = {
        f"{place.relative_to(series_root).as_posix()}/{name}": f"{place}{os.sep}{name}"
        for place in places
        if place.is_relative_to(series_root) and place != series_root
        for name in _paths_below(str(place), "", note)
    }
    for name, path in files.items():
        if posixpath.splitext(name)[1].lower() in PUBLISHED:  # whoever cleans a picture says why it cannot be opened
            continue
        if not os.access(path, os.R_OK):
            note(path, os.strerror(errno.EACCES))
        elif name.endswith(_PAGE_ENDINGS):
            pages[name], problem = _page_text(_read_ends(path), name)
            unread += [problem] if problem else []
    return PageFiles(files, pages, tuple(unread))


def _page_text(content: bytes, name: str) -> tuple[str, Problem | None]:
    """Return a page's Markdown; and the problem if MkDocs cannot read it, or a merge was not finished."""
    try:
        text = content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return "", decoded(content, name)[1]
    text = one_kind_of_line_end(text)
    problem = decoded(content, name)[1] if "\n<<<<<<< " in text else None
    return text, problem if problem and problem.code == "merge-conflict" else None


def _paths_below(folder: str, top: str, note: Callable[[str, str | None], None]) -> Iterator[str]:
    """Yield the paths of the files below a folder, in order: quicker than `Path.walk`, for each check needs them.

    A folder that cannot be looked into is noted, with the reason.
    """
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):  # a series needs no hand-written pages
        return
    except OSError as error:
        note(folder, error.strerror)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _paths_below(entry.path, f"{top}{entry.name}/", note)
        elif entry.is_file(follow_symlinks=False):  # a pipe would never end
            yield top + entry.name


def problems(pages: PageFiles) -> Iterator[Problem]:
    """Yield the problems of files that are published unchanged, and the broken addresses in pages."""
    yield from pages.unread
    for name, path in pages.files.items():
        if name in pages.texts:
            yield from _addresses(pages.texts[name], name)
        elif (look := _LOOKS.get(posixpath.splitext(name)[1].lower())) and (said := look(path)):
            file_name = posixpath.basename(name)
            yield Problem(name, 1, 1, "file-metadata", f"{file_name} is published with {said}", _HINT)


def _addresses(text: str, name: str) -> Iterator[Problem]:
    """Yield the addresses in a page that cannot be taken apart, outside of blocks of code."""
    may_run = any(part in text for part in _RUNNING_PARTS)
    patterns = (*_ADDRESSES, re.compile(_RUNNING_LINK)) if may_run else _ADDRESSES
    if not any(_fault_of_address(match[1]) for pattern in patterns for match in pattern.finditer(text)):
        return  # as on nearly every page, and seen more quickly than line by line
    in_code = False
    for number, line in enumerate(text.splitlines(), 1):
        in_code ^= bool(_FENCE.match(line))
        found = () if in_code else (match for pattern in patterns for match in pattern.finditer(line))
        for start, address in {match.start(1): match[1] for match in found}.items():  # both may find one address
            is_code = line.count("`", 0, start) % 2
            if not is_code and (fault := _fault_of_address(address)):
                yield Problem(name, number, start + 1, *fault)


def _fault_of_address(address: str) -> tuple[str, str, str] | None:
    """Return the code, the message and the hint if a link cannot lead to an address; None if it can."""
    if address.lower().startswith(_RUNNING):
        hint = "write an address that begins with https:// or mailto:"
        return "link-scheme", f'a link cannot lead to "{address}"', hint
    if not is_address(address):
        return "dead-link", f'the link "{address}" leads nowhere', address_hint(address)
    return None


def _read_ends(path: str) -> bytes:
    """Return a file's bytes; of a large one its beginning and its end."""
    with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123 - a Path takes longer to make than the file to read
        size = os.fstat(file.fileno()).st_size
        if size <= _MOST:
            return file.read()
        head = file.read(_END)
        file.seek(size - _END)
        return head + file.read()
    return b""


def _author_in_pdf(path: str) -> str:
    content = _read_ends(path)
    if match := _XMP.search(content):
        return _author_phrase(match[1])
    if b"/Author" not in content and b"/ObjStm" not in content:
        return ""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            author = str(document.docinfo.get("/Author", "")).strip()
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return ""
    return _author_phrase(author.encode()) if author else ""


def _author_in_office_file(path: str) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(_read_ends(path))) as packed:
            sheets = [name for name in packed.namelist() if name in _SHEETS]
            for name in sheets[:2]:
                with packed.open(name) as sheet_file:
                    if match := _MAKER.search(sheet_file.read(_END)):
                        return _author_phrase(match[1])
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return ""
    return ""


def _place_in_film(path: str) -> str:
    return "the position where it was taken (GPS)" if _PLACE.search(_read_ends(path)) else ""


def _author_phrase(name: bytes) -> str:
    return f'the name of its author, "{name.decode(errors="replace").strip()[:60]}"'


_LOOKS: dict[str, Callable[[str], str]] = {
    ".pdf": _author_in_pdf,
    **dict.fromkeys(_OFFICE, _author_in_office_file),
    **dict.fromkeys(_FILMS, _place_in_film),
}
