"""Posts as lines of the record, each with its id, and with the id of the post that it answers."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import authorcontacts, editedposts, keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.editorial.discussion.keys import Key
    from casebuilder.editorial.discussion.newposts import Entry
    from casebuilder.editorial.discussion.post import ImportOptions
    from casebuilder.model import Contribution


def with_ids(entries: Sequence[Entry], recorded: Sequence[Contribution]) -> list[Entry]:
    """Return the posts with their ids; one without gets the next that is free."""
    used_ids = {item.id for item in recorded} | {entry.found.post.id for entry in entries}
    free_ids = (name for name in (f"c{number:02}" for number in count(1)) if name not in used_ids)
    return [replace(entry, id=entry.found.post.id or next(free_ids)) for entry in entries]


def lines(entries: Sequence[Entry], recorded: Sequence[Contribution], options: ImportOptions, key: Key) -> list[str]:
    """Return the posts as lines of the record."""
    recorded_ids = {item.id for item in recorded}
    by_key = {keys.post_of(item.post_key): item.id for item in recorded if item.post_key}
    by_key |= {entry.post_key: entry.id for entry in entries if entry.post_key}
    local = {(entry.found.number, entry.found.post.local): entry.id for entry in entries if entry.found.post.local}
    anywhere = {entry.found.post.local: entry.id for entry in entries if entry.found.post.local}
    return [
        _record_line(entry, _parent_id(entry, recorded_ids, by_key, (local, anywhere), key), options, key)
        for entry in entries
    ]


def _parent_id(
    entry: Entry,
    recorded_ids: set[str],
    by_key: Mapping[str, str],
    names: tuple[Mapping[tuple[int, str], str], Mapping[str, str]],
    key: Key,
) -> str:
    """Return the id of what a post answers; "" if that is not in the record: it was deleted, or never imported."""
    post, (local, anywhere) = entry.found.post, names
    if not post.parent:
        return ""
    parent_id = local.get((entry.found.number, post.parent)) or by_key.get(key.post(post.channel, post.parent))
    parent_id = parent_id or anywhere.get(post.parent, "")
    return parent_id or (post.parent if post.parent in recorded_ids else "")


def _record_line(entry: Entry, parent: str, options: ImportOptions, key: Key) -> str:
    post = entry.found.post
    fields = {
        "id": entry.id,
        "channel": post.channel,
        "author": entry.author,
        "author_key": entry.author_key,
        "key_id": key.id if entry.made_key else "",
        "post_key": editedposts.named(entry.post_key, entry, key) if entry.made_key else entry.post_key,
        "posted": entry.found.when.isoformat(timespec="seconds"),
        "text": entry.text,
        "kind": post.kind,
        "in_reply_to": parent,
        "question": post.question,
        "country": post.country,
        "role": post.role,
        "url": post.url if options.keep_names and not authorcontacts.is_in_address(post.url) else "",
    }
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)
