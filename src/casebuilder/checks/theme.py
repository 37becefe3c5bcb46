"""The logo and the favicon of a series."""

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
    """Logo and favicon must be in the series, because pages load nothing from other hosts."""
    for name in ("logo", "favicon"):
        path = getattr(series, name)
        place, hint = series.origin.at("theme", name), _HINT.format(name=name)
        if re.match(r"\w+:|//", path):
            yield Problem(*place, "bad-value", f'"{name}" is an address: pages load nothing from other hosts', hint)
        elif path and not path.endswith(".ico"):  # .ico is used for nothing else, and is not opened
            candidates = (posixpath.normpath(f"{folder}/{path}") for folder in series.page_folders)
            if path.startswith("/") or series.page_pictures.isdisjoint(candidates):
                yield Problem(*place, "missing-picture", f"there is no picture {path}", hint)
