"""A new folder is written whole or not at all, whatever stops the writing: a full disk, or Ctrl-C."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casebuilder.build import Site


def new_folder(site: Site, folder: Path, option: str) -> int:
    """Write what was made into a folder that is empty or not there yet; how many files there are.

    Raises:
        click.BadParameter: something is there already, or nothing can be written there.
    """
    try:
        taken = any(folder.iterdir()) if folder.is_dir() else folder.exists()
        if not taken:
            return _moved(site, folder)
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}; nothing was written"
        raise click.BadParameter(message, param_hint=option) from None
    raise click.BadParameter(f"{folder} is there already; nothing was written", param_hint=option)


def _moved(site: Site, folder: Path) -> int:
    """Write everything beside where it is to be, and then move it there at once."""
    from casebuilder import build

    near = folder if folder.is_dir() else next(above for above in folder.absolute().parents if above.is_dir())
    with tempfile.TemporaryDirectory(prefix=".casebuilder-", dir=near) as place:
        whole = Path(place, "whole")
        count = build.write_tree(site, whole)
        if folder.is_dir():  # it may be the one that somebody stands in: it stays, and is filled
            for entry in whole.iterdir():
                entry.rename(folder / entry.name)
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
            whole.rename(folder)
    return count
