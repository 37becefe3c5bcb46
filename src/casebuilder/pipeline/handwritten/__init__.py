"""Hand-written pages: what MkDocs would warn about, or stop at, is a problem at its line.

MkDocs does not build a series with `strict: true` after a warning, so `check` must find it first. It knows which files
a site has, looks at links quickly, and converts only the pages on which something may be wrong.
"""

from __future__ import annotations

import posixpath
import re
from functools import partial
from typing import TYPE_CHECKING

from casebuilder.pipeline.handwritten import clashes, frontmatter, linkprecheck, lostcells, menu, straytags
from casebuilder.pipeline.handwritten.sitefiles import SiteFiles
from casebuilder.pipeline.handwritten.validationlevels import levels
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from casebuilder.pipeline.docsfiles import PageFiles
    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile
    from casebuilder.readers import Series

#: Settings with the patterns of pages that MkDocs does not publish, and of those that need not be in the menu.
_UNPUBLISHED, _APART = ("exclude_docs", "draft_docs"), "not_in_nav"
#: What MkDocs leaves out by itself.
_NEVER = "/templates/"
#: Extensions that make links of what a quick look does not see.
_TELLING = re.compile(r"wikilinks|snippets|magiclink|blocks")


def problems(
    settings: SettingsFile, series: Series, as_of: datetime, read: PageFiles, *, is_sound: bool
) -> Iterator[Problem]:
    """Yield the problems of the pages in the folder of pages, and of the menu.

    Args:
        settings: the settings of the series.
        series: with its cases.
        as_of: the instant of the build, which decides which cases have a page.
        read: the files of the folder of pages and of the theme.
        is_sound: whether the series has no errors.
    """
    root, (folder, *themes) = settings.root, series.page_folders
    start = f"{posixpath.normpath(folder)}/"
    pages = {name.removeprefix(start): text for name, text in read.texts.items() if name.startswith(start)}
    others = frozenset(name.removeprefix(start) for name in read.files if name.startswith(start)) - pages.keys()
    theme = root / themes[0] if themes else None
    files, warned = SiteFiles(series, as_of, pages, others, theme, is_sound), levels(series.site_values)
    twins = dict(_pages_of_one_address(pages))
    for path, other in twins.items():
        message = f"{path} is not published: {other} beside it has the same address"
        yield Problem(start + path, 1, 1, "unexpected-file", message, "delete one of them, or rename it")
    yield from _clashing_files(series, read.files, pages, files)
    plugins = dict(_plugins(series.site_values.get("plugins")))
    templates, used = tuple(root / name for name in themes), frozenset(name for name in plugins if _uses(plugins, name))
    for path, text in pages.items():
        yield from frontmatter.problems(start + path, text, templates, used)
        for line, message in lostcells.found(text):
            hint = r"give the first row as many cells, or write \| where a bar belongs to the words"
            yield Problem(start + path, line, 1, "lost-words", message, hint)
    if "meta" in used:
        from casebuilder.pipeline.handwritten import metafiles

        wanted = str(_plugin_options(plugins, "meta").get("meta_file") or "")
        judge = partial(frontmatter.of_fields, themes=templates, used=used)
        yield from metafiles.problems(root / start, start, wanted, pages, judge)
    public = _published_pages(series, pages.keys() - twins.keys(), _APART) if warned.omitted else []
    yield from menu.problems(series, files, warned, public)
    tells_all = _TELLING.search(str(series.site_values.get("markdown_extensions")))
    doubtful = [
        path
        for path, text in pages.items()
        if tells_all or linkprecheck.is_doubtful(path, text, files, warned) or any(straytags.found(text))
    ]
    if doubtful:
        from casebuilder.pipeline.handwritten import renderedlinks
        from casebuilder.pipeline.handwritten.pagelinks import PageLinks

        links = PageLinks(start.removesuffix("/"), files, warned, renderedlinks.chosen(settings))
        for path in _published_pages(series, doubtful):
            yield from links.problems(path, pages[path])


def _clashing_files(
    series: Series, names: Collection[str], pages: Collection[str], files: SiteFiles
) -> Iterator[Problem]:
    """Yield the files of pages and theme that cannot be written beside others."""
    folder, *themes = (f"{posixpath.normpath(name)}/" for name in series.page_folders)
    has_folders = not _is_off(series.site_values.get("use_directory_urls"))
    sources = {
        clashes.of_page(path) if has_folders and path in pages else path: name
        for name in names
        if name.startswith(folder) and (path := name.removeprefix(folder))
    }
    for theme in themes:
        copied = [name for name in names if name.startswith(theme) and not name.endswith(clashes.TEMPLATES)]
        sources |= {name.removeprefix(theme): name for name in copied}
    found = [*clashes.problems(sources, files)]
    public = {*_published_pages(series, (problem.path.removeprefix(folder) for problem in found))} if found else ()
    yield from (problem for problem in found if problem.path.removeprefix(folder) in public)


def _plugins(value: object) -> Iterator[tuple[str, object]]:
    """Yield the plugins in a list or in fields, each with its options."""
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            yield from ((name.removeprefix("material/"), options) for name, options in entry.items())
        elif isinstance(entry, str):
            yield entry.removeprefix("material/"), None


def _uses(plugins: Mapping[str, object], name: str) -> bool:
    return name in plugins and not _is_off(_plugin_options(plugins, name).get("enabled"))


def _is_off(value: object) -> bool:
    """Return whether a setting is switched off; one of another kind, which has its own problem, is not."""
    return isinstance(value, str) and value in {"false", "False", "no", "off"}


def _plugin_options(plugins: Mapping[str, object], name: str) -> Mapping[str, object]:
    options = plugins.get(name)
    return options if isinstance(options, dict) else {}


def _published_pages(series: Series, paths: Iterable[str], *more_names: str) -> list[str]:
    """Return the pages that MkDocs publishes; without those that the patterns in other settings name, too."""
    from mkdocs.config.defaults import MkDocsConfig

    patterns = [_NEVER]
    for name in (*_UNPUBLISHED, *more_names):
        pattern_lines = series.site_values.get(name)
        patterns += pattern_lines.splitlines() if isinstance(pattern_lines, str) else []
    left_out = dict(MkDocsConfig._schema)[_UNPUBLISHED[0]].validate("\n".join(patterns))  # noqa: SLF001 - as in `namedsettings`
    return [path for path in paths if not left_out.match_file(path)]


def _pages_of_one_address(pages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each page that has the address of another beside it, and that other, which MkDocs publishes."""
    paths_by_stem: dict[str, str] = {}
    for path in sorted(pages, key=lambda name: posixpath.basename(name).startswith("README")):
        stem = re.sub(r"(^|/)README$", r"\1index", posixpath.splitext(path)[0])
        if stem in paths_by_stem:
            yield path, paths_by_stem[stem]
        paths_by_stem.setdefault(stem, path)
