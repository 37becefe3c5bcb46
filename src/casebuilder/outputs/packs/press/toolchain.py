"""The versions of everything that decides how a pack looks: packages, libraries of the system, fonts, our own code.

This is the one list. The cache makes its keys of it, so that a pack is printed again when any of it changes, and the
machines of a cluster compare it before they print for each other.
"""

from __future__ import annotations

import ctypes
import unicodedata
import zlib
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import casebuilder
from casebuilder import fonts
from casebuilder.outputs.packs.pdf import mergedpdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A name, and a version or the digest of a file.
Part: TypeAlias = tuple[str, str]

#: Packages of Python: those that print, and those that these use for it.
PACKAGES = (
    "casebuilder", "weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2",
    "fonttools", "pikepdf", "pillow", "pyphen",
)  # fmt: skip
#: The system's libraries that choose, order, shape, place and embed glyphs: a name for people, the names under which
#: one is loaded, and what says its version. (Pango breaks Thai lines by libthai, which has no version to ask for.)
LIBRARIES = (
    ("Pango", ("libpango-1.0.so.0", "libpango-1.0-0", "libpango-1.0.dylib"), "pango_version"),
    ("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz-0", "libharfbuzz.0.dylib"), "hb_version_string"),
    ("fontconfig", ("libfontconfig.so.1", "libfontconfig-1", "libfontconfig.1.dylib"), "FcGetVersion"),
    ("FriBidi", ("libfribidi.so.0", "libfribidi-0", "libfribidi.0.dylib"), "fribidi_version_info"),
)
#: Our own code that prints, below the package's folder.
CODE = ("outputs/packs/pdf", "outputs/packs/press/task.py", "fonts.py", "glyphs.py")


@cache
def toolchain() -> tuple[Part, ...]:
    """Return every part, in the same order each time.

    Raises:
        FileNotFoundError: the fonts are not installed.
    """
    return tuple(_toolchain_parts())


@cache
def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal digits; a process reads each file once."""
    return sha256(path.read_bytes()).hexdigest()


def differences(own_parts: Iterable[Part], worker_parts: Iterable[Part]) -> list[str]:
    """Return the parts that differ, each as "Pango (there 15006, here 15200)"."""
    own_versions, worker_versions = dict(own_parts), dict(worker_parts)
    return [
        f"{name} (there {worker_versions.get(name, 'none')[:12]}, here {own_versions.get(name, 'none')[:12]})"
        for name in dict.fromkeys((*own_versions, *worker_versions))
        if own_versions.get(name) != worker_versions.get(name)
    ]


def _toolchain_parts() -> Iterator[Part]:
    yield from ((name, version(name)) for name in PACKAGES)
    yield from ((name, _library_version(names, symbol)) for name, names, symbol in LIBRARIES)
    yield "qpdf", mergedpdf.QPDF
    yield "zlib", zlib.ZLIB_RUNTIME_VERSION
    yield "Unicode", unicodedata.unidata_version
    yield "casebuilder’s code", _code_digest()
    faces = fonts.faces()
    yield "casebuilder’s font sheet", sha256(fonts.css(faces, lambda face: face.name).encode()).hexdigest()
    yield from ((f"the font {face.name}", digest(face.path)) for face in faces)


def _library_version(names: Iterable[str], symbol: str) -> str:
    """Return the version of a library of the system; empty if it cannot be loaded under these names.

    The symbol is a function that returns a number or a text, or a variable that holds a text.
    """
    for name in names:
        try:
            library = ctypes.CDLL(name)
            if symbol.endswith("_info"):
                return (ctypes.c_char_p.in_dll(library, symbol).value or b"").decode()
            ask = getattr(library, symbol)
        except (OSError, AttributeError, ValueError):
            continue
        if symbol.endswith("_string"):
            ask.restype = ctypes.c_char_p
            return str(ask().decode())
        return str(ask())
    return ""


def _code_digest() -> str:
    """Return the digest of our own code that prints: it changes between versions of casebuilder."""
    package_folder = Path(casebuilder.__file__).parent
    total = sha256()
    for path in sorted(source for name in CODE for source in _source_files(package_folder / name)):
        total.update(path.relative_to(package_folder).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


def _source_files(path: Path) -> Iterable[Path]:
    return path.rglob("*.py") if path.is_dir() else (path,)
