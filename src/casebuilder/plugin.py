"""The MkDocs plugin: it hands named values to plain functions, and their results to MkDocs.

Pages get real files in a temporary folder, because other plugins open them; everything else stays in memory. All
outputs are registered in `on_files`, so that MkDocs' own link checker knows them. Nothing is ever written below
`docs_dir`, which would make `serve` rebuild for ever.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.config.config_options import Type
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from casebuilder import (
    folderexchange,
    mkdocsconfig,
    mkdocsfiles,
    mkdocspages,
    pipeline,
    problems,
    published,
    wording,
    writingsystems,
)
from casebuilder.outputs.packs.press import ClusterError, PressError
from casebuilder.outputs.site import offline, searchindex, sitemap
from casebuilder.pipeline import problemreport, progress, serveguard, themefiles
from casebuilder.readers import Settings, pictures
from casebuilder.readers.folders import FOLDERS
from casebuilder.wording import templatelimits, templating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from casebuilder.pipeline import Reading

_log = get_plugin_logger(__name__)
_NOWHERE = Path()
_WATCHED = (*FOLDERS, "theme")
#: The script that loads discussions from another host; left out of a series without them.
_THREAD = "assets/javascripts/thread.js"
#: The date of hand-written pages, whose last change is unknown.
_NO_DAY = "1970-01-01"
#: Problems of hand-written pages, which MkDocs logs itself in a build, and notes on what only a build does.
_OF_MKDOCS = frozenset(("page-link", "page-not-in-menu", "program-not-run"))
#: MkDocs calls no plugin for a local preview without live reload, so nothing could refuse requests under another name.
_UNGUARDED = (
    "with --no-livereload, MkDocs would show this preview, drafts included, to web pages of other sites; "
    "leave the option out, or use: casebuilder serve"
)


class CasebuilderPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # the options are made from names
    """Builds the case series that lies beside `mkdocs.yml`."""

    # The options are read, with their positions, by casebuilder.readers; MkDocs only needs their names.
    config_scheme = tuple((name, Type(object)) for name in Settings.model_fields)
    _warnings: mkdocsconfig.WarningCount | None = None
    _options = pipeline.BuildOptions()
    _read: Reading | None = None
    _folder = _NOWHERE
    _serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep this object from one rebuild of `serve` to the next, and with it the folder of pages.

        Raises:
            PluginError: the local preview would show drafts to pages of other sites.
        """
        del dirty
        if serveguard.is_unguarded():
            raise PluginError(_UNGUARDED)
        self._serving = command == "serve"
        #: Descriptions of what the site lacks because of errors.
        self.left_out: list[str] = []
        self._open = ExitStack()
        self._folder = _NOWHERE

    def on_shutdown(self) -> None:
        """Remove the folder of pages."""
        self._open.close()

    def take(self, options: pipeline.BuildOptions | None = None, reading: Reading | None = None) -> None:
        """Take what the command line asks for, and what it has read already; without either forget both."""
        self._options = options or pipeline.BuildOptions()
        self._read = reading

    @event_priority(-100)
    def on_config(self, config: MkDocsConfig) -> None:
        """Read and check the series, after hooks and other plugins; stop with one report of all errors."""
        place = Path(config.config_file_path)
        config.watch.extend(str(path) for name in _WATCHED if (path := place.parent / name).is_dir())
        # Over Material, but under what the series itself lays over it.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(themefiles.OWN))
        final = mkdocsconfig.final_values(config, self.config)
        if self._serving:  # MkDocs puts the local preview's address there
            del final["site_url"]
        self._reading = self._read_series(place, final)
        inherited = (path for path in self._reading.tree.texts if path.partition("/")[0] not in FOLDERS)
        config.watch.extend(str(place.parent / path) for path in inherited)
        for sentence in pipeline.differences(self._reading, place.name):
            _log.info(sentence)
        if self._folder == _NOWHERE:
            self._folder = self._open.enter_context(_pages_folder(self._reading))
        if misplaced := pipeline.misplaced(self._reading, config.docs_dir, config.theme.custom_dir):
            raise PluginError(f"the series cannot be built\n\n{problemreport.text(misplaced)}")
        missing = () if self._serving else pipeline.lacks(self._reading)
        if missing and self._options.publish:
            raise PluginError(f"the site cannot be published\n\n{problemreport.text(missing)}")
        self._reading = self._part_to_build(self._reading, strict=config.strict)
        if self._reading.series.settings.strict and not (config.strict or self._options.tolerates_warnings):
            self._warnings = mkdocsconfig.WarningCount()
        for problem in (*missing, *self._reading.problems):
            if problem.code in _OF_MKDOCS:
                continue
            code = problems.CODES[problem.code]
            level = logging.WARNING if code.is_strict and code.severity is not problems.Severity.NOTE else logging.INFO
            _log.log(level, problemreport.line(problem))
        mkdocsconfig.add_notation(config, self._reading.series.language)
        mkdocsconfig.translate_extensions(config, self._reading.series.language)

    def _read_series(self, place: Path, final: Mapping[str, object]) -> Reading:
        """Return the series as the command line has read it, if its settings are MkDocs' final ones; else read it."""
        reading, self._read = self._read, None
        if reading and pipeline.agrees(reading, place.name, final):
            return reading
        as_of = self._options.as_of or os.environ.get("CASEBUILDER_AS_OF")
        try:
            return pipeline.read(place.parent, place.name, as_of=as_of, final=final)
        except published.NotAMomentError as error:
            raise PluginError(f"CASEBUILDER_AS_OF: {error}") from None

    def _part_to_build(self, reading: Reading, *, strict: bool) -> Reading:
        """Return the part of a series to build: all of it, or with `keep_going` the part without errors.

        Raises:
            PluginError: problems prevent the build.
        """
        stoppers = reading.stoppers(strict=strict)
        sound_part = pipeline.sound_part(reading) if self._options.keep_going else reading
        if sound_part is None or (stoppers and not self._options.keep_going):
            raise PluginError(f"the series cannot be built\n\n{problemreport.text(stoppers)}")
        self.left_out = problemreport.left_out(stoppers)
        return sound_part

    @event_priority(50)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Make every page and file, before any other plugin looks at them."""
        with progress.shown(sys.stderr) as report_progress:
            try:
                mkdocsfiles.leave_out(files, self._reading.root, self._reading.omitted)
                keep_going = self._options.keep_going
                self.left_out += mkdocsfiles.clean_pictures(files, config, self._reading.gallery, keep_going=keep_going)
                site = pipeline.make(self._reading, self._options, report_progress)
            except (PressError, ClusterError, pictures.DamagedError) as error:
                raise PluginError(str(error)) from None
        self.left_out += [site.unprinted] if site.unprinted else []
        for note in wording.notes(site.public.languages):
            _log.info(note)
        self._changed = sitemap.dates(site.public, [page.path for page in site.pages])
        self._facets = {page.path.removesuffix("index.md"): page.facets for page in site.pages if page.facets}
        self._generated = frozenset(page.path for page in site.pages)
        mkdocsfiles.add_pages(files, config, site.pages, self._folder)
        mkdocsfiles.add_outputs(files, config, site.files)
        mkdocsfiles.drop_covered(files, config.theme.dirs, str(themefiles.OWN))
        if not self._reading.series.settings.giscus and (script := files.get_file_from_path(_THREAD)):
            files.remove(script)
        mkdocsfiles.join_style_sheets(files, config)
        self._files = files
        return files

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Make the local preview answer only to this machine's own name."""
        del builder
        host, _ = config.dev_addr
        if app := server.get_app():
            server.set_app(serveguard.guard(app, host))
        return server

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Give the theme the words of the site's language."""
        del config
        for file in files.documentation_pages():
            if file.page:  # MkDocs has the day of the build here, and writes the latest into sitemap.xml.gz
                file.page.update_date = self._changed.get(file.src_uri, _NO_DAY)
        series = self._reading.series
        env.globals.update(changed=self._changed, logo=series.logo, favicon=series.favicon)
        # With "use_directory_urls: false", too, feeds and packs name a page by its folder, and so do pages.
        env.filters["whole"] = mkdocspages.folder_address
        templatelimits.limit(env)
        language = series.language
        templating.speak(env, language)
        env.bytecode_cache = templating.compiled()
        env.globals["direction"] = wording.direction(language)

    @event_priority(-100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the HTML of a generated page aside, after other plugins have seen it."""
        del config, files
        self._aside: tuple[str, ...] = ()
        if page.file.src_uri in self._generated:
            markdown, self._aside = mkdocspages.put_aside(markdown)
        return markdown

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the HTML back, before other plugins see it; mark words in other scripts, and code in tables."""
        if self._aside:
            page.markdown = mkdocspages.put_back(page.markdown or "", self._aside)
            if mkdocspages.is_whole(html, self._aside):
                html = mkdocspages.put_back(html, self._aside)
            else:  # one of the series' Markdown extensions changes HTML, so it gets all of it
                page.render(config, files)
                html = page.content or ""
            page.present_anchor_ids = (page.present_anchor_ids or set()) | mkdocspages.anchors(self._aside)
        else:
            html = mkdocspages.with_whole_words(html)
        return writingsystems.marked(html, self._reading.series.language)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Index the finished pages for the search; write the offline copy, if requested."""
        if self._warnings:
            self._warnings.refuse_any()
        mkdocsfiles.refuse_cut(self._files)
        try:
            searchindex.write(Path(config.site_dir), self._facets)
        except searchindex.SearchIndexError as error:
            raise PluginError(str(error)) from None
        if place := self._options.offline:
            count, size = offline.write(Path(config.site_dir), place, config.site_url or "")
            _log.info(f"{place}: {count} files, {wording.Translator('en', self._reading.series.zone).size(size)}")


@contextmanager
def _pages_folder(reading: Reading) -> Iterator[Path]:
    """Provide a folder for the pages: in the cache, or in the system's temporary folder if the cache cannot be used."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(folderexchange.shared(reading.cache("work")))
        except OSError:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="casebuilder-")))
        yield folder
