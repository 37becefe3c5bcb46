"""The series as it was at a revision: a tree of texts read from Git, without a checkout."""

from __future__ import annotations

import os
import posixpath
import subprocess
from typing import TYPE_CHECKING

from casebuilder import readers
from casebuilder.readers.folders import FOLDERS

if TYPE_CHECKING:
    from pathlib import Path

_ENDINGS = (".md", ".yml", ".jsonl")


class HistoryError(Exception):
    """Git is not there, the folder is no repository, or it has no such revision."""


def read_revision(root: Path, revision: str, configuration: str) -> dict[str, str]:
    """The series' texts at a revision, by their path below the series' root.

    Args:
        root: the series' folder, in a Git repository or at its top.
        revision: anything that Git calls a commit: a branch, a tag, a hash, `HEAD~1`.
        configuration: the configuration file's name.

    Raises:
        HistoryError: Git cannot say.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    prefix = _git(root, "rev-parse", "--show-prefix").strip()
    names = _git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, f"{prefix or '.'}").split("\0")
    wanted = [
        name
        for name in names
        if (own := name.removeprefix(prefix)) == configuration
        or (own.split("/")[0] in FOLDERS and own.endswith(_ENDINGS))
    ]
    texts = {name.removeprefix(prefix): _git(root, "cat-file", "blob", f"{commit}:{name}") for name in wanted}

    def inherited(path: str) -> str | None:
        name = posixpath.normpath(prefix + path)
        if name.startswith("../"):
            return None
        if _git(root, "ls-tree", "--full-tree", commit, "--", name).startswith("100"):  # a file, and not a link
            return _git(root, "cat-file", "blob", f"{commit}:{name}")
        return None

    if configuration in texts:
        texts |= readers.chain(configuration, texts[configuration], os.environ, inherited)[0]
    return texts


def tracked_path(root: Path, path: str) -> str:
    """The path of a file if Git has it; "" if it does not.

    Raises:
        HistoryError: there is no Git, or no repository.
    """
    return _git(root, "ls-files", "--", path).strip()


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True)  # noqa: S603, S607 - the user's own Git
    except FileNotFoundError:
        raise HistoryError("Git is not installed") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip() or f"it knows no {words[-1].split('^')[0]}"
        raise HistoryError(f"Git says: {said}") from None
    return done.stdout.decode("utf-8", errors="replace")
