"""What was printed before, by everything that decides how it looks."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder import pdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebuilder.fonts import Face

#: Whose versions decide what comes out for the same input.
_TOOLS = ("casebuilder", "weasyprint", "pydyf", "fonttools", "pikepdf", "pillow", "pyphen")


class Cache:
    """A folder of PDF files, each named after its key and how many pages it has.

    Files appear whole or not at all, so builds that run at the same time can share a folder.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._known: dict[str, tuple[Path, int]] = {}
        for path in folder.glob("*.pdf"):
            key, _, pages = path.stem.partition("-")
            if pages.isdecimal():
                self._known[key] = (path, int(pages))

    def key(self, words: Iterable[str], pictures: Mapping[str, bytes], used: Iterable[Face]) -> str:
        """A name for everything that decides how a pack looks: 64 hexadecimal digits.

        Args:
            words: its document and style, how it is numbered, and the keys of what is bound in it.
            pictures: what it shows, by its address.
            used: the faces that it is set in.
        """
        parts = [tools(), *(word.encode() for word in words)]
        for path, content in sorted(pictures.items()):
            parts += [path.encode(), sha256(content).digest()]
        parts += [face.name.encode() + _digest(face.path) for face in used]
        total = sha256()
        for part in parts:
            total.update(len(part).to_bytes(8, "big") + part)
        return total.hexdigest()

    def get(self, key: str) -> tuple[Path, int] | None:
        """The file of a key and its number of pages, if it is there."""
        found = self._known.get(key)
        if found is None or not found[0].is_file():
            return None
        return found

    def put(self, key: str, content: bytes, pages: int) -> tuple[Path, int]:
        """Keep a pack; its file and its number of pages."""
        path = self._folder / f"{key}-{pages}.pdf"
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
        self._known[key] = (path, pages)
        return path, pages


@cache
def tools() -> bytes:
    """The versions of what prints, and the very text of our own printing, which changes between versions."""
    versions = ",".join(f"{name} {version(name)}" for name in _TOOLS)
    ours = sorted(Path(pdf.__file__).parent.glob("*.py"))
    return versions.encode() + b"".join(_digest(path) for path in ours)


@cache
def _digest(path: Path) -> bytes:
    return sha256(path.read_bytes()).digest()
