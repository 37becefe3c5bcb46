"""The menu of a site: pages that it does not name, and entries that MkDocs cannot find."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from casebuilder.pipeline.mkdocssettings import links
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebuilder.model import Step
    from casebuilder.pipeline.handwritten.sitefiles import SiteFiles
    from casebuilder.pipeline.handwritten.validationlevels import Levels
    from casebuilder.readers import Series

_NOT_THERE = "not-in-site"


def problems(series: Series, files: SiteFiles, levels: Levels, pages: Iterable[str]) -> Iterator[Problem]:
    """Yield the problems of the menu.

    Args:
        series: with its settings.
        files: the files of the site.
        levels: what MkDocs warns about.
        pages: the hand-written pages that belong into the menu, by their paths below the folder of pages.
    """
    nav = series.site_values.get("nav")
    if not nav:
        return
    pages_in_menu: set[str] = set()
    for steps, entry in entries(nav, ("nav",)):
        if links.scheme(entry):  # of another site, or refused already
            continue
        path = posixpath.normpath(entry.lstrip("/") if levels.menu_from_root else entry)
        place = series.origin.at(*steps)
        pages_in_menu.add(path)
        if entry.startswith("/") and not levels.menu_from_root:
            if levels.menu_absolute:
                hint = "write the name of a page below docs, such as about.md, or the full address"
                yield Problem(*place, "page-link", f'the menu\'s entry "{entry}" begins with a slash', hint)
        elif not files.has(path):
            yield Problem(*place, _NOT_THERE, *_missing_entry(entry, path, files))
    if levels.omitted:
        place = series.origin.at_key("nav")
        for page in sorted(set(pages) - pages_in_menu):
            hint = f"add it there, or write its name under not_in_nav: {page}"
            yield Problem(*place, "page-not-in-menu", f'the menu does not name the page "{page}"', hint)


def _missing_entry(entry: str, path: str, files: SiteFiles) -> tuple[str, str]:
    if files.is_waiting(path):
        return f'the menu names "{entry}", a case that is not public yet', "add it when the case has opened"
    plain = re.sub(r"(\.html?|/)$", "", re.split("[?#]", path)[0])
    guesses = (plain, f"{plain}.md", f"{plain}/index.md", f"{plain.removesuffix('index')}index.md".lstrip("/"))
    existing_path = next((guess for guess in guesses if files.has(guess)), "")
    message = f'the menu names "{entry}", which is not there'
    return (
        message,
        f"write {existing_path}"
        if existing_path
        else "correct its name, which begins below docs; or delete it from the menu",
    )


def entries(value: object, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the pages of a menu, which may hold others, each with its place in the settings."""
    if isinstance(value, str) and len(steps) > 1:
        yield steps, value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in parts:
        yield from entries(below, (*steps, step))
