"""Withdrawn words that somebody repeats in another file of the series, such as a biography or another case.

The rules of `checks` look in the texts of the case itself. Looking everywhere takes longer, so the files in which
nothing was found are remembered, by the digest of their text and of what was looked for.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.checks import withdrawn
from casebuilder.fingerprints import found_in, is_long
from casebuilder.model import Status
from casebuilder.pipeline import machinecache
from casebuilder.problems import Problem
from casebuilder.wordcount import word_offset

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from casebuilder.pipeline.sourcetexts import Tree
    from casebuilder.readers import Series

#: Files of the folders of pages and of the theme that hold words.
_TEXTS = frozenset((".md", ".html", ".htm", ".txt", ".json", ".csv", ".svg", ".js", ".xml", ".yml", ".j2"))
_LARGEST = 4 << 20
_HINT = "delete the words, or write the sentence in other words"
#: The file of digests in the cache, and how many bytes each has. A new way of looking needs a new name.
_CLEAR, _SIZE = "clear-1", 20


def problems(root: Path, series: Series, tree: Tree, cache: Path) -> Iterator[Problem]:
    """Yield an error for each file that repeats withdrawn words.

    Args:
        root: the series' folder.
        series: with its withdrawn texts.
        tree: its files.
        cache: the folder in which files without such words are remembered; it may be missing or read-only.
    """
    withdrawn_by_print = {
        print_: (case.slug, withdrawn_part)
        for case in series.cases
        for print_, withdrawn_part in withdrawn.prints(case)
        if is_long(print_)
    }
    if not withdrawn_by_print:
        return
    sought_digest = blake2b("\n".join(sorted(withdrawn_by_print)).encode(), digest_size=_SIZE).digest()
    known_clear = _read_clear(cache)
    clear: set[bytes] = set()
    for path, text in _public_texts(root, series, tree):
        digest = blake2b(text.encode(errors="surrogatepass"), key=sought_digest, digest_size=_SIZE).digest()
        match = None if digest in known_clear else _find_words(text, withdrawn_by_print)
        if not match:
            clear.add(digest)
        elif not _is_own(path, withdrawn_by_print[match[0]][0]):
            slug, withdrawn_part = withdrawn_by_print[match[0]]
            text_before = text[: match[1]]
            place = text_before.count("\n") + 1, match[1] - (text_before.rfind("\n") + 1) + 1
            message = f"the file contains the words of {withdrawn_part} of {slug}"
            yield Problem(path, *place, "withdrawn-text", message, _HINT)
    if clear - known_clear:
        machinecache.write(cache, _CLEAR, b"".join(sorted(clear)))


def _read_clear(cache: Path) -> frozenset[bytes]:
    """Return the digests of files in which nothing was found; none if they cannot be read."""
    digests = machinecache.read(cache, _CLEAR)
    return frozenset(digests[start : start + _SIZE] for start in range(0, len(digests), _SIZE))


def _find_words(text: str, prints: Collection[str]) -> tuple[str, int] | None:
    """Return the first fingerprint whose words a text contains, and where; at 0 if HTML or JSON is between them."""
    if match := found_in(text, prints):
        return match[0], word_offset(text, match[1])
    if not any(mark in text for mark in "<&\\"):
        return None
    from casebuilder.editorial import withdrawninmarkup

    print_in_markup = withdrawninmarkup.which(text, prints)
    return (print_in_markup, 0) if print_in_markup else None


def _is_own(path: str, slug: str) -> bool:
    """Return whether the rule about the case's own texts looks in a file."""
    return path.startswith((f"cases/{slug}/", f"commentary/{slug}/")) and not path.endswith(
        ("/case.yml", "/metrics.yml")
    )


def _public_texts(root: Path, series: Series, tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every file whose words the site may show."""
    hidden = tuple(f"{top}/{case.slug}/" for case in series.cases if case.status is Status.WITHDRAWN
                   for top in ("cases", "commentary"))  # fmt: skip
    for path, text in tree.texts.items():
        if not path.endswith(".jsonl") and not (path.startswith(hidden) and not path.endswith("/case.yml")):
            yield path, text
    for folder in series.page_folders:
        for parent, folders, names in os.walk(root / folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for place in (Path(parent, name) for name in sorted(names) if Path(name).suffix.lower() in _TEXTS):
                if place.is_file() and not place.is_symlink() and place.stat().st_size <= _LARGEST:
                    yield place.relative_to(root).as_posix(), place.read_text("utf-8", errors="replace")
