"""Which posts are new to a record, and which it has already."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.keys import post_of
from casebuilder.editorial.discussion.mergedposts import forms
from casebuilder.editorial.discussion.post import TranscriptError, count_of, is_nobody
from casebuilder.fingerprints import fingerprint, holds, is_telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casebuilder.editorial.discussion.keys import Key
    from casebuilder.editorial.discussion.mergedposts import FoundPost
    from casebuilder.model import Contribution
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


@dataclass(frozen=True, slots=True)
class Entry:
    """A post that is new, with its keys and its name in the record."""

    found: FoundPost
    author_key: str
    post_key: str
    made_key: bool
    id: str = ""
    author: str = ""
    text: str = ""

    @property
    def is_row(self) -> bool:
        """Whether it is of a table that gives posts no names: its key is made of author, moment and words."""
        return bool(self.post_key) and not self.found.post.address and not self.found.post.id


def joined_keys(series: Series, record: Sequence[Contribution]) -> dict[str, str]:
    """Return the keys that were joined as one person's: the key that replaces each."""
    contributions = [item for case in series.cases for item in case.contributions]
    return {item.joined_key: item.author_key for item in (*contributions, *record) if item.joined_key}


def with_keys(posts: Iterable[FoundPost], key: Key, joins: Mapping[str, str]) -> list[Entry]:
    """Return posts with their keys. One without a name on its network is known again by its id in its table.

    One without an id is known again by who said what at which moment. `rowids` says which ids hold.
    """
    entries = []
    for found in posts:
        post = found.post
        author_key = post.author_key or key.author(post.channel, post.account)
        identity = f"row {post.id}" if post.id else _identity_without_id(found)
        post_key = key.post(post.channel, post.address or ("" if post.author_key else identity))
        entries.append(Entry(found, joins.get(author_key, author_key), post_key, not post.author_key))
    return entries


def _identity_without_id(found: FoundPost) -> str:
    return f"{found.post.account}\n{found.when.isoformat()}\n{found.post.text}"


def without_id(entry: Entry, key: Key) -> Entry:
    """Return a row as one without an id, which gets the next free one; its table may still name it."""
    found = entry.found
    post_key = key.post(found.post.channel, _identity_without_id(found)) if entry.post_key else ""
    return replace(entry, found=replace(found, post=replace(found.post, id="", address="")), post_key=post_key)


def new_posts(entries: Sequence[Entry], record: Sequence[Contribution], case: Case) -> tuple[list[Entry], list[str]]:
    """Return the posts that a record does not have yet, and a note for those that repeat a withdrawn text."""
    ids = {item.id for item in record}
    posts = {post_of(item.post_key) for item in record if item.post_key}
    known_by_time: dict[tuple[str, str, str], list[Contribution]] = defaultdict(list)
    for item in record:
        known_by_time[item.channel, item.author_key, item.posted.isoformat()].append(item)

    def is_known(entry: Entry) -> bool:
        post = entry.found.post
        if (post.id and post.id in ids) or (entry.post_key and entry.post_key in posts):
            return True
        same_moment = known_by_time.get((post.channel, entry.author_key, entry.found.when.isoformat()), ())
        return any(_is_the_same(item, entry) for item in same_moment)

    nobodys = _of_nobody(entries, record)
    new_entries = [entry for entry in entries if not is_known(entry) and entry.post_key not in nobodys]
    withdrawn = [entry for entry in new_entries if has_withdrawn_words(entry, record, case)]
    if not withdrawn:
        return new_entries, []
    note = f"left out: {count_of(len(withdrawn), 'post')} with words that were withdrawn"
    return [entry for entry in new_entries if entry not in withdrawn], [note]


def _of_nobody(entries: Sequence[Entry], record: Sequence[Contribution]) -> set[str]:
    """Return the keys of rows of nobody that the record has with another author, by their time and words.

    An older casebuilder took "Anonymous" for the name of one person. Each contribution is one row at most.
    """
    imported = {entry.post_key for entry in entries}
    others = Counter(
        (item.channel, item.posted.timestamp(), item.text)
        for item in record
        if post_of(item.post_key) not in imported and not item.withdrawn
    )
    known: set[str] = set()
    recorded = {post_of(item.post_key) for item in record}
    for entry in entries:
        if not entry.is_row or not is_nobody(entry.found.post) or entry.post_key in recorded:
            continue
        moment = entry.found.post.channel, entry.found.when.timestamp()
        if words := next((text for text in forms(entry.found.post) if others[*moment, text]), ""):
            others[*moment, words] -= 1
            known.add(entry.post_key)
    return known


def _is_the_same(contribution: Contribution, entry: Entry) -> bool:
    """Return whether a contribution of the same author and moment is a post that has another key, or none.

    A withdrawn one has no words to compare: a network's post of the same second is taken for it, and so is a row.
    """
    if not (contribution.post_key and entry.post_key):
        return contribution.withdrawn is not None or contribution.text in forms(entry.found.post)
    if contribution.withdrawn:
        return not entry.is_row  # which is compared with all rows of its moment
    return contribution.text in forms(entry.found.post) and is_telling(fingerprint(contribution.text))


def has_withdrawn_words(entry: Entry, record: Sequence[Contribution], case: Case) -> bool:
    """Return whether a post has words that were withdrawn from the record or from a quote of the case."""
    prints = {item.fingerprint for item in record if item.withdrawn and item.fingerprint}
    prints |= {quote.consent.fingerprint for quote in case.quotes if quote.consent.fingerprint}
    telling_prints = [print_ for print_ in prints if is_telling(print_)]
    return bool(telling_prints) and any(
        holds(words, telling_print) for words in forms(entry.found.post) for telling_print in telling_prints
    )


def check_same_key(new_entries: Sequence[Entry], record: Sequence[Contribution], key: Key) -> None:
    """Refuse a record that was made with another key: everybody would count as new.

    Raises:
        TranscriptError: it was, and a key would have to be made.
    """
    other_keys = {item.key_id for item in record if item.key_id} - {key.id}
    if other_keys and any(entry.made_key for entry in new_entries):
        message = (
            f"the record was made with the key {min(other_keys)}, and {key.source} holds {key.id}: the same people "
            "would count as new. Ask who imported before for the key (casebuilder discussion key --export FILE) and "
            "take it over (casebuilder discussion key --import FILE)"
        )
        raise TranscriptError("SOURCE", message)
