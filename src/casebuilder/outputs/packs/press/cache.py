"""What was printed before, by everything that decides how it looks."""

from __future__ import annotations

import ctypes
import os
import re
import tempfile
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.outputs.packs import pdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebuilder.fonts import Face

#: Whose versions decide what comes out for the same input.
_TOOLS = (
    "casebuilder", "weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2",
    "fonttools", "pikepdf", "pillow", "pyphen",
)  # fmt: skip
#: The system's libraries that choose, shape and place glyphs: under which names one is loaded, what tells its version.
_LIBRARIES = (
    (("libpango-1.0.so.0", "libpango-1.0-0", "libpango-1.0.dylib"), "pango_version"),
    (("libharfbuzz.so.0", "libharfbuzz-0", "libharfbuzz.0.dylib"), "hb_version_string"),
    (("libfontconfig.so.1", "libfontconfig-1", "libfontconfig.1.dylib"), "FcGetVersion"),
)
_NAME = re.compile(r"(?P<key>[0-9a-f]{64})-(?P<pages>\d+)-(?P<digest>[0-9a-f]{64})")


class Cache:
    """A folder of PDF files, each named after its key, how many pages it has, and the SHA-256 of its bytes.

    Files appear whole or not at all, so builds that run at the same time can share a folder. What a disk, a backup or
    a hand has changed since is not given out.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._known: dict[str, tuple[Path, int]] = {}
        for path in folder.glob("*.pdf"):
            if named := _NAME.fullmatch(path.stem):
                self._known[named["key"]] = (path, int(named["pages"]))

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
        """The file of a key and its number of pages; None if it is not there, or is not what was put there."""
        found = self._known.get(key)
        if found is None:
            return None
        try:
            content = found[0].read_bytes()
        except OSError:
            return None
        return found if found[0].stem.endswith(sha256(content).hexdigest()) else None

    def put(self, key: str, content: bytes, pages: int) -> tuple[Path, int]:
        """Keep a pack; its file and its number of pages."""
        path = self._folder / f"{key}-{pages}-{sha256(content).hexdigest()}.pdf"
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
        self._known[key] = (path, pages)
        return path, pages


@cache
def tools() -> bytes:
    """The versions of what prints, and the very text of our own printing, which changes between versions."""
    versions = [f"{name} {version(name)}" for name in _TOOLS]
    versions += [f"{names[0]} {_version(names, function)}" for names, function in _LIBRARIES]
    ours = sorted(Path(pdf.__file__).parent.glob("*.py"))
    return ",".join(versions).encode() + b"".join(_digest(path) for path in ours)


def _version(names: Iterable[str], function: str) -> str:
    """What a library of the system says of its version; empty if it has another name here."""
    for name in names:
        try:
            ask = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        if function.endswith("_string"):
            ask.restype = ctypes.c_char_p
            return str(ask().decode())
        return str(ask())
    return ""


@cache
def _digest(path: Path) -> bytes:
    return sha256(path.read_bytes()).digest()
