"""What takes seconds to build and is only looked at: built by one process of the tests, and shared by all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def built_once(temporary: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Path:
    """Return a folder that no test writes into.

    Args:
        temporary: pytest's folders for temporary files.
        name: of the folder.
        build: fills it; its failure fails the test of each process that asks.
    """
    base = temporary.getbasetemp()
    shared_folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, finished = shared_folder / name, shared_folder / f"{name}.finished"
    with FileLock(shared_folder / f"{name}.lock"):
        if not finished.exists():
            folder.mkdir()
            build(folder)
            finished.touch()
    return folder
