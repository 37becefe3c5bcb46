"""Change the list of a site's files during MkDocs' build."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from casebuilder.files import write_whole
from casebuilder.readers import pictures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig

    from casebuilder.model import File as OutputFile
    from casebuilder.model import Page
    from casebuilder.pipeline import Gallery

#: The style sheets of every page, and the file that they are joined into.
_SHEETS = (
    "assets/fonts/fonts.css",
    *(f"assets/stylesheets/{name}.css" for name in ("tokens", "type", "frame", "parts", "case")),
)
_STYLE_SHEET = "assets/stylesheets/casebuilder.css"


def add(files: Files, file: File) -> None:
    """Add a file, replacing an author's file of the same name below `docs_dir`."""
    if present := files.get_file_from_path(file.src_uri):
        files.remove(present)
    files.append(file)


def add_pages(files: Files, config: MkDocsConfig, pages: Iterable[Page], folder: Path) -> None:
    """Write pages as Markdown files into a folder, where other plugins can open them, and add them.

    None is added to the navigation, which would list every case on every page.
    """
    for page in pages:
        place = folder / page.path
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, page.text.encode())
        add(files, File.generated(config, page.path, abs_src_path=str(place), inclusion=InclusionLevel.NOT_IN_NAV))


def add_outputs(files: Files, config: MkDocsConfig, outputs: Iterable[OutputFile]) -> None:
    """Add everything else that a build makes: feeds, packs, pictures, data. Nothing is written; MkDocs copies it."""
    for output in outputs:
        add(files, _make_file(config, output.path, output.content, InclusionLevel.NOT_IN_NAV))


def _make_file(config: MkDocsConfig, path: str, content: bytes | Path, inclusion: InclusionLevel) -> File:
    """Return a file of the site, whose content is in memory or in another file."""
    source = {"content": content} if isinstance(content, bytes) else {"abs_src_path": str(content)}
    return File.generated(config, path, **source, inclusion=inclusion)


def clean_pictures(files: Files, config: MkDocsConfig, gallery: Gallery, *, keep_going: bool) -> list[str]:
    """Replace pictures of hand-written pages and of the series' theme by copies without metadata.

    Returns:
        With `keep_going` why some cannot be shown, a line each: these are removed.

    Raises:
        DamagedError, OSError: without `keep_going`, one cannot be shown, or not be read.
    """
    folders, reasons = {config.docs_dir, config.theme.custom_dir}, []
    for file in list(files):
        if file.src_dir in folders and Path(file.src_uri).suffix.lower() in pictures.CLEANED:
            place = Path(str(file.abs_src_path))
            try:
                cleaned = gallery.published_file(place)
            except (pictures.DamagedError, OSError) as error:
                if not keep_going:
                    raise
                files.remove(file)
                reasons.append(f"{file.src_uri}: {error}")
                continue
            if cleaned != place:
                add(files, _make_file(config, file.src_uri, cleaned, file.inclusion))
    return reasons


def drop_covered(files: Files, themes: list[str], own_theme: str) -> None:
    """Remove the styles and scripts of the themes below casebuilder's own: its pages use none of them."""
    covered_themes = set(themes[themes.index(own_theme) + 1 :])
    for file in [file for file in files if file.src_dir in covered_themes]:
        files.remove(file)


def join_style_sheets(files: Files, config: MkDocsConfig) -> None:
    """Join the style sheets of every page into one, because phones load several one after another."""
    rules = []
    for path in _SHEETS:
        if file := files.get_file_from_path(path):
            rules.append(re.sub(r'url\("(?!\w+:|/)', f'url("../../{path.rpartition("/")[0]}/', file.content_string))
            files.remove(file)
    add(files, File.generated(config, _STYLE_SHEET, content="".join(rules), inclusion=InclusionLevel.NOT_IN_NAV))


def refuse_cut(files: Files) -> None:
    """Check by size that every file was written completely.

    Raises:
        PluginError: a file is missing, empty, or shorter than its source.
    """
    for file in files:
        written_file = Path(file.abs_dest_path)
        if file.inclusion.value <= InclusionLevel.DRAFT.value or (
            file.is_documentation_page() and not written_file.exists()
        ):
            continue  # MkDocs leaves out excluded files, and empty pages
        least_size = 1 if file.is_documentation_page() else _source_size(file)
        if file.generated_by is None:
            least_size = min(least_size, 1)  # another plugin may have compressed it
        if not written_file.is_file() or written_file.stat().st_size < least_size:
            raise PluginError(f"{file.dest_uri} was not written completely; is the disk full?")


def _source_size(file: File) -> int:
    """Return the size of a file before MkDocs copies it, in bytes."""
    return Path(file.abs_src_path).stat().st_size if file.abs_src_path else len(file.content_bytes)


def leave_out(files: Files, root: Path, paths: Iterable[str]) -> None:
    """Remove files and whole folders, by their paths below the series' root."""
    places = [root.absolute() / path for path in paths]
    for file in [file for file in files if file.abs_src_path]:
        source = Path(str(file.abs_src_path))
        if any(source == place or place in source.parents for place in places):
            files.remove(file)
