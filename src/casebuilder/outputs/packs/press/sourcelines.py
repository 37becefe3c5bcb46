"""The author's file and line for printed words at which a pack fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WORD = re.compile(r"\w+")
#: Matches what the source may have between two printed words: Markdown, an address, a line break.
_BETWEEN = r"(?:[\W_]|\]\([^)]{0,500}\)){1,9}"
#: How many of the words are searched for, in turn: later words may be written differently in the source.
_COUNTS = (12, 6, 4, 3, 2, 1)


def source_line(texts: Mapping[str, str], subject: str, printed: str) -> str:
    """Return the file and the line of some printed words, such as "cases/2026-03-late/scenario.md:12".

    Args:
        texts: every text of the series, by its path.
        subject: the slug of the pack's case, the id of its collection, or its volume.
        printed: as they are printed.

    Returns:
        An empty text if no file of the case, the people or the collections has the words: they are the interface's own
        then.
    """
    return next(_find_places(texts, subject, printed), "")


def _find_places(texts: Mapping[str, str], subject: str, printed: str) -> Iterator[str]:
    printed_words = _WORD.findall(printed)
    paths = [*_candidate_paths(texts, subject)]
    patterns = [
        _BETWEEN.join(map(re.escape, printed_words[:count])) for count in _COUNTS if len(printed_words) >= count
    ]
    for pattern in patterns or [re.escape(printed.strip())]:
        if not pattern:
            return
        for path in paths:
            if match := re.search(pattern, texts[path], re.IGNORECASE):
                yield f"{path}:{texts[path].count(chr(10), 0, match.start()) + 1}"


def _candidate_paths(texts: Mapping[str, str], subject: str) -> Iterable[str]:
    """Yield the texts that a pack is made of, the case's own first; not the record of its discussion."""
    starts = (f"cases/{subject}/", f"commentary/{subject}/", f"collections/{subject}.", "collections/", "experts/")
    for start in starts:
        for path in sorted(texts):
            if path.startswith(start) and not path.endswith(".jsonl"):
                yield path
