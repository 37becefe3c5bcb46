"""Rows of a table without ids whose words were edited: the record has them under the key of their old words.

A table names no post, so a row is known again by its author and its moment: if the record has a post of both that is
no longer in the table, and the words are alike, the row is that post, edited. Two posts of one moment that are both in
the table stay two.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import time
from difflib import SequenceMatcher
from itertools import product
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.keys import post_of
from casebuilder.editorial.discussion.pseudonyms import without_pseudonyms
from casebuilder.wordcount import words_alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from casebuilder.editorial.discussion.keys import Key
    from casebuilder.editorial.discussion.newposts import Entry
    from casebuilder.model import Contribution

#: From which likeness on two texts are one that was edited: of their words, or of the letters of short texts.
_ALIKE, _ALIKE_LETTERS, _SHORT = 0.5, 0.75, 200
#: The likeness of a version that the record had before, and of a post that was withdrawn, whose words nobody has.
_SAME, _WITHDRAWN = 2.0, 0.1
#: Texts are compared with each other only of so many posts of one author and moment.
_MOST = 40


@dataclass(frozen=True, slots=True)
class Known:
    """The posts, with the keys of the record where it has them under other words; and notes for the editor."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


def with_known_keys(entries: Sequence[Entry], contributions: Sequence[Contribution], key: Key) -> Known:
    """Give each edited row of a table the key of its post in the record.

    Args:
        entries: the posts of the sources.
        contributions: the contributions of the record.
        key: what keys are made with.
    """
    recorded = {post_of(item.post_key) for item in contributions if item.post_key}
    imported = {entry.post_key for entry in entries}
    unmatched: dict[tuple[str, str, float], list[Contribution]] = defaultdict(list)
    for item in contributions:
        if item.post_key and post_of(item.post_key) not in imported:
            unmatched[item.channel, item.author_key, item.posted.timestamp()].append(item)
    rows: dict[tuple[str, str, float], list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        moment = entry.found.post.channel, entry.author_key, entry.found.when.timestamp()
        if entry.is_row and entry.post_key not in recorded and moment in unmatched:
            rows[moment].append(place)
    known_entries, notes = list(entries), list[str]()
    for moment, places in rows.items():
        pairs = _pair_rows(unmatched[moment], [entries[place] for place in places], key)
        for index, item in pairs.items():
            known_entries[places[index]] = replace(entries[places[index]], post_key=post_of(item.post_key))
        unmatched_ids = [item.id for item in unmatched[moment] if item not in pairs.values() and not item.withdrawn]
        other_rows = [entries[place] for index, place in enumerate(places) if index not in pairs]
        notes += (_other_words(entry, unmatched_ids) for entry in other_rows if unmatched_ids)
    return Known(tuple(known_entries), tuple(notes))


def _pair_rows(items: Sequence[Contribution], rows: Sequence[Entry], key: Key) -> dict[int, Contribution]:
    """Return which row, by its index, is which post of the record: the most alike first, each once."""
    if len(items) * len(rows) > _MOST**2:
        return {}
    candidates = [
        (alike, index, place)
        for (index, row), (place, item) in product(enumerate(rows), enumerate(items))
        if (alike := likeness(row, item, key))
    ]
    pairs: dict[int, int] = {}
    for _, index, place in sorted(candidates, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if index not in pairs and place not in pairs.values():
            pairs[index] = place
    return {index: items[place] for index, place in pairs.items()}


def has_clock(row: Entry) -> bool:
    """Return whether a row has a time of day: of a day without one there may be many posts."""
    return row.found.when.time() != time()


def has_same_words(row: Entry, contribution: Contribution, key: Key) -> bool:
    """Return whether the record has, or had, a row's words in a contribution."""
    code_of_row = key.words(row.found.post.text)
    codes = contribution.post_key.split(".")[1:]
    return any(code.startswith(code_of_row) for code in codes) or row.found.post.text == contribution.text


def likeness(row: Entry, contribution: Contribution, key: Key) -> float:
    """Return how sure it is that a row is a post of the record; 0 if it is another one."""
    if has_same_words(row, contribution, key):
        return _SAME
    if contribution.withdrawn:
        return _WITHDRAWN if has_clock(row) else 0
    new_text, recorded = row.found.post.text, without_pseudonyms(contribution.text)
    of_words = SequenceMatcher(None, words_alike(new_text), words_alike(recorded), autojunk=False).ratio()
    if of_words >= _ALIKE:
        return of_words
    if max(len(new_text), len(recorded)) > _SHORT:
        return 0
    letters = SequenceMatcher(None, new_text.casefold(), recorded.casefold(), autojunk=False).ratio()
    return letters if letters >= _ALIKE_LETTERS else 0


def _other_words(entry: Entry, unmatched_ids: Iterable[str]) -> str:
    source, mark = entry.found.source.name, entry.found.post.mark
    return (
        f"{source}: line {mark} has the author and the time of {', '.join(unmatched_ids)}, which is not in this table, "
        "and other words: added as a post of its own. If it is that post, edited, delete the older line of the record"
    )
