"""Readers for the undocumented files of Pagefind 1.5.

What is expected of them is checked while they are read, and one sentence names what is missing and the version
that was tested. `docs/upstream.md` holds reports to Pagefind.
"""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The version of Pagefind whose files were read when this was written.
TESTED = "1.5.2"
_ENTRY = "pagefind-entry.json"
_FRAGMENTS = "fragment"
_GZIP = b"\x1f\x8b"
_HEADINGS = frozenset(("h2", "h3"))


class PagefindFilesError(Exception):
    """Pagefind's output is not as expected; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Result:
    """A page that can be found.

    Attributes:
        id: Pagefind's name for it, which changes with its text.
        address: below the site's root: "cases/x/".
        title: its first heading.
        language: its own, where it is not the site's (BCP 47).
        headings: id and words of each section's.
    """

    id: str
    address: str
    title: str
    language: str
    headings: tuple[tuple[str, str], ...]


def results(folder: Path) -> Iterator[Result]:
    """Yield the pages that an index holds.

    Args:
        folder: the folder that Pagefind has written.

    Raises:
        PagefindFilesError: the file of a page has another form.
    """
    for path in sorted(_fragment_files(folder)):
        try:
            yield _read_result(path)
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _unknown_format(f"{_FRAGMENTS}/{path.name}", error) from None


def lost_pages(folder: Path) -> int:
    """Return how many pages an index lacks of those that it counts.

    Raises:
        PagefindFilesError: the index does not say how many it has.
        OSError: it has no file that says so.
    """
    try:
        entry = json.loads((folder / _ENTRY).read_bytes())
        pages = sum(int(language["page_count"]) for language in entry["languages"].values())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unknown_format(_ENTRY, error) from None
    return pages - len(_fragment_files(folder))


def is_whole(path: Path) -> bool:
    """Return whether a file of an index is complete: a gzip file holds its length, a script has a last character."""
    content = path.read_bytes()
    if content.startswith(_GZIP):
        try:
            return bool(gzip.decompress(content))
        except (OSError, EOFError, zlib.error):
            return False
    return content.rstrip().endswith((b";", b"}"))


def _read_result(path: Path) -> Result:
    text = gzip.decompress(path.read_bytes()).decode()
    page: dict[str, Any] = json.loads(text[text.index("{") :])  # the JSON follows a signature
    headings = tuple(
        (str(anchor["id"]), str(anchor["text"])) for anchor in page["anchors"] if anchor["element"] in _HEADINGS
    )
    meta = page["meta"]
    return Result(path.stem, page["url"].removeprefix("/"), meta["title"], meta.get("language", ""), headings)


def _fragment_files(folder: Path) -> list[Path]:
    """Return the file of each page; none where the index is of no page."""
    fragments = folder / _FRAGMENTS
    return list(fragments.iterdir()) if fragments.is_dir() else []


def _unknown_format(name: str, error: Exception) -> PagefindFilesError:
    kind = f'has no "{error.args[0]}"' if isinstance(error, KeyError) else f"cannot be read ({error})"
    return PagefindFilesError(
        f"Pagefind {version('pagefind-bin')} has written the search index, and casebuilder reads it as Pagefind "
        f"{TESTED} writes it: {name} {kind}; install pagefind-bin {TESTED}"
    )
