"""The part of a cache that this machine has written itself.

A pull request can bring a folder with the name of a cache along. It cannot know the number that the file system gives
to the folder, so a cache is in a folder named after that number, and nothing else there is read.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def of(folder: Path) -> Path:
    """Return the subfolder whose name depends on the folder's number on this file system.

    Other subfolders are deleted.
    """
    try:
        status = folder.stat()
    except OSError:
        return folder / "none"
    own_folder = folder / f"{status.st_dev:x}-{status.st_ino:x}"
    # Where several machines share the folder, each has its own number for it.
    for other in folder.iterdir() if not os.environ.get("CASEBUILDER_CACHE") else ():
        if other != own_folder:
            shutil.rmtree(other, ignore_errors=True)
    return own_folder
