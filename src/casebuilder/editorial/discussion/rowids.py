"""The ids of a table's rows, which may only count them: two survey forms both have a row 1, or 2027/1.

So a row is the post of the record with its id only if author and moment are the same, too. Any other row is a post of
its own, which gets the next free id and is recognised by its author, moment and words.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.editedrows import has_clock, has_same_words, likeness
from casebuilder.editorial.discussion.keys import post_of
from casebuilder.editorial.discussion.newposts import without_id
from casebuilder.editorial.discussion.post import is_nobody
from casebuilder.editorial.discussion.uniqueids import has_unique_address
from casebuilder.fingerprints import fingerprint, is_telling
from casebuilder.text import and_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casebuilder.editorial.discussion.keys import Key
    from casebuilder.editorial.discussion.newposts import Entry
    from casebuilder.model import Contribution

#: So many ids are named in a note.
_MOST_NAMED = 12


def with_own_ids(entries: Iterable[Entry], contributions: Sequence[Contribution], key: Key) -> list[Entry]:
    """Return the posts, without the ids that another post has: one of the record, or of another source.

    Args:
        entries: the posts of the sources, the earliest first.
        contributions: the contributions of the record.
        key: what keys are made with.
    """
    by_id = {item.id: item for item in contributions}
    by_key = {post_of(item.post_key): item for item in contributions if item.post_key}
    first_with: dict[str, Entry] = {}
    own: list[Entry] = []
    for entry in entries:
        post = entry.found.post
        name = post.id or post.address if post.is_row else ""
        if name and not (has_unique_address(post) and not _is_anothers(first_with.setdefault(name, entry), entry)):
            items = [item for item in (by_id.get(post.id), by_key.get(entry.post_key)) if item]
            is_taken = (
                not any(_is_same(item, entry, key) for item in items)
                if items
                else _is_of_another_post(first_with.setdefault(name, entry), entry)
            )
            own.append(without_id(entry, key) if is_taken else entry)
        else:
            own.append(entry)
    return own


def _is_same(item: Contribution, entry: Entry, key: Key) -> bool:
    """Return whether a contribution with the id of a row is its post: by one author at one moment, or repeated."""
    if item.channel != entry.found.post.channel:
        return False
    is_author = item.author_key == entry.author_key
    is_moment = item.posted.timestamp() == entry.found.when.timestamp()
    if is_moment and is_author:
        name = entry.found.post.id or entry.found.post.address
        return has_clock(entry) or not name.isdigit() or likeness(entry, item, key) > 0
    if is_moment and is_nobody(entry.found.post):  # whose key is made of the words, which may be edited
        return likeness(entry, item, key) > 0
    # The same words of another author or moment: the name or the date was corrected, or is read in another way.
    is_known_otherwise = is_author or (is_moment and has_clock(entry))
    return is_known_otherwise and has_same_words(entry, item, key) and is_telling(fingerprint(entry.found.post.text))


def _is_anothers(first: Entry, entry: Entry) -> bool:
    """Return whether the address of a row is that of another author's row in its table."""
    return first.found.number == entry.found.number and first.author_key != entry.author_key


def _is_of_another_post(first: Entry, entry: Entry) -> bool:
    """Return whether two sources have one id for two posts; of one source, it is a mistake to be reported."""
    if first.found.number == entry.found.number and entry.found.post.id:
        return False
    return (first.author_key, first.found.when) != (entry.author_key, entry.found.when)


def with_recorded_parents(entries: Sequence[Entry], contributions: Sequence[Contribution]) -> list[Entry]:
    """Return the posts; a row that answers a row of its table names the id that the record has for that row."""
    ids = {post_of(item.post_key): item.id for item in contributions if item.post_key}
    recorded = {
        (entry.found.number, entry.found.post.local): ids[entry.post_key]
        for entry in entries
        if entry.found.post.is_row and entry.found.post.local and entry.post_key in ids
    }
    linked: list[Entry] = []
    for entry in entries:
        post = entry.found.post
        parent = recorded.get((entry.found.number, post.parent), post.parent) if post.is_row else post.parent
        linked.append(replace(entry, found=replace(entry.found, post=replace(post, parent=parent))))
    return linked


def note_on_other_ids(new_entries: Iterable[Entry]) -> Iterator[str]:
    """Yield, for each source, which ids of new rows other posts have already."""
    taken: dict[str, list[str]] = defaultdict(list)
    for entry in new_entries:
        post = entry.found.post
        if post.is_row and post.local and not post.id and not post.address:
            taken[entry.found.source.name].append(post.local)
    for name, ids in taken.items():
        shown = [*ids[:_MOST_NAMED], *([f"{len(ids) - _MOST_NAMED} more"] if len(ids) > _MOST_NAMED else ())]
        words = (
            f"id {ids[0]} is that of another post" if len(ids) == 1 else f"ids {and_list(shown)} are those of others"
        )
        yield f"{name}: the {words}, with another author or time: added as new, with another id"
