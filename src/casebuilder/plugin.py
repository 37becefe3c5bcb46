"""The MkDocs plugin: it hands named values to plain functions, and their results to MkDocs.

Pages get real files in a temporary folder, because other plugins open them; everything else stays in memory. All
outputs are registered in `on_files`, so that MkDocs' own link checker knows them. Nothing is ever written below
`docs_dir`, which would make `serve` rebuild for ever.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.config.config_options import Type
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import CountHandler

from casebuilder import (
    build,
    load,
    offline,
    problems,
    progress,
    publish,
    report,
    scripts,
    searchindex,
    templates,
    wording,
)
from casebuilder.model import Settings
from casebuilder.press import ClusterError, PressError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

_log = get_plugin_logger(__name__)
_WATCHED = (*load.FOLDERS, "theme")
_THEME = Path(__file__).with_name("theme")
#: The styles that every page needs, and the one file that is made of them.
_SHEETS = (
    "assets/fonts/fonts.css",
    *(f"assets/stylesheets/{name}.css" for name in ("tokens", "type", "frame", "parts", "case")),
)
#: What loads discussions from another host; a series that wants none has nothing of it.
_THREAD = "assets/javascripts/thread.js"
_SHEET = "assets/stylesheets/casebuilder.css"


class _Strictness:
    """Lets no build with a warning pass, where our own option asks for that and MkDocs' does not."""

    def __init__(self) -> None:
        self._counter = CountHandler(level=logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self._counter)

    def refuse_warnings(self) -> None:
        """Stop the build if there was a warning since this was made.

        Raises:
            PluginError: there was.
        """
        logging.getLogger("mkdocs").removeHandler(self._counter)
        if counts := self._counter.get_counts():
            count = sum(number for _, number in counts)
            raise PluginError(f"{count} {'warning' if count == 1 else 'warnings'}, and the series is strict")


class CasebuilderPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # the options are made from names
    """Builds the case series that lies beside `mkdocs.yml`."""

    # The options are read, with their positions, by casebuilder.readers; MkDocs only needs their names.
    config_scheme = tuple((name, Type(object)) for name in Settings.model_fields)
    _strictness: _Strictness | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep this object from one rebuild of `serve` to the next, and with it the folder of pages."""
        del command, dirty
        self._folder = tempfile.TemporaryDirectory(prefix="casebuilder-")

    def on_shutdown(self) -> None:
        """Remove the folder of pages."""
        self._folder.cleanup()

    @event_priority(-100)
    def on_config(self, config: MkDocsConfig) -> None:
        """Read and check the series, after hooks and other plugins; stop with one report of all errors."""
        place = Path(config.config_file_path)
        config.watch.extend(str(path) for name in _WATCHED if (path := place.parent / name).is_dir())
        # Over Material, but under what the series itself lays over it.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_THEME))
        try:
            as_of, final = os.environ.get("CASEBUILDER_AS_OF"), _final(config, self.config)
            self._reading = build.read(place.parent, place.name, as_of=as_of, final=final)
        except publish.NotAMomentError as error:
            raise PluginError(f"CASEBUILDER_AS_OF: {error}") from None
        for sentence in build.differences(self._reading, place.name):
            _log.info(sentence)
        if found := self._reading.stoppers(strict=config.strict):
            raise PluginError(f"the series cannot be built\n\n{report.text(found)}")
        if self._reading.series.settings.strict and not config.strict:
            self._strictness = _Strictness()
        for problem in self._reading.problems:
            level = logging.INFO if problem.severity is problems.Severity.NOTE else logging.WARNING
            _log.log(level, report.line(problem))
        _speak_markdown(config, self._reading.series.language)

    @event_priority(50)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Make every page and file, before any other plugin looks at them."""
        with progress.shown(sys.stderr) as told:
            drafts, packs = bool(os.environ.get("CASEBUILDER_DRAFTS")), not os.environ.get("CASEBUILDER_NO_PACKS")
            dask = os.environ.get("CASEBUILDER_DASK", "")
            try:
                site = build.make(self._reading, drafts=drafts, packs=packs, dask=dask, progress=told)
            except (PressError, ClusterError) as error:
                raise PluginError(str(error)) from None
        for note in wording.notes(site.public.languages):
            _log.info(note)
        self._facets = {page.path.removesuffix("index.md"): page.facets for page in site.pages if page.facets}
        for page in site.pages:
            place = Path(self._folder.name, page.path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(page.text, encoding="utf-8")
            _add(
                files,
                File.generated(config, page.path, abs_src_path=str(place), inclusion=InclusionLevel.NOT_IN_NAV),
            )
        for file in site.files:
            source = (
                {"content": file.content} if isinstance(file.content, bytes) else {"abs_src_path": str(file.content)}
            )
            _add(files, File.generated(config, file.path, **source, inclusion=InclusionLevel.NOT_IN_NAV))
        _drop_covered(files, config.theme.dirs)
        if not self._reading.series.settings.giscus and (script := files.get_file_from_path(_THREAD)):
            files.remove(script)
        _join_sheets(files, config)
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Give the theme the words of the site's language."""
        del config, files
        language = self._reading.series.language
        templates.speak(env, language)
        env.globals["direction"] = wording.direction(language)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Mark names and quotations in other scripts with what is known of their language."""
        del page, config, files
        return scripts.marked(html, self._reading.series.language)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Index the finished pages for the search; write the copy for a disk, if one is asked for."""
        if self._strictness:
            self._strictness.refuse_warnings()
        try:
            searchindex.write(Path(config.site_dir), self._facets)
        except searchindex.SearchIndexError as error:
            raise PluginError(str(error)) from None
        if place := os.environ.get("CASEBUILDER_OFFLINE"):
            count, size = offline.write(Path(config.site_dir), Path(place), config.site_url or "")
            _log.info(f"{place}: {count} files, {wording.Words('en', self._reading.series.zone).size(size)}")


def _final(config: MkDocsConfig, options: Mapping[str, object]) -> dict[str, object]:
    """What the series' settings are made of, as MkDocs has it in the end."""
    names = ("site_name", "site_description", "site_url")
    return {
        **{name: config[name] for name in names},
        "theme": {"language": config.theme.get("language")},
        "casebuilder": dict(options),
    }


def _speak_markdown(config: MkDocsConfig, language: str) -> None:
    """Let what Markdown adds to hand-written pages say its words in a language, unless the series words them itself."""
    say = wording.translations(language)
    for extension, option, words in (
        ("footnotes", "BACKLINK_TITLE", say.gettext("Jump back to footnote {} in the text")),
        ("toc", "permalink_title", say.gettext("Permanent link")),
    ):
        if extension in config.markdown_extensions:
            config.mdx_configs.setdefault(extension, {}).setdefault(option, words)


def _join_sheets(files: Files, config: MkDocsConfig) -> None:
    """Make one style sheet of those that every page needs: a phone would wait for each of them in turn."""
    rules = []
    for path in _SHEETS:
        if file := files.get_file_from_path(path):
            rules.append(re.sub(r'url\("(?!\w+:|/)', f'url("../../{path.rpartition("/")[0]}/', file.content_string))
            files.remove(file)
    _add(files, File.generated(config, _SHEET, content="".join(rules), inclusion=InclusionLevel.NOT_IN_NAV))


def _add(files: Files, file: File) -> None:
    """Add a file, in place of one of the same name that an author wrote below `docs_dir`."""
    if known := files.get_file_from_path(file.src_uri):
        files.remove(known)
    files.append(file)


def _drop_covered(files: Files, themes: list[str]) -> None:
    """Take out the styles and scripts of the themes below casebuilder's own: its pages use none of them."""
    covered = set(themes[themes.index(str(_THEME)) + 1 :])
    for file in [file for file in files if file.src_dir in covered]:
        files.remove(file)
