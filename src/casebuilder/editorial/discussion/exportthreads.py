"""Which thread of a whole site's export is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from casebuilder.editorial.discussion.post import TranscriptError, count_of
from casebuilder.text import same_name

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Thread(Generic[T]):
    """A page and what was said below it: its title, its address, and what an importer knows of it."""

    title: str
    address: str
    content: T


def choose(threads: Sequence[Thread[T]], wanted_words: str) -> tuple[list[Thread[T]], list[str]]:
    """Return the threads that are meant, and what the editor should know of the choice.

    Args:
        threads: those with comments.
        wanted_words: words of a title or an address; "" for all.

    Raises:
        TranscriptError: no thread has these words.
    """
    if not wanted_words:
        note = (
            f"comments below {len(threads)} pages were read: {_list_titles(threads)}; --thread WORDS reads one of them"
        )
        return list(threads), [note] if len(threads) > 1 else []
    normalised = same_name(wanted_words)
    matching = [
        item
        for item in threads
        if normalised in same_name(item.title) or wanted_words.casefold() in item.address.casefold()
    ]
    if not matching:
        hint = _list_titles(threads) or "no page with comments"
        raise TranscriptError(
            "--thread", f'no page has "{wanted_words}" in its title or address; the source has: {hint}'
        )
    return matching, [f"read from {count_of(len(matching), 'page')}: {_list_titles(matching)}"]


def _list_titles(threads: Sequence[Thread[T]]) -> str:
    names = [f"“{item.title or item.address or 'without a title'}”" for item in threads[:_MOST_NAMED]]
    remaining = len(threads) - len(names)
    return ", ".join(names) + (f" and {remaining} more" if remaining > 0 else "")
