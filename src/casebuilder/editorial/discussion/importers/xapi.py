"""Answers of X's API, version 2: one or many a file, with what they refer to, edits, and lines that are errors."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import htmltext
from casebuilder.editorial.discussion.authorcontacts import handle_of
from casebuilder.editorial.discussion.jsontext import Json, at, entries, number, true, word
from casebuilder.editorial.discussion.post import Harvest, Mention, Post, count_of
from casebuilder.editorial.discussion.source import Importer, Source
from casebuilder.wording.recordwords import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.editorial.discussion.post import ImportOptions

    #: The objects that posts refer to (users, posts, media, polls), by type and id.
    Included = Mapping[tuple[str, str], Json]

_FIELDS = ("edit_history_tweet_ids", "author_id", "conversation_id", "referenced_tweets")
#: What posts refer to, and what names each.
_KINDS = (("users", "id"), ("tweets", "id"), ("polls", "id"), ("media", "media_key"))
_EPOCH, _SHIFT = 1_288_834_974_657, 22
_VIDEOS = {"video": "video", "animated_gif": "video"}


def _recognises(source: Source) -> bool:
    return source.json is not None and any(any(map(_is_tweet, _tweets(value))) for _, value in source.json.values)


def _is_tweet(value: Json) -> bool:
    return isinstance(value, dict) and "text" in value and "id" in value and any(name in value for name in _FIELDS)


def _tweets(value: Json) -> list[Json]:
    """Return the posts of an answer, or the one that a program has made of it."""
    if isinstance(value, list):
        return value
    data = at(value, "data")
    return data if isinstance(data, list) else [value if data is None else data]


def _read(source: Source, _: ImportOptions) -> Harvest:
    values = source.json.values if source.json else ()
    included = {key: item for _, value in values for key, item in _included_items(value)}
    posts: list[Post] = []
    notes: list[str] = []
    missing_count = 0
    for line, value in values:
        tweets = [item for item in _tweets(value) if _is_tweet(item)]
        posts += (_post(item, included) for item in tweets)
        if tweets:
            missing_count += len(entries(value, "errors"))
        elif error := _error_message(value):
            notes.append(f"line {line} is an error of X, not a post: {error}")
    if missing_count:
        notes.append(f"X could not give {count_of(missing_count, 'post')} that others refer to")
    return Harvest(tuple(posts), tuple(notes), source.json.problems if source.json else ())


def _error_message(value: Json) -> str:
    """Return the message of an answer without posts; "" if it has none."""
    first = next(iter(entries(value, "errors")), value)
    return word(first, "title") or word(first, "detail") or word(first, "message")


def _included_items(value: Json) -> Iterator[tuple[tuple[str, str], Json]]:
    """Yield what posts refer to: beside them, as X gives it, or within each, as twarc's `flatten` puts it."""
    for kind, name in _KINDS:
        yield from (((kind, word(item, name)), item) for item in entries(value, "includes", kind))
    open_tweets = list(_tweets(value))
    while open_tweets:
        tweet = open_tweets.pop()
        items_by_kind = {
            "users": [at(tweet, "author"), at(tweet, "in_reply_to_user")],
            "tweets": [item for item in entries(tweet, "referenced_tweets") if word(item, "text")],
            "polls": [at(tweet, "attachments", "poll"), *entries(tweet, "attachments", "polls")],
            "media": entries(tweet, "attachments", "media"),
        }
        yield from (
            ((kind, word(item, name)), item)
            for kind, name in _KINDS
            for item in items_by_kind[kind]
            if word(item, name)
        )
        open_tweets += items_by_kind["tweets"]


def _post(item: Json, included: Included) -> Post:
    post_id, user = word(item, "id"), word(item, "author_id")
    author = at(item, "author") or included.get(("users", user))
    name = word(author, "username")
    history = [str(version) for version in entries(item, "edit_history_tweet_ids")]
    refers = {word(post, "type"): word(post, "id") for post in entries(item, "referenced_tweets")}
    parent = refers.get("replied_to", "")
    return Post(
        mark=f'"{post_id}"',
        channel="x",
        author=word(author, "name") or name or (mark("user", user) if user else mark("anonymous")),
        account=user or f"@{name}".casefold(),
        posted=word(item, "created_at") or _time_of(post_id),
        text=_full_text(item, refers, included),
        handle=handle_of(name),
        address=history[0] if history else post_id,
        local=post_id,
        parent=parent,
        kind="repost" if "retweeted" in refers else "reply" if parent else "original",
        url=f"https://x.com/{name or 'i'}/status/{post_id}",
        edited=post_id.zfill(20) if len(history) > 1 else "",
        mentions=tuple(
            Mention(f"@{word(mention, 'username')}", word(mention, "id") or f"@{word(mention, 'username')}".casefold())
            for mention in (
                *entries(item, "entities", "mentions"),
                *entries(item, "note_tweet", "entities", "mentions"),
                *_quoted_author(refers, included),
            )
        ),
    )


def _quoted_author(refers: dict[str, str], included: Included) -> Iterator[Json]:
    """Yield whom a quotation names, with their account, so that they are who else is meant by it."""
    user = included.get(("users", word(included.get(("tweets", refers.get("quoted", ""))), "author_id")))
    if word(user, "username"):
        yield user


def _time_of(post_id: str) -> str:
    """Return when a post was made, by its number: X counts milliseconds in it."""
    is_number = post_id.isascii() and post_id.isdigit() and len(post_id) < 20  # noqa: PLR2004 - 64 bits
    milliseconds = (int(post_id) >> _SHIFT) + _EPOCH if is_number else 0
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat() if milliseconds > _EPOCH else ""


def _full_text(item: Json, refers: dict[str, str], included: Included) -> str:
    """Return the text of a post, with its attachments."""
    if reposted := included.get(("tweets", refers.get("retweeted", ""))):
        item = reposted
    parts = [htmltext.warning(mark("sensitive"))] if true(item, "possibly_sensitive") else []
    parts.append(_words(item))
    parts += _pictures(item, included)
    for key in entries(item, "attachments", "poll_ids"):
        poll = included.get(("polls", str(key)))
        options = [
            htmltext.poll_option(word(option, "label"), at(option, "votes")) for option in entries(poll, "options")
        ]
        voters = sum(number(option, "votes") for option in entries(poll, "options"))
        parts.append(htmltext.poll(options, voters, is_open=word(poll, "voting_status") == "open"))
    if "quoted" in refers:
        quoted = included.get(("tweets", refers["quoted"]))
        name = word(included.get(("users", word(quoted, "author_id"))), "username")
        quoted_parts = (_words(quoted), *_pictures(quoted, included))
        parts.append(htmltext.quotation(" ".join(quoted_parts), f"@{name}" if name else ""))
    return "\n\n".join(filter(None, parts))


def _pictures(item: Json, included: Included) -> Iterator[str]:
    """Yield the pictures and videos of a post."""
    for key in entries(item, "attachments", "media_keys"):
        media = included.get(("media", str(key)))
        yield htmltext.picture(word(media, "alt_text"), _VIDEOS.get(word(media, "type"), "picture"))


def _words(item: Json) -> str:
    """Return the words of a post alone, with whole addresses; X shortens them, and adds one for each picture."""
    long = at(item, "note_tweet")
    text = word(long, "text") or word(item, "text")
    for link in (*entries(item, "entities", "urls"), *entries(long, "entities", "urls")):
        if short := word(link, "url"):
            full_address = word(link, "unwound_url") or word(link, "expanded_url") or short
            text = text.replace(short, "" if word(link, "media_key") else full_address)
    return unescape(text).strip()


IMPORTER = Importer(
    "the API of X", 'JSON with "data" that has "text" and "author_id", one answer a line', _recognises, _read
)
