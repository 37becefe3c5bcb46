"""Fields of posts that a record has without them, and a table with: a second import adds posts, and no fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.keys import post_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casebuilder.editorial.discussion.newposts import Entry
    from casebuilder.model import Contribution

#: Fields of a record that only tables have, and that an editor may map to a column late.
_FIELDS = ("country", "question", "role")
#: So many lines of the record are named.
_MOST_NAMED = 12


def notes(entries: Iterable[Entry], contributions: Sequence[Contribution]) -> Iterator[str]:
    """Yield a note for each field that rows have and their posts in the record lack: the editor decides, and writes it.

    An editor may have deleted a value from the record, because it led to somebody: so none is filled in.

    Args:
        entries: the posts of the sources, with the keys of the record.
        contributions: the contributions of the record.
    """
    by_key = {post_of(item.post_key): item for item in contributions if item.post_key and not item.withdrawn}
    pairs = [
        (by_key[entry.post_key], entry.found)
        for entry in entries
        if entry.found.post.is_row and entry.post_key in by_key
    ]
    for field in _FIELDS:
        lacking = [(item.id, found) for item, found in pairs if getattr(found.post, field) and not getattr(item, field)]
        if not lacking:
            continue
        ids = ", ".join(name for name, _ in lacking[:_MOST_NAMED])
        more = f" and {len(lacking) - _MOST_NAMED} more" if len(lacking) > _MOST_NAMED else ""
        first = lacking[0][1]
        yield (
            f'{first.source.name}: "{field}" was not added to posts that are already in the record without it: '
            f'{ids}{more}. Add it to their lines, such as "{field}": "{getattr(first.post, field)}" for {lacking[0][0]}'
        )
