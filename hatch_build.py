"""What a wheel and a source archive say about themselves: the commit that they were made of, and its repository.

`casebuilder init` writes this into a new series, so that others install the same program. pip records where it found a
package (PEP 610), but of a file it records no commit. So hatchling calls this for each file that it builds.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: The file in the package, which an unpacked source archive has already.
NAME = "built.json"


class CustomBuildHook(BuildHookInterface[Any]):
    """Put `built.json` into the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the file, but not to an editable installation, whose commit changes."""
        root = Path(self.root)
        if version == "editable" or (root / "src/casebuilder" / NAME).exists() or not (made := provenance(root)):
            return
        with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False, encoding="utf-8") as file:
            json.dump(made, file, indent=2, sort_keys=True)
        folder = "casebuilder" if self.target_name == "wheel" else "src/casebuilder"
        build_data["force_include"][file.name] = f"{folder}/{NAME}"


def provenance(root: Path) -> dict[str, object]:
    """Return commit, repository, whether files were changed since, and whether this is a release for the index.

    A folder that is not the top of a Git repository would give another project's commit. If it is an archive that Git
    or GitHub made, the commit stands in a file of it; otherwise nothing is returned.
    """
    if _git(root, "rev-parse", "--show-cdup") != "" or not (commit := _git(root, "rev-parse", "HEAD")):
        archive = root / ".git_archival.txt"
        commit = archive.read_text(encoding="utf-8").strip() if archive.exists() else ""
        return {"commit": commit} if re.fullmatch("[0-9a-f]{40}", commit) else {}
    return {
        "commit": commit,
        "repository": _git(root, "config", "--get", "remote.origin.url") or "",
        "changed": bool(_git(root, "status", "--porcelain", "--untracked-files=no")),
        "index": os.environ.get("CASEBUILDER_RELEASE") == "1",
    }


def _git(root: Path, *words: str) -> str | None:
    """Return what Git says; None if it is not installed or the folder is not a repository."""
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True, text=True)  # noqa: S603, S607 - the user's own Git
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
