"""The series' pictures: the problems of each, and the published file without metadata; both are cached between runs.

A verdict is cached under the digest of the picture and of the code that gave it, so `check` opens each picture once.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from casebuilder.pipeline import machinecache
from casebuilder.readers import pictures
from casebuilder.readers.pictures import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

_VERDICTS = "verdicts.json"


class Gallery:
    """Pictures by their path below the series' root."""

    def __init__(self, files: Mapping[str, Path], folder: Path) -> None:
        """Prepare a gallery; nothing is read or written yet.

        Args:
            files: where each picture lies.
            folder: the cache of verdicts and published pictures; it may be missing or read-only.
        """
        self._files = files
        self._folder = folder
        self._known: dict[str, tuple[Fault, ...]] | None = None
        self._used: dict[str, tuple[Fault, ...]] = {}
        self._new = False
        self._published: dict[Path, Path | bytes] = {}

    def faults(self, path: str) -> tuple[Fault, ...]:
        """Return the faults of a picture. That it cannot be read is not cached."""
        try:
            if self._files[path].stat().st_size > pictures.LARGEST:
                return pictures.judge(path, bytes(pictures.LARGEST + 1))
            content = self._files[path].read_bytes()
        except OSError as error:
            hint = "is it a file that you may read? Upload it again"
            return (Fault("broken-picture", f"cannot be opened ({error.strerror})", hint),)
        key = _cache_key(path, content)
        if self._known is None:
            self._known = _read_verdicts(self._folder)
        if key not in self._known:
            self._known[key] = pictures.judge(path, content)
            self._new = True
        self._used[key] = self._known[key]
        return self._known[key]

    def keep(self) -> None:
        """Write the verdicts of this run, if one is new. In a read-only folder, nothing is written."""
        if not self._new:
            return
        verdicts = {
            key: [[f.code, f.message, f.hint, f.line, f.column] for f in faults] for key, faults in self._used.items()
        }
        machinecache.write(self._folder, _VERDICTS, json.dumps(verdicts).encode())
        self._new = False

    def published(self, path: str) -> Path | bytes:
        """Return the published form of a picture: the file itself, if nothing in it must change.

        Raises:
            KeyError, OSError: it cannot be read.
            casebuilder.readers.pictures.DamagedError: it cannot be shown; the argument names it and says why.
        """
        return self.published_file(self._files[path])

    def published_file(self, file: Path) -> Path | bytes:
        """Return the published form of a picture from its place on disk, wherever it lies."""
        if file not in self._published:
            self._published[file] = self._publish_file(file)
        return self._published[file]

    def read(self, path: str) -> bytes:
        """Return the bytes of a picture's published form. Raises the errors of `published`."""
        published = self.published(path)
        return published.read_bytes() if isinstance(published, Path) else published

    def forget(self) -> None:
        """Delete the cached pictures that this run did not use: one may have been withdrawn since."""
        used_names = {place.name for place in self._published.values() if isinstance(place, Path)}
        machinecache.forget(self._folder, {_VERDICTS, *used_names})

    def _publish_file(self, file: Path) -> Path | bytes:
        content = file.read_bytes()
        name = f"{_cache_key(file.name, content)}{file.suffix.lower()}"
        if cached := machinecache.find(self._folder, name):
            return cached
        try:
            published = pictures.published(file.name, content)
        except pictures.DamagedError as error:
            raise pictures.DamagedError(f"{file}: the picture {error}") from None
        if published == content:
            return file
        return machinecache.write(self._folder, name, published) or published


def _read_verdicts(folder: Path) -> dict[str, tuple[Fault, ...]]:
    """Return the cached verdicts; empty if they cannot be read."""
    try:
        verdicts = json.loads(machinecache.read(folder, _VERDICTS))
        return {key: tuple(Fault(*fault) for fault in faults) for key, faults in verdicts.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _cache_key(path: str, content: bytes) -> str:
    """Return a name for a picture's content, the kind that its name promises, and the code that judges it."""
    return sha256(pictures.edition() + PurePosixPath(path).suffix.lower().encode() + b"\0" + content).hexdigest()
