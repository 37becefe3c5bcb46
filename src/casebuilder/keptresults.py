"""What was found in texts, kept from one run to the next, so that `check` looks again only at texts that have changed.

`pipeline` decides where it is between two runs; here it is bytes. It is used only if casebuilder's code, its libraries
and Python are those that found it, and if no byte of it, or of the text, has changed since.
"""

from __future__ import annotations

import json
import sys
from functools import cached_property
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebuilder import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIZE = 16


class KeptResults:
    """The results of one kind.

    Attributes:
        packages: the names of our packages that decide about the results.
        modules: the names of our other modules that do.
        libraries: the names of the packages of others that do.
    """

    def __init__(self, *, packages: Iterable[str], modules: Iterable[str], libraries: Iterable[str]) -> None:
        self.packages, self.modules, self.libraries = tuple(packages), tuple(modules), tuple(libraries)
        #: The results of an earlier run, in JSON, by the digest of their text; and those that this run asked for.
        self._known: dict[str, str] = {}
        self._used: dict[str, str] = {}

    def recall(self, content: bytes) -> None:
        """Begin a run with the results of an earlier one, from `to_keep`; with none if they are of no use."""
        self._known, self._used = {}, {}
        checksum, _, lines = content.partition(b"\n")
        if lines and checksum == self._checksum(lines):
            parts = iter(lines.decode().split("\n"))
            self._known = dict(zip(parts, parts, strict=True))

    def to_keep(self) -> bytes:
        """Return the results that this run asked for; empty if they are those that it began with."""
        used = self._used.copy()
        if used.keys() == self._known.keys():
            return b""
        lines = "\n".join(part for pair in used.items() for part in pair).encode()
        return self._checksum(lines) + b"\n" + lines

    def find(self, text: str) -> Any:  # noqa: ANN401 - whatever was added
        """Return a new copy of the result for a text, or None if it is not known."""
        digest = _digest(text)
        found = self._used.get(digest) or self._known.get(digest)
        if found is None:
            return None
        self._used[digest] = found
        return json.loads(found)

    def add(self, text: str, result: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Keep the result for a text; it may not be None."""
        self._used[_digest(text)] = json.dumps(result)

    def _checksum(self, lines: bytes) -> bytes:
        return blake2b(lines, key=self._edition, digest_size=_SIZE).hexdigest().encode()

    @cached_property
    def _edition(self) -> bytes:
        """A digest of everything else that decides about results: code, versions of libraries, and Python."""
        digest = blake2b(f"{__version__} {sys.version}".encode())
        own = [_place(name) for name in self.modules]
        for package in self.packages:
            own += sorted(_place(package).parent.glob("*.py"))
        for place in (*own, *map(_place, self.libraries)):  # where the versions of libraries are written
            digest.update(place.read_bytes())
        return digest.digest()


def _place(name: str) -> Path:
    """Return the file of a module, or of a package's `__init__`, without importing it."""
    spec = find_spec(name)
    return Path((spec and spec.origin) or "")


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=_SIZE).hexdigest()
