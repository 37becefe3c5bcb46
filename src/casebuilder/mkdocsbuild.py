"""MkDocs in this process: the site is built from what the command line has read, beside the old one.

The new site replaces the old one when it is complete. Whatever happens before that (an error, a full disk, a signal
that ends the program) leaves the last good site untouched.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import traceback
import urllib.parse
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebuilder import folderexchange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from casebuilder.pipeline import BuildOptions, Reading
    from casebuilder.plugin import CasebuilderPlugin

#: The setting of Material that keeps its banner away.
_NO_BANNER = "NO_MKDOCS_2_WARNING"
_PLUGIN = "casebuilder"


class EngineError(Exception):
    """The site could not be built. The message says why; it is empty if MkDocs has logged the reason."""


@dataclass(frozen=True, slots=True)
class Engine:
    """MkDocs with the settings of a series, and with our overrides (`instead`)."""

    config: MkDocsConfig
    instead: Mapping[str, Any]

    @property
    def site(self) -> Path:
        """The output folder of the settings."""
        return Path(self.config.site_dir)

    def build(self, reading: Reading, options: BuildOptions, place: Path) -> tuple[str, ...]:
        """Build the site and put it in its place.

        Args:
            reading: the series.
            options: the options of the build.
            place: the output folder: an earlier site, an empty folder, or a new path.

        Returns:
            Descriptions of what the site lacks because of errors; empty unless `keep_going` is set.

        Raises:
            EngineError: it could not be built; the earlier site is unchanged.
        """
        from mkdocs.commands import build

        place = place.resolve()
        # A copy that is to lie in the site itself is made in the new one.
        with _log_to_stderr(), folderexchange.working_folder(folderexchange.near(place)) as work:
            new_site = work / "site"
            if options.offline and options.offline.resolve().is_relative_to(place):
                options = replace(options, offline=new_site / options.offline.resolve().relative_to(place))
            with (
                _temporary_files_in(work),
                _log_final_path(new_site, place),
                self._started_plugins(reading, options, "build") as plugin,
            ):
                self.config.site_dir = str(new_site)
                self.config.strict = self.config.strict and not options.tolerates_warnings
                build.build(self.config)
            folderexchange.put_in_place(new_site, place)
        return tuple(plugin.left_out)

    def serve(self, reading: Reading, options: BuildOptions, address: str) -> None:
        """Show the site at an address of this machine, and build it again whenever a file is saved, until Ctrl-C.

        Raises:
            EngineError: it could not be built the first time.
        """
        from mkdocs.commands import serve

        # MkDocs makes the site in a folder for temporary things.
        with _log_to_stderr(), folderexchange.working_folder(reading.cache("work")) as work, _temporary_files_in(work):
            plugin = self._plugin()
            plugin.take(options, reading)
            try:
                serve.serve(config_file=self.config.config_file_path, dev_addr=address, **self.instead)
            finally:
                plugin.take()

    @contextmanager
    def _started_plugins(self, reading: Reading, options: BuildOptions, command: str) -> Iterator[CasebuilderPlugin]:
        """Start all plugins, ours with what it is to build, and shut them down at the end."""
        plugin = self._plugin()
        plugin.take(options, reading)
        self.config.plugins.run_event("startup", command=command, dirty=False)
        try:
            yield plugin
        finally:
            self.config.plugins.run_event("shutdown")
            plugin.take()

    def _plugin(self) -> CasebuilderPlugin:
        from casebuilder.plugin import CasebuilderPlugin

        for plugin in self.config.plugins.values():
            if isinstance(plugin, CasebuilderPlugin):
                return plugin
        raise EngineError(f"{self.config.config_file_path} does not name the plugin {_PLUGIN}, once MkDocs has read it")


def configure(reading: Reading) -> Engine:
    """Return MkDocs with the settings of a series, which needs no hand-written pages.

    Raises:
        EngineError: MkDocs refuses them.
    """
    from mkdocs.config import load_config

    from casebuilder import pipeline

    pages = reading.root / reading.series.page_folders[0]
    instead = {} if pages.is_dir() else {"docs_dir": str(pipeline.no_pages(reading))}
    with _log_to_stderr(), _without_banner():
        return Engine(load_config(str(reading.root / "mkdocs.yml"), **instead), instead)


@contextmanager
def _without_banner() -> Iterator[None]:
    """Hide the banner about its future that Material prints when it is loaded; editors can do nothing about it."""
    before = os.environ.get(_NO_BANNER)
    os.environ[_NO_BANNER] = before or "1"
    try:
        yield
    finally:
        os.environ.pop(_NO_BANNER)
        if before is not None:
            os.environ[_NO_BANNER] = before


@contextmanager
def _log_to_stderr() -> Iterator[None]:
    """Log MkDocs' messages to standard error, and turn its exceptions, and those of templates, into EngineError."""
    from mkdocs.exceptions import Abort, MkDocsException

    log, handler = logging.getLogger("mkdocs"), logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    except Abort as error:
        # The reason was logged in full; MkDocs' final message adds nothing.
        message = error.format_message()
        raise EngineError("" if "BuildError" in message or "configuration error" in message else message) from None
    except MkDocsException as error:
        raise EngineError(error.format_message()) from None
    except Exception as error:
        if not (reason := _explain(error)):
            raise
        raise EngineError(reason) from None
    finally:
        log.removeHandler(handler)


def _explain(error: Exception) -> str:
    """Return why a build ended, in a sentence; empty if it can only be a fault of the program."""
    from casebuilder.wording.templatefaults import sentence

    if template_fault := sentence(error):
        return template_fault
    if isinstance(error, ValueError) and _is_of_an_address(error):
        return f"an address in mkdocs.yml or in a page cannot be read: {error}"
    if isinstance(error, OSError):
        file = f"{error.filename}: " if error.filename else ""
        return f"{file}{error.strerror or error}"
    if any(Path(frame.filename).parent.name == "yaml" for frame in traceback.extract_tb(error.__traceback__)):
        return f"a value in mkdocs.yml cannot be read: {error}"
    return _explain_plugin_failure(error)


def _explain_plugin_failure(error: Exception) -> str:
    """Return where a hook or another plugin failed, and how; empty if it can be our own fault."""
    import mkdocs

    engine, own_folder = Path(mkdocs.__file__).parent, Path(__file__).parent
    callers = {str(engine / name) for name in ("plugins.py", "config/config_options.py")}
    frames = traceback.extract_tb(error.__traceback__)
    first = next((number for number, frame in enumerate(frames) if frame.filename in callers), len(frames))
    plugin_frames = [
        frame for frame in frames[first:] if frame.filename not in callers and Path(frame.filename).is_file()
    ]
    description = f"{type(error).__name__}: {error}".removesuffix(": ")
    if any(Path(frame.filename).is_relative_to(own_folder) for frame in plugin_frames):
        return ""
    if plugin_frames:
        last = next(frame for frame in reversed(plugin_frames) if frame.filename == plugin_frames[0].filename)
        return f"{last.filename}, line {last.lineno}, which is a hook or another plugin, cannot go on: {description}"
    if frames and Path(frames[-1].filename).is_relative_to(engine):
        return f"MkDocs cannot go on, perhaps because of what a hook or another plugin gave it: {description}"
    return ""


def _is_of_an_address(error: ValueError) -> bool:
    """Return whether Python could not take an address apart, which MkDocs does with each of its menu and its pages."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and Path(frames[-1].filename) == Path(urllib.parse.__file__)


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Make all temporary files and folders in this one, so that they go when it goes."""
    usual, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = usual


@contextmanager
def _log_final_path(new_site: Path, place: Path) -> Iterator[None]:
    """Show the final output folder in MkDocs' messages instead of the temporary one."""

    def with_final_path(record: logging.LogRecord) -> bool:
        record.msg, record.args = record.getMessage().replace(str(new_site), str(place)), ()
        return True

    handlers = logging.getLogger("mkdocs").handlers
    for handler in handlers:
        handler.addFilter(with_final_path)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(with_final_path)
