"""The series' own print style, `theme/print.css`, and the pictures that it shows, such as a society's logo.

The press has no way to any file, so pictures travel inside the style. They are those that the site would publish:
without metadata, and drawings without what could act.

Whatever is wrong with a style would stop every pack, so it is a problem at its line: what its signs tell by
themselves (`statements`), and what only a printed page shows (`trial`).
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.decoding import decoded
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

FOLDER = "theme"
STYLE = f"{FOLDER}/print.css"
#: Bytes of a style that is read; `problems` reports a larger one.
LARGEST = 1 << 20
_URL = re.compile(
    r"/\*.*?(?:\*/|\Z)|url\(\s*+(?P<mark>[\"']?)(?P<path>[^\"'()]*+)(?P=mark)\s*+\)|@import\s++(?P<sheet>[\"'][^\"']*[\"'])",
    re.DOTALL | re.IGNORECASE,
)
#: Addresses that need no file: a picture as a data address, and a place in the same document.
_WITHIN = ("data:image/", "#")
#: The codes of limits that hold for texts: a picture that is written into a style may be longer.
_LENGTHS = ("file-too-large", "line-too-long")
_HINT = 'put the picture into theme/assets and name it from print.css, such as url("assets/logo.svg")'


def read(root: Path) -> str:
    """Return the style as written; empty without one, or if it is behind a symbolic link."""
    return _content(root).decode("utf-8-sig", errors="replace")


def _content(root: Path) -> bytes:
    """Return the bytes of the style, and one more than the limit of a style that is too large."""
    place = os.path.join(os.path.realpath(root), STYLE)  # noqa: PTH118 - with the next line
    if not os.path.isfile(place) or os.path.realpath(place) != place:  # noqa: PTH113 - raises no error
        return b""
    with Path(place).open("rb") as file:  # one byte more than the limit shows that it is too large
        return file.read(LARGEST + 1)


def problems(
    root: Path,
    pictures: Collection[str],
    read_picture: Callable[[str], bytes],
    cache: Path,
    *,
    prints: bool = True,
) -> Iterator[Problem]:
    """Yield what is wrong with a series' style; each of these problems would stop every pack, or spoil it.

    Args:
        root: the series' folder.
        pictures: the paths of those that the site may show, below the root.
        read_picture: gives the bytes of a picture, by its path below the root.
        cache: the folder of the verdict of a trial.
        prints: whether the series has packs. Without them, nothing is printed for a trial.
    """
    content = _content(root)
    if not content:
        return
    _, unreadable = decoded(content, STYLE) if len(content) <= LARGEST else ("", None)
    if unreadable and unreadable.code not in _LENGTHS:
        yield unreadable
        return
    style = content.decode("utf-8-sig", errors="replace")
    found = [*written_problems(style, pictures)]
    yield from found
    if found or not prints or has_only_remarks(style):
        return
    from casebuilder.pipeline.printstyle import trial

    for finding in trial.findings(style, lambda some: embed_pictures(some, read_picture), cache):
        yield Problem(STYLE, *_line_and_column(style, finding.offset), "print-style", finding.message, finding.hint)


def has_only_remarks(style: str) -> bool:
    """Return whether a style sets nothing: no trial is needed."""
    rest = style.strip()
    while rest.startswith("/*") and "*/" in rest[2:]:
        rest = rest[2:].partition("*/")[2].lstrip()
    return not rest


def _line_and_column(style: str, offset: int) -> tuple[int, int]:
    return style.count("\n", 0, offset) + 1, offset - style.rfind("\n", 0, offset)


def written_problems(style: str, pictures: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with the signs of a style, and with the files that it names and a pack cannot have.

    Args:
        style: as written.
        pictures: the paths of those that the site may show, below the series' root.
    """
    if len(style.encode()) > LARGEST:
        message = f"the style has more than {LARGEST >> 20} MiB"
        yield Problem(STYLE, 1, 1, "file-too-large", message, "is it the right file?")
        return
    if has_only_remarks(style):
        return
    from casebuilder.pipeline.printstyle.statements import Sheet, unknown_medium

    if slip := Sheet(style).slip or unknown_medium(style):
        yield Problem(STYLE, *_line_and_column(style, slip.offset), "print-style", slip.message, slip.hint)
        return
    line = 1
    counted_to = 0
    for match in _URL.finditer(style):
        if (path := _requested_path(match)) is not None and path not in pictures:
            line += style.count("\n", counted_to, match.start())
            counted_to = match.start()
            column = counted_to - style.rfind("\n", 0, counted_to)
            requested = (match["path"] or match["sheet"]).rstrip()
            message = f"a pack cannot show {requested}: it is not a picture in {FOLDER}/"
            yield Problem(STYLE, line, column, "missing-picture", message, _HINT)


def embed_pictures(style: str, read_picture: Callable[[str], bytes]) -> str:
    """Return the style with its pictures in it.

    Args:
        style: as written, without problems.
        read_picture: gives the bytes of a picture, by its path below the series' root.
    """
    import base64
    import mimetypes

    def embed(match: re.Match[str]) -> str:
        path = _requested_path(match)
        if path is None:
            return match[0]
        kind = mimetypes.MimeTypes().guess_type(path)[0] or "image/svg+xml"
        return f'url("data:{kind};base64,{base64.b64encode(read_picture(path)).decode()}")'

    return _URL.sub(embed, style)


def _requested_path(match: re.Match[str]) -> str | None:
    """Return the path of a requested file, below the series' root; None if no file is needed."""
    if match["sheet"]:
        return match["sheet"]
    if match["path"] is None or match["path"].startswith(_WITHIN):
        return None
    return posixpath.normpath(posixpath.join(FOLDER, match["path"].rstrip()))
