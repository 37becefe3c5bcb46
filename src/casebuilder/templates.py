"""Jinja templates: escaping always on, an unknown name always an error."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=8)
def environment(kind: str) -> Environment:
    """The templates of one kind of output: a folder of `casebuilder/templates/`, such as "pages" or "print".

    Autoescape is turned on outright: Jinja's own choice goes by a file's ending and misses ".html.j2".
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("casebuilder", f"templates/{kind}"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
