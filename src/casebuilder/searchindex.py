"""The search index of a finished site, by Pagefind, whose wheel carries the program.

It reads the pages as they will be published, so that nothing can be found that is on no page. A reader's browser
loads of it only what a question needs, from the site itself.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: The index' folder in the site.
FOLDER = "pagefind"
#: Parts of a page that are on every page, or lead elsewhere.
_LEFT_OUT = ("nav", ".cb-colophon", ".cb-anchor", ".headerlink")
#: Pagefind's own search boxes; this site has its own.
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")


class SearchIndexError(Exception):
    """The site could not be indexed."""


def write(site: Path) -> None:
    """Index the pages of a site that have `data-pagefind-body`, in place of an older index.

    Raises:
        SearchIndexError: Pagefind is missing, or refused.
    """
    from pagefind.service import get_executable

    program = get_executable()
    if program is None:
        raise SearchIndexError("the search needs Pagefind: install pagefind-bin")
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    words = ("--site", str(site), "--output-path", str(folder), "--exclude-selectors", ", ".join(_LEFT_OUT), "--silent")
    done = subprocess.run((program, *words), capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        raise SearchIndexError(f"Pagefind could not index the site: {done.stderr.strip() or done.stdout.strip()}")
    for pattern in _UNUSED:
        for path in folder.glob(pattern):
            path.unlink()
