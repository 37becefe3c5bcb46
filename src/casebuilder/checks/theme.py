"""The marks of a series: its logo and the small picture in a browser's tab."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.series import Series

_HINT = "put the picture into docs/assets/images and name it from there, such as {name}: assets/images/{name}.svg"


def marks(series: Series) -> Iterator[Problem]:
    """Logo and favicon must lie in the series: pages ask no other host for anything."""
    for name in ("logo", "favicon"):
        path = getattr(series, name)
        place, hint = series.origin.at("theme", name), _HINT.format(name=name)
        if re.match(r"\w+:|//", path):
            yield Problem(*place, "bad-value", f'"{name}" is an address: pages load nothing from other hosts', hint)
        elif path and not path.endswith(".ico"):  # the one kind that is for nothing else, and is not opened
            there = (posixpath.normpath(f"{folder}/{path}") for folder in series.page_folders)
            if path.startswith("/") or series.page_pictures.isdisjoint(there):
                yield Problem(*place, "missing-picture", f"there is no picture {path}", hint)
