"""The search index of a finished site, by Pagefind, whose wheel carries the program.

It reads the pages as they will be published, so that nothing can be found that is on no page. A reader's browser
loads of it only what a question needs, from the site itself.

Facets are written to our own file, because Pagefind orders its filters differently each run.
"""

from __future__ import annotations

import ctypes
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

from casebuilder import markup
from casebuilder.files import write_whole
from casebuilder.outputs.site import pagefind_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.outputs.site.pagefind_files import Result

#: The index' folder in the site.
FOLDER = "pagefind"
#: The file in it that says which result has which facets: JSON, packed by gzip, since not every server packs what it
#: sends; under a name of its own, since some tell a browser to unpack what ends in .gz.
FACETS = "facets.packed"
#: Parts of a page that are on every page, are links elsewhere, or would find a case by what it is not about.
_LEFT_OUT = (
    "nav", ".cb-colophon", ".cb-anchor", ".cb-face", ".headerlink", ".cb-packs", ".cb-packs-beside", ".cb-disclosure",
    ".cb-cite", ".cb-cite-part", ".cb-figures", ".cb-state", ".cb-version", ".cb-join", ".cb-thread",
    ".cb-fold > summary", ".cb-quote figcaption a",
)  # fmt: skip
#: The attribute of the part of a page that is indexed; a page without it is left out.
_FOUND = "data-pagefind-body"
#: Elements that may be inside a word. The tags of all others separate words.
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rb",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
))  # fmt: skip
#: Linux' name for the signal that a process gets when its parent ends: prctl(PR_SET_PDEATHSIG, …).
_PARENT_DEATH = 1
#: Bytes that a disk must have left when the index is written; Pagefind's largest file has a tenth of that.
_PROBE = 1 << 20
#: Pagefind's search boxes, which this site does not use.
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")


_NO_WORDS = "no page shows any text; a template in theme/ must show that of pages, as {{ page.content }} does"


class SearchIndexError(Exception):
    """The site could not be indexed."""


class Facets(TypedDict):
    """The file of facets: each facet with its values, and of each page, by its id, the places of its values in them.

    {"facets": [["topic", ["feedback", "handover"]], ...], "pages": {"en_0274b7d": [[0, 1], ...], ...}}
    """

    facets: list[tuple[str, list[str]]]
    pages: dict[str, list[list[int]]]


def write(site: Path, facets: Mapping[str, Mapping[str, str]]) -> None:
    """Index the pages of a site that have `data-pagefind-body`, in place of an older index.

    Pagefind reads copies of the pages in which words of neighbouring elements cannot run together: between
    `<dt>Answers</dt><dd>Friday</dd>` it puts no space of its own.

    Args:
        site: the finished site's folder.
        facets: of each page that has any, by its address below the site's root ("cases/x/"): facets, and the page's
            values of each, separated by spaces.

    Raises:
        SearchIndexError: Pagefind is missing, refused, could not write all that it should have written, or is a version
            whose files are not known.
    """
    from pagefind.service import get_executable

    program = get_executable()
    if program is None:
        raise SearchIndexError("the search needs Pagefind: install pagefind-bin")
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as copies:
        _copy_pages(site, Path(copies))
        arguments = ("--site", copies, "--output-path", str(folder), "--exclude-selectors", ", ".join(_LEFT_OUT))
        completed = subprocess.run(  # noqa: S603 - our own program
            (program, *arguments, "--silent"),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
    if completed.returncode:
        if not any(_has_words(path) for path in site.rglob("*.html")):
            raise SearchIndexError(_NO_WORDS)
        reason = completed.stderr.strip() or completed.stdout.strip() or f"it ended with {completed.returncode}"
        raise SearchIndexError(f"Pagefind could not index the site: {reason}")
    for pattern in _UNUSED:
        for path in folder.glob(pattern):
            path.unlink()
    _refuse_cut(folder)
    try:
        facets_of_results = _facets_of_results(site, facets)
    except pagefind_files.PagefindFilesError as unknown:
        raise SearchIndexError(str(unknown)) from None
    json_text = json.dumps(facets_of_results, ensure_ascii=False, separators=(",", ":"))
    write_whole(folder / FACETS, gzip.compress(json_text.encode(), mtime=0))


def _copy_pages(site: Path, copies: Path) -> None:
    """Copy the pages to index, with a space wherever a tag separates two words.

    In a new series every page may be a list. Then the home page can be found: Pagefind makes no empty index.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    indexed = {path: page for path, page in pages.items() if _FOUND in page}
    home_page = site / "index.html"
    for path, page in (indexed or ({home_page: pages[home_page]} if home_page in pages else {})).items():
        copy = copies / path.relative_to(site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_whole(copy, _separate_words(page).encode())


def _has_words(path: Path) -> bool:
    """Return whether a page has any text in the part that is indexed."""
    page = markup.parse(path.read_text(encoding="utf-8"))
    return any(element.has(_FOUND) and markup.text(element).strip() for element in markup.elements(page))


def _separate_words(page: str) -> str:
    """Return a page with a space before and after each element that is not inside a word."""
    parts = []
    for node, entering in markup.walk(markup.parse(page)):
        if isinstance(node, str):
            parts.append(node)
            continue
        tag, space = node.start if entering else node.end, "" if node.tag in _INLINE else " "
        if tag:
            parts += [space, tag] if entering else [tag, space]
    return "".join(parts)


def _end_with_parent() -> None:
    """Kill Pagefind together with this program: its output would be useless."""
    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)


def _refuse_cut(folder: Path) -> None:
    """Look whether an index is whole: on a full disk Pagefind writes empty files, and ends as if all were well.

    Raises:
        SearchIndexError: a file is empty or ends before its end, a page is missing, or the disk is full.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_PROBE))
            probe.flush()
            os.fsync(probe.fileno())
        incomplete = [
            path.name for path in sorted(folder.rglob("*")) if path.is_file() and not pagefind_files.is_whole(path)
        ]
        missing = pagefind_files.lost_pages(folder) if not incomplete else 0
    except OSError as error:
        raise SearchIndexError(f"the search index is incomplete: {error}") from None
    except pagefind_files.PagefindFilesError as unknown:
        raise SearchIndexError(str(unknown)) from None
    if missing or incomplete:
        raise SearchIndexError(f"the search index is incomplete: {', '.join(incomplete) or f'{missing} pages'}")


def results(site: Path) -> Iterator[Result]:
    """Yield the pages that the index of a site holds."""
    yield from pagefind_files.results(site / FOLDER)


def facets(site: Path) -> Facets:
    """Return the facets of an index's results."""
    return cast("Facets", json.loads(gzip.decompress((site / FOLDER / FACETS).read_bytes())))


def _facets_of_results(site: Path, facets: Mapping[str, Mapping[str, str]]) -> Facets:
    """Return the facets of results, and the pages in the order of a search without words: newest first."""
    newest_first = sorted(results(site), key=lambda result: result.address, reverse=True)
    newest_first.sort(key=lambda result: not result.address.startswith("cases/"))
    values_by_page = {
        result.id: {name: values.split() for name, values in facets[result.address].items()}
        for result in newest_first
        if result.address in facets
    }
    names = sorted({name for page in values_by_page.values() for name in page})
    lists = {
        name: sorted({value for page in values_by_page.values() for value in page.get(name, ())}) for name in names
    }
    places = {name: {value: place for place, value in enumerate(values)} for name, values in lists.items()}
    pages = {
        key: [[places[name][value] for value in page.get(name, ())] for name in names]
        for key, page in values_by_page.items()
    }
    return {"facets": list(lists.items()), "pages": pages}
