"""The series as it was at a revision: a tree of texts read from Git, without a checkout."""

from __future__ import annotations

import io
import os
import posixpath
import subprocess
import tarfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from casebuilder import readers
from casebuilder.readers.folders import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: How Git is called. A repository that somebody sends may name programs in its settings, and none of them runs; and a
#: folder of files that looks like a repository's own is not taken for one.
GIT = ("git", "-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit")
_ENDINGS = (".md", ".yml", ".jsonl")


class HistoryError(Exception):
    """Git is missing, the folder is not a repository, or it has no such revision."""


def read_revision(root: Path, revision: str, configuration: str) -> dict[str, str]:
    """Return the series' texts at a revision, by their path below the series' root.

    Args:
        root: the series' folder, in a Git repository or at its top.
        revision: anything that Git calls a commit: a branch, a tag, a hash, `HEAD~1`.
        configuration: the configuration file's name.

    Raises:
        HistoryError: Git cannot say.
    """
    at = commit(root, revision)
    prefix = _git(root, "rev-parse", "--show-prefix").strip()
    names = _git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", at, f"{prefix or '.'}").split("\0")
    names_wanted = [
        name
        for name in names
        if (series_path := name.removeprefix(prefix)) == configuration
        or (series_path.split("/")[0] in FOLDERS and series_path.endswith(_ENDINGS))
    ]
    texts = {name.removeprefix(prefix): _git(root, "cat-file", "blob", f"{at}:{name}") for name in names_wanted}

    def inherited(path: str) -> str | None:
        full_name = posixpath.normpath(prefix + path)
        if full_name.startswith("../"):
            return None
        if _git(root, "ls-tree", "--full-tree", at, "--", full_name).startswith("100"):  # a file, and not a link
            return _git(root, "cat-file", "blob", f"{at}:{full_name}")
        return None

    if configuration in texts:
        texts |= readers.chain(configuration, texts[configuration], os.environ, inherited)[0]
    return texts


def commit(root: Path, revision: str = "HEAD") -> str:
    """Return the full id of the commit that a revision names.

    Raises:
        HistoryError: Git does not know it, or nothing is committed yet.
    """
    try:
        return _commit(root, revision)
    except HistoryError:
        _git(root, "rev-parse", "--git-dir")  # where there is no repository, Git says so
        if not _git(root, "rev-list", "--all", "--max-count=1").strip():
            raise HistoryError("the repository has no commit yet: commit first") from None
        raise


def _commit(root: Path, revision: str) -> str:
    return _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()


def touched(root: Path, revision: str) -> tuple[str, ...]:
    """Return the series' files that differ from where this branch left a revision, new and deleted ones too.

    What is not committed yet counts, so that an editor's own computer says the same as a pull request.

    Raises:
        HistoryError: Git does not know the revision, or the two have nothing in common.
    """
    start = _git(root, "merge-base", "HEAD", commit(root, revision)).strip()
    changed = _git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", start, "--")
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return tuple(sorted({name for name in (*changed.split("\0"), *new.split("\0")) if name}))


def names_at(root: Path, revision: str) -> tuple[str, ...]:
    """Return the paths of the files below the series' root where this branch left a revision.

    Raises:
        HistoryError: Git does not know the revision, or the two have nothing in common.
    """
    start = _git(root, "merge-base", "HEAD", commit(root, revision)).strip()
    return tuple(filter(None, _git(root, "ls-tree", "-r", "-z", "--name-only", start).split("\0")))


def files_at(root: Path, revision: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files below the series' root where this branch left a revision, pictures among them; no links.

    Raises:
        HistoryError: Git does not know the revision, or the two have nothing in common.
    """
    start = _git(root, "merge-base", "HEAD", commit(root, revision)).strip()
    if not _git(root, "ls-tree", "--name-only", start):
        return  # a commit without files: the archive that Git makes of it cannot be read
    with tarfile.open(fileobj=io.BytesIO(_git_bytes(root, "archive", "--format=tar", start))) as archive:
        for entry in archive:
            content = archive.extractfile(entry) if entry.isreg() else None
            if content and not PurePosixPath(entry.name).is_absolute() and ".." not in PurePosixPath(entry.name).parts:
                yield entry.name, content.read()


def tracked_path(root: Path, path: str) -> str:
    """Return the path of a file if Git has it; "" if it does not.

    Raises:
        HistoryError: there is no Git, or no repository.
    """
    return _git(root, "ls-files", "--", path).strip()


def committed(root: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """Return those of the files below the series' root that the last commit has.

    None if there is no commit or no Git.
    """
    try:
        names = _git(root, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", *paths) if paths else ""
    except HistoryError:
        return ()
    return tuple(name for name in names.split("\0") if name)


def taken(root: Path, paths: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Return those of the files below the series' root that Git has or would take, and whether it has them.

    None without Git.
    """
    try:
        listing = _git(root, "ls-files", "-t", "-z", "--cached", "--others", "--exclude-standard", "--", *paths)
    except HistoryError:
        return ()
    lines = [line.partition(" ") for line in listing.split("\0") if line and paths]
    return tuple(sorted({(name, state != "?") for state, _, name in lines}))


def files(root: Path) -> tuple[str, ...]:
    """Return the files below the series' root that Git has, or would take with the next `git add`; none without Git."""
    try:
        names = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    except HistoryError:
        return ()
    return tuple(sorted({name for name in names.split("\0") if name}))


def would_take(place: Path) -> bool:
    """Return whether the next `git add` would take a file: it is in a repository, and no rule ignores it.

    Where Git cannot be asked, it is as if there were no rule.
    """
    place = place.parent.resolve() / place.name
    if not any((folder / ".git").exists() for folder in place.parents):
        return False
    existing_parent = next(folder for folder in place.parents if folder.is_dir())
    try:
        _git(existing_parent, "check-ignore", "--quiet", "--", str(place))
    except HistoryError:
        return True
    return False


def _git(root: Path, *arguments: str) -> str:
    return _git_bytes(root, *arguments).decode("utf-8", errors="replace")


def _git_bytes(root: Path, *arguments: str) -> bytes:
    try:
        completed = subprocess.run([*GIT, "-C", str(root), *arguments], capture_output=True, check=True)  # noqa: S603 - the user's own Git
    except FileNotFoundError:
        raise HistoryError("Git is not installed") from None
    except subprocess.CalledProcessError as error:
        message = error.stderr.decode(errors="replace").strip() or f"it knows no {arguments[-1].split('^')[0]}"
        raise HistoryError(f"Git says: {message}") from None
    return completed.stdout
