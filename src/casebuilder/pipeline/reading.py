"""Reading and checking a series' folder. Problems are values; nothing found in it raises an error."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder import checks, markdown, published, readers
from casebuilder.pipeline import (
    docsfiles,
    handwritten,
    letterfiles,
    machinecache,
    mkdocssettings,
    printstyle,
    sourcetexts,
    themefiles,
    withdrawnelsewhere,
)
from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile
from casebuilder.pipeline.preparedpictures import Gallery
from casebuilder.problems import Problem, errors, in_order, stoppers
from casebuilder.readers import folders, misnamedfolders

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from casebuilder.readers import Series


#: Problems that a missing overlay, which holds half of the series, causes.
_OVERLAID = frozenset(("unused-reference", "unused-person", "unknown-quote", "unknown-theme", "unknown-contribution"))
#: The folder and the file of the facts of texts, in the cache.
_FACTS, _DOCUMENTS = "facts", "documents"
#: The usual folder of pages.
_PAGES = "docs"


@dataclass(frozen=True, slots=True)
class Reading:
    """A series that was read and checked.

    Attributes:
        root: its folder.
        series: all of it, sealed parts too.
        problems: everything that is wrong, in order.
        tree: its files.
        gallery: its pictures in their published form.
        as_of: the instant to look at it from.
        omitted: hand-written pages and their pictures that are left out, by their paths below the root.
        misread: the errors in the settings, whose default values are used instead.
    """

    root: Path
    series: Series
    problems: tuple[Problem, ...]
    tree: sourcetexts.Tree
    gallery: Gallery
    as_of: datetime
    omitted: frozenset[str] = frozenset()
    misread: tuple[Problem, ...] = ()

    def errors(self) -> tuple[Problem, ...]:
        """Return the problems that stop every build and every pack."""
        return errors(self.problems)

    def stoppers(self, *, strict: bool = False) -> tuple[Problem, ...]:
        """Return the problems that stop a build: the errors, and all of them if the series or this build is strict."""
        return stoppers(self.problems, strict=strict or self.series.settings.strict)

    def overlooks(self, problem: Problem) -> bool:
        """Return whether a problem only seems to be one, because an overlay is not there."""
        return bool(self.tree.absent) and problem.code in _OVERLAID

    def file(self, path: str) -> Path:
        """Return the file on disk behind a path of the series, which may lie in an overlay."""
        return self.root / self.tree.overlaid.get(path, path)

    def cache(self, name: str) -> Path:
        """Return a cache folder: below the series' root, or below CASEBUILDER_CACHE."""
        return machinecache.folder_of(self.root) / name


def read(
    root: Path,
    configuration: str = sourcetexts.CONFIGURATION,
    *,
    as_of: str | None = None,
    final: Mapping[str, object] | None = None,
) -> Reading:
    """Read and check a series. Writes nothing except the facts and verdicts in the cache.

    Args:
        root: its folder.
        configuration: its configuration file's name.
        as_of: a day or a time to look at it from, instead of its setting or now.
        final: in a build, what MkDocs has made of the configuration; see `casebuilder.readers.Configuration`.

    Raises:
        casebuilder.published.NotAMomentError: `as_of` is not a day or a time.
    """
    cache = machinecache.folder_of(root)
    markdown.recall(machinecache.read(cache / _FACTS, _FACTS))
    readers.KNOWN.recall(machinecache.read(cache / _FACTS, _DOCUMENTS))
    tree = sourcetexts.read_tree(root, configuration=configuration)
    source = readers.Configuration(configuration, os.environ, final)
    settings, settings_problems = readers.read_settings(tree.texts, source)
    if settings.settings.overlays:
        tree = sourcetexts.read_tree(root, configuration=configuration, overlays=settings.settings.overlays)
    unread = {problem.path for problem in tree.problems}
    series, read_problems = readers.read(tree.texts, tree.pictures, configuration=source, unread=unread)
    file_problems = [*folders.problems(root, series), *machinecache.problems(root)]
    docs, *themes = series.page_folders
    if docs != _PAGES and (docs.strip("./") in folders.FOLDERS or not (root / docs).is_dir()):
        series = series.replaced(page_folders=(_PAGES, *themes))  # what follows from a wrong setting is no problem
    pages = sourcetexts.page_pictures(root, tuple(dict.fromkeys((*series.page_folders, printstyle.FOLDER))))
    own_pages = sourcetexts.addresses(root, docs) if (docs := series.page_folders[0]) != _PAGES else tree.pages
    series = series.replaced(page_pictures=frozenset(pages), pages=frozenset(own_pages))
    gallery = Gallery({**tree.pictures, **pages}, cache / "pictures")
    prints = series.settings.packs
    file_problems += printstyle.problems(root, pages, gallery.read, cache / "style", prints=prints)
    read_pages = docsfiles.read(root, series.page_folders)
    file_problems += docsfiles.problems(read_pages)
    file_problems += themefiles.problems(root, series.page_folders[1:])
    file_problems += letterfiles.problems(root)
    file_problems += misnamedfolders.problems(
        root, {*series.page_folders, *series.settings.overlays, series.site_folder}
    )
    if not final:  # in a build MkDocs has judged its settings already
        known_places = {(problem.path, problem.line) for problem in (*tree.problems, *read_problems, *file_problems)}
        of_site = mkdocssettings.problems(root, series, tree.texts)
        file_problems += [problem for problem in of_site if (problem.path, problem.line) not in known_places]
    file_problems += withdrawnelsewhere.problems(root, series, tree, cache / "words")
    as_of_instant = published.moment(series, as_of)
    missing_consents = tuple(published.missing_consents(series, as_of_instant))
    checked = checks.run(series, gallery.faults)
    if not final:
        is_sound = not errors([*tree.problems, *read_problems, *file_problems, *checked])
        written = SettingsFile(root, series.site_values, series.origin, tree.texts)
        file_problems += handwritten.problems(written, series, as_of_instant, read_pages, is_sound=is_sound)
    gallery.keep()
    for name, results in ((_FACTS, markdown.FACTS), (_DOCUMENTS, readers.KNOWN)):
        if content := results.to_keep():
            machinecache.write(cache / _FACTS, name, content)
    replaced_paths = {problem.path for problem in read_problems if problem.code == "missing-file"}
    # The problem of a missing file covers its placeholder.
    unusable = [problem for problem in tree.problems if problem.path not in replaced_paths]
    reading = Reading(root, series, (), tree, gallery, as_of_instant)
    remaining = checks.left_out([*unusable, *file_problems, *read_problems, *checked, *missing_consents], series)
    remaining = [problem for problem in remaining if not reading.overlooks(problem)]
    display_problems = (replace(problem, path=tree.overlaid.get(problem.path, problem.path)) for problem in remaining)
    return replace(
        reading, problems=in_order(display_problems), misread=_settings_errors(tree, configuration, settings_problems)
    )


def _settings_errors(
    tree: sourcetexts.Tree, configuration: str, settings_problems: Sequence[Problem]
) -> tuple[Problem, ...]:
    """Return the errors in the settings: what cannot be read of their files, and values that cannot be used."""
    unreadable = [problem for problem in tree.problems if problem.path in tree.settings]
    problems = unreadable if configuration not in tree.texts else [*unreadable, *settings_problems]
    return in_order(problem for problem in errors(problems) if problem.code != "no-series")


def no_pages(reading: Reading) -> Path:
    """Return an empty folder, used where a series has no hand-written pages."""
    folder = reading.cache("no-pages")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def misplaced(reading: Reading, docs: str, theme: str | None) -> tuple[Problem, ...]:
    """Return problems of MkDocs' final folders, where they differ from those that were checked."""
    series_root = os.path.realpath(reading.root)
    names = [_path_below(series_root, docs)] if Path(docs) != reading.cache("no-pages") else []
    names += [_path_below(series_root, theme)] if theme else []
    if {*names} <= {posixpath.normpath(name.replace(os.sep, "/")) for name in reading.series.page_folders}:
        return ()
    return tuple(folders.problems(reading.root, reading.series.replaced(page_folders=tuple(names))))


def _path_below(series_root: str, folder: str) -> str:
    """Return a folder's path below the series' root, with slashes on every system.

    A folder on another drive keeps its whole path.
    """
    place = os.path.realpath(folder)
    try:
        return os.path.relpath(place, series_root).replace(os.sep, "/")
    except ValueError:
        return place.replace(os.sep, "/")


def agrees(reading: Reading, configuration: str, final: Mapping[str, object]) -> bool:
    """Return whether MkDocs' final settings are those with which a series was read."""
    final_series, _ = readers.read_settings(reading.tree.texts, readers.Configuration(configuration, os.environ, final))
    return not readers.differences(reading.series, final_series)


def differences(reading: Reading, configuration: str = sourcetexts.CONFIGURATION) -> tuple[str, ...]:
    """Return the settings that hooks changed in a build and that `check`, which runs no hooks, cannot see.

    Each is a sentence.
    """
    read, _ = readers.read_settings(reading.tree.texts, readers.Configuration(configuration, os.environ))
    return readers.differences(read, reading.series)


def lacks(reading: Reading) -> tuple[Problem, ...]:
    """Return the settings that are missing before a site is published. While writing, they are not problems."""
    if reading.series.site_url:
        return ()
    message = "the site has no address, so links in feeds, packs and link previews are incomplete"
    hint = "add its address, such as site_url: https://example.org/our-series/"
    return (Problem(*reading.series.origin.at(), "missing-site-url", message, hint),)


def changed_since(
    reading: Reading, revision: str, configuration: str = sourcetexts.CONFIGURATION
) -> tuple[Problem, ...]:
    """Report released texts that changed since a Git revision of the series without an entry in `changes`.

    Raises:
        casebuilder.editorial.history.HistoryError: Git does not know the revision, or there is no repository.
    """
    from casebuilder.editorial import corrections, history

    texts = history.read_revision(reading.root, revision, configuration)
    before, _ = readers.read(texts, configuration=readers.Configuration(configuration, os.environ))
    old, new = (published.publish(series, reading.as_of) for series in (before, reading.series))
    return in_order(corrections.unrecorded_changes(old, new, revision))
