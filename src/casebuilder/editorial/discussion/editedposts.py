"""Posts that a record has already and that were edited since.

Their new words are taken over, unless a quote has the old ones. `post_key` says which words were imported: after a full
stop it has a short code of the words as the network had them, and another of those that the record got; and again for
each edit. So an older copy of a post brings no old words back, and words that a curator changed in the record stay.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.checks.verbatim import comparable, found_in
from casebuilder.editorial.discussion import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from casebuilder.editorial.discussion.keys import Key
    from casebuilder.editorial.discussion.newposts import Entry
    from casebuilder.model import Contribution, Quote


@dataclass(frozen=True, slots=True)
class Edited:
    """The record with new words.

    Attributes:
        text: the record, whole.
        count: how many contributions have new words.
        notes: what the editor should know.
    """

    text: str
    count: int
    notes: tuple[str, ...]


def named(post_key: str, entry: Entry, key: Key) -> str:
    """Return the key of a post, with the codes of the words that the record has so far, and of those of an entry."""
    return f"{post_key}.{key.words(entry.found.post.text)}{key.words(entry.text)}" if post_key else ""


def edited(
    entries: Iterable[Entry], contributions: Sequence[Contribution], key: Key
) -> list[tuple[Contribution, Entry]]:
    """Return the contributions of a record whose posts have other words by now, with these posts.

    Args:
        entries: the posts of the sources, new and known.
        contributions: the contributions of the record.
        key: what codes are made with.
    """
    recorded = {keys.post_of(item.post_key): item for item in contributions if item.post_key and not item.withdrawn}
    pairs = ((recorded[entry.post_key], entry) for entry in entries if entry.post_key in recorded)
    return [(item, entry) for item, entry in pairs if _is_new(item, entry, key)]


def _is_new(contribution: Contribution, entry: Entry, key: Key) -> bool:
    """Return whether the record never had a post's words; in an older record, without codes, whether it was edited."""
    codes = [code[: len(code) // 2] for code in contribution.post_key.split(".")[1:]]
    return key.words(entry.found.post.text) not in codes if codes else bool(entry.found.post.edited)


def with_edits(record: str, changed: Iterable[tuple[Contribution, Entry]], quotes: Sequence[Quote], key: Key) -> Edited:
    """Return a record in which contributions have new words.

    Args:
        record: the text of discussion.jsonl.
        changed: contributions of it, each with the edited post as the record would have it.
        quotes: those of the case.
        key: what codes are made with.
    """
    lines = record.split("\n")
    updated: list[str] = []
    quoted: list[str] = []
    edited_by_hand: list[str] = []
    for item, entry in changed:
        code = item.post_key.rpartition(".")[2] if "." in item.post_key else ""
        resting = [
            quote.id for quote in quotes if quote.source.contribution == item.id and _loses_its_words(quote, entry.text)
        ]
        if item.text == entry.text:
            continue
        if not code.endswith(key.words(item.text)) or not code:
            edited_by_hand.append(item.id)
        elif resting:
            quoted.append(f"{item.id} ({', '.join(resting)})")
        else:
            place = item.place[1] - 1
            value = {**json.loads(lines[place]), "text": entry.text, "post_key": named(item.post_key, entry, key)}
            lines[place] = json.dumps(value, ensure_ascii=False)
            updated.append(item.id)
    return Edited("\n".join(lines), len(updated), tuple(_notes_on_changes(updated, quoted, edited_by_hand)))


def _loses_its_words(quote: Quote, new_text: str) -> bool:
    """Return whether a quote would no longer be what its contribution says."""
    if not quote.text:
        return False
    return bool(quote.source.digest) or not comparable(quote) or not found_in(quote.text, new_text)


def _notes_on_changes(updated: Sequence[str], quoted: Sequence[str], edited_by_hand: Sequence[str]) -> Iterable[str]:
    if updated:
        yield f"edited since they were imported, and taken over: {', '.join(updated)}"
    if quoted:
        yield (
            "edited since they were imported, and left as they are in the record, because quotes have the old words: "
            f"{', '.join(quoted)}; change or drop the quote, and import again"
        )
    if edited_by_hand:
        hint = "to take over the new words, delete the line of the record and import again"
        yield (
            "other words than in the record, which somebody changed or an older version of casebuilder wrote; left as "
            f"they are: {', '.join(edited_by_hand)}; {hint}"
        )
