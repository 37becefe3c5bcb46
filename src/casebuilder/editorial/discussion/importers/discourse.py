"""A topic of a Discourse forum, as its address with `.json` at the end gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import htmltext
from casebuilder.editorial.discussion.authorcontacts import handle_of
from casebuilder.editorial.discussion.jsontext import Json, at, entries, number, true, word
from casebuilder.editorial.discussion.post import Harvest, Mention, Post, count_of
from casebuilder.editorial.discussion.source import Importer, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.editorial.discussion.post import ImportOptions

#: Kinds of posts: what people wrote; a moderator's notice; what the forum notes by itself; a whisper among its staff.
_REGULAR = 1
_MENTION = re.compile(r"""class=["']mention(?!-group)[^"']*["'][^>]*>@([^<]+)<|data-username=["']([^"']+)["']""")


def _recognises(source: Source) -> bool:
    return source.json is not None and any(
        isinstance(at(value, "post_stream", "posts"), list) for _, value in source.json.values
    )


def _read(source: Source, _: ImportOptions) -> Harvest:
    posts: list[Post] = []
    missing: dict[str, frozenset[str]] = {}
    left_out = 0
    for _line, value in source.json.values if source.json else ():
        posts_listed = entries(value, "post_stream", "posts")
        public = [item for item in posts_listed if _is_public(item)]
        left_out += len(posts_listed) - len(public)
        posts += map(_post, public)
        if all_posts := frozenset(map(str, entries(value, "post_stream", "stream"))):
            topic, ids_here = word(value, "title") or word(value, "id"), {word(item, "id") for item in posts_listed}
            missing[topic] = missing.get(topic, all_posts) & (all_posts - ids_here)
    notes = (f"left out: {count_of(left_out, 'post')} deleted, hidden, or written by the forum itself",)
    problems = source.json.problems if source.json else ()
    return Harvest(tuple(posts), notes * bool(left_out), problems, missing=missing)


def _is_public(item: Json) -> bool:
    regular = number(item, "post_type") == _REGULAR or at(item, "post_type") is None
    return regular and not (at(item, "deleted_at") or true(item, "user_deleted") or true(item, "hidden"))


def _post(item: Json) -> Post:
    topic, own_number, parent = word(item, "topic_id"), word(item, "post_number"), word(item, "reply_to_post_number")
    user = word(item, "username")
    cooked = word(item, "cooked")
    text = htmltext.text_of(cooked) if cooked else word(item, "raw")
    edited_at = word(item, "updated_at") if number(item, "version") > 1 else ""
    return Post(
        mark=f'"id": {word(item, "id")},',
        channel="discourse",
        author=word(item, "name") or user,
        account=f"user {word(item, 'user_id') or user}",
        posted=word(item, "created_at"),
        text="\n\n".join(filter(None, (text, *_polls(item)))),
        handle=handle_of(user),
        address=f"{topic}/{own_number}",
        parent=f"{topic}/{parent}" if parent else "",
        kind="reply" if parent else "original",
        edited=edited_at,
        mentions=tuple(Mention(f"@{''.join(groups)}", "") for groups in _MENTION.findall(cooked)),
    )


def _polls(item: Json) -> Iterator[str]:
    """Yield a poll and its result; exports show the numbers only to those who may see them."""
    for poll in entries(item, "polls"):
        options = [
            htmltext.poll_option(htmltext.text_of(word(o, "html")), at(o, "votes")) for o in entries(poll, "options")
        ]
        yield htmltext.poll(options, number(poll, "voters"), is_open=word(poll, "status") == "open")


IMPORTER = Importer("Discourse", 'JSON with "post_stream" and "posts"', _recognises, _read)
