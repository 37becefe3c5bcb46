"""Which files a site has, by their paths below the folder of pages, as MkDocs names them in a build."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from casebuilder import published
from casebuilder.model import State
from casebuilder.pipeline import themefiles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from casebuilder.readers import Series

#: The pages and files of every series.
ALWAYS = frozenset(
    (
        *("index.md", "feed.xml", "atom.xml", "feed.json", "calendar.ics", "series.json"),
        *(
            f"{name}/index.md"
            for name in ("cases", "experts", "topics", "competencies", "collections", "facilitators", "schedule")
        ),
        *("facilitators/build/index.md", "statistics/index.md", "search/index.md"),
    )
)
#: Folders in which pages are made, but for those of cases; and those of other files.
_PAGES = ("experts", "topics", "collections", "schedule", "statistics", "team", "facilitators")
_PACKS, _FILES = "packs", ("cards", "schema", "cases", "topics", "experts", "collections")
#: The folders of every site, and files beside those in `ALWAYS`.
_FOLDERS = frozenset((*_PAGES, *_FILES, _PACKS, "assets", "competencies", "pagefind", "search"))
_NAMES = frozenset(
    (
        *("404.html", "CITATION.cff", "feed.css", "sitemap.xml", "sitemap.xml.gz"),
        *("assets/stylesheets/casebuilder.css", "packs/sheet.css"),
    )
)
_HIDDEN = (State.DRAFT, State.SCHEDULED)


@dataclass(eq=False)
class SiteFiles:
    """The files of a site that hand-written pages can link to.

    Attributes:
        series: with its cases.
        as_of: the instant that decides which cases have a page.
        texts: hand-written pages, by their path below the folder of pages.
        others: the paths of its other files.
        theme: the folder of the series' own theme; None if it has none.
        is_sound: whether nothing is wrong with the series, so that its pages can be made.
    """

    series: Series
    as_of: datetime
    texts: Mapping[str, str]
    others: frozenset[str]
    theme: Path | None
    is_sound: bool

    def has(self, path: str) -> bool:
        """Return whether the site has a file at a path below the folder of pages."""
        if path in ALWAYS or path in self.texts or path in self.others:
            return True
        top, _, rest = path.partition("/")
        if path.endswith(".md"):
            return self._is_made(path)
        return self._is_file(top, rest) if rest else path == "CITATION.cff"

    def has_folder(self, path: str) -> bool:
        """Return whether casebuilder makes a folder at a path."""
        top, _, rest = path.partition("/")
        if not rest:
            return top in _FOLDERS
        if top == "assets":
            return (themefiles.OWN / path).is_dir() or path == "assets/fonts"
        page = f"{path}/index.md"
        return page in ALWAYS or (top in {*_PAGES, "cases"} and self._is_made(page) and self.is_sound)

    def has_made_file(self, path: str) -> bool:
        """Return whether casebuilder makes a file at a path."""
        if path in ALWAYS or path in _NAMES or posixpath.basename(path) == "index.html":
            return True
        return (themefiles.OWN / path).is_file()

    def _is_made(self, path: str) -> bool:
        """Return whether a page is made."""
        top, _, rest = path.partition("/")
        if top == "cases" and posixpath.basename(rest) == "index.md":
            return posixpath.dirname(rest) in self._public_slugs
        return top in _PAGES and (not self.is_sound or path in self.made)

    def _is_file(self, top: str, rest: str) -> bool:
        """Return whether a file below one of the site's folders is made, or comes with a theme."""
        if top == _PACKS:
            return self.series.settings.packs and self._is_pack(rest)
        if top == "assets":
            return any((folder / top / rest).is_file() for folder in (self.theme, themefiles.OWN) if folder)
        return top in _FILES and (top != "cases" or rest.partition("/")[0] in self._public_slugs)

    def _is_pack(self, name: str) -> bool:
        """Return whether a file is printed now: some editions of a case wait for its release."""
        from casebuilder.editions import EDITIONS, of_state  # only a link to a pack needs them

        if name.startswith(("volume-", "collection-")):
            return True
        slug = max((slug for slug in self._public_slugs if name.startswith(slug)), key=len, default="")
        edition = next((each for each in EDITIONS if name.startswith(f"{slug}-{each.name}")), None)
        return bool(slug) and (edition is None or edition in of_state(self._states.get(slug, State.COMPLETE).value))

    def is_waiting(self, path: str) -> bool:
        """Return whether a path is that of a case that is not public yet."""
        top, _, rest = path.partition("/")
        return top == "cases" and posixpath.dirname(rest) in self._states and not self.has(path)

    @cached_property
    def _states(self) -> dict[str, State]:
        """The state of each case whose dates can be read, by its slug."""
        sound = [case for case in self.series.cases if case.origin.sound("opens") and case.origin.sound("status")]
        return {case.slug: published.state(case, self.as_of, self.series.zone) for case in sound}

    @cached_property
    def _public_slugs(self) -> frozenset[str]:
        """The slugs of the cases that have a page; of a case that cannot be read, it is assumed."""
        hidden = {slug for slug, state in self._states.items() if state in _HIDDEN}
        return frozenset(case.slug for case in self.series.cases if case.slug not in hidden)

    @cached_property
    def made(self) -> Mapping[str, str]:
        """The pages that a build makes, by their paths: all of them, which takes a while."""
        from casebuilder.outputs.site import pages

        return {page.path: page.text for page in pages.render(published.publish(self.series, self.as_of))}
