"""The archive of an account of X: `tweets.js` and `community-tweet.js`, and two files that complete them.

`note-tweet.js` has the long posts, and `account.js` says whose it is.

They are read as text, and never run.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import htmltext
from casebuilder.editorial.discussion.jsontext import Json, at, entries, true, word
from casebuilder.editorial.discussion.post import OWNER, Harvest, Mention, Post, TranscriptError
from casebuilder.editorial.discussion.source import Importer, Source
from casebuilder.wording.recordwords import OPENING

if TYPE_CHECKING:
    from casebuilder.editorial.discussion.post import ImportOptions

#: The files of an archive that are read; `deleted_tweets` is left out.
_FILES = {"tweets", "tweet", "community_tweet", "account", "note_tweet"}
#: A post that ends in "…" may be cut off from this length on: its author may have typed the sign in a shorter one.
_LONG = 200
_RETWEET = re.compile(r"RT @\w+: ")
#: The address of a long post itself, behind its beginning.
_OF_THE_REST = re.compile(r"…\s*https://t\.co/\w+$")
_OWN = re.compile(r"https?://(?:x|twitter)\.com/(\w+)/status/(\d+)/(?:photo|video)/\d")


def _recognises(source: Source) -> bool:
    return source.script in _FILES


def _read(source: Source, _: ImportOptions) -> Harvest:
    """Return the posts of an archive, or whose it is.

    Raises:
        TranscriptError: the file assigns something else than a list; nothing in it is run to find out what.
    """
    if source.json is None:
        raise TranscriptError("SOURCE", f"{source.name}: window.YTD.{source.script} is not a list of posts")
    items = [item for _, value in source.json.values for item in _tweets_in(value)]
    if source.script == "account":
        account = at(items[0], "account") if items else None
        handle = word(account, "username")
        owner_found = (word(account, "accountId"), f"@{handle}", word(account, "accountDisplayName") or handle)
        return Harvest((), owner=owner_found if handle else None)
    if source.script == "note_tweet":
        return Harvest((), problems=source.json.problems, whole=tuple(filter(None, map(_long_words, items))))
    tweets = [at(item, "tweet") or item for item in items]
    posts = tuple(map(_post, tweets))
    cut_off = frozenset(post.address for post, item in zip(posts, tweets, strict=True) if _is_cut(item))
    return Harvest(posts, (), source.json.problems, owner=_owner(tweets), cut=cut_off)


def _long_words(item: Json) -> str:
    """Return the words of a long post, whole, with whole addresses."""
    core = at(item, "noteTweet", "core") or at(item, "noteTweet", "noteTweetResults")
    text = word(core, "text")
    for link in entries(core, "urls"):
        if short := word(link, "shortUrl"):
            text = text.replace(short, word(link, "expandedUrl") or short)
    return unescape(text).strip()


def _is_cut(item: Json) -> bool:
    """Return whether an archive has only the beginning of a long post: it ends in "…"."""
    text = _text(item, word(item, "full_text") or word(item, "text")).partition(f"\n\n{OPENING}")[0]
    return true(item, "truncated") or (text.endswith("…") and len(text) > _LONG and not _RETWEET.match(text))


def _tweets_in(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _owner(tweets: list[Json]) -> tuple[str, str, str] | None:
    """Return whose archive it is, if a reply to a post of its own, or the address of its picture, says so."""
    own_ids = {word(item, "id_str") for item in tweets}
    for item in tweets:
        if word(item, "in_reply_to_status_id_str") in own_ids and (name := word(item, "in_reply_to_screen_name")):
            return word(item, "in_reply_to_user_id_str"), f"@{name}", name
    for item in tweets:
        for media in entries(item, "entities", "media"):
            match = _OWN.match(word(media, "expanded_url"))
            if match and match[2] == word(item, "id_str"):
                return f"@{match[1]}".casefold(), f"@{match[1]}", match[1]
    return None


def _post(item: Json) -> Post:
    post_id, parent = word(item, "id_str") or word(item, "id"), word(item, "in_reply_to_status_id_str")
    edits = entries(item, "edit_info", "edit", "editControlInitial", "editTweetIds")
    first_id = word(item, "edit_info", "edit", "initialTweetId") or post_id
    text = word(item, "full_text") or word(item, "text")
    return Post(
        mark=f'"{post_id}"',
        channel="x",
        author="",
        account=OWNER,
        posted=word(item, "created_at"),
        text=_text(item, text),
        address=first_id,
        local=post_id,
        parent=parent,
        kind="repost" if _RETWEET.match(text) else "reply" if parent else "original",
        url=f"https://x.com/i/status/{post_id}",
        edited=post_id.zfill(20) if edits or first_id != post_id else "",
        mentions=tuple(
            Mention(
                f"@{word(mention, 'screen_name')}",
                word(mention, "id_str") or f"@{word(mention, 'screen_name')}".casefold(),
            )
            for mention in entries(item, "entities", "user_mentions")
        ),
    )


def _text(item: Json, text: str) -> str:
    """Return the words of a post: whole addresses in place of short ones, pictures in place of theirs."""
    for link in entries(item, "entities", "urls"):
        if short := word(link, "url"):
            full_address = word(link, "expanded_url") or short
            is_own = full_address.endswith(f"/i/web/status/{word(item, 'id_str')}")
            text = text.replace(short, "" if is_own else full_address)
    media = entries(item, "extended_entities", "media") or entries(item, "entities", "media")
    for attachment in media:
        if short := word(attachment, "url"):
            text = text.replace(short, "")
    descriptions = [
        htmltext.picture(word(attachment, "ext_alt_text"), _KINDS.get(word(attachment, "type"), "picture"))
        for attachment in media
    ]
    return "\n\n".join(filter(None, (_OF_THE_REST.sub("…", unescape(text).strip()), *descriptions)))


_KINDS = {"video": "video", "animated_gif": "video"}

IMPORTER = Importer(
    "an archive of X",
    "a file that begins with window.YTD.tweets, window.YTD.note_tweet or window.YTD.account",
    _recognises,
    _read,
)
