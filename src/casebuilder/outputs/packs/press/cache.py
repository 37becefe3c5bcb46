"""The cache of printed packs. Its keys cover everything that decides how a pack looks."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from casebuilder.files import write_whole
from casebuilder.outputs.packs.press.toolchain import toolchain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from casebuilder.outputs.packs.press.task import PressedFonts

_NAME = re.compile(r"(?P<key>[0-9a-f]{64})-(?P<pages>\d+)-(?P<digest>[0-9a-f]{64})")


class Cache:
    """A folder of PDF files, each named after its key, how many pages it has, and the SHA-256 of its bytes.

    Files appear whole or not at all, so builds that run at the same time can share a folder. A file that was
    changed since it was written is not used.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._known: dict[str, tuple[Path, int]] = {}
        for path in folder.glob("*.pdf"):
            if match := _NAME.fullmatch(path.stem):
                self._known[match["key"]] = (path, int(match["pages"]))

    def key(self, texts: Iterable[str], pictures: Mapping[str, bytes], used_fonts: PressedFonts) -> str:
        """Return the cache key of a pack: 64 hexadecimal digits of all that decides its look, `toolchain` included.

        Args:
            texts: its document and style, how it is numbered, and the keys of its parts.
            pictures: what it shows, by its address.
            used_fonts: the faces that it is set in, those of the system among them.
        """
        parts = [word.encode() for part in toolchain() for word in part]
        parts += [word.encode() for word in texts]
        for path, content in sorted(pictures.items()):
            parts += [path.encode(), sha256(content).digest()]
        parts += [word.encode() for font in used_fonts for word in (font.face.name, font.digest)]
        total = sha256()
        for part in parts:
            total.update(len(part).to_bytes(8, "big") + part)
        return total.hexdigest()

    def get(self, key: str) -> tuple[Path, int] | None:
        """Return the file of a key and its number of pages; None if it is not there, or is not what was put there."""
        entry = self._known.get(key)
        if entry is None:
            return None
        try:
            content = entry[0].read_bytes()
        except OSError:
            return None
        return entry if entry[0].stem.endswith(sha256(content).hexdigest()) else None

    def put(self, key: str, content: bytes, pages: int) -> tuple[Path, int]:
        """Keep a pack; its file and its number of pages."""
        path = self._folder / f"{key}-{pages}-{sha256(content).hexdigest()}.pdf"
        write_whole(path, content)
        self._known[key] = (path, pages)
        return path, pages
