"""The look of the site for a page that loads nothing: its tokens and type, with the typefaces inside."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder.outputs.site import webfonts
from casebuilder.pipeline import machinecache
from casebuilder.pipeline.sitecontents import cached_in

if TYPE_CHECKING:
    from pathlib import Path

_SHEETS = ("tokens", "type", "parts")


def look(root: Path) -> str:
    """Return the style sheets of the curation desk that are the site's own.

    Args:
        root: the series' folder, whose cache keeps cut typefaces.
    """
    folder = files("casebuilder.outputs.site").joinpath("theme", "assets", "stylesheets")
    sheets = (folder.joinpath(f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS)
    return "".join((webfonts.embedded(cached_in(machinecache.folder_of(root) / "fonts")), *sheets))
